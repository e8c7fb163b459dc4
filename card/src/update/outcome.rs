//! What an update left on the card, as the card says it.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rules::kinds::{CertificateKind, PinKind};
use serde::{Deserialize, Serialize};

use crate::read::{CertificateReading, PinTries};

/// An update that was read back and proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateOutcome {
    /// The new certificates, read from the card.
    pub certificates: Vec<NewCertificate>,
    /// Tries left afterwards.
    pub pins: PinTries,
    /// How many commands the issuer sent.
    pub commands: u32,
    /// The PINs that have the value which the resident chose; the card took each of them.
    #[serde(default)]
    pub new_pins: Vec<PinKind>,
    /// The certificates that are good no longer.
    #[serde(default)]
    pub revoked: Vec<RevokedCertificate>,
}

/// One revoked certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokedCertificate {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Its serial number.
    pub serial: String,
    /// Since when, as the issuer says; nothing when the 統合端末 did it.
    pub since: Option<DateTime<FixedOffset>>,
    /// Whether a list of revoked certificates with the issuer's signature names it.
    pub listed: bool,
    /// Whether the card still holds something in its place. It is of no use to anybody, and no hindrance.
    pub on_card: bool,
}

/// One new certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCertificate {
    /// What stands on the card.
    #[serde(flatten)]
    pub reading: CertificateReading,
    /// The last day that was predicted before the writing.
    pub predicted: NaiveDate,
    /// Whether its key has signed. Only a card for face recognition can be done without that.
    pub proven: bool,
}

impl NewCertificate {
    /// Whether the card says another last day than was predicted. The card wins, and somebody must look.
    pub fn differs(&self) -> bool {
        self.reading.expires != self.predicted
    }
}

impl UpdateOutcome {
    /// The new certificate of one kind.
    pub fn certificate(&self, kind: CertificateKind) -> Option<&NewCertificate> {
        self.certificates.iter().find(|new| new.reading.kind == kind)
    }

    /// What somebody must look at although the card is in order: one sentence each.
    pub fn alarms(&self) -> Vec<String> {
        let expiry = self.certificates.iter().filter(|new| new.differs()).map(|new| {
            format!(
                "{}の有効期限が予測と違います。カードは{}、予測は{}です。",
                new.reading.kind.label(),
                rules::wareki::long(new.reading.expires),
                rules::wareki::long(new.predicted)
            )
        });
        let tries = self
            .certificates
            .iter()
            .filter_map(|new| self.pins.of(new.reading.kind.pin()))
            .filter(|state| !state.full())
            .map(|state| format!("{}の残り回数が元に戻っていません。", state.kind.label()));
        expiry.chain(tries).collect()
    }
}
