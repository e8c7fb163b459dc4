//! The PINs of one update, between the pad and the card.

use rules::kinds::PinKind;

use crate::error::CardError;
use crate::pins::{Consent, PinValue};

/// Values of some of the four PINs: those that the resident entered, or those that the resident chose.
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

    /// Puts a value in its place.
    pub fn set(&mut self, kind: PinKind, value: PinValue) {
        let place = match kind {
            PinKind::Signature => &mut self.signature,
            PinKind::Authentication => &mut self.authentication,
            PinKind::ResidentRegister => &mut self.resident_register,
            PinKind::CardEntry => &mut self.card_entry,
        };
        *place = Some(value);
    }

    /// The PINs that were entered.
    pub fn entered(&self) -> Vec<PinKind> {
        PinKind::ALL.iter().copied().filter(|kind| self.of(*kind).is_ok()).collect()
    }

    /// The same values with `newer` in the place of those it holds.
    #[must_use]
    pub(super) fn overlaid(&self, newer: &Self) -> Self {
        let mut all = self.clone();
        for kind in newer.entered() {
            if let Ok(value) = newer.of(kind) {
                all.set(kind, value.clone());
            }
        }
        all
    }
}
