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
    /// 1 while the password is one that an administrator chose.
    pub first_password: i64,
    /// The key of the second factor, sealed; none: there is no second factor.
    pub totp_secret: Option<Vec<u8>>,
}

/// All accounts, by role and login.
///
/// # Errors
/// When the database refuses.
pub async fn all(pool: &SqlitePool) -> Result<Vec<StaffRow>> {
    Ok(sqlx::query_as!(
        StaffRow,
        "SELECT id, login, name, role, password_hash, disabled_at, first_password, totp_secret FROM staff ORDER BY id"
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
        "SELECT id, login, name, role, password_hash, disabled_at, first_password, totp_secret
         FROM staff WHERE login = ?1",
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

/// The account with this number.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(pool: &SqlitePool, id: i64) -> Result<Option<StaffRow>> {
    Ok(sqlx::query_as!(
        StaffRow,
        "SELECT id, login, name, role, password_hash, disabled_at, first_password, totp_secret
         FROM staff WHERE id = ?1",
        id
    )
    .fetch_optional(pool)
    .await?)
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

/// Gives an account another password. `first`: somebody else chose it, so its owner must change it.
///
/// # Errors
/// When the database refuses.
pub async fn set_password(
    tx: &mut SqliteConnection,
    id: i64,
    password_hash: &str,
    first: bool,
) -> Result<()> {
    sqlx::query!(
        "UPDATE staff SET password_hash = ?1, first_password = ?2 WHERE id = ?3",
        password_hash,
        first,
        id
    )
    .execute(tx)
    .await?;
    Ok(())
}
