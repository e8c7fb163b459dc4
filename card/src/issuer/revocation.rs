//! Revocations: what is asked for, and what the issuer says it did.

use chrono::{DateTime, FixedOffset};
use rules::kinds::CertificateKind;
use serde::{Deserialize, Serialize};

/// Why a certificate shall be good no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevocationReason {
    /// The holder applied for it.
    Requested,
    /// The card is lost.
    Lost,
    /// Name, address, birthday or sex in the signature certificate are no longer right.
    HolderChanged,
    /// A new certificate took its place.
    Superseded,
    /// The holder died, moved abroad, or gave the card back.
    Ended,
}

impl RevocationReason {
    /// In words for screens and papers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Requested => "本人の申請",
            Self::Lost => "カードの紛失",
            Self::HolderChanged => "記載事項の変更",
            Self::Superseded => "新しい電子証明書の発行",
            Self::Ended => "カードの廃止",
        }
    }

    /// CRLReason (RFC 5280, 5.3.1).
    pub fn code(self) -> u8 {
        match self {
            Self::Lost => 1,
            Self::HolderChanged => 3,
            Self::Superseded => 4,
            Self::Requested | Self::Ended => 5,
        }
    }
}

/// A revocation that is asked for without the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// The card it was issued for.
    pub card_number: String,
    /// Which of the two certificates.
    pub kind: CertificateKind,
    /// Its serial number, hexadecimal, upper case, no leading zeros.
    pub serial: String,
    /// Why.
    pub reason: RevocationReason,
    /// The moment of the application.
    pub at: DateTime<FixedOffset>,
}

/// A certificate that is revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// Which of the two certificates.
    pub kind: CertificateKind,
    /// Its serial number.
    pub serial: String,
    /// Since when.
    pub since: DateTime<FixedOffset>,
}
