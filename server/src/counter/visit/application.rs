//! The application: read back to the applicant, the new expiries fixed before anything is written.

use super::plan;
use super::{Done, StepForm, Taken, card_on_reader, mismatch, missing, station_of, take};
use crate::counter::decision;
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
    let mut begun =
        match take(office, visitor, reception, "application", &StepForm::new(form.version, &form.once))
            .await?
        {
            Taken::Before(location) => return Ok(Done::Moved(location)),
            Taken::Now(begun) => begun,
        };
    begun.case.transition(CaseEvent::TakeApplication, begun.actor.role)?;
    let (_, station) = station_of(office, &begun.actor).await?;
    let reading = card_on_reader(&begun.case, &*station)?;
    let decided = decision::of_case(office, &begun.case, Some(&reading.card)).await?;
    let lost = &decided.main.pins_to_reset;
    if let Some(lack) = decided.missing().into_iter().find(|lack| lack.code == MissingCode::PinReset) {
        let what_now = "「手続きを加える・変える」で再設定を加えると、いっしょに行えます。";
        return Err(Refusal::conflict(lack.sentence.clone(), what_now).into());
    }
    if decided.needs_letter() && !lost.is_empty() && mismatch::is_by_letter(begun.case.applicant) {
        // The card says that what the principal wrote can't be right: a reset goes through a letter.
        let lost = lost.clone();
        return mismatch::ask_again(office, *begun, &lost).await;
    }
    decided.still_possible()?;
    begun.follow(&decided).await?;
    let decision = &decided.main;
    let consented = form.consent == "yes";
    if !decision.shorter.is_empty() && !consented {
        return Ok(missing("consent", "有効期間が短くなることへの同意が確かめられていません。"));
    }
    if let Some(obstacle) = decided.missing().into_iter().find(|missing| stops_here(missing.code)) {
        return Err(
            Refusal::conflict(obstacle.sentence.clone(), "そろってから、もう一度進めてください。").into()
        );
    }
    let mut facts = begun.case.facts.clone();
    let today = office.clock().today();
    let application = plan::application(&decided, &begun.case.facts.work, &reading.card, today, consented)?;
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
    let also = super::page::also(&facts.work).concat();
    let remark = if lines.is_empty() {
        format!("(予定: {also})")
    } else {
        format!("(予定: {}){also}{early}", lines.join("、"))
    };
    facts.application = Some(application);
    begun.finish(CaseEvent::TakeApplication, &facts, Some(remark)).await
}

/// Consent was looked at already.
fn stops_here(code: MissingCode) -> bool {
    code != MissingCode::Consent
}
