//! The files of a run for the print room.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// One file of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRow {
    /// Its number, from 1.
    pub part: i64,
    /// The first letter in it.
    pub first_number: i64,
    /// The last letter in it.
    pub last_number: i64,
    /// How many letters.
    pub letters: i64,
    /// How many pages; nothing until it is printed.
    pub pages: Option<i64>,
    /// When it was printed.
    pub printed_at: Option<String>,
}

/// Decides that these letters are a part.
///
/// # Errors
/// When the database refuses.
pub async fn add(
    tx: &mut SqliteConnection,
    run_id: i64,
    part: i64,
    (first, last): (i64, i64),
    letters: i64,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO notice_parts (run_id, part, first_number, last_number, letters) VALUES (?, ?, ?, ?, ?)",
        run_id,
        part,
        first,
        last,
        letters
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The parts of a run in order.
///
/// # Errors
/// When the database refuses.
pub async fn of_run(pool: &SqlitePool, run_id: i64) -> Result<Vec<PartRow>> {
    Ok(sqlx::query_as!(
        PartRow,
        "SELECT part, first_number, last_number, letters, pages, printed_at FROM notice_parts
         WHERE run_id = ? ORDER BY part",
        run_id
    )
    .fetch_all(pool)
    .await?)
}

/// The runs that have a part to be printed.
///
/// # Errors
/// When the database refuses.
pub async fn waiting(pool: &SqlitePool) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar!(
        "SELECT DISTINCT run_id FROM notice_parts WHERE printed_at IS NULL ORDER BY run_id"
    )
    .fetch_all(pool)
    .await?)
}

/// Notes that a part is printed, and its letters with it. False when somebody has done so already.
///
/// # Errors
/// When the database refuses.
pub async fn finish(
    tx: &mut SqliteConnection,
    run_id: i64,
    part: &PartRow,
    pages: i64,
    at: &str,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE notice_parts SET pages = ?, printed_at = ? WHERE run_id = ? AND part = ? AND printed_at IS NULL",
        pages,
        at,
        run_id,
        part.part
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE letters SET state = 'printed', printed_at = ?, version = version + 1
         WHERE state = 'drafted' AND number BETWEEN ? AND ?
           AND number IN (SELECT letter_number FROM notice_run_letters WHERE run_id = ?)",
        at,
        part.first_number,
        part.last_number,
        run_id
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
