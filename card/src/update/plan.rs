//! What an update is to do, fixed before anything is written.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rules::kinds::{CertificateKind, PinKind};
use serde::{Deserialize, Serialize};

use super::pins::UpdatePins;
use crate::issuer::{CardIdentity, Holder, RevocationReason};
use crate::trust::Trust;

/// The update of one card: which card, and what is expected of it afterwards.
///
/// PIN resets come first, then revocations, then certificates, so that a new key is proven with the new PIN. PIN
/// changes need no issuer and stand alone in a plan of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdatePlan {
    /// The card as it was read when the case began.
    pub card: CardIdentity,
    /// Serial of the authentication certificate at that reading; `None` when the card held none.
    pub authentication_serial: Option<String>,
    /// A card for face recognition only: it has no PIN that works, so its key can't be asked for a proof.
    #[serde(default)]
    pub face_only: bool,
    /// The certificates to make, in this order.
    pub certificates: Vec<PlannedCertificate>,
    /// The PINs whose tries are set back and that get a new value, the old one being forgotten or locked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pin_resets: Vec<PinKind>,
    /// The PINs that get a new value because the resident, who knows the old one, wants another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pin_changes: Vec<PinKind>,
    /// Those of the PIN changes of which an interruption left unclear whether the card has the new value already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unclear_pins: Vec<PinKind>,
    /// The certificates that shall be good no longer, without a new one in their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revocations: Vec<PlannedRevocation>,
    /// The issuer's session that this plan goes on with, after an interruption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer_session: Option<String>,
}

/// One certificate to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedCertificate {
    /// Which of the two.
    pub kind: CertificateKind,
    /// The serial of the one it replaces, where the office knows it; it must then be the one on the card.
    pub old_serial: Option<String>,
    /// The last day that the rules predict. It is fixed here, before anything is written.
    pub expires: NaiveDate,
}

/// One certificate to be revoked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRevocation {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Its serial number. A certificate with another serial on the card is left alone and refused.
    pub serial: String,
    /// Why.
    pub reason: RevocationReason,
}

/// A plan that can't be carried out whatever the card says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// It asks for nothing.
    #[error("カードに行うことがありません。")]
    Empty,
    /// The same thing is asked for twice, or a certificate is to be both made and revoked.
    #[error("同じ電子証明書か暗証番号が、二重に指定されています。")]
    Twice,
    /// PIN changes stand beside something that needs an issuer.
    #[error("暗証番号の変更は、ほかの操作と一度にはできません。")]
    ChangeBesideOthers,
    /// A card for face recognition has no PIN to be set.
    #[error("顔認証マイナンバーカードには暗証番号がありません。")]
    NoPins,
}

impl UpdatePlan {
    /// A plan that does nothing yet, for the card as it was read.
    pub fn for_card(card: CardIdentity, authentication_serial: Option<String>) -> Self {
        Self {
            card,
            authentication_serial,
            face_only: false,
            certificates: Vec::new(),
            pin_resets: Vec::new(),
            pin_changes: Vec::new(),
            unclear_pins: Vec::new(),
            revocations: Vec::new(),
            issuer_session: None,
        }
    }

    /// The entry for one kind.
    pub fn certificate(&self, kind: CertificateKind) -> Option<&PlannedCertificate> {
        self.certificates.iter().find(|planned| planned.kind == kind)
    }

    /// The revocation of one kind.
    pub fn revocation(&self, kind: CertificateKind) -> Option<&PlannedRevocation> {
        self.revocations.iter().find(|planned| planned.kind == kind)
    }

    /// Nothing is left to do.
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty()
            && self.pin_resets.is_empty()
            && self.pin_changes.is_empty()
            && self.revocations.is_empty()
    }

    /// The PINs whose present value the chip wants for this plan: those that guard a new key and aren't reset
    /// themselves, and those that are changed. An office may ask for more.
    pub fn current_pins(&self) -> Vec<PinKind> {
        let guards = |kind: PinKind| {
            !self.face_only && self.certificates.iter().any(|planned| planned.kind.pin() == kind)
        };
        let wanted = |kind: &PinKind| {
            self.pin_changes.contains(kind) || (guards(*kind) && !self.pin_resets.contains(kind))
        };
        PinKind::ALL.iter().copied().filter(wanted).collect()
    }

    /// The PINs for which the resident chooses a new value.
    pub fn new_pins(&self) -> Vec<PinKind> {
        let wanted = |kind: &PinKind| self.pin_resets.contains(kind) || self.pin_changes.contains(kind);
        PinKind::ALL.iter().copied().filter(wanted).collect()
    }

    /// Looks whether the plan makes sense by itself.
    ///
    /// # Errors
    /// What doesn't.
    pub fn check(&self) -> Result<(), PlanError> {
        let certificates = self.certificates.iter().map(|planned| planned.kind);
        let certificates: Vec<_> = certificates.chain(self.revocations.iter().map(|r| r.kind)).collect();
        let pins: Vec<_> = self.pin_resets.iter().chain(&self.pin_changes).copied().collect();
        if self.is_empty() {
            Err(PlanError::Empty)
        } else if twice(&certificates) || twice(&pins) {
            Err(PlanError::Twice)
        } else if !(self.pin_changes.is_empty() || certificates.is_empty() && self.pin_resets.is_empty()) {
            Err(PlanError::ChangeBesideOthers)
        } else if self.face_only && !pins.is_empty() {
            Err(PlanError::NoPins)
        } else {
            Ok(())
        }
    }
}

fn twice<T: PartialEq>(all: &[T]) -> bool {
    all.iter().enumerate().any(|(at, one)| all[..at].contains(one))
}

/// Everything an update needs besides the reader and the issuer.
pub struct UpdateOrder<'a> {
    /// What to do.
    pub plan: &'a UpdatePlan,
    /// What the resident entered: the PINs as they are on the card now.
    pub pins: &'a UpdatePins,
    /// What the resident chose: the PINs as they shall be.
    pub new_pins: &'a UpdatePins,
    /// Whose certificates they become.
    pub holder: &'a Holder,
    /// Whom the new certificates must come from.
    pub trust: Trust,
    /// The moment of the update.
    pub at: DateTime<FixedOffset>,
    /// 32 random bytes of the caller's, fresh for this update.
    pub entropy: [u8; 32],
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn empty() -> UpdatePlan {
        let card = CardIdentity {
            card_number: "999900000000017".to_owned(),
            municipality: "13999".to_owned(),
            expires: day("2032-01-10"),
        };
        UpdatePlan::for_card(card, None)
    }

    fn certificate(kind: CertificateKind) -> PlannedCertificate {
        PlannedCertificate { kind, old_serial: None, expires: day("2031-01-10") }
    }

    fn revocation(kind: CertificateKind) -> PlannedRevocation {
        PlannedRevocation { kind, serial: "51A0".to_owned(), reason: RevocationReason::Requested }
    }

    #[test]
    fn a_pin_that_is_reset_is_chosen_and_not_asked_for() {
        let plan = UpdatePlan {
            certificates: vec![
                certificate(CertificateKind::Signature),
                certificate(CertificateKind::Authentication),
            ],
            pin_resets: vec![PinKind::CardEntry, PinKind::Signature],
            ..empty()
        };
        assert_eq!(plan.current_pins(), [PinKind::Authentication]);
        assert_eq!(plan.new_pins(), [PinKind::Signature, PinKind::CardEntry]);
        let change = UpdatePlan { pin_changes: vec![PinKind::Signature], ..empty() };
        assert_eq!(
            (change.current_pins(), change.new_pins()),
            (vec![PinKind::Signature], vec![PinKind::Signature])
        );
    }

    #[test]
    fn plans_that_make_no_sense_are_refused() {
        let signature = CertificateKind::Signature;
        let twice = UpdatePlan {
            certificates: vec![certificate(signature)],
            revocations: vec![revocation(signature)],
            ..empty()
        };
        let beside = UpdatePlan {
            pin_changes: vec![PinKind::Signature],
            pin_resets: vec![PinKind::CardEntry],
            ..empty()
        };
        let face_only = UpdatePlan { pin_resets: vec![PinKind::CardEntry], face_only: true, ..empty() };
        for (plan, error) in [
            (empty(), PlanError::Empty),
            (twice, PlanError::Twice),
            (beside, PlanError::ChangeBesideOthers),
            (face_only, PlanError::NoPins),
        ] {
            assert_eq!(plan.check(), Err(error));
        }
        let good = UpdatePlan {
            revocations: vec![revocation(signature)],
            certificates: vec![certificate(CertificateKind::Authentication)],
            pin_resets: vec![PinKind::CardEntry],
            ..empty()
        };
        assert_eq!(good.check(), Ok(()));
        // A plan of the first version, without the newer lists, is still read.
        let text = serde_json::to_string(&good).unwrap();
        assert_eq!(serde_json::from_str::<UpdatePlan>(&text).unwrap(), good);
        let old = serde_json::to_string(&empty()).unwrap();
        assert!(!old.contains("pin_resets"), "{old}");
    }
}
