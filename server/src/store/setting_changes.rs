//! Who changed which setting last, from the trail.

use crate::error::Result;
use sqlx::SqlitePool;

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
