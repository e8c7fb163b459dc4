//! The two pages: a span of days, and the months to come.

use super::{Asked, Cell, Range, Sheet, forecast, sheets};
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use app::components::{BarChart, FormErrors, grouped};
use app::pages::statistics::{ForecastPage, Preset, StatTable, StatisticsPage};
use chrono::{Datelike, Months};
use rules::wareki;

/// The numbers of a span; the form with what is wrong with it where it can't be read.
///
/// # Errors
/// When the role may not, or the database refuses.
pub async fn page(office: &Office, visitor: &Visitor, asked: &Asked) -> Result<StatisticsPage> {
    visitor.require(Act::SeeStatistics)?;
    let today = office.clock().today();
    let mut page = StatisticsPage {
        from: asked.from.clone(),
        until: asked.until.clone(),
        may_export: visitor.may(Act::Export),
        ..StatisticsPage::default()
    };
    let range = match asked.range(today) {
        Ok(range) => range,
        Err(errors) => {
            page.errors = errors;
            page.presets = presets(today, None);
            return Ok(page);
        }
    };
    page.errors = FormErrors::default();
    page.from = wareki::short(range.from);
    page.until = wareki::short(range.until);
    page.understood =
        format!("{}から{}まで", wareki::long_weekday(range.from), wareki::long_weekday(range.until));
    page.presets = presets(today, Some(range));
    page.query = range.query();
    page.tables = sheets(office, &range).await?.into_iter().map(table).collect();
    Ok(page)
}

fn presets(today: chrono::NaiveDate, now: Option<Range>) -> Vec<Preset> {
    let last_month = today.with_day(1).unwrap_or(today) - Months::new(1);
    [
        ("今日", Range::today(today)),
        ("今月", Range::month(today)),
        ("先月", Range::month(last_month)),
        ("今年度", Range::fiscal_year(today)),
        ("前年度", Range::fiscal_year(today - Months::new(12))),
    ]
    .map(|(label, range)| Preset {
        label: label.to_owned(),
        href: format!("/statistics?{}", range.query()),
        current: now == Some(range),
    })
    .into()
}

fn table(sheet: Sheet) -> StatTable {
    let text = |cell: &Cell| match cell {
        Cell::Text(words) => words.clone(),
        Cell::Count(many) => grouped(*many),
        Cell::Percent(part) => part.map_or_else(|| "－".to_owned(), |part| format!("{part:.1}%")),
        Cell::Minutes(time) => time.map_or_else(|| "－".to_owned(), |time| format!("{time:.1}")),
    };
    StatTable {
        title: sheet.title,
        about: sheet.about,
        heads: sheet.heads,
        rows: sheet.rows.iter().map(|row| row.iter().map(text).collect()).collect(),
    }
}

/// What expires in the next months, as a picture and a table.
///
/// # Errors
/// When the role may not, or the database refuses.
pub async fn forecast_page(office: &Office, visitor: &Visitor) -> Result<ForecastPage> {
    visitor.require(Act::SeeStatistics)?;
    let months = forecast::months(office).await?;
    let most = months.iter().max_by_key(|(_, row)| row.people);
    let all: u64 = months.iter().map(|(_, row)| row.people.unsigned_abs()).sum();
    let sentence = match most {
        Some((month, row)) if row.people > 0 => format!(
            "{}か月の間にのべ{}人の電子証明書が満了します。最も多いのは{}の{}人です。",
            months.len(),
            grouped(all),
            wareki::long_month(*month),
            grouped(row.people.unsigned_abs())
        ),
        _ => format!("{}か月の間に満了する電子証明書はありません。", months.len()),
    };
    let bars = months.iter().map(|(month, row)| (month.month().to_string(), row.people.unsigned_abs()));
    // A year's name stands under its first month.
    let years = months.iter().enumerate().filter(|(at, (month, _))| *at == 0 || month.month() == 1);
    let year = |month: &chrono::NaiveDate| {
        wareki::era_year(*month).map(|(era, year)| format!("{}{year}年", era.code())).unwrap_or_default()
    };
    Ok(ForecastPage {
        chart: BarChart {
            sentence: sentence.clone(),
            unit: "人".to_owned(),
            bars: bars.collect(),
            groups: years.map(|(at, (month, _))| (at, year(month))).collect(),
        },
        sentence,
        table: table(forecast::sheet(&months)),
        may_export: visitor.may(Act::Export),
        query: Range::month(office.clock().today()).query(),
    })
}
