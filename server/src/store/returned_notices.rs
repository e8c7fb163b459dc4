//! Notices that the post brought back.

use crate::error::Result;
use chrono::NaiveDate;
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

/// Why a notice came back, if it is known to have done so: code and day.
///
/// # Errors
/// When the database refuses.
pub async fn find(db: impl SqliteExecutor<'_>, letter: i64) -> Result<Option<(String, NaiveDate)>> {
    let row = sqlx::query!(
        r#"SELECT reason, returned_on AS "returned_on: NaiveDate" FROM returned_notices WHERE letter_number = ?1"#,
        letter
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.reason, row.returned_on)))
}

/// Notes that a notice came back; scanned once more, only the reason changes.
///
/// # Errors
/// When the database refuses.
pub async fn note(
    tx: &mut SqliteConnection,
    letter: i64,
    reason: &str,
    on: NaiveDate,
    staff_id: i64,
    at: &str,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO returned_notices (letter_number, reason, returned_on, noted_by, noted_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (letter_number) DO UPDATE SET reason = ?2, noted_by = ?4, noted_at = ?5",
        letter,
        reason,
        on,
        staff_id,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A returned notice as the report lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedRow {
    /// 文書番号.
    pub number: i64,
    /// The code of the letter's state now.
    pub state: String,
    /// The campaign.
    pub campaign_id: Option<i64>,
    /// 宛名番号.
    pub resident_number: String,
    /// The name as registered now.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// The address on the letter.
    pub sent_to: Option<String>,
    /// 支援措置.
    pub suppressed: bool,
    /// The day of the post.
    pub posted_on: Option<NaiveDate>,
    /// The day it came back.
    pub returned_on: NaiveDate,
    /// Code of why.
    pub reason: String,
    /// Who noted it.
    pub noted_by: String,
}

/// What came back from `from` to `until`, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn between(
    pool: &SqlitePool,
    from: NaiveDate,
    until: NaiveDate,
    many: i64,
) -> Result<Vec<ReturnedRow>> {
    Ok(sqlx::query_as!(
        ReturnedRow,
        r#"SELECT letters.number, letters.state, campaign_id, letters.resident_number, residents.name, residents.kana,
                  json_extract(content, '$.addressee.address') AS "sent_to: String",
                  residents.suppressed AS "suppressed: bool", posted_on AS "posted_on: NaiveDate",
                  returned_on AS "returned_on: NaiveDate", reason, staff.name AS noted_by
           FROM returned_notices
           JOIN letters ON letters.number = letter_number
           JOIN residents ON residents.resident_number = letters.resident_number
           JOIN staff ON staff.id = noted_by
           WHERE returned_on BETWEEN ?1 AND ?2 ORDER BY noted_at DESC, letters.number DESC LIMIT ?3"#,
        from,
        until,
        many
    )
    .fetch_all(pool)
    .await?)
}
