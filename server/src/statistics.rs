//! Numbers about many days: by procedure, applicant, counter and hour, times, notices and what became of them, and what
//! expires in the next years. Nobody's name is among it; clerks are counted only where the office allows it.

mod cases;
mod csv_file;
mod export;
mod forecast;
mod page;
mod range;
mod times;
mod workbook;

pub use export::{Format, export};
pub use page::{forecast_page, page};
pub use range::{Asked, Range};

use crate::error::Result;
use crate::office::Office;
use rules::settings::ClerkStatistics;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// How many.
    Count(u64),
    /// A part of a whole, in percent; none where the whole is nothing.
    Percent(Option<f64>),
    /// Minutes; none where there was nothing to measure.
    Minutes(Option<f64>),
}

/// A table: the same for the screen, the workbook and the text file.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it is called.
    pub title: String,
    /// What is counted, in a sentence.
    pub about: String,
    /// The heads of its columns; the first column names the row.
    pub heads: &'static [&'static str],
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// All tables about a span of days.
///
/// # Errors
/// When the database refuses.
pub async fn sheets(office: &Office, range: &Range) -> Result<Vec<Sheet>> {
    let by_clerk = office.rulebook().settings.clerk_statistics == ClerkStatistics::Shown;
    let mut sheets = cases::sheets(office, range, by_clerk).await?;
    sheets.push(times::sheet(office, range).await?);
    sheets.push(forecast::notices(office, range).await?);
    Ok(sheets)
}

/// A part in percent.
#[expect(clippy::cast_precision_loss, reason = "counts of people and cases")]
fn percent(part: u64, whole: u64) -> Cell {
    Cell::Percent((whole > 0).then(|| part as f64 * 100.0 / whole as f64))
}
