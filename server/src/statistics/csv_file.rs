//! The tables as one text file for a spreadsheet: a line a number.

use super::{Cell, Sheet};
use crate::error::{Error, Result};
use crate::spreadsheet::guarded;
use csv::{Terminator, WriterBuilder};

/// UTF-8 with the mark by which Excel knows it, lines as Windows ends them: 表, 行, 項目, 値.
///
/// # Errors
/// When memory runs out.
pub(super) fn write(sheets: &[Sheet]) -> Result<Vec<u8>> {
    let mut out = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    out.write_record(["表", "行", "項目", "値"]).map_err(Error::internal)?;
    for sheet in sheets {
        for row in &sheet.rows {
            let Some((Cell::Text(label), cells)) = row.split_first() else { continue };
            for (head, cell) in sheet.heads.iter().skip(1).zip(cells) {
                let line = [guarded(&sheet.title), guarded(label), guarded(head), value(cell)];
                out.write_record(&line).map_err(Error::internal)?;
            }
        }
    }
    out.into_inner().map_err(|error| Error::internal(error.to_string()))
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text),
        Cell::Count(many) => many.to_string(),
        Cell::Percent(part) | Cell::Minutes(part) => {
            part.map_or_else(String::new, |part| format!("{part:.1}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name that begins like a formula, a comma and a quote come back as text from another reader of such files.
    #[test]
    fn comes_back_as_written() {
        let row = |label: &str, many| vec![Cell::Text(label.into()), Cell::Count(many), Cell::Percent(None)];
        let rows = vec![row("=HYPERLINK(\"x\")", 1), row("佐藤, 花子", 2)];
        let heads = &["職員", "受付", "割合"];
        let bytes = write(&[Sheet { title: "職員別".into(), about: String::new(), heads, rows }]).unwrap();
        assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
        let text = std::str::from_utf8(&bytes[3..]).unwrap();
        assert!(text.lines().count() == 5 && text.matches("\r\n").count() == 5, "{text}");
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        let lines: Vec<Vec<String>> =
            reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(lines[0], ["職員別", "'=HYPERLINK(\"x\")", "受付", "1"]);
        assert_eq!(lines[1][3], "");
        assert_eq!(lines[2][1], "佐藤, 花子");
    }
}
