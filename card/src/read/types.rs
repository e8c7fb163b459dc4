//! What a reading of the card says, ready for a screen or a file. Nothing here is secret.

use chrono::NaiveDate;
use rules::kinds::{CertificateKind, PinKind};
use serde::{Deserialize, Serialize};

use crate::issuer::CardIdentity;

/// What can be known of a card without any PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardReading {
    /// The label of the token, such as `JPKIAPICCTOKEN2`.
    pub token: String,
    /// Number, municipality and end of the card, from its own record.
    pub card: CardIdentity,
    /// The authentication certificate; `None` when the card holds none.
    pub authentication: Option<CertificateReading>,
    /// Certificates whose file holds no whole certificate, as after a torn writing.
    #[serde(default)]
    pub damaged: Vec<CertificateKind>,
    /// Whether the card says it holds a signature certificate; `None` when it doesn't say.
    pub signature_present: Option<bool>,
    /// The CA certificates on the card. They prove nothing by themselves: they came off the same card.
    pub authorities: Vec<AuthorityReading>,
    /// Tries left of the four PINs.
    pub pins: PinTries,
}

/// One end-entity certificate as it stands on the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateReading {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Serial number, hexadecimal, upper case, no leading zeros.
    pub serial: String,
    /// First day (Japan).
    pub issued: NaiveDate,
    /// Last day (Japan).
    pub expires: NaiveDate,
    /// The issuer's name, for display.
    pub issuer: String,
    /// The certificate itself.
    #[serde(with = "crate::hex")]
    pub der: Vec<u8>,
}

/// A CA certificate as it stands on the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityReading {
    /// For which of the two certificates.
    pub kind: CertificateKind,
    /// Its own name, for display.
    pub subject: String,
    /// Serial number, as in [`CertificateReading`].
    pub serial: String,
    /// Last day (Japan).
    pub expires: NaiveDate,
    /// The certificate itself.
    #[serde(with = "crate::hex")]
    pub der: Vec<u8>,
}

/// Tries left of every PIN.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinTries(pub Vec<PinState>);

/// Tries left of one PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinState {
    /// Which PIN.
    pub kind: PinKind,
    /// Tries left; `None` when the card doesn't say.
    pub left: Option<u8>,
    /// Tries of a PIN that was just entered right.
    pub max: u8,
}

impl PinState {
    /// No tries left: the PIN must be reset.
    pub fn locked(self) -> bool {
        self.left == Some(0)
    }

    /// Nobody has entered it wrong since it was last right.
    pub fn full(self) -> bool {
        self.left.is_some_and(|left| left >= self.max)
    }
}

impl PinTries {
    /// The state of one PIN.
    pub fn of(&self, kind: PinKind) -> Option<PinState> {
        self.0.iter().copied().find(|state| state.kind == kind)
    }

    /// The PINs that are locked.
    pub fn locked(&self) -> Vec<PinKind> {
        self.0.iter().filter(|state| state.locked()).map(|state| state.kind).collect()
    }
}
