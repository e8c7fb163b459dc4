//! The second visit begins: the principal's reply is on the counter.

use super::inquiry_of;
use crate::counter::case::{self, Visit};
use crate::counter::decision;
use crate::counter::reception::request_inquiry;
use crate::counter::visit::{Begun, Done, StepForm, Taken, missing, take};
use crate::counter::words;
use crate::error::Result;
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::store::inquiry_letters::{self, LetterEnd};
use rules::case_states::{CaseEvent, CaseState};
use rules::procedure::ReplyForm;
use serde::Deserialize;

/// What lies on the counter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReplyReceivedForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// `sealed` or `unusable`.
    pub reply: String,
    /// `yes`: all filled in and signed by the principal; the clerk, not the proxy, opened it.
    pub complete: String,
    /// A supervisor's reason to take a reply after its deadline.
    pub reason: String,
}

/// Takes the reply in. One that can't be used leads to a new letter by itself.
///
/// # Errors
/// A refusal when the step isn't possible, or the reply is late and this isn't a supervisor.
pub async fn received(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    form: &ReplyReceivedForm,
) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let mut begun = match take(office, visitor, reception, "reply", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::ReceiveReply, begun.actor.role)?;
    let inquiry = inquiry_of(&begun.case)?;
    let today = office.clock().today();
    let late = begun.case.state == CaseState::ReplyLapsed;
    let Some(reply @ (ReplyForm::Sealed | ReplyForm::Unusable)) = ReplyForm::from_code(&form.reply) else {
        return Ok(missing("reply", "回答書の状態を選んでください。"));
    };
    if reply == ReplyForm::Sealed && form.complete != "yes" {
        let sentence = "職員が開封し、本人がすべて記入・署名していることを確かめてください。記入もれや本人以外の記入があるときは「使えないもの」を選んでください。";
        return Ok(missing("complete", sentence));
    }
    let mut remark = match (inquiry.letter, reply) {
        (Some(number), ReplyForm::Sealed) => format!("(文書番号{number}、封をしたもの)"),
        (Some(number), _) => format!("(文書番号{number}、使えないもの)"),
        (None, _) => String::new(),
    };
    let mut facts = begun.case.facts.clone();
    if late {
        let reason = match words::reason(&form.reason, "期限を過ぎた回答書を受け付ける理由")
        {
            Ok(reason) => reason,
            Err(sentence) => return Ok(missing("reason", sentence)),
        };
        remark.push_str("理由: ");
        remark.push_str(&reason);
    }
    if let Some(inquiry) = &mut facts.inquiry {
        inquiry.reply = reply;
        if late {
            // The supervisor's word stands in the place of the deadline.
            inquiry.deadline = inquiry.deadline.max(Some(today));
        }
    }
    facts.visits.push(Visit { day: today, applicant: begun.case.applicant, by_telephone: false });
    inquiry_letters::end(&mut begun.tx, begun.case.row.id, LetterEnd::Replied, today, None).await?;
    if reply == ReplyForm::Sealed {
        return begun.finish(CaseEvent::ReceiveReply, &facts, Some(remark)).await;
    }
    unusable(office, *begun, facts, remark).await
}

async fn unusable(office: &Office, mut begun: Begun, facts: case::Facts, remark: String) -> Result<Done> {
    let step =
        case::Move { event: CaseEvent::ReceiveReply, facts: &facts, reason: None, remark: Some(remark) };
    begun.case.advance(&mut begun.tx, &begun.at, &begun.actor, step).await?;
    let case = case::load_for_writing(&mut begun.tx, &begun.case.row.reception_number).await?;
    let decided = decision::of_case(office, &case, None).await?;
    request_inquiry(&mut begun.tx, &begun.at, &begun.actor, &case, &decided, true).await?;
    begun.close().await
}
