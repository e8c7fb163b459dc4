//! The PIN pads' browsers. Only the hash of a token is ever stored.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// A living PIN pad.
#[derive(Clone, Debug)]
pub struct PadRow {
    /// The counter it belongs to.
    pub station_id: i64,
    /// The token its forms carry.
    pub csrf_token: String,
}

/// Pairs a PIN pad's browser with a counter; the counter's earlier pad ends.
///
/// # Errors
/// When the database refuses.
pub async fn pair_pad(
    tx: &mut SqliteConnection,
    token_hash: &[u8],
    station_id: i64,
    csrf_token: &str,
    at: &str,
) -> Result<()> {
    sqlx::query!("UPDATE pads SET ended_at = ? WHERE station_id = ? AND ended_at IS NULL", at, station_id)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "INSERT INTO pads (token_hash, station_id, csrf_token, created_at, last_seen_at) VALUES (?1, ?2, ?3, ?4, ?4)",
        token_hash,
        station_id,
        csrf_token,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The pad with this token hash, unless it has ended.
///
/// # Errors
/// When the database refuses.
pub async fn find_pad(pool: &SqlitePool, token_hash: &[u8]) -> Result<Option<PadRow>> {
    Ok(sqlx::query_as!(
        PadRow,
        "SELECT station_id, csrf_token FROM pads WHERE token_hash = ? AND ended_at IS NULL",
        token_hash
    )
    .fetch_optional(pool)
    .await?)
}

/// How many PIN pads are paired with a counter.
///
/// # Errors
/// When the database refuses.
pub async fn pads_of(pool: &SqlitePool, station_id: i64) -> Result<i64> {
    Ok(sqlx::query_scalar!("SELECT count(*) FROM pads WHERE station_id = ? AND ended_at IS NULL", station_id)
        .fetch_one(pool)
        .await?)
}

/// Ends the PIN pads of a counter.
///
/// # Errors
/// When the database refuses.
pub async fn end_pads(tx: &mut SqliteConnection, station_id: i64, at: &str) -> Result<()> {
    sqlx::query!("UPDATE pads SET ended_at = ? WHERE station_id = ? AND ended_at IS NULL", at, station_id)
        .execute(tx)
        .await?;
    Ok(())
}
