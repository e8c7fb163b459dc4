//! Counters (窓口端末) and what reader each has.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// One counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationRow {
    /// Its number.
    pub id: i64,
    /// Its name, such as 3番窓口.
    pub name: String,
    /// `none`, `simulated` or `pcsc`.
    pub reader_kind: String,
    /// The reader's own name when it is a PC/SC reader.
    pub reader_name: Option<String>,
    /// `terminal` or `relay`.
    pub update_path: String,
}

/// All counters.
///
/// # Errors
/// When the database refuses.
pub async fn all(pool: &SqlitePool) -> Result<Vec<StationRow>> {
    Ok(sqlx::query_as!(
        StationRow,
        "SELECT id, name, reader_kind, reader_name, update_path FROM stations ORDER BY id"
    )
    .fetch_all(pool)
    .await?)
}

/// One counter.
///
/// # Errors
/// When the database refuses.
pub async fn find(pool: &SqlitePool, id: i64) -> Result<Option<StationRow>> {
    Ok(sqlx::query_as!(
        StationRow,
        "SELECT id, name, reader_kind, reader_name, update_path FROM stations WHERE id = ?",
        id
    )
    .fetch_optional(pool)
    .await?)
}

/// Adds a counter.
///
/// # Errors
/// When the name is taken or the database refuses.
pub async fn add(
    tx: &mut SqliteConnection,
    name: &str,
    reader_kind: &str,
    reader_name: Option<&str>,
    update_path: &str,
) -> Result<i64, sqlx::Error> {
    let added = sqlx::query!(
        "INSERT INTO stations (name, reader_kind, reader_name, update_path) VALUES (?, ?, ?, ?)",
        name,
        reader_kind,
        reader_name,
        update_path
    )
    .execute(tx)
    .await?;
    Ok(added.last_insert_rowid())
}

/// Gives a counter another reader or another way of writing cards.
///
/// # Errors
/// When the database refuses.
pub async fn change(
    tx: &mut SqliteConnection,
    id: i64,
    reader_kind: &str,
    reader_name: Option<&str>,
    update_path: &str,
) -> Result<()> {
    sqlx::query!(
        "UPDATE stations SET reader_kind = ?, reader_name = ?, update_path = ? WHERE id = ?",
        reader_kind,
        reader_name,
        update_path,
        id
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives a counter another name.
///
/// # Errors
/// When the name is taken or the database refuses.
pub async fn rename(tx: &mut SqliteConnection, id: i64, name: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE stations SET name = ? WHERE id = ?", name, id).execute(tx).await?;
    Ok(())
}
