//! The PINs that the principal wrote down aren't the card's: a new inquiry that includes a PIN reset (大村市).

use super::{Begun, Done, StepForm, Taken, missing, must_be, take};
use crate::counter::case::{self, Actor, Case, Facts};
use crate::counter::decision;
use crate::counter::reception::request_inquiry;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::store::WriteTx;
use rules::case_states::CaseState;
use rules::kinds::{Applicant, PinKind};
use serde::Deserialize;

/// Which PINs didn't match.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MismatchForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// Codes of PINs.
    pub reset: Vec<String>,
}

/// Somebody came with what the principal wrote: a reset goes through a letter, not over the counter.
pub fn asks_by_letter(case: &Case) -> bool {
    is_by_letter(case.applicant) && matches!(case.state, CaseState::Applied | CaseState::PinsVerified)
}

/// Whoever comes with what the principal wrote, and isn't the law's own representative.
pub fn is_by_letter(applicant: Applicant) -> bool {
    matches!(applicant, Applicant::Proxy | Applicant::HouseholdMember)
}

/// The clerk says which PINs didn't match.
///
/// # Errors
/// A refusal when the step isn't possible or it is the principal who came.
pub async fn report(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    form: &MismatchForm,
) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let begun = match take(office, visitor, reception, "mismatch", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    must_be(&begun.case, &[CaseState::Applied, CaseState::PinsVerified])?;
    if !asks_by_letter(&begun.case) {
        let sentence = "照会書を送るのは、代理人が来庁した場合です。";
        let what_now = "本人か法定代理人なら、「手続きを加える・変える」で再設定を加えてください。";
        return Err(Refusal::conflict(sentence, what_now).into());
    }
    let kinds: Vec<PinKind> = form.reset.iter().filter_map(|code| PinKind::from_code(code)).collect();
    if kinds.is_empty() {
        return Ok(missing("reset", "一致しない暗証番号を選んでください。"));
    }
    super::work::forget_pins(office, &begun.actor, reception).await?;
    ask_again(office, *begun, &kinds).await
}

/// Takes the case to a new letter that asks for these PINs to be set anew.
pub(super) async fn ask_again(office: &Office, mut begun: Begun, kinds: &[PinKind]) -> Result<Done> {
    let (at, actor) = (begun.at.clone(), begun.actor.clone());
    go(office, &mut begun.tx, &at, &actor, &begun.case, kinds).await?;
    begun.close().await
}

/// The same when the card itself said that a PIN is locked, after the clerk's page was answered.
pub(super) async fn after_lock(office: &Office, case: &Case, actor: &Actor, kind: PinKind) -> Result<()> {
    let mut tx = office.store().write().await?;
    let now = case::load_for_writing(&mut tx, &case.row.reception_number).await?;
    if !asks_by_letter(&now) {
        return Ok(());
    }
    go(office, &mut tx, &office.clock().stamp(), actor, &now, &[kind]).await?;
    tx.commit().await
}

async fn go(
    office: &Office,
    tx: &mut WriteTx,
    at: &str,
    actor: &Actor,
    case: &Case,
    kinds: &[PinKind],
) -> Result<()> {
    let mut work = case.facts.work.clone();
    work.reset.extend(kinds.iter().filter(|kind| !case.facts.work.reset.contains(kind)));
    let again = case.facts.inquiry.is_some();
    let mut case = case.clone();
    case.facts = Facts { work, ..case.facts };
    let decided = decision::of_case(office, &case, None).await?;
    request_inquiry(tx, at, actor, &case, &decided, again).await?;
    Ok(())
}
