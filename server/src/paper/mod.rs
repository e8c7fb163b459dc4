//! Everything the office has decided about its paper: the words of each sheet, the envelope, the printers.
//!
//! Whoever prints asks [`options`]; whoever makes a letter that must print again as it was notes what [`keep_wording`]
//! returns in it.

pub mod preview;
pub mod printing;
pub mod settings;
pub mod wordings;

pub use settings::{PrintSettings, Printer};

use crate::error::Result;
use crate::office::Office;
use crate::store;
use forms::{Paper, PrintOptions};
use sqlx::SqliteConnection;

/// How a paper is printed here and now: on its usual printer, with the office's words, marked in training.
///
/// # Errors
/// When the office's settings can't be read.
pub async fn options(office: &Office, paper: Paper) -> Result<PrintOptions> {
    let settings = settings::load(office).await?;
    let printer = settings.printer_of(paper).clone();
    options_on(office, &settings, &printer).await
}

/// As [`options`], on a certain printer.
///
/// # Errors
/// When the office's words can't be read.
pub async fn options_on(
    office: &Office,
    settings: &PrintSettings,
    printer: &Printer,
) -> Result<PrintOptions> {
    let mut options = PrintOptions::new(office.clock().now(), office.mode().is_training());
    options.envelope = settings.envelope;
    options.fold_marks = settings.fold_marks;
    options.shift_right_mm = printer.shift_right_mm;
    options.shift_down_mm = printer.shift_down_mm;
    options.wordings = wordings::load(office).await?.wordings;
    Ok(options)
}

/// Sees to it that the words in force for a paper are kept for ever, in the transaction of the letter that uses them,
/// and returns the identifier that the letter notes.
///
/// # Errors
/// When the database refuses.
pub async fn keep_wording(
    tx: &mut SqliteConnection,
    options: &PrintOptions,
    paper: Paper,
    at: &str,
) -> Result<String> {
    let wording = options.wordings.current(paper);
    store::wordings::keep(tx, wording.id(), paper.code(), wording.text(), at).await?;
    Ok(wording.id().to_owned())
}
