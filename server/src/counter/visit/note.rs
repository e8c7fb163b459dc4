//! Notes on a case: words for the next clerk.

use super::{Done, StepForm, Taken, missing, take_letters};
use crate::counter::words;
use crate::error::Result;
use crate::office::Office;
use crate::staff::visitor::Visitor;
use serde::Deserialize;

/// A note.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// The words.
    pub note: String,
}

/// Writes a note into the case's history.
///
/// # Errors
/// A refusal when the case has moved on since the page was made.
pub async fn write(office: &Office, visitor: &Visitor, reception: &str, form: &NoteForm) -> Result<Done> {
    let step = StepForm::new(form.version, &form.once);
    let mut begun = match take_letters(office, visitor, reception, "notes", &step).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    let note = words::text(&form.note);
    if note.is_empty() || note.chars().count() > words::NOTE {
        return Ok(missing("note", format!("メモを{}文字までで入力してください。", words::NOTE)));
    }
    begun.note(&note).await?;
    begun.close().await
}
