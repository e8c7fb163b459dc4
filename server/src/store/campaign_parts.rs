//! The files of a campaign for the print room.

use crate::error::Result;
use sqlx::{SqliteConnection, SqliteExecutor};

/// One file of a campaign.
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
    campaign_id: i64,
    part: i64,
    (first, last): (i64, i64),
    letters: i64,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO campaign_parts (campaign_id, part, first_number, last_number, letters) VALUES (?1, ?2, ?3, ?4, ?5)",
        campaign_id,
        part,
        first,
        last,
        letters
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The parts of a campaign in order.
///
/// # Errors
/// When the database refuses.
pub async fn of_campaign(db: impl SqliteExecutor<'_>, campaign_id: i64) -> Result<Vec<PartRow>> {
    Ok(sqlx::query_as!(
        PartRow,
        "SELECT part, first_number, last_number, letters, pages, printed_at FROM campaign_parts
         WHERE campaign_id = ?1 ORDER BY part",
        campaign_id
    )
    .fetch_all(db)
    .await?)
}

/// Notes that a part is printed. False when somebody has done so already.
///
/// # Errors
/// When the database refuses.
pub async fn finish(
    tx: &mut SqliteConnection,
    campaign_id: i64,
    part: i64,
    pages: i64,
    at: &str,
) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE campaign_parts SET pages = ?1, printed_at = ?2 WHERE campaign_id = ?3 AND part = ?4 AND printed_at IS NULL",
        pages,
        at,
        campaign_id,
        part
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the parts away that aren't printed: the campaign was given up.
///
/// # Errors
/// When the database refuses.
pub async fn give_up(tx: &mut SqliteConnection, campaign_id: i64) -> Result<()> {
    sqlx::query!("DELETE FROM campaign_parts WHERE campaign_id = ?1 AND printed_at IS NULL", campaign_id)
        .execute(tx)
        .await?;
    Ok(())
}
