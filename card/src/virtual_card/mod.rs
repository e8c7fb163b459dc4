//! A virtual My Number Card: the same commands, files, rules and states as the real chip, with made-up contents.
//!
//! It speaks bytes. In process it lies on the simulated reader; behind [`vpcd`] it is a card for Debian's pcscd.
//! Keys and PINs are training values and stand in its state file in clear.

mod atr;
mod commands;
mod contents;
mod keys;
mod layout;
pub mod person;
pub mod profiles;
pub(crate) mod random;
mod state;
mod status;
pub mod switches;
pub mod vpcd;

use std::path::Path;

use chrono::{DateTime, FixedOffset};

use crate::scp03;

pub use keys::PreparedKeys;
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
    store: state::Store,
    state: state::State,
    session: Session,
    prepared: Option<PreparedKeys>,
}

/// What the chip forgets without power.
struct Session {
    powered: bool,
    /// No command since power-on.
    fresh: bool,
    application: layout::Application,
    file: Option<u16>,
    /// References that were verified, all of one application.
    verified: Vec<u16>,
    /// Which application's they are: it finds them again after a warm reset or when it is selected once more.
    verified_in: layout::Application,
    pending: Option<scp03::chip::Pending>,
    channel: Option<scp03::Channel>,
}

impl Session {
    fn new(powered: bool) -> Self {
        Self {
            powered,
            fresh: powered,
            application: layout::Application::CardManager,
            file: None,
            verified: Vec::new(),
            verified_in: layout::Application::CardManager,
            pending: None,
            channel: None,
        }
    }
}

impl VirtualCard {
    /// Makes a new card and its state file; a file of that name is replaced.
    ///
    /// The certificates are issued by the training CA, each from noon of its own day of issue.
    ///
    /// # Errors
    /// When the file can't be written or the person doesn't fit on a card.
    pub fn create(
        path: &Path,
        person: &CardPerson,
        now: DateTime<FixedOffset>,
    ) -> Result<Self, VirtualCardError> {
        let store = state::Store::new(path);
        let state = contents::personalise(person, now)?;
        store.save(&state)?;
        Ok(Self { store, state, session: Session::new(false), prepared: None })
    }

    /// Opens a card from its state file, as it was when the last answer left it.
    ///
    /// # Errors
    /// When the file can't be read or isn't a card of this program.
    pub fn open(path: &Path) -> Result<Self, VirtualCardError> {
        let store = state::Store::new(path);
        let state = store.load()?;
        Ok(Self { store, state, session: Session::new(false), prepared: None })
    }

    /// From now on keys come from a stock, so that making one takes no time.
    pub fn use_prepared_keys(&mut self, keys: PreparedKeys) {
        self.prepared = Some(keys);
    }

    /// The answer to reset (ATR), without touching the card.
    pub fn atr(&self) -> Vec<u8> {
        atr::of(&self.state.person).to_vec()
    }

    /// Gives the card power and returns its ATR. A card that has power already keeps what it knows.
    pub fn power_on(&mut self) -> Vec<u8> {
        if !self.session.powered {
            self.session = Session::new(true);
        }
        self.atr()
    }

    /// Takes the power away: every verified PIN and every channel is gone.
    pub fn power_off(&mut self) {
        self.session = Session::new(false);
    }

    /// Resets the card without taking the power away and returns its ATR.
    ///
    /// A verified PIN stays verified (a switch): the application must be selected anew and finds it as it was. That is
    /// why a reset is no protection and only taking the power away is.
    pub fn warm_reset(&mut self) -> Vec<u8> {
        let before = std::mem::replace(&mut self.session, Session::new(true));
        self.session.fresh = false;
        if self.state.person.switches.verified_survives_warm_reset {
            self.session.verified = before.verified;
            self.session.verified_in = before.verified_in;
        }
        self.atr()
    }

    /// Carries out one command and returns the whole answer, status word included.
    ///
    /// What the command changes is on disk before the answer is returned. Without power there is no answer: the
    /// result is empty.
    pub fn transmit(&mut self, command: &[u8]) -> Vec<u8> {
        if self.session.powered { self.carry_out(command) } else { Vec::new() }
    }

    /// The person the card was made for. The certificates may have been renewed since.
    pub fn person(&self) -> &CardPerson {
        &self.state.person
    }
}

impl std::fmt::Debug for VirtualCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VirtualCard")
            .field("card_number", &self.state.person.card_number)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
