//! A supervisor looked at what changed and says that the request goes on with a new letter.

use crate::counter::case::Snapshot;
use crate::counter::decision;
use crate::counter::visit::{Done, StepForm, Taken, missing, take};
use crate::counter::words;
use crate::error::Result;
use crate::office::Office;
use crate::staff::visitor::Visitor;
use rules::case_states::CaseEvent;
use serde::Deserialize;

/// Why it goes on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// Why.
    pub reason_confirm: String,
}

/// Takes the case back to where its letter is made, with the register as it is now.
///
/// # Errors
/// A refusal when the step isn't possible or this isn't a supervisor.
pub async fn confirm(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    form: &ConfirmForm,
) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let mut begun = match take(office, visitor, reception, "confirm", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::ConfirmUnchanged, begun.actor.role)?;
    let reason = match words::reason(&form.reason_confirm, "このまま進める理由") {
        Ok(reason) => reason,
        Err(sentence) => return Ok(missing("reason_confirm", sentence)),
    };
    let mut case = begun.case.clone();
    case.facts.inquiry = None;
    let decided = decision::of_case(office, &case, None).await?;
    begun.follow(&decided).await?;
    let mut facts = begun.case.facts.clone();
    if let Some(inquiry) = &mut facts.inquiry {
        let made_from = Snapshot::of(&decided.resident, decided.card.as_ref(), &decided.certificates);
        *inquiry =
            crate::counter::case::Inquiry::new(&inquiry.why, inquiry.again, inquiry.reset.clone(), made_from);
    }
    begun.finish(CaseEvent::ConfirmUnchanged, &facts, Some(format!("理由: {reason}"))).await
}
