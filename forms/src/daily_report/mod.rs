//! 窓口日報: what the counter did on one day, in numbers and case by case, what didn't come out and why, and how far
//! the trail reached when the day was closed.

mod explanations;
mod view;

pub use view::{DailyReport, ReportCase, ReportCheckpoint, ReportCount, ReportExplanation};

use rules::wareki;

use crate::counter_form::{LEFT, WIDTH};
use crate::fonts::Family;
use crate::layout::{Align, Area, Table, TextBox};
use crate::page::Page;
use crate::pdf::Properties;
use crate::register::{self, Column, column};
use crate::wording::office_values;
use crate::{Fonts, FormError, Paper, PrintOptions, Printed};

const COLUMNS: [Column; 6] = [
    column("受付番号", 30.0, Family::Numbers, Align::Left),
    column("時刻", 16.0, Family::Numbers, Align::Centre),
    column("手続き", 42.0, Family::Text, Align::Left),
    column("来た方", 26.0, Family::Text, Align::Left),
    column("状態", 32.0, Family::Text, Align::Left),
    column("職員", 24.0, Family::Names, Align::Left),
];

/// Where the numbers begin.
const COUNTS: f32 = 45.0;
/// Height of a number's row.
const COUNT: f32 = 7.0;
/// What stands between the numbers and the list: who closed the day, the trail's head, a heading.
const BELOW: f32 = 36.0;
/// Where a page after the first begins.
const NEXT: f32 = 36.0;
/// Lower edge of explanations, which keep clear of the list's foot.
const BOTTOM: f32 = 270.0;

/// Prints the report on as many A4 pages as it needs.
///
/// # Errors
/// Any [`FormError`] of fonts or of the PDF.
pub fn print(report: &DailyReport, fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let title = format!("{} {}", Paper::DailyReport.label(), wareki::long(report.day));
    let properties = Properties { title, author: report.office.author() };
    let rows: Vec<Vec<String>> = report.cases.iter().map(row).collect();
    let first = BOTTOM - COUNTS - COUNT * half(report) - BELOW;
    let told = explanations::pages(&report.explanations, first, BOTTOM - NEXT);
    let heads = u32::try_from(told.len()).unwrap_or(u32::MAX);
    register::print_under(fonts, options, &properties, &COLUMNS, &rows, heads, |sheet, composer, number| {
        let wording = options.wordings.current(Paper::DailyReport);
        let mut page = Page::new(composer, wording, office_values(&report.office));
        std::mem::swap(&mut page.sheet, sheet);
        let here = told.get(number as usize - 1).copied().unwrap_or_default();
        let top = head(&mut page, report, number, here)?;
        std::mem::swap(&mut page.sheet, sheet);
        // The list begins where the last of the explanations has been told.
        Ok(if number < heads { None } else { Some(top) })
    })
}

fn row(case: &ReportCase) -> Vec<String> {
    [&case.reception_number, &case.time, &case.procedure, &case.applicant, &case.state, &case.staff]
        .map(Clone::clone)
        .to_vec()
}

/// Rows of numbers: two tables side by side hold twice as many.
#[expect(clippy::cast_precision_loss, reason = "a page has a few dozen numbers")]
fn half(report: &DailyReport) -> f32 {
    report.counts.len().div_ceil(2) as f32
}

/// The head of a page; on the first also the numbers. Returns where the list begins.
fn head(
    page: &mut Page<'_, '_>,
    report: &DailyReport,
    number: u32,
    told: &[ReportExplanation],
) -> Result<f32, FormError> {
    page.title(Area::new(LEFT, 16.0, WIDTH, 9.0), 17.0, "題名")?;
    let edition = if report.edition > 1 { format!("(第{}版)", report.edition) } else { String::new() };
    let who = format!("{}　{}{edition}", report.office.author(), wareki::long_weekday(report.day));
    page.put(TextBox::new(Area::new(LEFT, 28.0, WIDTH - 20.0, 5.0), Family::Text, 10.5), &who)?;
    register::page_number(&mut page.sheet, page.composer, number)?;
    if number > 1 {
        return explanations::draw(page, NEXT, BOTTOM, told);
    }
    let note = Area::new(LEFT, 34.0, WIDTH, 9.0);
    page.words(TextBox::new(note, Family::Text, 9.5).leading(1.3), "注記")?;
    let mut y = counts(page, report)?;
    let made = format!("締め {}　　確認(　　　　　　　　　　)", report.made_by);
    let area = Area::new(LEFT, y + 3.0, WIDTH, 5.0);
    page.put(TextBox::new(area, Family::Text, 10.0).align(Align::Right), &made)?;
    y += 11.0;
    if let Some(checkpoint) = &report.checkpoint {
        y = trail(page, y, checkpoint)?;
    }
    if !told.is_empty() {
        y = page.heading(Area::new(LEFT, y, WIDTH, 5.0), "差異とその説明")?;
        y = explanations::draw(page, y, BOTTOM, told)?;
    }
    Ok(y)
}

fn counts(page: &mut Page<'_, '_>, report: &DailyReport) -> Result<f32, FormError> {
    let mut y = COUNTS;
    let half = report.counts.len().div_ceil(2).max(1);
    for (at, counts) in report.counts.chunks(half).enumerate() {
        let x = if at == 0 { LEFT } else { LEFT + WIDTH / 2.0 + 2.0 };
        let mut table = Table::new(x, COUNTS, &[60.0, WIDTH / 2.0 - 62.0]);
        for count in counts {
            page.row(&mut table, COUNT, &count.label, Family::Numbers, &count.count.to_string())?;
        }
        y = y.max(table.close(&mut page.sheet));
    }
    Ok(y)
}

/// How far the trail reached. Whoever holds this sheet can tell later whether a record from before was changed.
fn trail(page: &mut Page<'_, '_>, y: f32, checkpoint: &ReportCheckpoint) -> Result<f32, FormError> {
    let mut table = Table::new(LEFT, y, &[30.0, WIDTH - 30.0]);
    page.row(&mut table, COUNT, "操作の記録", Family::Numbers, &format!("{}件", checkpoint.records))?;
    page.row(&mut table, COUNT, "最後の記録の印", Family::Numbers, &checkpoint.head)?;
    let signed = format!("{}　署名 {} …", checkpoint.number, checkpoint.signature);
    page.row(&mut table, COUNT, "控え", Family::Numbers, &signed)?;
    Ok(table.close(&mut page.sheet) + 4.0)
}
