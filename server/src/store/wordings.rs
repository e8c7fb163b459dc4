//! Versions of the words of each paper.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordingRow {
    /// Its identifier, made from its content.
    pub id: String,
    /// The paper's code.
    pub paper: String,
    /// The whole text.
    pub text: String,
    /// The name of who saved it; none for what came with the program or as a file.
    pub made_by: Option<String>,
    /// When it was last put in force.
    pub made_at: String,
}

/// All versions, the oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn all(pool: &SqlitePool) -> Result<Vec<WordingRow>> {
    Ok(sqlx::query_as!(
        WordingRow,
        r#"SELECT wordings.id, paper, text, staff.name AS "made_by?", made_at
           FROM wordings LEFT JOIN staff ON staff.id = wordings.made_by ORDER BY made_at, wordings.id"#
    )
    .fetch_all(pool)
    .await?)
}

/// Keeps a version that is used; one that is there already stays as it is.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &mut SqliteConnection, id: &str, paper: &str, text: &str, at: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO wordings (id, paper, text, made_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        id,
        paper,
        text,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps a version that somebody puts in force now.
///
/// # Errors
/// When the database refuses.
pub async fn put_in_force(
    tx: &mut SqliteConnection,
    row: (&str, &str, &str),
    by: i64,
    at: &str,
) -> Result<()> {
    let (id, paper, text) = row;
    sqlx::query!(
        "INSERT INTO wordings (id, paper, text, made_by, made_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET made_by = ?4, made_at = ?5",
        id,
        paper,
        text,
        by,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}
