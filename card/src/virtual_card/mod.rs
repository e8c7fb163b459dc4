//! A virtual My Number Card: the same commands, files, rules and states as the real chip, with made-up contents.
//!
//! It speaks bytes. In process it lies on the simulated reader; behind [`vpcd`] it is a card for Debian's pcscd.
//! Keys and PINs are training values and stand in its state file in clear.

pub mod person;
pub mod profiles;
pub mod switches;

use std::path::Path;

use chrono::{DateTime, FixedOffset};

pub use person::{
    CardCertificate, CardPerson, CardPins, Defect, TRAINING_AUTHENTICATION_PIN, TRAINING_CARD_ENTRY_PIN,
    TRAINING_RESIDENT_REGISTER_PIN, TRAINING_SIGNATURE_PIN, TokenLabel,
};
pub use profiles::Profile;
pub use switches::{PastTheEnd, Switches};

/// Why a virtual card could not be made or opened.
#[derive(Debug, thiserror::Error)]
pub enum VirtualCardError {
    /// The state file can't be read or written.
    #[error("仮想カードのファイル「{path}」を扱えません。{source}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The state file is there and isn't one of ours.
    #[error("仮想カードのファイル「{path}」の内容が読めません。{reason}")]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// The person can't be put on a card.
    #[error("仮想カードを作れません。{0}")]
    Person(String),
}

/// One virtual card with its state file.
pub struct VirtualCard {
    person: CardPerson,
}

impl VirtualCard {
    /// Makes a new card and its state file; a file of that name is replaced.
    ///
    /// # Errors
    /// When the file can't be written or the person doesn't fit on a card.
    pub fn create(path: &Path, person: &CardPerson, now: DateTime<FixedOffset>) -> Result<Self, VirtualCardError> {
        let _ = (path, now);
        Ok(Self { person: person.clone() })
    }

    /// Opens a card from its state file, as it was when the last answer left it.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn open(path: &Path) -> Result<Self, VirtualCardError> {
        let _ = path;
        Err(VirtualCardError::Person("未実装".to_owned()))
    }

    /// Gives the card power and returns its answer to reset (ATR).
    pub fn power_on(&mut self) -> Vec<u8> {
        Vec::new()
    }

    /// Takes the power away: every verified PIN and every channel is gone.
    pub fn power_off(&mut self) {}

    /// Resets the card without taking the power away and returns its ATR.
    pub fn warm_reset(&mut self) -> Vec<u8> {
        Vec::new()
    }

    /// Carries out one command and returns the whole answer, status word included.
    pub fn transmit(&mut self, command: &[u8]) -> Vec<u8> {
        let _ = command;
        vec![0x6F, 0x00]
    }

    /// The person the card was made for.
    pub fn person(&self) -> &CardPerson {
        &self.person
    }
}
