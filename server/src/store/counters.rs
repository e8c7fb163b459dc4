//! Numbers that go up by one and never come back: receptions by year, letters.

use crate::error::Result;
use sqlx::SqliteConnection;

/// Takes the next number of the counter `name`, beginning with 1.
///
/// # Errors
/// When the database refuses.
pub async fn next(tx: &mut SqliteConnection, name: &str) -> Result<i64> {
    take(tx, name, 1).await
}

/// Takes `many` numbers at once and returns the first.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut SqliteConnection, name: &str, many: i64) -> Result<i64> {
    let last = sqlx::query_scalar!(
        r#"INSERT INTO counters (name, value) VALUES (?1, ?2)
           ON CONFLICT (name) DO UPDATE SET value = value + ?2 RETURNING value AS "value!""#,
        name,
        many
    )
    .fetch_one(tx)
    .await?;
    Ok(last - many + 1)
}
