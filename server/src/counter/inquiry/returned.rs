//! The letter came back: 転送不要 mail is returned when nobody of that name lives there.

use crate::counter::visit::{Done, StepForm, Taken, missing, take_letters};
use crate::error::Result;
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::store::inquiry_letters::{self, LetterEnd};
use rules::case_states::CaseEvent;
use serde::Deserialize;

/// Why it came back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReturnedForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// Code of the post's reason.
    pub returned: String,
}

/// What the post writes on a returned letter: code and words.
pub const REASONS: [(&str, &str); 4] = [
    ("unknown", "あて所に尋ねあたりません"),
    ("kept", "保管期間の満了"),
    ("moved", "転居(転送不要のため返送)"),
    ("refused", "受取拒否"),
];

/// Notes that the letter came back.
///
/// # Errors
/// A refusal when the step isn't possible.
pub async fn returned(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    form: &ReturnedForm,
) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let mut begun = match take_letters(office, visitor, reception, "returned", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::InquiryCameBack, begun.actor.role)?;
    let Some((_, why)) = REASONS.iter().find(|(code, _)| *code == form.returned) else {
        return Ok(missing("returned", "返戻の理由を選んでください。"));
    };
    let today = office.clock().today();
    inquiry_letters::end(&mut begun.tx, begun.case.row.id, LetterEnd::Returned, today, Some(why)).await?;
    let mut facts = begun.case.facts.clone();
    if let Some(inquiry) = &mut facts.inquiry {
        inquiry.returned = Some((*why).to_owned());
    }
    let remark = Some(format!("(理由: {why})"));
    begun.finish_because(CaseEvent::InquiryCameBack, &facts, Some((*why).to_owned()), remark).await
}
