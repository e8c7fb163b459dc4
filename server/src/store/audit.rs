//! The audit table: appended to, read, never changed.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// One row as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// 1, 2, 3 … without a gap.
    pub number: i64,
    /// When.
    pub at: String,
    /// The number of the kind of event.
    pub kind: i64,
    /// Who.
    pub actor: String,
    /// The person it concerns (宛名番号).
    pub subject: Option<String>,
    /// The case it belongs to.
    pub case_id: Option<i64>,
    /// The thing it concerns: a card, a letter, a setting.
    pub object: Option<String>,
    /// `done`, `refused` or `failed`.
    pub outcome: String,
    /// What happened, in words.
    pub sentence: String,
    /// The hash of the row before.
    pub previous: Vec<u8>,
    /// The hash of this row.
    pub hash: Vec<u8>,
}

/// The number and hash of the last row.
///
/// # Errors
/// When the database refuses.
pub async fn head(tx: &mut SqliteConnection) -> Result<Option<(i64, Vec<u8>)>> {
    let row = sqlx::query!("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
        .fetch_optional(tx)
        .await?;
    Ok(row.map(|row| (row.number, row.hash)))
}

/// Appends one row.
///
/// # Errors
/// When the database refuses.
pub async fn append(tx: &mut SqliteConnection, row: &AuditRow) -> Result<()> {
    sqlx::query!(
        "INSERT INTO audit (number, at, kind, actor, subject, case_id, object, outcome, sentence, previous, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.number,
        row.at,
        row.kind,
        row.actor,
        row.subject,
        row.case_id,
        row.object,
        row.outcome,
        row.sentence,
        row.previous,
        row.hash
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Up to `many` rows after `after`, in order.
///
/// # Errors
/// When the database refuses.
pub async fn page(pool: &SqlitePool, after: i64, many: i64) -> Result<Vec<AuditRow>> {
    Ok(sqlx::query_as!(
        AuditRow,
        "SELECT number, at, kind, actor, subject, case_id, object, outcome, sentence, previous, hash
         FROM audit WHERE number > ? ORDER BY number LIMIT ?",
        after,
        many
    )
    .fetch_all(pool)
    .await?)
}

/// The newest `many` rows, newest first; of one person where `subject` is given.
///
/// # Errors
/// When the database refuses.
pub async fn newest(pool: &SqlitePool, subject: Option<&str>, many: i64) -> Result<Vec<AuditRow>> {
    Ok(sqlx::query_as!(
        AuditRow,
        "SELECT number, at, kind, actor, subject, case_id, object, outcome, sentence, previous, hash
         FROM audit WHERE ?1 IS NULL OR subject = ?1 ORDER BY number DESC LIMIT ?2",
        subject,
        many
    )
    .fetch_all(pool)
    .await?)
}

/// True when somebody has done something of this kind to this person since a moment.
///
/// # Errors
/// When the database refuses.
pub async fn has_done(pool: &SqlitePool, kind: i64, actor: &str, subject: &str, since: &str) -> Result<bool> {
    let found = sqlx::query_scalar!(
        "SELECT number FROM audit WHERE subject = ? AND kind = ? AND actor = ? AND at >= ? AND outcome = 'done' LIMIT 1",
        subject,
        kind,
        actor,
        since
    );
    Ok(found.fetch_optional(pool).await?.is_some())
}
