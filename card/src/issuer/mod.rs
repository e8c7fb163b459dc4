//! The issuer's side of an update: who makes keys and certificates, seen from the counter.
//!
//! The counter relays an issuer's commands to the card and never holds an issuer's key. A session is a dialogue:
//! the issuer says what to send, the counter sends it and hands the answer back, until the issuer is done.
//! The training issuer is one implementation; a gateway to J-LIS would be another (docs/issuer-gateway.md).

mod error;
mod lasting;
pub mod pin_block;
mod revocation;
pub mod training;

pub use error::IssuerError;
pub(crate) use lasting::Lasting;
pub use revocation::{Revocation, RevocationReason, Revoked};

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rules::kinds::{CertificateKind, PinKind, Sex};
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
        /// The serial of the one it replaces, where the office knows it. It is good no longer once the new key is made:
        /// its own key is gone then.
        replaces: Option<String>,
    },
    /// Make a certificate good no longer, and leave nothing of it on the card that works.
    Revoke {
        /// Which of the two certificates.
        kind: CertificateKind,
        /// Its serial number.
        serial: String,
        /// Why.
        reason: RevocationReason,
    },
    /// Set the tries of a PIN back and a new value in its place.
    ///
    /// `block` is the new PIN sealed for the card by the PIN pad's side; the issuer only passes it on.
    ResetPin {
        /// Which PIN.
        kind: PinKind,
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
    /// The session of an interrupted update that this order goes on with. An issuer that no longer knows it opens a
    /// new one; one that knows it finishes what it had begun instead of beginning anew.
    pub resumes: Option<String>,
}

/// What the issuer wants next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send this to the card and call [`Session::next`] with its answer.
    Command {
        /// The encoded APDU.
        apdu: Vec<u8>,
        /// What it is for, in words for the journal (never a value of a PIN or key).
        about: Cow<'static, str>,
    },
    /// Nothing more to send.
    Done(Report),
}

/// What the issuer says it did. The counter believes the card, not this.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The certificates now on the card.
    pub certificates: Vec<Issued>,
    /// The certificates that are revoked by this order. Those that new ones replaced aren't counted.
    #[serde(default)]
    pub revoked: Vec<Revoked>,
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

/// An issuer of certificates.
pub trait Issuer: Send + Sync {
    /// Opens a session for one order.
    ///
    /// # Errors
    /// When the issuer can't be reached or refuses the order.
    fn open(&self, order: Order) -> Result<Box<dyn Session>, IssuerError>;

    /// Takes up a session whose connection was lost, while the card still has its power and its channel stands.
    ///
    /// The next call of [`Session::next`] repeats the last counter and the last answer: an issuer that had them already
    /// says the same step again.
    ///
    /// # Errors
    /// When the issuer can't be reached or no longer knows the session.
    fn rejoin(&self, session: &str) -> Result<Box<dyn Session>, IssuerError>;

    /// Revokes a certificate without its card: it was lost, or its holder is no more.
    ///
    /// What is revoked already stays as it was, and is no error.
    ///
    /// # Errors
    /// When the issuer can't be reached or never issued it.
    fn revoke(&self, revocation: &Revocation) -> Result<Revoked, IssuerError>;

    /// The list of revoked certificates as of a moment, DER, with the issuer's signature; `None` where the issuer
    /// gives lists only to those who are designated for them.
    ///
    /// # Errors
    /// When the issuer can't be reached.
    fn revocation_list(
        &self,
        kind: CertificateKind,
        at: DateTime<FixedOffset>,
    ) -> Result<Option<Vec<u8>>, IssuerError>;
}

/// One dialogue between the issuer and a card.
pub trait Session: Send {
    /// The session's number, the issuer's own: under it an interrupted update goes on.
    fn id(&self) -> &str;

    /// Takes the card's answer to the last command (`None` at the start) and says what comes next.
    ///
    /// `counter` is how many answers went before this one: 0 at the start. The same counter and answer give the same
    /// step again, so that nothing is done twice when a message was lost; any other counter ends the session.
    ///
    /// # Errors
    /// [`IssuerError::Unreachable`] when the message or its answer was lost: [`Issuer::rejoin`] may help. With every
    /// other error nothing more may be sent to the card.
    fn next(&mut self, counter: u32, answer: Option<&[u8]>) -> Result<Step, IssuerError>;
}
