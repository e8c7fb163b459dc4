//! Recovery codes, hashed. Each has a number, so that only one hash is computed for a code that is typed.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// Replaces the codes of an account, numbered from 1.
///
/// # Errors
/// When the database refuses.
pub async fn replace(tx: &mut SqliteConnection, staff_id: i64, hashes: &[String], at: &str) -> Result<()> {
    sqlx::query!("DELETE FROM recovery_codes WHERE staff_id = ?1", staff_id).execute(&mut *tx).await?;
    for (number, hash) in (1_i64..).zip(hashes) {
        sqlx::query!(
            "INSERT INTO recovery_codes (staff_id, number, code_hash, made_at) VALUES (?1, ?2, ?3, ?4)",
            staff_id,
            number,
            hash,
            at
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// The hash of a code that wasn't used yet.
///
/// # Errors
/// When the database refuses.
pub async fn unused(pool: &SqlitePool, staff_id: i64, number: i64) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "SELECT code_hash FROM recovery_codes WHERE staff_id = ?1 AND number = ?2 AND used_at IS NULL",
        staff_id,
        number
    )
    .fetch_optional(pool)
    .await?)
}

/// Uses a code; false when somebody was quicker, or the codes have been replaced since its hash was read.
///
/// # Errors
/// When the database refuses.
pub async fn take(
    tx: &mut SqliteConnection,
    staff_id: i64,
    number: i64,
    hash: &str,
    at: &str,
) -> Result<bool> {
    let taken = sqlx::query!(
        "UPDATE recovery_codes SET used_at = ?1
         WHERE staff_id = ?2 AND number = ?3 AND code_hash = ?4 AND used_at IS NULL",
        at,
        staff_id,
        number,
        hash
    )
    .execute(tx)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// How many codes are left.
///
/// # Errors
/// When the database refuses.
pub async fn left(pool: &SqlitePool, staff_id: i64) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "SELECT count(*) FROM recovery_codes WHERE staff_id = ?1 AND used_at IS NULL",
        staff_id
    )
    .fetch_one(pool)
    .await?)
}
