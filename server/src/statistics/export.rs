//! Numbers that leave the house: as a workbook or a text file, each noted in the trail.

use super::{Asked, Range, csv_file, forecast, sheets, workbook};
use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use rules::wareki;

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excel's own.
    Workbook,
    /// Text, a line a number.
    Csv,
}

impl Format {
    /// The end of its name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// All tables about a span, and the forecast. Returns the file's name and its bytes.
///
/// # Errors
/// A refusal when the role may not, or the days can't be read.
pub async fn export(
    office: &Office,
    visitor: &Visitor,
    asked: &Asked,
    format: Format,
) -> Result<(String, Vec<u8>)> {
    visitor.require(Act::Export)?;
    let range = asked.range(office.clock().today()).map_err(|errors| -> Error {
        let sentence = errors.0.into_iter().next().map(|error| error.sentence).unwrap_or_default();
        Refusal::input(sentence, "集計のページで期間を直してから書き出してください。").into()
    })?;
    let mut sheets = sheets(office, &range).await?;
    sheets.push(forecast::sheet(&forecast::months(office).await?));
    let bytes = match format {
        Format::Workbook => workbook::write(&sheets, office.clock().now())?,
        Format::Csv => csv_file::write(&sheets)?,
    };
    let Range { from, until } = range;
    let name = format!("shukei-{from}-{until}.{}", format.extension());
    let sentence = format!(
        "{}から{}までの集計を書き出しました({})。",
        wareki::long(from),
        wareki::long(until),
        format.extension()
    );
    let mut tx = office.store().write().await?;
    let entry = Entry::done(Kind::Exported, &visitor.login, sentence).object(&name);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await?;
    Ok((name, bytes))
}
