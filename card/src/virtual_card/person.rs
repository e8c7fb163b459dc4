//! What is put on a virtual card when it is made: the person, the PINs, the certificates, and what is wrong with it.

use std::fmt;

use chrono::NaiveDate;
use rules::kinds::{CertificateKind, PinKind};
use serde::{Deserialize, Serialize};

use super::switches::Switches;
use crate::issuer::{CardIdentity, Holder};

/// The signature PIN of every sample card. A training value, shipped with the program.
pub const TRAINING_SIGNATURE_PIN: &str = "TRAIN123";
/// The authentication PIN of every sample card. A training value, shipped with the program.
pub const TRAINING_AUTHENTICATION_PIN: &str = "1111";
/// The resident-register PIN of every sample card. A training value, shipped with the program.
pub const TRAINING_RESIDENT_REGISTER_PIN: &str = "2222";
/// The card-entry PIN of every sample card. A training value, shipped with the program.
pub const TRAINING_CARD_ENTRY_PIN: &str = "3333";

/// One made-up person's card, before it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPerson {
    /// The 15 digits of the common application's record (カード番号).
    pub card_number: String,
    /// The five digits of the municipality that issued the card.
    pub municipality: String,
    /// The day the card itself ends.
    pub card_expires: NaiveDate,
    /// Name, address, birthday and sex as printed on the card.
    pub holder: Holder,
    /// A card for face recognition only (顔認証マイナンバーカード): no PIN works and there is no signature certificate.
    pub face_only: bool,
    /// What the token says it is.
    pub token: TokenLabel,
    /// The PINs' values.
    pub pins: CardPins,
    /// PINs whose tries aren't full, with the tries left; 0 is a locked PIN.
    pub tries_left: Vec<(PinKind, u8)>,
    /// The certificates on the card; a kind that isn't listed has neither key nor certificate.
    pub certificates: Vec<CardCertificate>,
    /// What is wrong with the chip.
    pub defect: Defect,
    /// Behaviours on which sources differ.
    pub switches: Switches,
}

impl CardPerson {
    /// The card as an issuer knows it.
    pub fn identity(&self) -> CardIdentity {
        CardIdentity {
            card_number: self.card_number.clone(),
            municipality: self.municipality.clone(),
            expires: self.card_expires,
        }
    }

    /// The certificate of one kind, if the card carries it.
    pub fn certificate(&self, kind: CertificateKind) -> Option<&CardCertificate> {
        self.certificates.iter().find(|certificate| certificate.kind == kind)
    }
}

/// One certificate to be put on the card, issued by the training CA.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardCertificate {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Serial number, hexadecimal, upper case, no leading zeros.
    pub serial: String,
    /// The day of issue (Japan); the certificate starts at noon of it.
    pub issued: NaiveDate,
    /// The last day (Japan); it ends with that day.
    pub expires: NaiveDate,
}

/// The label in the token information, which tells the kinds of token apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenLabel {
    /// The plastic card of today.
    #[default]
    Card,
    /// An older plastic card.
    OldCard,
    /// A certificate in an Android telephone.
    Android,
    /// A certificate in an iPhone.
    Iphone,
}

impl TokenLabel {
    /// The label as the card writes it, without the spaces that fill it up to 32.
    pub fn text(self) -> &'static str {
        match self {
            Self::Card => "JPKIAPICCTOKEN2",
            Self::OldCard => "JPKIAPICCTOKEN",
            Self::Android => "JPKIAPGPSETOKEN",
            Self::Iphone => "JPKIAPIOSTOKEN",
        }
    }
}

/// What is wrong with a chip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Defect {
    /// Nothing.
    #[default]
    None,
    /// The chip answers to reset, but every command fails with 6F00: a worn or broken chip.
    Unreadable,
    /// Another smart card altogether: it knows none of the My Number Card's applications.
    ForeignCard,
}

/// The values of the four PINs. They are training values, and still nothing prints them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPins {
    /// Six to sixteen capitals and digits.
    pub signature: String,
    /// Four digits.
    pub authentication: String,
    /// Four digits; the common application has a copy of its own.
    pub resident_register: String,
    /// Four digits.
    pub card_entry: String,
}

impl CardPins {
    /// The training values.
    pub fn training() -> Self {
        Self {
            signature: TRAINING_SIGNATURE_PIN.to_owned(),
            authentication: TRAINING_AUTHENTICATION_PIN.to_owned(),
            resident_register: TRAINING_RESIDENT_REGISTER_PIN.to_owned(),
            card_entry: TRAINING_CARD_ENTRY_PIN.to_owned(),
        }
    }

    /// The value of one PIN.
    pub fn value(&self, kind: PinKind) -> &str {
        match kind {
            PinKind::Signature => &self.signature,
            PinKind::Authentication => &self.authentication,
            PinKind::ResidentRegister => &self.resident_register,
            PinKind::CardEntry => &self.card_entry,
        }
    }
}

impl fmt::Debug for CardPins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardPins(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_are_not_in_the_debug_output() {
        let shown = format!("{:?}", CardPins::training());
        for value in ["TRAIN123", "1111", "2222", "3333"] {
            assert!(!shown.contains(value));
        }
    }
}
