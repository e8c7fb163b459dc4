//! Hand-over: the copy is given, the card is back in its holder's hands, the case is closed.

use super::{Done, StepForm, Taken, must_be, take, wrong};
use crate::counter::case::{self, Move};
use crate::error::Result;
use crate::office::Office;
use crate::staff::four_eyes::Kind as FourEyes;
use crate::staff::visitor::Visitor;
use rules::case_states::{CaseEvent, CaseState};
use rules::settings::CardFaceExpiry;
use serde::Deserialize;

/// What the clerk ticked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct HandOverForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// `yes` when the copy was given.
    pub copy_given: String,
    /// `yes` when the card was given back.
    pub card_returned: String,
    /// `yes` when the last day was written on the card's face.
    pub face_written: String,
    /// `yes` when what is left of the visit isn't wanted any more.
    pub rest_skipped: String,
    /// A supervisor's reason to accept what the card says although it differs.
    pub reason: String,
}

/// Closes the case.
///
/// # Errors
/// A refusal when the step isn't possible, or something differs and this isn't a supervisor.
pub async fn close(office: &Office, visitor: &Visitor, reception: &str, form: &HandOverForm) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let mut begun = match take(office, visitor, reception, "hand-over", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    // Without this a case whose PINs are verified could be closed as done although nothing was written.
    must_be(&begun.case, &[CaseState::Updated, CaseState::Differs])?;
    let differs = begun.case.state == CaseState::Differs;
    let event = if differs { CaseEvent::AcceptDifference } else { CaseEvent::ReturnCard };
    begun.case.transition(event, begun.actor.role)?;
    let mut errors = Vec::new();
    if !begun.case.facts.written.is_empty() && form.copy_given != "yes" {
        errors.push(wrong("copy_given", "電子証明書の写しを渡したことが確かめられていません。"));
    }
    if form.card_returned != "yes" {
        errors.push(wrong("card_returned", "カードを返したことが確かめられていません。"));
    }
    if face_is_written(office, &begun.case) && form.face_written != "yes" {
        errors.push(wrong("face_written", "券面に有効期限を記入したことが確かめられていません。"));
    }
    if !begun.case.facts.changes_left().is_empty() && form.rest_skipped != "yes" {
        let sentence = "まだ行っていない手続きがあります。続きに進むか、行わないことを確かめてください。";
        errors.push(wrong("rest_skipped", sentence));
    }
    let reason = form.reason.trim();
    if differs && (reason.is_empty() || reason.chars().count() > 500) {
        errors.push(wrong("reason", "このまま返す理由を500文字までで入力してください。"));
    }
    if !errors.is_empty() {
        return Ok(Done::Wrong(errors));
    }
    if differs {
        visitor.require_fresh(office)?;
        visitor.require_second(office, FourEyes::Override)?;
        let facts = begun.case.facts.clone();
        let remark = Some(format!("理由: {reason}{}", visitor.confirmed_by()));
        let accepted = Move { event, facts: &facts, reason: None, remark };
        begun.case.advance(&mut begun.tx, &begun.at, &begun.actor, accepted).await?;
        begun.case = case::load_for_writing(&mut begun.tx, reception).await?;
    }
    let facts = begun.case.facts.clone();
    let mut remark = String::new();
    if !facts.written.is_empty() {
        remark.push_str("電子証明書の写しを渡しました。");
    }
    if face_is_written(office, &begun.case) {
        remark.push_str("券面に有効期限を記入しました。");
    }
    begun.finish(CaseEvent::ReturnCard, &facts, Some(remark)).await
}

/// The last day goes on the card's face: because somebody wished it, or because this office always writes it.
pub fn face_is_written(office: &Office, case: &case::Case) -> bool {
    let always = office.rulebook().settings.card_face_expiry == CardFaceExpiry::Written;
    case.facts.work.card_face || (always && !case.facts.written.is_empty())
}
