//! The principal comes instead of the proxy (横浜市): the request becomes an ordinary visit, its letter is void.

use crate::counter::case::Visit;
use crate::counter::visit::{Done, StepForm, Taken, take};
use crate::error::Result;
use crate::office::Office;
use crate::staff::visitor::Visitor;
use rules::case_states::CaseEvent;
use rules::kinds::Applicant;

/// Takes the case back to reception with the principal at the counter.
///
/// # Errors
/// A refusal when the step isn't possible.
pub async fn comes(office: &Office, visitor: &Visitor, reception: &str, form: &StepForm) -> Result<Done> {
    let mut begun = match take(office, visitor, reception, "principal-comes", form).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    begun.case.transition(CaseEvent::PrincipalComes, begun.actor.role)?;
    let today = office.clock().today();
    let voided = begun.void_letter("本人が来庁したため", today).await?;
    crate::store::cases::set_applicant(&mut begun.tx, begun.case.row.id, Applicant::Principal.code()).await?;
    let mut facts = begun.case.facts.clone();
    facts.inquiry = None;
    facts.application = None;
    facts.evidence = crate::counter::case::Evidence::default();
    facts.visits.push(Visit { day: today, applicant: Applicant::Principal, by_telephone: false });
    begun.finish(CaseEvent::PrincipalComes, &facts, Some(voided)).await
}
