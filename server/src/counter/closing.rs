//! The end of a day: what the counter did, what didn't come out and why, the report, and the trail's head.
//!
//! A report is about the events since the closing before (`store::day_counts`): work done after a day was closed is in
//! the next report. A day that was forgotten is closed later with what happened up to its end; days are closed in
//! their order. A supervisor can open the last closed day again, with a reason.

mod close;
mod counts;
mod differences;
mod page;
mod reopen;
mod report;
mod survey;

pub use close::{Closed, Typed, close};
pub use counts::DayCounts;
pub use differences::Difference;
pub use page::page;
pub use reopen::{ReopenForm, Reopened, reopen};
pub use report::print;
pub use survey::{Survey, survey};

use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::day_closings::ClosingRow;
use crate::store::{day_closings, day_counts};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

/// How far back a first closing may begin. An office that has worked for years without closings isn't asked for all of
/// them.
const FIRST_WITHIN: u64 = 31;

/// Something that didn't come out, with what the office says about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// What it is, so that the next day can begin with the same words.
    pub key: String,
    /// As the report tells it.
    pub sentence: String,
    /// The cases it is about.
    #[serde(default)]
    pub receptions: Vec<String>,
    /// Why.
    pub why: String,
}

/// Who may look at closed days: those who close them, and those who check.
pub fn may_see(visitor: &Visitor) -> bool {
    visitor.may(Act::CloseDay) || visitor.may(Act::ReadAudit)
}

/// Days that are over or have begun and aren't closed, in order; today is among them while it isn't closed.
async fn open_days(
    db: &mut SqliteConnection,
    last: Option<&ClosingRow>,
    today: NaiveDate,
) -> Result<Vec<NaiveDate>> {
    let earliest = today - Days::new(FIRST_WITHIN);
    let (after, from) = last.map_or((0, earliest), |last| (last.events_until, last.day + Days::new(1)));
    let mut days = day_counts::days_with_events(db, after, from).await?;
    days.retain(|day| *day <= today);
    if last.is_none_or(|last| last.day < today) && days.last() != Some(&today) {
        days.push(today);
    }
    Ok(days)
}

/// How many days before today wait to be closed: the number on the menu. None before the first closing.
///
/// # Errors
/// When the database refuses.
pub async fn unclosed(office: &Office) -> Result<u32> {
    let mut db = office.store().read().acquire().await?;
    let Some(last) = day_closings::last(&mut *db).await? else { return Ok(0) };
    let today = office.clock().today();
    let days = open_days(&mut db, Some(&last), today).await?;
    let over = days.iter().filter(|day| **day < today).count();
    Ok(u32::try_from(over).unwrap_or(u32::MAX))
}
