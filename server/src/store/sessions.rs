//! Sessions of staff and of PIN pads. Only the hash of a token is ever stored.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// A living session with the person behind it.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// The member of staff.
    pub staff_id: i64,
    /// Their login.
    pub login: String,
    /// Their name.
    pub name: String,
    /// The code of their role.
    pub role: String,
    /// The counter they sit at.
    pub station_id: Option<i64>,
    /// The token each form of this session carries.
    pub csrf_token: String,
    /// When it began.
    pub created_at: String,
    /// When it was last used.
    pub last_seen_at: String,
}

/// Begins a session.
///
/// # Errors
/// When the database refuses.
pub async fn begin(
    tx: &mut SqliteConnection,
    token_hash: &[u8],
    staff_id: i64,
    station_id: Option<i64>,
    csrf_token: &str,
    at: &str,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO sessions (token_hash, staff_id, station_id, csrf_token, created_at, last_seen_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        token_hash,
        staff_id,
        station_id,
        csrf_token,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The session with this token hash, unless it has ended or its account is closed.
///
/// # Errors
/// When the database refuses.
pub async fn find(pool: &SqlitePool, token_hash: &[u8]) -> Result<Option<SessionRow>> {
    Ok(sqlx::query_as!(
        SessionRow,
        "SELECT staff_id, login, name, role, station_id, csrf_token, sessions.created_at, last_seen_at
         FROM sessions JOIN staff ON staff.id = staff_id
         WHERE token_hash = ? AND ended_at IS NULL AND disabled_at IS NULL",
        token_hash
    )
    .fetch_optional(pool)
    .await?)
}

/// Notes that the session was used.
///
/// # Errors
/// When the database refuses.
pub async fn touch(tx: &mut SqliteConnection, token_hash: &[u8], at: &str) -> Result<()> {
    sqlx::query!("UPDATE sessions SET last_seen_at = ? WHERE token_hash = ?", at, token_hash)
        .execute(tx)
        .await?;
    Ok(())
}

/// Moves the session to another counter.
///
/// # Errors
/// When the database refuses.
pub async fn sit_at(tx: &mut SqliteConnection, token_hash: &[u8], station_id: i64) -> Result<()> {
    sqlx::query!("UPDATE sessions SET station_id = ? WHERE token_hash = ?", station_id, token_hash)
        .execute(tx)
        .await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut SqliteConnection, token_hash: &[u8], at: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE sessions SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL",
        at,
        token_hash
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends all sessions of an account but one.
///
/// # Errors
/// When the database refuses.
pub async fn end_others(tx: &mut SqliteConnection, staff_id: i64, keep: &[u8], at: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE sessions SET ended_at = ? WHERE staff_id = ? AND token_hash <> ? AND ended_at IS NULL",
        at,
        staff_id,
        keep
    )
    .execute(tx)
    .await?;
    Ok(())
}

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
