//! Tries at the office's door, counted for whatever login was typed and for each address.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// The tries at one door so far.
#[derive(Clone, Debug)]
pub struct TriesRow {
    /// Tries that weren't right, or aren't known to be yet.
    pub tries: i64,
    /// When the last one was made.
    pub last_at: String,
    /// Nobody is let in before.
    pub closed_until: Option<String>,
}

/// What is known of a door; none: nobody has tried it lately.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut SqliteConnection, door: &str, key: &[u8]) -> Result<Option<TriesRow>> {
    Ok(sqlx::query_as!(
        TriesRow,
        "SELECT tries, last_at, closed_until FROM sign_in_tries WHERE door = ?1 AND key = ?2",
        door,
        key
    )
    .fetch_optional(tx)
    .await?)
}

/// Writes down how a door stands.
///
/// # Errors
/// When the database refuses.
pub async fn put(
    tx: &mut SqliteConnection,
    door: &str,
    key: &[u8],
    tries: i64,
    closed_until: Option<&str>,
    at: &str,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO sign_in_tries (door, key, tries, last_at, closed_until) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (door, key) DO UPDATE SET tries = ?3, last_at = ?4, closed_until = ?5",
        door,
        key,
        tries,
        at,
        closed_until
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets a door.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut SqliteConnection, door: &str, key: &[u8]) -> Result<()> {
    sqlx::query!("DELETE FROM sign_in_tries WHERE door = ?1 AND key = ?2", door, key).execute(tx).await?;
    Ok(())
}

/// Forgets doors that nobody has tried since `before`, so that made-up logins don't fill the disk.
///
/// # Errors
/// When the database refuses.
pub async fn forget_older(tx: &mut SqliteConnection, before: &str) -> Result<()> {
    sqlx::query!("DELETE FROM sign_in_tries WHERE last_at < ?1", before).execute(tx).await?;
    Ok(())
}

/// How many doors are remembered.
///
/// # Errors
/// When the database refuses.
pub async fn count(pool: &SqlitePool) -> Result<i64> {
    Ok(sqlx::query_scalar!("SELECT count(*) FROM sign_in_tries").fetch_one(pool).await?)
}
