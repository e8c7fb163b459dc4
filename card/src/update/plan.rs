//! What an update is to do, fixed before anything is written.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rules::kinds::{CertificateKind, PinKind};
use serde::{Deserialize, Serialize};

use crate::error::CardError;
use crate::issuer::{CardIdentity, Holder};
use crate::pins::{Consent, PinValue};
use crate::trust::Trust;

/// The update of one card: which card, and what is expected of it afterwards.
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

impl UpdatePlan {
    /// The entry for one kind.
    pub fn certificate(&self, kind: CertificateKind) -> Option<&PlannedCertificate> {
        self.certificates.iter().find(|planned| planned.kind == kind)
    }
}

/// The PINs that the resident entered for this update.
#[derive(Clone, Debug, Default)]
pub struct UpdatePins {
    /// Needed for a new signature certificate.
    pub signature: Option<PinValue>,
    /// Needed for a new authentication certificate.
    pub authentication: Option<PinValue>,
    /// Entered to show that the resident knows it; not needed by the chip.
    pub resident_register: Option<PinValue>,
    /// As `resident_register`; a renewal doesn't ask for it.
    pub card_entry: Option<PinValue>,
    /// Whether the resident agreed to spend a last try.
    pub consent: Consent,
}

impl UpdatePins {
    /// The value of one PIN.
    ///
    /// # Errors
    /// [`CardError::PinMissing`] when it wasn't entered.
    pub fn of(&self, kind: PinKind) -> Result<&PinValue, CardError> {
        let value = match kind {
            PinKind::Signature => &self.signature,
            PinKind::Authentication => &self.authentication,
            PinKind::ResidentRegister => &self.resident_register,
            PinKind::CardEntry => &self.card_entry,
        };
        value.as_ref().ok_or(CardError::PinMissing { kind })
    }

    /// The PINs that were entered.
    pub fn entered(&self) -> Vec<PinKind> {
        PinKind::ALL.iter().copied().filter(|kind| self.of(*kind).is_ok()).collect()
    }
}

/// Everything an update needs besides the reader and the issuer.
pub struct UpdateOrder<'a> {
    /// What to do.
    pub plan: &'a UpdatePlan,
    /// What the resident entered.
    pub pins: &'a UpdatePins,
    /// Whose certificates they become.
    pub holder: &'a Holder,
    /// Whom the new certificates must come from.
    pub trust: Trust,
    /// The moment of the update.
    pub at: DateTime<FixedOffset>,
    /// 32 random bytes of the caller's, fresh for this update.
    pub entropy: [u8; 32],
}
