//! Sessions of staff. Only the hash of a token is ever stored.

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
    /// When its owner last proved to be there.
    pub proven_at: String,
    /// Since when the screen is hidden.
    pub locked_at: Option<String>,
    /// 1 while the password is one that an administrator chose.
    pub first_password: i64,
    /// 1 when the account has a second factor.
    pub second_factor: i64,
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
        "INSERT INTO sessions (token_hash, staff_id, station_id, csrf_token, created_at, last_seen_at, proven_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?5)",
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
        r#"SELECT staff_id, login, name, role, station_id, csrf_token, sessions.created_at, last_seen_at,
                  proven_at, locked_at, first_password, totp_secret IS NOT NULL AS "second_factor!: i64"
           FROM sessions JOIN staff ON staff.id = staff_id
           WHERE token_hash = ?1 AND ended_at IS NULL AND disabled_at IS NULL"#,
        token_hash
    )
    .fetch_optional(pool)
    .await?)
}

/// An ended session, for what was sent from one of its pages.
#[derive(Clone, Debug)]
pub struct EndedRow {
    /// The member of staff.
    pub staff_id: i64,
    /// The token its forms carried.
    pub csrf_token: String,
}

/// The ended session with this token hash, of an account that is still open.
///
/// # Errors
/// When the database refuses.
pub async fn find_ended(pool: &SqlitePool, token_hash: &[u8]) -> Result<Option<EndedRow>> {
    Ok(sqlx::query_as!(
        EndedRow,
        "SELECT staff_id, csrf_token FROM sessions JOIN staff ON staff.id = staff_id
         WHERE token_hash = ?1 AND ended_at IS NOT NULL AND disabled_at IS NULL",
        token_hash
    )
    .fetch_optional(pool)
    .await?)
}

/// Whether this form token belonged to an earlier session of this person that began after `since`.
///
/// # Errors
/// When the database refuses.
pub async fn had_token(pool: &SqlitePool, staff_id: i64, csrf_token: &str, since: &str) -> Result<bool> {
    let found = sqlx::query_scalar!(
        "SELECT count(*) FROM sessions
         WHERE staff_id = ?1 AND csrf_token = ?2 AND created_at >= ?3 AND ended_at IS NOT NULL",
        staff_id,
        csrf_token,
        since
    )
    .fetch_one(pool)
    .await?;
    Ok(found > 0)
}

/// Gives a living session another token. `proven_at` is set when its owner has just proved to be there; a hidden screen
/// is shown again.
///
/// # Errors
/// When the database refuses.
pub async fn renew(
    tx: &mut SqliteConnection,
    token_hash: &[u8],
    new_hash: &[u8],
    proven_at: Option<&str>,
    at: &str,
) -> Result<bool> {
    let renewed = sqlx::query!(
        "UPDATE sessions SET token_hash = ?1, proven_at = coalesce(?2, proven_at), locked_at = NULL, last_seen_at = ?3
         WHERE token_hash = ?4 AND ended_at IS NULL",
        new_hash,
        proven_at,
        at,
        token_hash
    )
    .execute(tx)
    .await?;
    Ok(renewed.rows_affected() == 1)
}

/// Hides the screen of a session.
///
/// # Errors
/// When the database refuses.
pub async fn lock(tx: &mut SqliteConnection, token_hash: &[u8], at: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE sessions SET locked_at = coalesce(locked_at, ?1) WHERE token_hash = ?2 AND ended_at IS NULL",
        at,
        token_hash
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that the session was used.
///
/// # Errors
/// When the database refuses.
pub async fn touch(tx: &mut SqliteConnection, token_hash: &[u8], at: &str) -> Result<()> {
    sqlx::query!("UPDATE sessions SET last_seen_at = ?1 WHERE token_hash = ?2", at, token_hash)
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

/// Ends all sessions of an account.
///
/// # Errors
/// When the database refuses.
pub async fn end_all(tx: &mut SqliteConnection, staff_id: i64, at: &str) -> Result<()> {
    sqlx::query!("UPDATE sessions SET ended_at = ?1 WHERE staff_id = ?2 AND ended_at IS NULL", at, staff_id)
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
