//! A case that was ended too early is taken up again, with a reason.

use super::{Done, StepForm, Taken, missing, take};
use crate::counter::case::{Facts, Visit};
use crate::counter::words;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::store;
use rules::case_states::CaseEvent;
use serde::Deserialize;

/// Why it is taken up again.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReopenForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// Why.
    pub reason_reopen: String,
}

/// Takes the case back to its first step; papers and letters of before count no more.
///
/// # Errors
/// A refusal when the step isn't possible, or the person has another open case.
pub async fn reopen(office: &Office, visitor: &Visitor, reception: &str, form: &ReopenForm) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let mut begun = match take(office, visitor, reception, "reopen", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::Reopen, begun.actor.role)?;
    let reason = match words::reason(&form.reason_reopen, "再開の理由") {
        Ok(reason) => reason,
        Err(sentence) => return Ok(missing("reason_reopen", sentence)),
    };
    let resident = begun.case.row.resident_number.clone();
    if let Some(open) = store::cases::open_for_resident(&mut *begun.tx, &resident).await? {
        let sentence = format!("この方には、受付中の受付番号{}があります。", open.reception_number);
        return Err(Refusal::conflict(sentence, "その受付の続きから進めてください。").into());
    }
    let today = office.clock().today();
    let mut visits = begun.case.facts.visits.clone();
    visits.push(Visit { day: today, applicant: begun.case.applicant, by_telephone: false });
    let facts = Facts {
        application: None,
        inquiry: None,
        interruption: None,
        evidence: crate::counter::case::Evidence::default(),
        visits,
        ..begun.case.facts.clone()
    };
    begun.finish(CaseEvent::Reopen, &facts, Some(format!("理由: {reason}"))).await
}
