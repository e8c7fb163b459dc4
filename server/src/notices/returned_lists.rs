//! What came back, as the pages list it and as a file for a spreadsheet.

use crate::error::{Error, Result};
use crate::office::Office;
use crate::spreadsheet::guarded;
use crate::store::returned_notices::{self, ReturnedRow};
use app::pages::returns::ReturnedLetter;
use chrono::NaiveDate;
use rules::campaign::ReturnReason;
use rules::wareki;

/// Most letters that a page lists.
pub const MOST: i64 = 1000;

/// What came back from one day to another, the newest first, at most `many`. People under support measures are hidden.
///
/// # Errors
/// When the database can't be read.
pub async fn between(
    office: &Office,
    from: NaiveDate,
    until: NaiveDate,
    many: i64,
) -> Result<Vec<ReturnedLetter>> {
    let rows = returned_notices::between(office.store().read(), from, until, many).await?;
    Ok(rows.into_iter().map(line).collect())
}

fn line(row: ReturnedRow) -> ReturnedLetter {
    let since = match row.state.as_str() {
        "voided" => "作り直しました",
        _ => "",
    };
    let reason =
        ReturnReason::from_code(&row.reason).map_or(row.reason.clone(), |known| known.label().to_owned());
    let shown = ReturnedLetter {
        letter: format!("通知-{:06}", row.number),
        posted: row.posted_on.map_or(String::new(), wareki::short),
        returned: wareki::short(row.returned_on),
        reason,
        since: since.to_owned(),
        by: row.noted_by,
        ..ReturnedLetter::default()
    };
    if row.suppressed {
        return ReturnedLetter { masked: true, ..shown };
    }
    ReturnedLetter {
        number: row.resident_number,
        name: row.name,
        kana: row.kana,
        sent_to: row.sent_to.unwrap_or_default(),
        ..shown
    }
}

/// How many came back for each reason, in the post's order; reasons that didn't occur are left out.
pub fn by_reason(letters: &[ReturnedLetter]) -> Vec<(String, u64)> {
    let count = |reason: &ReturnReason| {
        let many = letters.iter().filter(|letter| letter.reason == reason.label()).count() as u64;
        (reason.label().to_owned(), many)
    };
    ReturnReason::ALL.iter().map(count).filter(|(_, many)| *many > 0).collect()
}

/// The same as CSV: UTF-8 with its mark, so that Excel reads it, and no cell that a spreadsheet would calculate.
///
/// # Errors
/// When the bytes can't be written, which memory never refuses.
pub fn csv(letters: &[ReturnedLetter]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let head = [
        "文書番号",
        "宛名番号",
        "氏名",
        "氏名カナ",
        "送った住所",
        "発送日",
        "返戻日",
        "理由",
        "その後",
        "記録した人",
    ];
    writer.write_record(head).map_err(Error::internal)?;
    for letter in letters {
        let name = if letter.masked { "支援措置" } else { &letter.name };
        let cells = [
            &letter.letter,
            &letter.number,
            name,
            &letter.kana,
            &letter.sent_to,
            &letter.posted,
            &letter.returned,
            &letter.reason,
            &letter.since,
            &letter.by,
        ];
        writer.write_record(cells.map(guarded)).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(|error| Error::internal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing that comes from a register is calculated by a spreadsheet, and commas and quotes stay where they are.
    #[test]
    fn cells_are_text() {
        let letter = ReturnedLetter {
            letter: "通知-000001".to_owned(),
            number: "+123".to_owned(),
            name: "=HYPERLINK(\"http://example.invalid\",\"見本\")".to_owned(),
            kana: "@ミホン".to_owned(),
            sent_to: "見本町1,2".to_owned(),
            reason: "その他".to_owned(),
            ..ReturnedLetter::default()
        };
        let hidden = ReturnedLetter { masked: true, ..ReturnedLetter::default() };
        let bytes = csv(&[letter, hidden]).unwrap();
        assert!(bytes.starts_with("\u{feff}文書番号".as_bytes()));
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        assert_eq!(&rows[0][2], "'=HYPERLINK(\"http://example.invalid\",\"見本\")");
        assert_eq!((&rows[0][1], &rows[0][3], &rows[0][4]), ("'+123", "'@ミホン", "見本町1,2"));
        assert_eq!(&rows[1][2], "支援措置");
    }
}
