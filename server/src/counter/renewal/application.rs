//! The application: read back to the applicant, the new expiries fixed before anything is written.

use super::plan::predict;
use super::{Done, StepForm, Taken, card_on_reader, missing, station_of, take};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use rules::case_states::CaseEvent;
use rules::procedure::MissingCode;
use rules::wareki;
use serde::Deserialize;

/// The clerk's confirmation.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ApplicationForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// `yes` when the applicant agreed to lose time.
    pub consent: String,
}

/// Takes the application in and stores the plan for the card.
///
/// # Errors
/// A refusal when the step isn't possible, the card doesn't lie on the reader, or the rules no longer allow it.
pub async fn take_application(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    form: &ApplicationForm,
) -> Result<Done> {
    let begun =
        match take(office, visitor, reception, "application", &StepForm::new(form.version, &form.once))
            .await?
        {
            Taken::Before(location) => return Ok(Done::Moved(location)),
            Taken::Now(begun) => begun,
        };
    begun.case.transition(CaseEvent::TakeApplication, begun.actor.role)?;
    let (_, station) = station_of(office, &begun.actor).await?;
    let reading = card_on_reader(&begun.case, &*station)?;
    let prediction = predict(office, &begun.case, Some(&reading.card)).await?;
    prediction.still_possible(&begun.case)?;
    let decision = &prediction.decision;
    let consented = form.consent == "yes";
    if !decision.shorter.is_empty() && !consented {
        return Ok(missing("consent", "有効期間が短くなることへの同意が確かめられていません。"));
    }
    if let Some(obstacle) = decision.missing.iter().find(|missing| stops_here(missing.code)) {
        return Err(
            Refusal::conflict(obstacle.sentence.clone(), "そろってから、もう一度進めてください。").into()
        );
    }
    let mut facts = begun.case.facts.clone();
    let application = prediction.application(&reading.card, office.clock().today(), consented)?;
    let lines: Vec<_> = application
        .certificates
        .iter()
        .map(|planned| format!("{}は{}まで", planned.kind.label(), wareki::long(planned.new_expiry)))
        .collect();
    let early = if decision.shorter.is_empty() {
        ""
    } else {
        "有効期間が短くなることに同意がありました。"
    };
    let remark = format!("(予定: {}){early}", lines.join("、"));
    facts.application = Some(application);
    begun.finish(CaseEvent::TakeApplication, &facts, Some(remark)).await
}

/// Consent was looked at already, and a locked PIN shows at the pad with its own way out.
fn stops_here(code: MissingCode) -> bool {
    !matches!(code, MissingCode::Consent | MissingCode::PinReset)
}
