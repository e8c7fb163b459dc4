//! What an update will do to the card, predicted from register, card and rules before anything is written.

use crate::counter::case::{Application, Work};
use crate::counter::decision::Decided;
use crate::counter::facts;
use crate::error::{Refusal, Result};
use card::issuer::RevocationReason;
use card::read::CardReading;
use card::update::{PlannedCertificate, PlannedRevocation, UpdatePlan};
use chrono::NaiveDate;
use rules::kinds::{CertificateKind, PinKind};
use rules::procedure::Procedure;

/// The application with the plan for the card.
///
/// # Errors
/// A refusal when card and register disagree about the certificates.
pub fn application(
    decided: &Decided,
    work: &Work,
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
        return Err(
            Refusal::conflict(sentence, "カードの情報を取り込み直してから受け付けてください。").into()
        );
    }
    let planned = |certificate: &rules::procedure::PlannedCertificate| PlannedCertificate {
        kind: certificate.kind,
        old_serial: registered(certificate.kind),
        expires: certificate.new_expiry,
    };
    let certificates = &decided.main.certificates;
    let mut plan = UpdatePlan {
        face_only: decided.card.as_ref().is_some_and(|card| card.face_only),
        certificates: certificates.iter().map(planned).collect(),
        pin_resets: resets(work, certificates, registered(CertificateKind::Signature).is_none()),
        revocations: revocations(work, registered)?,
        ..UpdatePlan::for_card(reading.card.clone(), on_card)
    };
    if plan.is_empty() {
        // Changes need no issuer and stand alone; beside something else they are a second round.
        plan.pin_changes.clone_from(&work.change);
    }
    plan.check().map_err(|error| Refusal::conflict(error.to_string(), "手続きを選び直してください。"))?;
    let resident = &decided.resident;
    // At a change the rules name the PINs that can be changed, not those that guard something.
    let mut pins = match decided.main.procedure {
        Procedure::PinChange => Vec::new(),
        _ => decided.main.pins_needed.clone(),
    };
    pins.retain(|kind| !plan.pin_resets.contains(kind) && !plan.pin_changes.contains(kind));
    Ok(Application {
        date: today,
        name: resident.name.clone(),
        address: facts::full_address(resident),
        birth: resident.birth,
        sex: resident.sex,
        certificates: certificates.clone(),
        shorter: decided.main.shorter.clone(),
        consented,
        pins,
        plan,
    })
}

/// The second round of a visit: the PINs that are changed after an issuer has written.
pub fn changes(first: &Application, reading: &CardReading, kinds: Vec<PinKind>) -> Application {
    let on_card = reading.authentication.as_ref().map(|found| found.serial.clone());
    Application {
        certificates: Vec::new(),
        shorter: Vec::new(),
        pins: Vec::new(),
        plan: UpdatePlan { pin_changes: kinds, ..UpdatePlan::for_card(reading.card.clone(), on_card) },
        ..first.clone()
    }
}

/// What is forgotten or locked, and the signature PIN of who gets a first signature certificate: there is none yet.
fn resets(
    work: &Work,
    certificates: &[rules::procedure::PlannedCertificate],
    never_had_one: bool,
) -> Vec<PinKind> {
    let first =
        never_had_one && certificates.iter().any(|planned| planned.kind == CertificateKind::Signature);
    let wanted = |kind: &PinKind| work.reset.contains(kind) || (first && *kind == PinKind::Signature);
    PinKind::ALL.iter().copied().filter(wanted).collect()
}

fn revocations(
    work: &Work,
    registered: impl Fn(CertificateKind) -> Option<String>,
) -> Result<Vec<PlannedRevocation>> {
    let one = |&kind: &CertificateKind| {
        let serial = registered(kind).ok_or_else(|| {
            let sentence = format!("台帳に{}がありません。", kind.label());
            Refusal::conflict(sentence, "カードの情報を取り込み直してから受け付けてください。")
        })?;
        Ok(PlannedRevocation { kind, serial, reason: RevocationReason::Requested })
    };
    work.revoke.iter().map(one).collect()
}
