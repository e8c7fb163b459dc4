//! `/notices`: which month's notices are made, and which are left.

use crate::error::Result;
use crate::notices::Month;
use crate::notices::make::preview;
use crate::office::Office;
use crate::routes::respond::{frame, html, see_other, unprocessable};
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use crate::store::letters::{self, RunRow};
use crate::store::notice_targets::{self, MonthCount};
use app::components::{FieldError, FormErrors};
use app::frame::MenuItem;
use app::pages::notices_index::{NoticeMonth, NoticeRun, NoticesIndexPage, render};
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::{DateTime, NaiveDate};
use rules::{period, wareki};
use serde::Deserialize;

/// Months shown, this one included.
const MONTHS: u32 = 13;
/// Runs shown.
const RUNS: i64 = 20;

#[derive(Deserialize)]
pub(super) struct Asked {
    month: Option<String>,
}

pub(super) async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let typed = asked.month.unwrap_or_default();
    if typed.trim().is_empty() {
        let page = page(&office, String::new(), FormErrors::default()).await?;
        return Ok(html(render(&frame(&office, &visitor, MenuItem::Notices).await?, &page)));
    }
    if let Some(month) = read_month(&typed) {
        return Ok(see_other(&format!("/notices/{month}")));
    }
    let errors = FormErrors(vec![FieldError {
        field: "month".to_owned(),
        code: "M-2001".to_owned(),
        sentence: format!("「{typed}」は年月として読めません。R9.5 や 2027-05 のように入れてください。"),
    }]);
    let page = page(&office, typed, errors).await?;
    Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Notices).await?, &page)))
}

/// A month as people type it: `2027-05`, `R9.5`, `令和9年5月`, `2027/5`.
fn read_month(typed: &str) -> Option<Month> {
    let typed = typed.trim();
    if let Ok(month) = typed.parse() {
        return Some(month);
    }
    ["1日", ".1", "/1", "-1", "-01"]
        .iter()
        .find_map(|day| wareki::parse(&format!("{typed}{day}")).ok())
        .and_then(|day| Month::of(day).to_string().parse().ok())
}

async fn page(office: &Office, month: String, errors: FormErrors) -> Result<NoticesIndexPage> {
    let this = Month::of(office.clock().today());
    let last = this.plus(MONTHS - 1);
    let counts = notice_targets::months(office.store().read(), this.first(), last.last()).await?;
    let mut months = Vec::new();
    for ahead in 0..MONTHS {
        let month = this.plus(ahead);
        let count = counts.iter().find(|count| count.expiring == month.to_string());
        months.push(line(office, month, count.cloned().unwrap_or_default()).await?);
    }
    let runs = letters::newest_runs(office.store().read(), RUNS).await?;
    Ok(NoticesIndexPage { months, runs: runs.into_iter().map(run).collect(), month, errors })
}

async fn line(office: &Office, month: Month, count: MonthCount) -> Result<NoticeMonth> {
    let (today, rulebook) = (office.clock().today(), office.rulebook());
    let post = rulebook.settings.notice_day(month.first());
    let start = rulebook.settings.window_start;
    let first = period::renewal_period_from(month.first(), false, start, &rulebook.calendar).from;
    let due = post <= today;
    // Who is left is for the rules to say, person by person: only where it is time to act.
    let left = match (due, count.people) {
        (false, _) => None,
        (true, 0) => Some(0),
        (true, _) => Some(preview(office, month, false).await?.included.len() as u64),
    };
    Ok(NoticeMonth {
        expiring: month.to_string(),
        label: month.wareki(),
        note: note(first, post),
        people: count.people.unsigned_abs(),
        made: count.noticed.unsigned_abs(),
        left,
        due,
    })
}

/// The day from which the first of the month can renew, and the day to post where that is another.
fn note(first: NaiveDate, post: NaiveDate) -> String {
    let renewable = format!("{}から更新できます。", wareki::short(first));
    if post == first {
        renewable
    } else {
        format!("{renewable}発送の目安は{}です。", wareki::short(post))
    }
}

fn run(row: RunRow) -> NoticeRun {
    NoticeRun {
        id: row.id,
        label: row.expiring.parse::<Month>().map_or(row.expiring, Month::wareki),
        at: DateTime::parse_from_rfc3339(&row.run_at)
            .map_or(row.run_at, |at| format!("{} {}", wareki::short(at.date_naive()), at.format("%H:%M"))),
        by: row.run_by.unwrap_or_else(|| "コマンド".to_owned()),
        included: row.included.unsigned_abs(),
        excluded: row.excluded.unsigned_abs(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both calendars are understood, and what isn't a month isn't guessed at.
    #[test]
    fn reads_months_as_people_type_them() {
        for typed in ["2027-05", "R9.5", "令和9年5月", "2027/5", " r9/5 "] {
            assert_eq!(
                read_month(typed).map(|month| month.to_string()).as_deref(),
                Some("2027-05"),
                "{typed}"
            );
        }
        for typed in ["5月", "R9", "2027", "2027-13", "来月"] {
            assert_eq!(read_month(typed), None, "{typed}");
        }
    }
}
