//! Signed checkpoints of the trail, and the public halves of the keys that signed them: added, never changed.

use crate::error::Result;
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

/// One checkpoint as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointRow {
    /// 1, 2, 3 … without a gap.
    pub number: i64,
    /// When.
    pub at: String,
    /// The code of the occasion.
    pub occasion: String,
    /// How many rows it covers.
    pub count: i64,
    /// The hash of the last of them.
    pub head: Vec<u8>,
    /// The key it was signed with.
    pub public_key: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
}

/// All public keys, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn keys(db: impl SqliteExecutor<'_>) -> Result<Vec<Vec<u8>>> {
    Ok(sqlx::query_scalar!("SELECT public_key FROM audit_keys ORDER BY number").fetch_all(db).await?)
}

/// Adds a public key.
///
/// # Errors
/// When it is there already, or the database refuses.
pub async fn add_key(tx: &mut SqliteConnection, public_key: &[u8], at: &str) -> Result<()> {
    sqlx::query!("INSERT INTO audit_keys (public_key, made_at) VALUES (?1, ?2)", public_key, at)
        .execute(tx)
        .await?;
    Ok(())
}

/// The number that the next checkpoint gets.
///
/// # Errors
/// When the database refuses.
pub async fn next_number(tx: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"SELECT coalesce(max(number), 0) + 1 AS "next!: i64" FROM audit_checkpoints"#)
        .fetch_one(tx)
        .await?)
}

/// Adds a checkpoint.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut SqliteConnection, row: &CheckpointRow) -> Result<()> {
    sqlx::query!(
        "INSERT INTO audit_checkpoints (number, at, occasion, count, head, public_key, signature)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        row.number,
        row.at,
        row.occasion,
        row.count,
        row.head,
        row.public_key,
        row.signature
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// All checkpoints in order.
///
/// # Errors
/// When the database refuses.
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<CheckpointRow>> {
    Ok(sqlx::query_as!(CheckpointRow, "SELECT * FROM audit_checkpoints ORDER BY number")
        .fetch_all(db)
        .await?)
}

/// The last checkpoint.
///
/// # Errors
/// When the database refuses.
pub async fn last(pool: &SqlitePool) -> Result<Option<CheckpointRow>> {
    Ok(sqlx::query_as!(CheckpointRow, "SELECT * FROM audit_checkpoints ORDER BY number DESC LIMIT 1")
        .fetch_optional(pool)
        .await?)
}

/// One checkpoint.
///
/// # Errors
/// When the database refuses.
pub async fn find(pool: &SqlitePool, number: i64) -> Result<Option<CheckpointRow>> {
    Ok(sqlx::query_as!(CheckpointRow, "SELECT * FROM audit_checkpoints WHERE number = ?1", number)
        .fetch_optional(pool)
        .await?)
}
