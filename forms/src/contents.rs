//! 内容一覧: what lies in the files of a print run, page by page, for the print room and whoever checks it.

use chrono::NaiveDate;
use rules::wareki;

use crate::counter_form::{LEFT, WIDTH};
use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, Sheet, TextBox};
use crate::pdf::Properties;
use crate::register::{self, Column, column};
use crate::{Fonts, FormError, OfficeText, PrintOptions, Printed};

/// The list of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// What was printed, such as 令和9年1月に満了する方の有効期限通知書.
    pub title: String,
    /// The day of the run.
    pub made: NaiveDate,
    /// Its lines in the order of the pages.
    pub lines: Vec<ContentsLine>,
    /// Whose run it is.
    pub office: OfficeText,
}

/// One letter. No name and no address: the list may lie about in the print room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentsLine {
    /// Number of the file, from 1.
    pub part: u64,
    /// First page in that file, from 1.
    pub page: u64,
    /// 文書番号.
    pub document: String,
    /// Postal code, the order of the pages.
    pub postal_code: String,
    /// What to know, such as 無効. Mostly empty.
    pub note: String,
}

const COLUMNS: [Column; 6] = [
    column("順", 20.0, Family::Numbers, Align::Right),
    column("ファイル", 22.0, Family::Numbers, Align::Right),
    column("ページ", 22.0, Family::Numbers, Align::Right),
    column("文書番号", 42.0, Family::Numbers, Align::Left),
    column("郵便番号", 30.0, Family::Numbers, Align::Left),
    column("備考", 34.0, Family::Text, Align::Left),
];

/// Prints the list on as many A4 pages as it needs.
///
/// # Errors
/// Any [`FormError`] of fonts or of the PDF.
pub fn print(contents: &Contents, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let row = |(number, line): (usize, &ContentsLine)| {
        let place = [number.to_string(), line.part.to_string(), line.page.to_string()];
        let texts = [&line.document, &line.postal_code, &line.note].map(Clone::clone);
        place.into_iter().chain(texts).collect()
    };
    let rows: Vec<Vec<String>> = (1..).zip(&contents.lines).map(row).collect();
    let properties =
        Properties { title: format!("内容一覧 {}", contents.title), author: contents.office.author() };
    register::print(fonts, options, &properties, &COLUMNS, &rows, |sheet, composer, number| {
        head(sheet, composer, contents, number)?;
        Ok(36.0)
    })
}

fn head(
    sheet: &mut Sheet,
    composer: &mut Composer<'_>,
    contents: &Contents,
    number: u32,
) -> Result<(), FormError> {
    let title = Area::new(LEFT, 16.0, WIDTH, 9.0);
    TextBox::new(title, Family::Headings, 17.0).align(Align::Centre).put(sheet, composer, "内容一覧")?;
    let what = format!("{}　{}　{}通", contents.title, wareki::long(contents.made), contents.lines.len());
    let area = Area::new(LEFT, 28.0, WIDTH - 20.0, 5.0);
    TextBox::new(area, Family::Text, 10.5).put(sheet, composer, &what)?;
    register::page_number(sheet, composer, number)
}
