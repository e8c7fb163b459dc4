//! 窓口日報: what the counter did on one day, in numbers and case by case.

use chrono::NaiveDate;
use rules::wareki;
use serde::{Deserialize, Serialize};

use crate::counter_form::{LEFT, WIDTH};
use crate::fonts::Family;
use crate::layout::{Align, Area, Table, TextBox};
use crate::office::OfficeText;
use crate::page::Page;
use crate::pdf::Properties;
use crate::register::{self, Column, column};
use crate::wording::office_values;
use crate::{Fonts, FormError, Paper, PrintOptions, Printed};

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyReport {
    /// The day.
    pub day: NaiveDate,
    /// What is counted, in the order it is told.
    pub counts: Vec<ReportCount>,
    /// The cases touched on that day, in the order of their numbers. Nobody's name is among it.
    pub cases: Vec<ReportCase>,
    /// Who had it made.
    pub made_by: String,
    /// Whose counter it is.
    pub office: OfficeText,
}

/// A number of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCount {
    /// What was counted, such as 更新 完了.
    pub label: String,
    /// How many.
    pub count: u64,
}

/// A case as the day's list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCase {
    /// 受付番号.
    pub reception_number: String,
    /// When it was opened or last touched, such as 10:35.
    pub time: String,
    /// The procedure in a word.
    pub procedure: String,
    /// Who came.
    pub applicant: String,
    /// Where it stands.
    pub state: String,
    /// The member of staff.
    pub staff: String,
}

const COLUMNS: [Column; 6] = [
    column("受付番号", 30.0, Family::Numbers, Align::Left),
    column("時刻", 16.0, Family::Numbers, Align::Centre),
    column("手続き", 42.0, Family::Text, Align::Left),
    column("来た方", 26.0, Family::Text, Align::Left),
    column("状態", 32.0, Family::Text, Align::Left),
    column("職員", 24.0, Family::Names, Align::Left),
];

/// Prints the report on as many A4 pages as it needs.
///
/// # Errors
/// Any [`FormError`] of fonts or of the PDF.
pub fn print(report: &DailyReport, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let title = format!("{} {}", Paper::DailyReport.label(), wareki::long(report.day));
    let properties = Properties { title, author: report.office.author() };
    let rows: Vec<Vec<String>> = report.cases.iter().map(row).collect();
    register::print(fonts, options, &properties, &COLUMNS, &rows, |sheet, composer, number| {
        let wording = options.wordings.current(Paper::DailyReport);
        let mut page = Page::new(composer, wording, office_values(&report.office));
        std::mem::swap(&mut page.sheet, sheet);
        let top = head(&mut page, report, number)?;
        std::mem::swap(&mut page.sheet, sheet);
        Ok(top)
    })
}

fn row(case: &ReportCase) -> Vec<String> {
    [&case.reception_number, &case.time, &case.procedure, &case.applicant, &case.state, &case.staff]
        .map(Clone::clone)
        .to_vec()
}

/// The head of a page; on the first also the numbers. Returns where the list begins.
fn head(page: &mut Page<'_, '_>, report: &DailyReport, number: u32) -> Result<f32, FormError> {
    page.title(Area::new(LEFT, 16.0, WIDTH, 9.0), 17.0, "題名")?;
    let who = format!("{}　{}", report.office.author(), wareki::long_weekday(report.day));
    page.put(TextBox::new(Area::new(LEFT, 28.0, WIDTH - 20.0, 5.0), Family::Text, 10.5), &who)?;
    register::page_number(&mut page.sheet, page.composer, number)?;
    if number > 1 {
        return Ok(36.0);
    }
    let note = Area::new(LEFT, 34.0, WIDTH, 9.0);
    page.words(TextBox::new(note, Family::Text, 9.5).leading(1.3), "注記")?;
    let mut y: f32 = 45.0;
    // Two tables side by side hold twice as many numbers.
    let half = report.counts.len().div_ceil(2).max(1);
    for (at, counts) in report.counts.chunks(half).enumerate() {
        let x = if at == 0 { LEFT } else { LEFT + WIDTH / 2.0 + 2.0 };
        let mut table = Table::new(x, 45.0, &[56.0, WIDTH / 2.0 - 58.0]);
        for count in counts {
            page.row(&mut table, 7.0, &count.label, Family::Numbers, &count.count.to_string())?;
        }
        y = y.max(table.close(&mut page.sheet));
    }
    let made = format!("作成 {}　　確認　　　　　　　　　　　　", report.made_by);
    let area = Area::new(LEFT, y + 3.0, WIDTH, 5.0);
    page.put(TextBox::new(area, Family::Text, 10.0).align(Align::Right), &made)?;
    Ok(y + 11.0)
}
