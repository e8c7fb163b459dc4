//! Another procedure joins the visit, or a PIN turns out to be forgotten: the case goes back to identity with it.

use super::{Done, StepForm, Taken, missing, take};
use crate::counter::case::{Facts, Work};
use crate::counter::decision;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use rules::case_states::CaseEvent;
use rules::kinds::PinKind;
use rules::procedure::{Procedure, Route};
use serde::Deserialize;

/// What is done from now on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WorkForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// Codes of PINs that are set anew.
    pub reset: Vec<String>,
    /// Codes of PINs that are changed.
    pub change: Vec<String>,
    /// `yes` when the last day is written on the card's face.
    pub card_face: String,
}

/// Changes what the visit is about. What was applied for is applied for anew.
///
/// # Errors
/// A refusal when the step isn't possible, a letter is out about the old procedures, or the rules refuse the new ones.
pub async fn change(office: &Office, visitor: &Visitor, reception: &str, form: &WorkForm) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let begun = match take(office, visitor, reception, "work", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::ChangeWork, begun.actor.role)?;
    if begun.case.facts.inquiry.is_some() {
        let sentence = "照会書で本人に尋ねた手続きは、ここでは変えられません。";
        let what_now = "暗証番号が一致しないときは、暗証番号の段階から照会書を送り直してください。";
        return Err(Refusal::conflict(sentence, what_now).into());
    }
    if begun.case.facts.has_done_something() {
        let sentence = "この受付では、もうカードに書き込みました。";
        return Err(Refusal::conflict(sentence, "カードをお渡ししてから、新しく受け付けてください。").into());
    }
    let pins = |codes: &[String]| codes.iter().filter_map(|code| PinKind::from_code(code)).collect();
    let work = Work {
        reset: pins(&form.reset),
        change: pins(&form.change),
        revoke: begun.case.facts.work.revoke.clone(),
        card_face: form.card_face == "yes",
    };
    if work.change.iter().any(|kind| work.reset.contains(kind)) {
        let sentence = "同じ暗証番号に再設定と変更の両方が選ばれています。どちらかにしてください。";
        return Ok(missing("change", sentence));
    }
    let emptied = match begun.case.procedure {
        Procedure::PinReset => work.reset.is_empty(),
        Procedure::PinChange => work.change.is_empty(),
        _ => false,
    };
    if emptied {
        return Ok(missing("reset", "この受付の手続きに使う暗証番号を、ひとつは選んでください。"));
    }
    let mut case = begun.case.clone();
    case.facts = Facts { work, application: None, ..case.facts };
    let decided = decision::of_case(office, &case, None).await?;
    if decided.route() == Route::Refused {
        return Ok(missing("reset", decided.why(Route::Refused)));
    }
    let remark = super::page::also(&case.facts.work).concat();
    let facts = case.facts;
    forget_pins(office, &begun.actor, reception).await?;
    begun.finish(CaseEvent::ChangeWork, &facts, Some(remark)).await
}

/// PINs that a pad still holds for the case belong to what it was about before.
pub(super) async fn forget_pins(
    office: &Office,
    actor: &crate::counter::case::Actor,
    reception: &str,
) -> Result<()> {
    let Some(id) = actor.station_id else { return Ok(()) };
    let station = crate::stations::at(office, id).await?;
    if station.view().pad.reception_number == reception {
        station.forget_pins();
    }
    Ok(())
}
