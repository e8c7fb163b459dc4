//! One page of the list.

use super::asked::{Asked, Understood};
use super::{state, words};
use crate::audit::Kind;
use crate::error::Result;
use crate::office::Office;
use crate::store::audit::AuditRow as Stored;
use crate::store::audit_search::{self, From, Span};
use app::components::Choice;
use app::pages::audit::{AuditDay, AuditFilter, AuditPage};
use chrono::NaiveDate;

/// Rows on one page.
const ROWS: usize = 100;

/// The page for what was asked; without rows when that wasn't understood.
///
/// # Errors
/// When the database refuses.
pub(super) async fn page(office: &Office, asked: &Asked, understood: &Understood) -> Result<AuditPage> {
    let names = words::Names::load(office).await?;
    let mut page = AuditPage {
        filter: AuditFilter {
            actor: asked.actor.clone(),
            subject: asked.subject.clone(),
            case: asked.case.clone(),
            from: asked.from.clone(),
            until: asked.until.clone(),
            kind: asked.kind.clone(),
            outcome: asked.outcome.clone(),
        },
        errors: understood.errors.clone(),
        actors: names.choices(),
        kinds: Kind::ALL.iter().map(|kind| Choice::new((*kind as i64).to_string(), kind.label())).collect(),
        state: state::view(office, &names).await?,
        csv: asked.address("/audit/export") + "&format=csv",
        lines: asked.address("/audit/export") + "&format=lines",
        ..AuditPage::default()
    };
    if understood.errors.0.is_empty() {
        let found = find(office, asked, understood).await?;
        let turn = |word: &str, number: i64| format!("{}&{word}={number}", asked.address("/audit"));
        let ends = found.rows.first().zip(found.rows.last()).map(|(first, last)| (first.number, last.number));
        if let Some((newest, oldest)) = ends {
            page.newer = found.newer.then(|| turn("after", newest));
            page.older = found.older.then(|| turn("before", oldest));
        }
        let receptions = words::reception_numbers(office, &found.rows).await?;
        page.days = by_day(found.rows, |row| words::row(&names, &receptions, row));
    }
    Ok(page)
}

/// Rows, newest first, and whether there are more on either side.
struct Found {
    rows: Vec<Stored>,
    newer: bool,
    older: bool,
}

async fn find(office: &Office, asked: &Asked, understood: &Understood) -> Result<Found> {
    let (pool, filter) = (office.store().read(), &understood.filter);
    let nothing = Found { rows: Vec::new(), newer: false, older: false };
    let Some(span) = audit_search::span(pool, filter, Kind::ClockSetBack as i64).await? else {
        return Ok(nothing);
    };
    // One row more than fits tells whether there is a next page.
    let many = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    if let Ok(after) = asked.after.parse::<i64>() {
        let span = Span { above: span.above.max(after), ..span };
        let mut rows = audit_search::rows(pool, filter, span, From::Oldest, many).await?;
        let newer = rows.len() > ROWS;
        rows.truncate(ROWS);
        rows.reverse();
        return Ok(Found { rows, newer, older: true });
    }
    let before = asked.before.parse::<i64>().ok();
    let below = before.unwrap_or(i64::MAX);
    let span = Span { below: span.below.min(below), ..span };
    let mut rows = audit_search::rows(pool, filter, span, From::Newest, many).await?;
    let older = rows.len() > ROWS;
    rows.truncate(ROWS);
    Ok(Found { rows, newer: before.is_some(), older })
}

/// Rows in their order, cut where the day changes.
fn by_day(rows: Vec<Stored>, mut view: impl FnMut(Stored) -> app::pages::audit::AuditRow) -> Vec<AuditDay> {
    let mut days: Vec<AuditDay> = Vec::new();
    for row in rows {
        let date = row.at.get(..10).and_then(|day| day.parse::<NaiveDate>().ok()).unwrap_or_default();
        match days.last_mut() {
            Some(day) if day.date == date => day.rows.push(view(row)),
            _ => days.push(AuditDay { date, rows: vec![view(row)] }),
        }
    }
    days
}
