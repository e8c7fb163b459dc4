//! Holding a wording against the paper it will stand on.

use super::{Fault, Paper, Wording, Wordings};
use crate::{FallbackReason, Fonts, FormError, OfficeText, PrintOptions, samples};

/// Reads a wording and sets every kind of sheet with it: what has no character in the fonts or does not fit its place
/// in a readable size is a fault as much as an unknown field.
///
/// # Errors
/// A [`FormError`] when the paper cannot be set at all; the faults of the wording are the inner error.
pub fn check(
    paper: Paper,
    text: &str,
    office: &OfficeText,
    fonts: &Fonts,
    options: &PrintOptions,
) -> Result<Result<Wording, Vec<Fault>>, FormError> {
    let wording = match Wording::parse(paper, text) {
        Ok(wording) => wording,
        Err(faults) => return Ok(Err(faults)),
    };
    let mut wordings = Wordings::default();
    wordings.put_in_force(wording.clone());
    let options = PrintOptions { wordings, ..options.clone() };
    let mut faults: Vec<Fault> = Vec::new();
    for printed in samples::every_kind(paper, office, fonts, &options)? {
        for fallback in printed.fallbacks {
            let Some(section) = fallback.section else { continue };
            let line = wording.line(section);
            let sentence = match fallback.reason {
                FallbackReason::TooLong => format!(
                    "[{section}] の文が長く、決められた場所に読める大きさで入りません。短くしてください。"
                ),
                FallbackReason::BaseGlyph | FallbackReason::NoGlyph => {
                    format!(
                        "[{section}] の「{}」は印刷用の書体にありません。ほかの文字にしてください。",
                        fallback.character
                    )
                }
            };
            let fault = Fault { line, sentence };
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
    }
    faults.sort_by_key(|fault| fault.line);
    Ok(if faults.is_empty() { Ok(wording) } else { Err(faults) })
}
