//! The letter is sent again: to a new address, after it came back, after the deadline, or because it was wrong.

use super::inquiry_of;
use crate::counter::decision;
use crate::counter::reception::request_inquiry;
use crate::counter::visit::{Done, StepForm, Taken, missing, take_letters};
use crate::counter::words;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use rules::case_states::CaseEvent;
use rules::procedure::{ReplyForm, Route};
use serde::Deserialize;

/// Why a new letter goes out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AgainForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// Why.
    pub reason_again: String,
}

/// Voids the old letter and takes the case back to where a new one is made, from the register as it is now.
///
/// # Errors
/// A refusal when the step isn't possible, or the rules no longer ask for a letter.
pub async fn again(office: &Office, visitor: &Visitor, reception: &str, form: &AgainForm) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let mut begun = match take_letters(office, visitor, reception, "inquiry-again", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::RequestInquiry, begun.actor.role)?;
    let reason = match words::reason(&form.reason_again, "送り直す理由") {
        Ok(reason) => reason,
        Err(sentence) => return Ok(missing("reason_again", sentence)),
    };
    let was_second = inquiry_of(&begun.case)?.again;
    // The rules judge a request that has no letter yet: the old one no longer counts.
    let mut case = begun.case.clone();
    case.facts.inquiry = None;
    let decided = decision::of_case(office, &case, None).await?;
    if decided.route() != Route::TwoVisits {
        let sentence = format!("照会書を送る手続きではなくなりました。{}", decided.why(decided.route()));
        let what_now = "この受付を取りやめるか、ほかの手続きを案内してください。";
        return Err(Refusal::conflict(sentence, what_now).into());
    }
    let second =
        was_second || begun.case.facts.inquiry.as_ref().is_some_and(|old| old.reply != ReplyForm::None);
    let voided = begun.void_letter(&reason, office.clock().today()).await?;
    begun.follow(&decided).await?;
    let mut case = begun.case.clone();
    case.facts.reasons = decided.reasons();
    request_inquiry(&mut begun.tx, &begun.at, &begun.actor, &case, &decided, second).await?;
    begun.note(&format!("送り直す理由: {reason}。{voided}")).await?;
    begun.close().await
}
