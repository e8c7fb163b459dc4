//! Files that were taken in, and when.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// One file that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its number.
    pub id: i64,
    /// `residents` or `cards`.
    pub kind: String,
    /// The file's name as it came.
    pub file_name: String,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub file_sha256: String,
    /// The name of who took it; none for the command line.
    pub taken_by: Option<String>,
    /// When.
    pub taken_at: String,
    /// Rows that are new.
    pub added: i64,
    /// Rows that changed something.
    pub changed: i64,
    /// Rows that said what was known.
    pub unchanged: i64,
    /// Rows that were refused.
    pub refused: i64,
}

/// A file to be noted; the id and the name of the taker are the database's.
#[derive(Clone, Debug)]
pub struct NewImport<'a> {
    /// `residents` or `cards`.
    pub kind: &'a str,
    /// The file's name as it came.
    pub file_name: &'a str,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub file_sha256: &'a str,
    /// Who took it; none for the command line.
    pub taken_by: Option<i64>,
    /// When.
    pub taken_at: &'a str,
    /// Added, changed, unchanged, refused.
    pub counts: [i64; 4],
}

/// Notes that a file was taken.
///
/// # Errors
/// When the database refuses.
pub async fn note(tx: &mut SqliteConnection, new: &NewImport<'_>) -> Result<i64> {
    let [added, changed, unchanged, refused] = new.counts;
    let noted = sqlx::query!(
        "INSERT INTO imports (kind, file_name, file_sha256, taken_by, taken_at, added, changed, unchanged, refused)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new.kind,
        new.file_name,
        new.file_sha256,
        new.taken_by,
        new.taken_at,
        added,
        changed,
        unchanged,
        refused
    )
    .execute(tx)
    .await?;
    Ok(noted.last_insert_rowid())
}

/// The newest files, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn newest(pool: &SqlitePool, many: i64) -> Result<Vec<ImportRow>> {
    Ok(sqlx::query_as!(
        ImportRow,
        r#"SELECT imports.id AS "id!", kind, file_name, file_sha256, staff.name AS "taken_by?", taken_at, added, changed,
                  unchanged, refused
           FROM imports LEFT JOIN staff ON staff.id = taken_by ORDER BY imports.id DESC LIMIT ?"#,
        many
    )
    .fetch_all(pool)
    .await?)
}

/// Gives the writing connection a large cache: the index of search keys is written in no order, and pages that don't fit
/// would go to the disk many times.
///
/// # Errors
/// When the database refuses.
pub async fn make_room(tx: &mut SqliteConnection) -> Result<()> {
    sqlx::query("PRAGMA cache_size = -393216").execute(tx).await?;
    Ok(())
}

/// Takes the large cache back.
///
/// # Errors
/// When the database refuses.
pub async fn give_room_back(tx: &mut SqliteConnection) -> Result<()> {
    sqlx::query("PRAGMA cache_size = -8192").execute(tx).await?;
    Ok(())
}
