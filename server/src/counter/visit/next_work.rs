//! A second round at the card under the same reception number: PINs that are changed after an issuer has written.

use super::{Done, StepForm, Taken, card_on_reader, plan, station_of, take};
use crate::counter::case::Facts;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use rules::case_states::CaseEvent;

/// Goes on with what is left of the visit.
///
/// # Errors
/// A refusal when nothing is left, or the card doesn't lie on the reader.
pub async fn go_on(office: &Office, visitor: &Visitor, reception: &str, form: &StepForm) -> Result<Done> {
    let begun = match take(office, visitor, reception, "next-work", form).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::NextWork, begun.actor.role)?;
    let left = begun.case.facts.changes_left();
    if left.is_empty() {
        let sentence = "この受付に、続きの手続きはありません。";
        return Err(Refusal::conflict(sentence, "結果を確かめて、受付を完了してください。").into());
    }
    let (_, station) = station_of(office, &begun.actor).await?;
    let reading = card_on_reader(&begun.case, &*station)?;
    let application = plan::changes(begun.case.application()?, &reading.card, left);
    let facts = Facts { application: Some(application), ..begun.case.facts.clone() };
    begun.finish(CaseEvent::NextWork, &facts, None).await
}

/// Leaves what is left: the card goes back as it is.
///
/// # Errors
/// A refusal when nothing of the visit has been done yet.
pub async fn skip(office: &Office, visitor: &Visitor, reception: &str, form: &StepForm) -> Result<Done> {
    let begun = match take(office, visitor, reception, "skip-work", form).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::SkipWork, begun.actor.role)?;
    if !begun.case.facts.has_done_something() {
        let sentence = "この受付では、まだ何も行っていません。";
        return Err(Refusal::conflict(sentence, "手続きをやめるときは、申請を取り下げてください。").into());
    }
    super::work::forget_pins(office, &begun.actor, reception).await?;
    let facts = begun.case.facts.clone();
    begun.finish(CaseEvent::SkipWork, &facts, None).await
}
