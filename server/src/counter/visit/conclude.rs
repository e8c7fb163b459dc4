//! Cases that write nothing to the chip: whether the certificates are valid, and the card's face.

use super::{Done, StepForm, Taken, missing, must_be, take};
use crate::counter::case::Case;
use crate::counter::decision;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use rules::case_states::{CaseEvent, CaseState};
use rules::procedure::Procedure;
use serde::Deserialize;

/// What the clerk ticked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConcludeForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// `yes` when the last day was written on the card's face.
    pub face_written: String,
    /// `yes` when the stop was lifted at the 統合端末.
    pub lifted: String,
    /// `yes` when the card was given back.
    pub card_returned: String,
}

/// Nothing of this case is written to the chip.
pub fn is_unwritten(case: &Case) -> bool {
    let work = &case.facts.work;
    matches!(case.procedure, Procedure::ValidityCheck | Procedure::CardFaceEntry)
        && work.reset.is_empty()
        && work.change.is_empty()
        && work.revoke.is_empty()
}

/// A stop is lifted and no certificate is due with it: the signature certificate was never there, or can't be.
///
/// # Errors
/// When the database refuses.
pub async fn lifts_only(office: &Office, case: &Case) -> Result<bool> {
    if case.procedure != Procedure::LiftSuspension || !case.facts.work.reset.is_empty() {
        return Ok(false);
    }
    Ok(decision::of_case(office, case, None).await?.main.certificates.is_empty())
}

/// Closes the case.
///
/// # Errors
/// A refusal when the step isn't possible, or the case is one that writes.
pub async fn conclude(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    form: &ConcludeForm,
) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let mut begun = match take(office, visitor, reception, "conclude", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    must_be(&begun.case, &[CaseState::IdentityChecked])?;
    let lifts = lifts_only(office, &begun.case).await?;
    if !is_unwritten(&begun.case) && !lifts {
        let sentence = "この受付には、カードに書き込む手続きがあります。";
        return Err(Refusal::conflict(sentence, "申請内容の確認から進めてください。").into());
    }
    let face = begun.case.facts.work.card_face || begun.case.procedure == Procedure::CardFaceEntry;
    if face && form.face_written != "yes" {
        return Ok(missing("face_written", "券面に有効期限を記入したことが確かめられていません。"));
    }
    if form.card_returned != "yes" {
        return Ok(missing("card_returned", "カードを返したことが確かめられていません。"));
    }
    if lifts && form.lifted != "yes" {
        return Ok(missing("lifted", "一時停止を解除したことが確かめられていません。"));
    }
    let facts = begun.case.facts.clone();
    if lifts {
        super::settle::lift(&mut begun.tx, &begun.case).await?;
        let remark = Some("一時停止を解除しました。".to_owned());
        return begun.finish(CaseEvent::Conclude, &facts, remark).await;
    }
    let remark = face.then(|| "券面に有効期限を記入しました。".to_owned());
    begun.finish(CaseEvent::Conclude, &facts, remark).await
}
