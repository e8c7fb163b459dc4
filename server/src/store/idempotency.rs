//! POSTs that must not happen twice: a form's key and where its answer led.

use crate::error::Result;
use sqlx::{SqliteConnection, SqliteExecutor};

/// Where the POST with this key led, if it has happened. A key belongs to one person and one address.
///
/// # Errors
/// When the database refuses.
pub async fn answer(
    db: impl SqliteExecutor<'_>,
    key: &str,
    staff_id: i64,
    route: &str,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "SELECT location FROM idempotency_keys WHERE key = ? AND staff_id = ? AND route = ?",
        key,
        staff_id,
        route
    )
    .fetch_optional(db)
    .await?)
}

/// Remembers that the POST with this key has happened.
///
/// # Errors
/// A unique violation when it has happened already.
pub async fn remember(
    tx: &mut SqliteConnection,
    key: &str,
    staff_id: i64,
    route: &str,
    location: &str,
    at: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO idempotency_keys (key, staff_id, route, location, at) VALUES (?, ?, ?, ?, ?)",
        key,
        staff_id,
        route,
        location,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}
