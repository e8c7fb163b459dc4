//! The tables as a workbook: a sheet a table.

use super::{Cell, Sheet};
use crate::error::{Error, Result};
use crate::spreadsheet::is_formula;
use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Width of the first column and of the others, in characters.
const WIDTHS: (f64, f64) = (36.0, 14.0);
/// The first row of a table: over it stand what it is about and an empty row.
const TOP: u32 = 2;

/// The workbook's bytes.
///
/// # Errors
/// When memory runs out, or a table's name is none for a sheet.
pub(super) fn write(sheets: &[Sheet], made_at: DateTime<FixedOffset>) -> Result<Vec<u8>> {
    build(sheets, made_at).map_err(|error| Error::internal(format!("workbook: {error}")))
}

fn build(sheets: &[Sheet], made_at: DateTime<FixedOffset>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let year = u16::try_from(made_at.year()).unwrap_or(1900);
    let (month, day) = (small(made_at.month()), small(made_at.day()));
    let created = ExcelDateTime::from_ymd(year, month, day)?.and_hms(
        u16::from(small(made_at.hour())),
        small(made_at.minute()),
        small(made_at.second()),
    )?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.title)?;
        page.set_column_width(0, WIDTHS.0)?;
        text(page, 0, 0, &sheet.about)?;
        let bold = Format::new().set_bold();
        for (at, head) in sheet.heads.iter().enumerate() {
            if at > 0 {
                page.set_column_width(column(at), WIDTHS.1)?;
            }
            page.write_string_with_format(TOP, column(at), *head, &bold)?;
        }
        for (at, row) in sheet.rows.iter().enumerate() {
            let line = TOP + 1 + u32::try_from(at).unwrap_or(u32::MAX - TOP - 1);
            for (at, cell) in row.iter().enumerate() {
                write_cell(page, line, column(at), cell)?;
            }
        }
        page.set_freeze_panes(TOP + 1, 1)?;
    }
    book.save_to_buffer()
}

fn write_cell(page: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(words) => text(page, row, column, words),
        Cell::Count(many) => {
            let format = Format::new().set_num_format("#,##0");
            page.write_number_with_format(row, column, number(*many), &format).map(|_| ())
        }
        Cell::Percent(Some(part)) | Cell::Minutes(Some(part)) => {
            let format = Format::new().set_num_format("0.0");
            page.write_number_with_format(row, column, *part, &format).map(|_| ())
        }
        Cell::Percent(None) | Cell::Minutes(None) => Ok(()),
    }
}

/// Text as text. What begins like a formula is marked as text for good, so that editing the cell doesn't wake it.
fn text(page: &mut Worksheet, row: u32, column: u16, words: &str) -> Result<(), XlsxError> {
    if is_formula(words) {
        let quoted = Format::new().set_quote_prefix();
        page.write_string_with_format(row, column, words, &quoted)?;
    } else {
        page.write_string(row, column, words)?;
    }
    Ok(())
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(0)
}

#[expect(clippy::cast_precision_loss, reason = "counts of people and cases")]
fn number(many: u64) -> f64 {
    many as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    /// Another library reads the same names and numbers back, and finds no formula.
    #[test]
    fn comes_back_as_written() {
        let rows = vec![
            vec![Cell::Text("=1+1".into()), Cell::Count(350_000), Cell::Percent(Some(12.5))],
            vec![Cell::Text("更新".into()), Cell::Count(0), Cell::Percent(None)],
        ];
        let sheet = Sheet {
            title: "手続き別".into(),
            about: "この期間の受付です。".into(),
            heads: &["手続き", "受付", "割合"],
            rows,
        };
        let made_at = DateTime::parse_from_rfc3339("2026-11-24T17:20:00+09:00").unwrap();
        let bytes = write(&[sheet], made_at).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["手続き別"]);
        let cells = book.worksheet_range("手続き別").unwrap();
        let at = |row, column| cells.get_value((row, column)).cloned().unwrap_or_default();
        assert_eq!(at(0, 0), Data::String("この期間の受付です。".into()));
        assert_eq!(at(2, 1), Data::String("受付".into()));
        assert_eq!(at(3, 0), Data::String("=1+1".into()));
        assert_eq!((at(3, 1), at(3, 2)), (Data::Float(350_000.0), Data::Float(12.5)));
        assert_eq!(at(4, 2), Data::Empty);
        assert!(book.worksheet_formula("手続き別").unwrap().is_empty());
    }
}
