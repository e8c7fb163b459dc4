//! Second factors: the sealed key of each account's device and the last code that was taken.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// Gives an account a second factor; `step` is that of the code it was confirmed with.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &mut SqliteConnection, staff_id: i64, sealed: &[u8], step: i64) -> Result<()> {
    sqlx::query!(
        "UPDATE staff SET totp_secret = ?1, totp_last_step = ?2 WHERE id = ?3",
        sealed,
        step,
        staff_id
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// True when any account has a second factor.
///
/// # Errors
/// When the database refuses.
pub async fn any(pool: &SqlitePool) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM staff WHERE totp_secret IS NOT NULL) AS "any!: bool""#
    );
    Ok(found.fetch_one(pool).await?)
}

/// Takes a code's step if it is newer than the last one that was taken; false when it isn't.
///
/// # Errors
/// When the database refuses.
pub async fn take_step(tx: &mut SqliteConnection, staff_id: i64, step: i64) -> Result<bool> {
    let taken = sqlx::query!(
        "UPDATE staff SET totp_last_step = ?1 WHERE id = ?2 AND totp_last_step < ?1",
        step,
        staff_id
    )
    .execute(tx)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Takes an account's second factor and its recovery codes away; false when it had none.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &mut SqliteConnection, staff_id: i64) -> Result<bool> {
    sqlx::query!("DELETE FROM recovery_codes WHERE staff_id = ?1", staff_id).execute(&mut *tx).await?;
    let removed = sqlx::query!(
        "UPDATE staff SET totp_secret = NULL WHERE id = ?1 AND totp_secret IS NOT NULL",
        staff_id
    )
    .execute(tx)
    .await?;
    Ok(removed.rows_affected() == 1)
}
