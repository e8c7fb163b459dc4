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
    sqlx::query!("UPDATE staff SET failed_logins = 0, locked_until = NULL WHERE id = ?", id).execute(tx).await?;
    Ok(())
}
