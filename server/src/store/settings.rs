//! The office's settings: one JSON value a key.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// One stored setting with who changed it last.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its key.
    pub key: String,
    /// Its value, JSON.
    pub value: String,
    /// The name of who changed it; none for the program itself.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: String,
}

/// All settings that were ever changed.
///
/// # Errors
/// When the database refuses.
pub async fn all(pool: &SqlitePool) -> Result<Vec<Setting>> {
    Ok(sqlx::query_as!(
        Setting,
        r#"SELECT settings.key, value, staff.name AS "changed_by?", changed_at
           FROM settings LEFT JOIN staff ON staff.id = settings.changed_by ORDER BY settings.key"#
    )
    .fetch_all(pool)
    .await?)
}

/// The value of one setting, if it was ever changed.
///
/// # Errors
/// When the database refuses.
pub async fn get(pool: &SqlitePool, key: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("SELECT value FROM settings WHERE key = ?", key).fetch_optional(pool).await?)
}

/// Sets one setting.
///
/// # Errors
/// When the value isn't JSON or the database refuses.
pub async fn set(tx: &mut SqliteConnection, key: &str, value: &str, by: Option<i64>, at: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO settings (key, value, changed_by, changed_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (key) DO UPDATE SET value = ?2, changed_by = ?3, changed_at = ?4",
        key,
        value,
        by,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}
