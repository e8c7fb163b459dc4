//! Looking something up in the trail.

use super::audit::AuditRow;
use crate::error::Result;
use sqlx::SqlitePool;

/// What the list is narrowed by; nothing narrows nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Who: a login.
    pub actor: Option<String>,
    /// Whom: 宛名番号.
    pub subject: Option<String>,
    /// The number of the kind of event.
    pub kind: Option<i64>,
    /// The first day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The day after the last day, `YYYY-MM-DD`.
    pub before: Option<String>,
}

/// How many rows fit.
///
/// # Errors
/// When the database refuses.
pub async fn count(pool: &SqlitePool, filter: &Filter) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "SELECT count(*) FROM audit
         WHERE (?1 IS NULL OR actor = ?1) AND (?2 IS NULL OR subject = ?2) AND (?3 IS NULL OR kind = ?3)
           AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)",
        filter.actor,
        filter.subject,
        filter.kind,
        filter.from,
        filter.before
    )
    .fetch_one(pool)
    .await?)
}

/// The rows that fit, newest first: `many` of them after the first `skip`.
///
/// # Errors
/// When the database refuses.
pub async fn page(pool: &SqlitePool, filter: &Filter, skip: i64, many: i64) -> Result<Vec<AuditRow>> {
    Ok(sqlx::query_as!(
        AuditRow,
        "SELECT number, at, kind, actor, subject, case_id, object, outcome, sentence, previous, hash FROM audit
         WHERE (?1 IS NULL OR actor = ?1) AND (?2 IS NULL OR subject = ?2) AND (?3 IS NULL OR kind = ?3)
           AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)
         ORDER BY number DESC LIMIT ?6 OFFSET ?7",
        filter.actor,
        filter.subject,
        filter.kind,
        filter.from,
        filter.before,
        many,
        skip
    )
    .fetch_all(pool)
    .await?)
}
