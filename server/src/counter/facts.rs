//! What the store and the card know of a person, as the rules want to hear it.

use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use crate::store::residents::Resident;
use card::issuer::Holder;
use card::read::PinTries;
use chrono::NaiveDate;
use rules::kinds::{CardStatus, ResidentStatus};
use rules::procedure::{CardFacts, CertificateFacts, CounterFacts};

/// The facts about a principal who has come in person and knows the PINs, as far as nobody says otherwise.
pub fn counter_facts(
    today: NaiveDate,
    resident: &Resident,
    card: Option<&Card>,
    certificates: &[Certificate],
    pins: Option<&PinTries>,
) -> CounterFacts {
    let mut facts = CounterFacts::new(today, resident.birth);
    facts.resident_kind = resident.kind;
    facts.resident_status = resident.status;
    facts.stay_until = resident.stay_until;
    facts.adult_ward = resident.adult_ward;
    facts.suppressed = resident.suppressed;
    facts.abroad = resident.status == ResidentStatus::MovedAbroad
        && card.is_some_and(|card| card.status == CardStatus::Active);
    facts.principal_present = true;
    facts.card = card.map(|card| CardFacts {
        kind: card.kind,
        face_only: card.face_only,
        expires: card.expires,
        status: card.status,
    });
    facts.certificates = certificates
        .iter()
        .filter(|certificate| certificate.current)
        .map(|certificate| CertificateFacts {
            kind: certificate.kind,
            issued: certificate.issued,
            expires: certificate.expires,
            status: certificate.status,
        })
        .collect();
    if let Some(pins) = pins {
        facts.pins_locked = pins.locked();
        facts.pins_known.retain(|kind| !facts.pins_locked.contains(kind));
    }
    facts
}

/// The four attributes that a signature certificate carries. The address goes with its building, as the register has
/// it.
pub fn holder(resident: &Resident) -> Holder {
    Holder {
        name: resident.name.clone(),
        address: full_address(resident),
        birth: resident.birth,
        sex: resident.sex,
    }
}

/// Address and building in one line.
pub fn full_address(resident: &Resident) -> String {
    match resident.building.as_deref().filter(|building| !building.is_empty()) {
        Some(building) => format!("{} {building}", resident.address),
        None => resident.address.clone(),
    }
}
