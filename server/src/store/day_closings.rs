//! Closed days: one row a closing, and who took it back.

use crate::error::Result;
use chrono::NaiveDate;
use sqlx::{SqliteConnection, SqliteExecutor};

/// A closing to be written down.
#[derive(Clone, Debug)]
pub struct NewClosing<'a> {
    /// The day.
    pub day: NaiveDate,
    /// Who closes it.
    pub closed_by: i64,
    /// When.
    pub closed_at: &'a str,
    /// The last event that belongs to the report before.
    pub events_after: i64,
    /// The last event that belongs to this one.
    pub events_until: i64,
    /// What was counted, JSON.
    pub counts: &'a str,
    /// What didn't come out and why, JSON.
    pub explanations: &'a str,
    /// The report as it prints, JSON.
    pub report: &'a str,
    /// How many rows the trail had.
    pub audit_count: i64,
    /// The hash of the last.
    pub audit_head: &'a [u8],
}

/// A closing as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosingRow {
    /// Its number.
    pub id: i64,
    /// The day.
    pub day: NaiveDate,
    /// Who closed it.
    pub closed_by: String,
    /// When.
    pub closed_at: String,
    /// The last event that belongs to it.
    pub events_until: i64,
    /// What was counted, JSON.
    pub counts: String,
    /// What didn't come out and why, JSON.
    pub explanations: String,
    /// How many rows the trail had.
    pub audit_count: i64,
    /// The hash of the last.
    pub audit_head: Vec<u8>,
    /// Who reopened the day.
    pub reopened_by: Option<String>,
    /// When.
    pub reopened_at: Option<String>,
    /// Why.
    pub reopened_reason: Option<String>,
}

/// Writes a closing down and returns its number.
///
/// # Errors
/// A unique violation when the day is closed already.
pub async fn add(tx: &mut SqliteConnection, new: &NewClosing<'_>) -> Result<i64, sqlx::Error> {
    let added = sqlx::query!(
        "INSERT INTO day_closings (day, closed_by, closed_at, events_after, events_until, counts, explanations, report,
                                   audit_count, audit_head)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        new.day,
        new.closed_by,
        new.closed_at,
        new.events_after,
        new.events_until,
        new.counts,
        new.explanations,
        new.report,
        new.audit_count,
        new.audit_head
    )
    .execute(tx)
    .await?;
    Ok(added.last_insert_rowid())
}

/// Which closings are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// Only those of this day.
    pub day: Option<NaiveDate>,
    /// Only those that were not taken back.
    pub in_force: bool,
    /// So many are passed over.
    pub skip: i64,
    /// At most so many are returned.
    pub many: i64,
}

/// The closings, the newest day first; of one day its newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(db: impl SqliteExecutor<'_>, asked: Asked) -> Result<Vec<ClosingRow>> {
    Ok(sqlx::query_as!(
        ClosingRow,
        r#"SELECT day_closings.id AS "id!", day AS "day: NaiveDate", closer.name AS "closed_by!", closed_at,
                  events_until, counts, explanations, audit_count, audit_head,
                  opener.name AS "reopened_by?", reopened_at, reopened_reason
           FROM day_closings JOIN staff AS closer ON closer.id = day_closings.closed_by
           LEFT JOIN staff AS opener ON opener.id = day_closings.reopened_by
           WHERE (?1 IS NULL OR day = ?1) AND (NOT ?2 OR reopened_at IS NULL)
           ORDER BY day DESC, day_closings.id DESC LIMIT ?3 OFFSET ?4"#,
        asked.day,
        asked.in_force,
        asked.many,
        asked.skip
    )
    .fetch_all(db)
    .await?)
}

/// The last day that is closed.
///
/// # Errors
/// When the database refuses.
pub async fn last(db: impl SqliteExecutor<'_>) -> Result<Option<ClosingRow>> {
    Ok(list(db, Asked { in_force: true, many: 1, ..Asked::default() }).await?.pop())
}

/// How many closings there are, those included that were taken back.
///
/// # Errors
/// When the database refuses.
pub async fn count(db: impl SqliteExecutor<'_>) -> Result<i64> {
    Ok(sqlx::query_scalar!("SELECT count(*) FROM day_closings").fetch_one(db).await?)
}

/// The day and the report of one closing, JSON.
///
/// # Errors
/// When the database refuses.
pub async fn report(db: impl SqliteExecutor<'_>, id: i64) -> Result<Option<(NaiveDate, String)>> {
    let row = sqlx::query!(r#"SELECT day AS "day: NaiveDate", report FROM day_closings WHERE id = ?1"#, id)
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| (row.day, row.report)))
}

/// Takes a closing back; `false` when somebody has done so already.
///
/// # Errors
/// When the database refuses.
pub async fn reopen(tx: &mut SqliteConnection, id: i64, by: i64, at: &str, reason: &str) -> Result<bool> {
    let changed = sqlx::query!(
        "UPDATE day_closings SET reopened_by = ?1, reopened_at = ?2, reopened_reason = ?3
         WHERE id = ?4 AND reopened_at IS NULL",
        by,
        at,
        reason,
        id
    )
    .execute(tx)
    .await?;
    Ok(changed.rows_affected() == 1)
}
