//! The issuer's side of an update: who makes keys and certificates, seen from the counter.
//!
//! The counter relays an issuer's commands to the card and never holds an issuer's key. A session is a dialogue:
//! the issuer says what to send, the counter sends it and hands the answer back, until the issuer is done.
//! The training issuer is one implementation; a gateway to J-LIS would be another.

pub mod pin_block;
pub mod training;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rules::kinds::{CertificateKind, Sex};
use serde::{Deserialize, Serialize};

/// Whose card it is and what it says of itself; the issuer derives the card's keys from `card_number`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardIdentity {
    /// The 15 characters of the common application's record (カード番号).
    pub card_number: String,
    /// The five digits of the municipality that issued the card.
    pub municipality: String,
    /// The day the card itself ends.
    pub expires: NaiveDate,
}

/// The four attributes that the signature certificate carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The name as registered, variation selectors included.
    pub name: String,
    /// The address as registered.
    pub address: String,
    /// The birthday.
    pub birth: NaiveDate,
    /// The sex as registered.
    pub sex: Sex,
}

/// One thing the issuer is asked to do to the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operation {
    /// A new key pair in the card and a certificate for it. The old key is gone the moment the new one is made.
    NewCertificate {
        /// Which of the two certificates.
        kind: CertificateKind,
        /// Its last day.
        expires: NaiveDate,
    },
    /// Set the tries of a PIN back and a new value in its place.
    ///
    /// `block` is the new PIN sealed for the card by the PIN pad's side; the issuer only passes it on.
    ResetPin {
        /// Which PIN.
        kind: rules::kinds::PinKind,
        /// The sealed value.
        block: Vec<u8>,
    },
}

/// Everything the issuer must know before it opens a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The card that must be at the other end; the secure channel fails with any other.
    pub card: CardIdentity,
    /// Whose certificates they become.
    pub holder: Holder,
    /// What to do, in this order.
    pub operations: Vec<Operation>,
    /// The moment of issue: certificates start here.
    pub at: DateTime<FixedOffset>,
    /// 32 random bytes for the session's challenges, from the caller's source of randomness.
    pub entropy: [u8; 32],
}

/// What the issuer wants next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send this to the card and call [`Session::next`] with its answer.
    Command {
        /// The encoded APDU.
        apdu: Vec<u8>,
        /// What it is for, in words for the journal (never a value of a PIN or key).
        about: &'static str,
    },
    /// Nothing more to send.
    Done(Report),
}

/// What the issuer says it did. The counter believes the card, not this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The certificates now on the card.
    pub certificates: Vec<Issued>,
}

/// One certificate as issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Its serial number, hexadecimal, upper case, no leading zeros.
    pub serial: String,
    /// Its last day (Japan).
    pub expires: NaiveDate,
    /// The certificate itself, DER.
    pub der: Vec<u8>,
}

/// Why an issuer can't go on. Each has a sentence for the clerk.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssuerError {
    /// The issuer doesn't answer or is closed.
    #[error("発行側のシステムにつながりません。{0}")]
    Unreachable(String),
    /// The card's answer doesn't fit: another card, or a broken channel.
    #[error("カードと発行側の照合ができませんでした。{0}")]
    ChannelRefused(String),
    /// The card refused a command.
    #[error("カードが発行の命令を受け付けませんでした(状態 {status:04X}、{about})。")]
    CardRefused {
        /// The status word.
        status: u16,
        /// What was being done.
        about: &'static str,
    },
    /// The order itself can't be carried out.
    #[error("発行の依頼を受け付けられません。{0}")]
    OrderRefused(String),
}

/// An issuer of certificates.
pub trait Issuer: Send + Sync {
    /// Opens a session for one order.
    ///
    /// # Errors
    /// When the issuer can't be reached or refuses the order.
    fn open(&self, order: Order) -> Result<Box<dyn Session>, IssuerError>;
}

/// One dialogue between the issuer and a card.
pub trait Session: Send {
    /// Takes the card's answer to the last command (`None` at the start) and says what comes next.
    ///
    /// # Errors
    /// When the card's answer ends the session; nothing more may be sent then.
    fn next(&mut self, answer: Option<&[u8]>) -> Result<Step, IssuerError>;
}
