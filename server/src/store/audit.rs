//! The audit table: appended to, read, never changed.

use crate::error::Result;
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

/// One row as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Which canonical bytes the hash covers.
    pub version: i64,
    /// `staff`, `system`, `command_line` or `pad`; none in version 1.
    pub actor_kind: Option<String>,
    /// The number of the counter it was done at.
    pub station: Option<i64>,
    /// What somebody else who took part was.
    pub counterparty_kind: Option<String>,
    /// Who that was.
    pub counterparty: Option<String>,
}

/// The last row.
///
/// # Errors
/// When the database refuses.
pub async fn last(db: impl SqliteExecutor<'_>) -> Result<Option<AuditRow>> {
    Ok(sqlx::query_as!(AuditRow, "SELECT * FROM audit ORDER BY number DESC LIMIT 1")
        .fetch_optional(db)
        .await?)
}

/// The last row of one kind.
///
/// # Errors
/// When the database refuses.
pub async fn last_of_kind(pool: &SqlitePool, kind: i64) -> Result<Option<AuditRow>> {
    Ok(sqlx::query_as!(AuditRow, "SELECT * FROM audit WHERE kind = ?1 ORDER BY number DESC LIMIT 1", kind)
        .fetch_optional(pool)
        .await?)
}

/// Appends one row.
///
/// # Errors
/// When the database refuses.
pub async fn append(tx: &mut SqliteConnection, row: &AuditRow) -> Result<()> {
    sqlx::query!(
        "INSERT INTO audit (number, at, kind, actor, subject, case_id, object, outcome, sentence, previous, hash,
                            version, actor_kind, station, counterparty_kind, counterparty)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
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
        row.hash,
        row.version,
        row.actor_kind,
        row.station,
        row.counterparty_kind,
        row.counterparty
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Up to `many` rows after `after`, in order.
///
/// # Errors
/// When the database refuses.
pub async fn page(db: impl SqliteExecutor<'_>, after: i64, many: i64) -> Result<Vec<AuditRow>> {
    Ok(sqlx::query_as!(
        AuditRow,
        "SELECT * FROM audit WHERE number > ?1 ORDER BY number LIMIT ?2",
        after,
        many
    )
    .fetch_all(db)
    .await?)
}

/// The same from a table that no program of version 2 has opened yet.
///
/// # Errors
/// When the database refuses.
pub async fn first_version_page(db: impl SqliteExecutor<'_>, after: i64, many: i64) -> Result<Vec<AuditRow>> {
    let rows = sqlx::query!(
        "SELECT number, at, kind, actor, subject, case_id, object, outcome, sentence, previous, hash
         FROM audit WHERE number > ?1 ORDER BY number LIMIT ?2",
        after,
        many
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| AuditRow {
        number: row.number,
        at: row.at,
        kind: row.kind,
        actor: row.actor,
        subject: row.subject,
        case_id: row.case_id,
        object: row.object,
        outcome: row.outcome,
        sentence: row.sentence,
        previous: row.previous,
        hash: row.hash,
        version: 1,
        ..AuditRow::default()
    });
    Ok(rows.collect())
}

/// The newest `many` rows, newest first; of one person where `subject` is given.
///
/// # Errors
/// When the database refuses.
pub async fn newest(pool: &SqlitePool, subject: Option<&str>, many: i64) -> Result<Vec<AuditRow>> {
    Ok(sqlx::query_as!(
        AuditRow,
        "SELECT * FROM audit WHERE ?1 IS NULL OR subject = ?1 ORDER BY number DESC LIMIT ?2",
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
        "SELECT number FROM audit INDEXED BY audit_by_subject
         WHERE subject = ?1 AND kind = ?2 AND actor = ?3 AND at >= ?4 AND outcome = 'done' LIMIT 1",
        subject,
        kind,
        actor,
        since
    );
    Ok(found.fetch_optional(pool).await?.is_some())
}
