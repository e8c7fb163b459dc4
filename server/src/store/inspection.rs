//! Looking at a database without changing it, not even by a migration.

use super::{MIGRATIONS, OLDEST_SAFE_SQLITE};
use crate::error::Result;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions};
use std::path::Path;

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Inspection {
    /// The version of SQLite in this program.
    pub sqlite: String,
    /// True when that version is one that doesn't damage databases.
    pub sqlite_safe: bool,
    /// What SQLite's own check of the file says; `ok` when it finds nothing.
    pub check: String,
    /// True when a newer program made it.
    pub newer: bool,
    /// True in a training office.
    pub training: bool,
    /// Accounts that can log in.
    pub staff: i64,
    /// Administrators among them.
    pub administrators: i64,
    /// Names of the counters with a PC/SC reader.
    pub pcsc_counters: Vec<String>,
    /// When something was last recorded.
    pub last_record: Option<String>,
    /// When a copy was last made.
    pub last_backup: Option<String>,
    /// What the letters say about the office, JSON, if it was ever set.
    pub office_text: Option<String>,
}

/// The version of SQLite in this program, and whether it is a safe one.
///
/// # Errors
/// When not even an empty database opens.
pub async fn sqlite() -> Result<(String, bool)> {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await?;
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&pool).await?;
    pool.close().await;
    let safe = is_safe(&version);
    Ok((version, safe))
}

fn is_safe(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= OLDEST_SAFE_SQLITE
}

/// Looks at the database in `file`, which must be there. `backup_kind` is the audit kind of copies.
///
/// # Errors
/// When it can't be opened, isn't a database, or isn't an office's.
pub async fn inspect(file: &Path, backup_kind: i64) -> Result<Inspection> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).pragma("trusted_schema", "OFF");
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    let seen = look(&pool, backup_kind).await;
    pool.close().await;
    seen
}

async fn look(pool: &SqlitePool, backup_kind: i64) -> Result<Inspection> {
    let (sqlite, sqlite_safe) = sqlite().await?;
    let check: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(pool).await?;
    let schema: Option<i64> =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(pool).await?;
    let known = MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0);
    let setting = async |key: &'static str| {
        sqlx::query_scalar!("SELECT value FROM settings WHERE key = ?", key).fetch_optional(pool).await
    };
    Ok(Inspection {
        sqlite,
        sqlite_safe,
        check,
        newer: schema.unwrap_or(0) > known,
        training: setting("mode").await?.as_deref() == Some("\"training\""),
        staff: sqlx::query_scalar!("SELECT count(*) FROM staff WHERE disabled_at IS NULL")
            .fetch_one(pool)
            .await?,
        administrators: sqlx::query_scalar!(
            "SELECT count(*) FROM staff WHERE disabled_at IS NULL AND role = 'administrator'"
        )
        .fetch_one(pool)
        .await?,
        pcsc_counters: sqlx::query_scalar!(
            "SELECT name FROM stations WHERE reader_kind = 'pcsc' ORDER BY id"
        )
        .fetch_all(pool)
        .await?,
        last_record: sqlx::query_scalar!("SELECT at FROM audit ORDER BY number DESC LIMIT 1")
            .fetch_optional(pool)
            .await?,
        last_backup: sqlx::query_scalar!(
            "SELECT at FROM audit WHERE kind = ? ORDER BY number DESC LIMIT 1",
            backup_kind
        )
        .fetch_optional(pool)
        .await?,
        office_text: setting("office").await?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The SQLite in this program is a safe one, and versions are compared as numbers.
    #[tokio::test]
    async fn compares_versions_as_numbers() {
        assert!(sqlite().await.unwrap().1);
        assert!(is_safe("3.51.3") && is_safe("3.52.0") && is_safe("4.0"));
        assert!(!is_safe("3.51.2") && !is_safe("3.9.9") && !is_safe(""));
    }
}
