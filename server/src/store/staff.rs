//! Staff accounts.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// One member of staff.
#[derive(Clone, Debug)]
pub struct StaffRow {
    /// Its number.
    pub id: i64,
    /// What they type to log in.
    pub login: String,
    /// The name others see.
    pub name: String,
    /// The code of their role.
    pub role: String,
    /// argon2id, PHC string.
    pub password_hash: String,
    /// When the account was closed.
    pub disabled_at: Option<String>,
    /// Wrong passwords since the last right one.
    pub failed_logins: i64,
    /// No login before this moment.
    pub locked_until: Option<String>,
}

/// All accounts, by role and login.
///
/// # Errors
/// When the database refuses.
pub async fn all(pool: &SqlitePool) -> Result<Vec<StaffRow>> {
    Ok(sqlx::query_as!(
        StaffRow,
        "SELECT id, login, name, role, password_hash, disabled_at, failed_logins, locked_until FROM staff ORDER BY id"
    )
    .fetch_all(pool)
    .await?)
}

/// The account with this login.
///
/// # Errors
/// When the database refuses.
pub async fn by_login(pool: &SqlitePool, login: &str) -> Result<Option<StaffRow>> {
    Ok(sqlx::query_as!(
        StaffRow,
        "SELECT id, login, name, role, password_hash, disabled_at, failed_logins, locked_until
         FROM staff WHERE login = ?",
        login
    )
    .fetch_optional(pool)
    .await?)
}

/// How many accounts there are.
///
/// # Errors
/// When the database refuses.
pub async fn count(pool: &SqlitePool) -> Result<i64> {
    Ok(sqlx::query_scalar!("SELECT count(*) FROM staff").fetch_one(pool).await?)
}

/// Opens an account.
///
/// # Errors
/// When the login is taken or the database refuses.
pub async fn add(
    tx: &mut SqliteConnection,
    login: &str,
    name: &str,
    role: &str,
    password_hash: &str,
    at: &str,
) -> Result<i64, sqlx::Error> {
    let added = sqlx::query!(
        "INSERT INTO staff (login, name, role, password_hash, created_at) VALUES (?, ?, ?, ?, ?)",
        login,
        name,
        role,
        password_hash,
        at
    )
    .execute(tx)
    .await?;
    Ok(added.last_insert_rowid())
}

/// Counts one wrong password and closes the door until `locked_until`.
///
/// # Errors
/// When the database refuses.
pub async fn record_failure(tx: &mut SqliteConnection, id: i64, locked_until: Option<&str>) -> Result<()> {
    sqlx::query!(
        "UPDATE staff SET failed_logins = failed_logins + 1, locked_until = ? WHERE id = ?",
        locked_until,
        id
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets the wrong passwords after a right one.
///
/// # Errors
/// When the database refuses.
pub async fn record_success(tx: &mut SqliteConnection, id: i64) -> Result<()> {
    sqlx::query!("UPDATE staff SET failed_logins = 0, locked_until = NULL WHERE id = ?", id)
        .execute(tx)
        .await?;
    Ok(())
}

/// Closes an open account and ends its sessions; returns its login.
///
/// # Errors
/// When the database refuses.
pub async fn close(tx: &mut SqliteConnection, id: i64, at: &str) -> Result<Option<String>> {
    let login = sqlx::query_scalar!(
        "UPDATE staff SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL RETURNING login",
        at,
        id
    )
    .fetch_optional(&mut *tx)
    .await?;
    sqlx::query!("UPDATE sessions SET ended_at = ? WHERE staff_id = ? AND ended_at IS NULL", at, id)
        .execute(tx)
        .await?;
    Ok(login)
}

/// Gives an account another password.
///
/// # Errors
/// When the database refuses.
pub async fn set_password(tx: &mut SqliteConnection, id: i64, password_hash: &str) -> Result<()> {
    sqlx::query!("UPDATE staff SET password_hash = ? WHERE id = ?", password_hash, id).execute(tx).await?;
    Ok(())
}
