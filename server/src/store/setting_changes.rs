//! Who changed which setting, from the trail, and what it was before.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// The last change of one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// The setting's key.
    pub key: String,
    /// The name of who changed it, or their login when the account is gone.
    pub by: String,
    /// When.
    pub at: String,
}

/// The last change of each setting. `kind` is the audit kind of such changes.
///
/// # Errors
/// When the database refuses.
pub async fn last(pool: &SqlitePool, kind: i64) -> Result<Vec<ChangeRow>> {
    Ok(sqlx::query_as!(
        ChangeRow,
        r#"SELECT audit.object AS "key!: String", coalesce(staff.name, audit.actor) AS "by!: String",
                  audit.at AS "at!: String"
           FROM audit
           JOIN (SELECT max(number) AS number FROM audit WHERE kind = ?1 AND outcome = 'done' GROUP BY object) newest
             ON newest.number = audit.number
           LEFT JOIN staff ON staff.login = audit.actor
           WHERE audit.object IS NOT NULL"#,
        kind
    )
    .fetch_all(pool)
    .await?)
}

/// One change as the history shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// The setting's key.
    pub key: String,
    /// The name of who changed it, or their login when the account is gone.
    pub by: String,
    /// When.
    pub at: String,
    /// As the trail tells it.
    pub sentence: String,
    /// What it was; none where the change has no two values.
    pub old_value: Option<String>,
    /// What it became.
    pub new_value: Option<String>,
}

/// How many changes there are of the settings whose keys match `pattern` (`GLOB`).
///
/// # Errors
/// When the database refuses.
pub async fn count(pool: &SqlitePool, pattern: &str) -> Result<i64> {
    // 70 is the kind of such changes; the number stands here so that the index over them is used.
    Ok(sqlx::query_scalar!(
        "SELECT count(*) FROM audit WHERE kind = 70 AND outcome = 'done'
           AND coalesce(object, '') GLOB ?1",
        pattern
    )
    .fetch_one(pool)
    .await?)
}

/// Those changes, the newest first: `many` of them after the first `skip`.
///
/// # Errors
/// When the database refuses.
pub async fn history(pool: &SqlitePool, pattern: &str, skip: i64, many: i64) -> Result<Vec<HistoryRow>> {
    Ok(sqlx::query_as!(
        HistoryRow,
        r#"SELECT coalesce(object, '') AS "key!: String", coalesce(staff.name, actor) AS "by!: String", at, sentence,
                  old_value AS "old_value?", new_value AS "new_value?"
           FROM audit LEFT JOIN setting_values ON audit_number = number LEFT JOIN staff ON staff.login = actor
           WHERE kind = 70 AND outcome = 'done' AND coalesce(object, '') GLOB ?1
           ORDER BY number DESC LIMIT ?2 OFFSET ?3"#,
        pattern,
        many,
        skip
    )
    .fetch_all(pool)
    .await?)
}

/// Notes what a setting was and became beside the trail's row about it.
///
/// # Errors
/// When the database refuses.
pub async fn note_values(
    tx: &mut SqliteConnection,
    audit_number: i64,
    old_value: &str,
    new_value: &str,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO setting_values (audit_number, old_value, new_value) VALUES (?1, ?2, ?3)",
        audit_number,
        old_value,
        new_value
    )
    .execute(tx)
    .await?;
    Ok(())
}
