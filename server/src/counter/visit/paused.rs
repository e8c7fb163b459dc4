//! Stopped by hand before the card was touched (E17), and taken up again on another day.

use super::{Done, StepForm, Taken, missing, take};
use crate::counter::case::{Facts, Interruption};
use crate::counter::words;
use crate::error::Result;
use crate::office::Office;
use crate::staff::visitor::Visitor;
use rules::case_states::CaseEvent;
use serde::Deserialize;

/// Why it stops.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PauseForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// Why.
    pub reason_interrupt: String,
}

/// The code of an interruption by hand.
pub const BY_HAND: &str = "M-1399";

/// Interrupts a case that has not touched the card: the old certificate is still valid, and the page says so.
///
/// # Errors
/// A refusal when the step isn't possible.
pub async fn pause(office: &Office, visitor: &Visitor, reception: &str, form: &PauseForm) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let begun = match take(office, visitor, reception, "interrupt", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    super::must_be(
        &begun.case,
        &[rules::case_states::CaseState::Applied, rules::case_states::CaseState::PinsVerified],
    )?;
    begun.case.transition(CaseEvent::Interrupt, begun.actor.role)?;
    let reason = match words::reason(&form.reason_interrupt, "中断の理由") {
        Ok(reason) => reason,
        Err(sentence) => return Ok(missing("reason_interrupt", sentence)),
    };
    let interruption = Interruption {
        code: BY_HAND.to_owned(),
        happened: reason.clone(),
        meaning: "カードには書き込んでいません。古い電子証明書はそのまま使えます。".to_owned(),
        what_now: "カードを返し、次に来たときに「再開する」を押してください。".to_owned(),
        touched: Vec::new(),
    };
    super::work::forget_pins(office, &begun.actor, reception).await?;
    let facts = Facts { interruption: Some(interruption), ..begun.case.facts.clone() };
    begun
        .finish_because(CaseEvent::Interrupt, &facts, Some(reason.clone()), Some(format!("理由: {reason}")))
        .await
}

/// Takes such a case up again where the application was taken in.
///
/// # Errors
/// A refusal when the step isn't possible, or the card was touched: then it is examined first.
pub async fn go_on(office: &Office, visitor: &Visitor, reception: &str, form: &StepForm) -> Result<Done> {
    let begun = match take(office, visitor, reception, "go-on", form).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    super::must_be(&begun.case, &[rules::case_states::CaseState::Interrupted])?;
    if !is_by_hand(&begun.case) {
        let sentence = "この受付は、カードの書き込みの途中で中断しています。";
        let what_now = "カードをリーダに置き、カードの状態を確かめてから進めてください。";
        return Err(crate::error::Refusal::conflict(sentence, what_now).into());
    }
    let facts = Facts { interruption: None, ..begun.case.facts.clone() };
    begun.finish(CaseEvent::Resume, &facts, None).await
}

/// The case was interrupted by hand, with the card untouched.
pub fn is_by_hand(case: &crate::counter::case::Case) -> bool {
    case.facts.interruption.as_ref().is_some_and(|why| why.code == BY_HAND)
}
