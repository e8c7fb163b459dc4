//! What an update will do to the card, predicted from register, card and rules before anything is written.

use crate::counter::case::Application;
use crate::counter::decision::Decided;
use crate::counter::facts;
use crate::error::{Refusal, Result};
use card::read::CardReading;
use card::update::{PlannedCertificate, UpdatePlan};
use chrono::NaiveDate;
use rules::kinds::CertificateKind;

/// The application with the plan for the card.
///
/// # Errors
/// A refusal when card and register disagree about the certificates.
pub fn application(
    decided: &Decided,
    reading: &CardReading,
    today: NaiveDate,
    consented: bool,
) -> Result<Application> {
    let registered = |kind| {
        let mut found = decided.certificates.iter().filter(|row| row.current && row.kind == kind);
        found.next().map(|row| row.serial.clone())
    };
    let on_card = reading.authentication.as_ref().map(|found| found.serial.clone());
    let in_register = registered(CertificateKind::Authentication);
    if on_card.is_some() && in_register.is_some() && on_card != in_register {
        let sentence = "カードの利用者証明用電子証明書が、台帳のものと違います。";
        return Err(Refusal::conflict(sentence, "カードの情報を取り込み直してから受け付けてください。").into());
    }
    let planned = |certificate: &rules::procedure::PlannedCertificate| PlannedCertificate {
        kind: certificate.kind,
        old_serial: registered(certificate.kind),
        expires: certificate.new_expiry,
    };
    let resident = &decided.resident;
    Ok(Application {
        date: today,
        name: resident.name.clone(),
        address: facts::full_address(resident),
        birth: resident.birth,
        sex: resident.sex,
        certificates: decided.main.certificates.clone(),
        shorter: decided.main.shorter.clone(),
        consented,
        pins: decided.main.pins_needed.clone(),
        plan: UpdatePlan {
            card: reading.card.clone(),
            face_only: decided.card.as_ref().is_some_and(|card| card.face_only),
            authentication_serial: on_card,
            certificates: decided.main.certificates.iter().map(planned).collect(),
        },
    })
}
