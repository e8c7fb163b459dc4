//! `/returns/report`: what came back in some days, to print; `/returns/report.csv`: the same for a spreadsheet.

use crate::audit::{self, Entry, Kind};
use crate::error::{Refusal, Result};
use crate::notices::Month;
use crate::notices::returned_lists::{self, MOST};
use crate::office::Office;
use crate::routes::respond::{self, frame, html, unprocessable};
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use app::components::{FieldError, FormErrors};
use app::frame::MenuItem;
use app::pages::returns::{ReturnsReportPage, render_report};
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::NaiveDate;
use rules::wareki;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Days {
    /// The first day; the first of this month when empty.
    from: String,
    /// The last day; today when empty.
    until: String,
}

pub(super) async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(days): Query<Days>,
) -> Result<Response> {
    visitor.require(Act::HandleLetters)?;
    let frame = frame(&office, &visitor, MenuItem::Returns).await?;
    let (from, until) = match read(&days, office.clock().today()) {
        Ok(days) => days,
        Err(errors) => {
            let page = ReturnsReportPage {
                from: days.from,
                until: days.until,
                errors: FormErrors(errors),
                csv: "/returns/report.csv".to_owned(),
                ..ReturnsReportPage::default()
            };
            return Ok(unprocessable(render_report(&frame, &page)));
        }
    };
    let letters = returned_lists::between(&office, from, until, MOST + 1).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let (cut, reasons) = (letters.len() > most, returned_lists::by_reason(&letters));
    note(&office, &visitor, from, until).await?;
    let page = ReturnsReportPage {
        from: wareki::short(from),
        until: wareki::short(until),
        errors: FormErrors::default(),
        period: period(from, until),
        reasons,
        letters: letters.into_iter().take(most).collect(),
        cut,
        csv: format!("/returns/report.csv?from={from}&until={until}"),
    };
    Ok(html(render_report(&frame, &page)))
}

pub(super) async fn csv(
    State(office): State<Office>,
    visitor: Visitor,
    Query(days): Query<Days>,
) -> Result<Response> {
    visitor.require(Act::HandleLetters)?;
    let (from, until) = read(&days, office.clock().today()).map_err(|errors| {
        let sentence = errors.into_iter().map(|error| error.sentence).collect::<String>();
        Refusal::input(sentence, "返戻の報告の画面で期間を選んでから、保存してください。")
    })?;
    let letters = returned_lists::between(&office, from, until, i64::MAX).await?;
    note(&office, &visitor, from, until).await?;
    Ok(respond::attachment(
        "text/csv; charset=utf-8",
        &format!("returned-{from}-{until}.csv"),
        Body::from(returned_lists::csv(&letters)?),
    ))
}

fn period(from: NaiveDate, until: NaiveDate) -> String {
    format!("{}から{}まで", wareki::long(from), wareki::long(until))
}

/// A list of people was looked at.
async fn note(office: &Office, visitor: &Visitor, from: NaiveDate, until: NaiveDate) -> Result<()> {
    let sentence = format!("返戻の報告({})を見ました。", period(from, until));
    let mut tx = office.store().write().await?;
    let entry = Entry::done(Kind::Searched, &visitor.login, sentence);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}

fn read(days: &Days, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut day = |field: &str, typed: &str, otherwise: NaiveDate| match typed.trim() {
        "" => otherwise,
        text => wareki::parse(text).unwrap_or_else(|error| {
            let (field, code) = (field.to_owned(), "M-2034".to_owned());
            errors.push(FieldError { field, code, sentence: error.sentence() });
            otherwise
        }),
    };
    let from = day("from", &days.from, Month::of(today).first());
    let until = day("until", &days.until, today);
    if errors.is_empty() && until < from {
        let sentence = "終わりの日が、はじめの日より前です。日付を確かめてください。".to_owned();
        errors.push(FieldError { field: "until".to_owned(), code: "M-2034".to_owned(), sentence });
    }
    if errors.is_empty() { Ok((from, until)) } else { Err(errors) }
}
