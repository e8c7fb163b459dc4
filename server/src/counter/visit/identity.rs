//! Identity: which documents were looked at, whose, and how far they lead today.

use super::evidence::{IdentityForm, lacking};
use super::{Begun, Done, StepForm, Taken, take, wrong};
use crate::counter::case::{self, Evidence, Facts, Move};
use crate::counter::decision::{self, Decided};
use crate::counter::reception::request_inquiry;
use crate::error::Result;
use crate::office::Office;
use crate::staff::four_eyes::Kind as FourEyes;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use rules::case_states::{CaseEvent, CaseState};
use rules::identity::{Requirement, ShownDocument, check};
use rules::kinds::Applicant;
use rules::procedure::Route;

/// What a principal shows at a renewal; the card itself is one of them.
pub const REQUIREMENT: Requirement = Requirement::OnePhotoOrTwoPlain;

/// Takes the documents in. Where the rules want a letter to the principal first, the case goes there by itself and
/// says why.
///
/// # Errors
/// A refusal when the step isn't possible.
pub async fn check_documents(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    form: &IdentityForm,
) -> Result<Done> {
    let begun =
        match take(office, visitor, reception, "identity", &StepForm::new(form.version, &form.once)).await? {
            Taken::Before(location) => return Ok(Done::Moved(location)),
            Taken::Now(begun) => begun,
        };
    begun.case.transition(CaseEvent::CheckIdentity, begun.actor.role)?;
    let evidence = match form.read(&begun.case) {
        Ok(evidence) => evidence,
        Err(errors) => return Ok(Done::Wrong(errors)),
    };
    if evidence.signature_allowed.is_some() {
        visitor.require(Act::Override)?;
        visitor.require_fresh(office)?;
        visitor.require_second(office, FourEyes::Override)?;
    }
    let today = office.clock().today();
    if begun.case.applicant == Applicant::Principal
        && let Err(complaints) = check(REQUIREMENT, &evidence.principal, "本人", true, today)
    {
        return Ok(Done::Wrong(complaints.into_iter().map(|line| wrong("documents", line)).collect()));
    }
    let second = begun.case.state == CaseState::ReplyReceived;
    if second && begun.case.applicant != Applicant::Principal && form.named_in_reply != "yes" {
        let sentence =
            "来た人が、回答書に書かれた代理人と同じ人か確かめてください。違う人のときは手続きできません。";
        return Ok(Done::Wrong(vec![wrong("named_in_reply", sentence)]));
    }
    let decided = decision::ask_for_case(office, &begun.case, &evidence, None).await?;
    match decided.route() {
        Route::Refused | Route::Diverted => {
            let sentence = format!("受け付けられません。{}", decided.why(decided.route()));
            let mut errors = vec![wrong(whose(&begun.case), sentence)];
            if decided.asks_supervisor() {
                errors.extend(lacking(&decided.missing_papers()));
            }
            return Ok(Done::Wrong(errors));
        }
        Route::OneVisit | Route::TwoVisits => {}
    }
    let missing = decided.missing_papers();
    if !missing.is_empty() {
        return Ok(Done::Wrong(lacking(&missing)));
    }
    identified(begun, evidence, &decided, second, &visitor.confirmed_by()).await
}

fn whose(case: &case::Case) -> &'static str {
    if case.applicant == Applicant::Principal { "documents" } else { "applicant_documents" }
}

/// Identity is written down, and the letter asked for where one is needed.
async fn identified(
    mut begun: Box<Begun>,
    evidence: Evidence,
    decided: &Decided,
    second: bool,
    confirmed_by: &str,
) -> Result<Done> {
    let remark = Some(seen(&evidence) + confirmed_by);
    let facts = Facts { evidence, reasons: decided.reasons(), ..begun.case.facts.clone() };
    begun.follow(decided).await?;
    if !decided.needs_letter() {
        return begun.finish(CaseEvent::CheckIdentity, &facts, remark).await;
    }
    let step = Move { event: CaseEvent::CheckIdentity, facts: &facts, reason: None, remark };
    begun.case.advance(&mut begun.tx, &begun.at, &begun.actor, step).await?;
    let case = case::load_for_writing(&mut begun.tx, &begun.case.row.reception_number).await?;
    request_inquiry(&mut begun.tx, &begun.at, &begun.actor, &case, decided, second).await?;
    begun.close().await
}

/// (確認した書類: 本人 マイナンバーカード、代理人 運転免許証)
fn seen(evidence: &Evidence) -> String {
    let names = |shown: &[ShownDocument]| {
        shown.iter().map(|shown| shown.document.label()).collect::<Vec<_>>().join("、")
    };
    let mut parts = Vec::new();
    if !evidence.applicant.is_empty() {
        parts.push(format!("来た人 {}", names(&evidence.applicant)));
    }
    if !evidence.principal.is_empty() {
        let whose = if evidence.applicant.is_empty() { "" } else { "本人 " };
        parts.push(format!("{whose}{}", names(&evidence.principal)));
    }
    if let Some(shown) = &evidence.representation {
        parts.push(shown.role.label().to_owned());
    }
    if let Some(reason) = &evidence.signature_allowed {
        parts.push(format!("署名用の発行を責任者が認めた理由 {reason}"));
    }
    format!("(確認した書類: {})", parts.join("、"))
}
