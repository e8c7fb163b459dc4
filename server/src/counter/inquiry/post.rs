//! The letter is handed to the post: printed is not posted, posted is not delivered.

use super::inquiry_of;
use crate::counter::visit::{Done, StepForm, Taken, missing, take_letters};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::store::inquiry_letters;
use rules::case_states::CaseEvent;
use rules::wareki;
use serde::Deserialize;

/// When it was posted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PostForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// The day; today when empty.
    pub posted_on: String,
}

/// Notes that the letter was posted. The deadline is the one that is printed on it.
///
/// # Errors
/// A refusal when the step isn't possible or no letter has been made.
pub async fn posted(office: &Office, visitor: &Visitor, reception: &str, form: &PostForm) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let mut begun = match take_letters(office, visitor, reception, "posted", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::PostInquiry, begun.actor.role)?;
    let inquiry = inquiry_of(&begun.case)?.clone();
    let (Some(number), Some(deadline)) = (inquiry.letter, inquiry.deadline) else {
        let sentence = "照会書がまだ作られていません。";
        return Err(Refusal::conflict(sentence, "照会書を印刷してから、発送を記録してください。").into());
    };
    let today = office.clock().today();
    let day = match form.posted_on.trim() {
        "" => today,
        text => match wareki::parse(text) {
            Ok(day) => day,
            Err(error) => return Ok(missing("posted_on", error.sentence())),
        },
    };
    if day > today {
        return Ok(missing("posted_on", "発送日が今日より後です。発送した日を入力してください。"));
    }
    if (today - day).num_days() > 31 {
        return Ok(missing("posted_on", "発送日がひと月より前です。年月日を確かめてください。"));
    }
    let days = i64::from(office.rulebook().settings.deadlines.reply_days);
    if (deadline - day).num_days() < days / 2 {
        let sentence = format!(
            "照会書に印刷した回答期限({})が近く、本人が回答する日数が足りません。",
            wareki::long(deadline)
        );
        return Err(Refusal::conflict(sentence, "照会書を作り直してから発送してください。").into());
    }
    if !inquiry_letters::post(&mut begun.tx, number, day, deadline).await? {
        let sentence = "この照会書は、発送を待っていません。";
        return Err(Refusal::conflict(sentence, "受付の画面を開き直してください。").into());
    }
    let mut facts = begun.case.facts.clone();
    if let Some(inquiry) = &mut facts.inquiry {
        inquiry.posted = Some(day);
    }
    let remark =
        format!("(文書番号{number}、{}発送、回答期限{})", wareki::short(day), wareki::long(deadline));
    begun.finish(CaseEvent::PostInquiry, &facts, Some(remark)).await
}
