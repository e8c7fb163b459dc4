//! What an update will do to the card, predicted from register, card and rules before anything is written.

use crate::counter::case::{Application, Case};
use crate::counter::{facts, reception};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::store::certificates::Certificate;
use crate::store::residents::Resident;
use card::read::CardReading;
use card::update::{PlannedCertificate, UpdatePlan};
use chrono::NaiveDate;
use rules::kinds::CertificateKind;
use rules::procedure::{Decision, Procedure, Route, decide};

/// What the rules say of a case today.
pub struct Prediction {
    /// The person.
    pub resident: Resident,
    /// The card is for face recognition only: it has no PINs.
    pub face_only: bool,
    /// The certificates in the register.
    pub certificates: Vec<Certificate>,
    /// What the rules decide.
    pub decision: Decision,
}

/// Asks the rules about a case, with what the card says where it lies on the reader.
///
/// # Errors
/// When the database refuses.
pub async fn predict(office: &Office, case: &Case, card_says: Option<&CardReading>) -> Result<Prediction> {
    let (resident, card, certificates) = reception::person(office, &case.row.resident_number).await?;
    let face_only = card.as_ref().is_some_and(|card| card.face_only);
    let pins = card_says.map(|reading| &reading.pins);
    let mut facts =
        facts::counter_facts(office.clock().today(), &resident, card.as_ref(), &certificates, pins);
    facts.applicant = case.applicant;
    let rulebook = office.rulebook();
    let decision = decide(&facts, &rulebook.settings, &rulebook.calendar);
    if decision.procedure != case.procedure {
        // The person wants what the case was opened for, although the rules would propose something else.
        facts.wanted = Some(case.procedure);
        let wanted = decide(&facts, &rulebook.settings, &rulebook.calendar);
        return Ok(Prediction { resident, face_only, certificates, decision: wanted });
    }
    Ok(Prediction { resident, face_only, certificates, decision })
}

impl Prediction {
    /// Refuses when the rules no longer allow what the case was opened for.
    ///
    /// # Errors
    /// A refusal with the rules' reason.
    pub fn still_possible(&self, case: &Case) -> Result<()> {
        let writes = matches!(self.decision.procedure, Procedure::Renewal | Procedure::Issuance);
        if writes && self.decision.procedure == case.procedure && self.decision.route == Route::OneVisit {
            return Ok(());
        }
        let why: String = self.decision.reasons.iter().map(|reason| reason.sentence.as_str()).collect();
        let sentence = format!("受け付けたときから、できることが変わりました。{why}");
        Err(Refusal::conflict(sentence, "この受付を取りやめ、住民の画面から受け付け直してください。").into())
    }

    /// The application with the plan for the card.
    ///
    /// # Errors
    /// A refusal when card and register disagree about the certificates.
    pub fn application(
        &self,
        reading: &CardReading,
        today: NaiveDate,
        consented: bool,
    ) -> Result<Application> {
        let registered = |kind| {
            let mut found = self.certificates.iter().filter(|row| row.current && row.kind == kind);
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
        Ok(Application {
            date: today,
            name: self.resident.name.clone(),
            address: facts::full_address(&self.resident),
            birth: self.resident.birth,
            sex: self.resident.sex,
            certificates: self.decision.certificates.clone(),
            shorter: self.decision.shorter.clone(),
            consented,
            pins: self.decision.pins_needed.clone(),
            plan: UpdatePlan {
                face_only: self.face_only,
                certificates: self.decision.certificates.iter().map(planned).collect(),
                ..UpdatePlan::for_card(reading.card.clone(), on_card)
            },
        })
    }
}
