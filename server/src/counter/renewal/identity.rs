//! Identity: which documents were looked at.

use super::{Done, StepForm, Taken, take, wrong};
use crate::error::Result;
use crate::office::Office;
use crate::staff::visitor::Visitor;
use rules::case_states::CaseEvent;
use rules::identity::{Document, Requirement, ShownDocument, check};
use serde::Deserialize;

/// The documents that were ticked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct IdentityForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// With a photo.
    pub documents: Vec<String>,
    /// Without.
    pub documents_b: Vec<String>,
}

/// What a principal shows at a renewal; the card itself is one of them.
pub const REQUIREMENT: Requirement = Requirement::OnePhotoOrTwoPlain;

/// Takes the documents in.
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
    let ticked = form.documents.iter().chain(&form.documents_b);
    let documents: Vec<Document> = ticked.filter_map(|code| Document::from_code(code)).collect();
    let shown: Vec<_> = documents
        .iter()
        .map(|&document| ShownDocument { document, issued: None, expires: None, agrees: true })
        .collect();
    if let Err(complaints) = check(REQUIREMENT, &shown, "本人", true, office.clock().today()) {
        return Ok(Done::Wrong(
            complaints.into_iter().map(|sentence| wrong("documents", sentence)).collect(),
        ));
    }
    let mut facts = begun.case.facts.clone();
    let names: Vec<_> = documents.iter().map(|document| document.label()).collect();
    let remark = format!("(確認した書類: {})", names.join("、"));
    facts.documents = documents;
    begun.finish(CaseEvent::CheckIdentity, &facts, Some(remark)).await
}
