//! Letters, and what becomes of notices.

use crate::error::Result;
use chrono::NaiveDate;
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

/// A letter to be written down.
#[derive(Clone, Debug)]
pub struct NewNotice<'a> {
    /// 文書番号.
    pub number: i64,
    /// The campaign it belongs to.
    pub campaign_id: i64,
    /// To whom.
    pub resident_number: &'a str,
    /// The first month it is about, `YYYY-MM`.
    pub expiring: &'a str,
    /// The last month it is about, where that is another.
    pub expiring_last: Option<&'a str>,
    /// All that the sheet says, JSON.
    pub content: &'a str,
    /// What its QR code says.
    pub token: &'a str,
    /// It is on paper already; otherwise that is noted when its part is printed.
    pub printed: bool,
}

/// Writes a notice down.
///
/// # Errors
/// When the person has a living notice for that month, or the database refuses.
pub async fn add_notice(
    tx: &mut SqliteConnection,
    letter: &NewNotice<'_>,
    at: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO letters (number, kind, resident_number, state, expiring, expiring_last, content, token, made_at,
                              printed_at, campaign_id)
         VALUES (?1, 'notice', ?2, CASE WHEN ?8 THEN 'printed' ELSE 'drafted' END, ?3, ?4, ?5, ?6, ?7,
                 CASE WHEN ?8 THEN ?7 END, ?9)",
        letter.number,
        letter.resident_number,
        letter.expiring,
        letter.expiring_last,
        letter.content,
        letter.token,
        at,
        letter.printed,
        letter.campaign_id
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A person's living notices about any of the months from `first` to `last`.
///
/// # Errors
/// When the database refuses.
pub async fn living_notices(
    tx: &mut SqliteConnection,
    resident_number: &str,
    first: &str,
    last: &str,
) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar!(
        "SELECT number FROM letters
         WHERE kind = 'notice' AND resident_number = ?1 AND state <> 'voided'
           AND expiring <= ?3 AND coalesce(expiring_last, expiring) >= ?2 ORDER BY number",
        resident_number,
        first,
        last
    )
    .fetch_all(tx)
    .await?)
}

/// Voids a notice. False when it is void already.
///
/// # Errors
/// When the database refuses.
pub async fn void_notice(tx: &mut SqliteConnection, number: i64, on: NaiveDate, why: &str) -> Result<bool> {
    let done = sqlx::query!(
        "UPDATE letters SET state = 'voided', ended_on = ?2, ended_reason = ?3, version = version + 1
         WHERE number = ?1 AND kind = 'notice' AND state <> 'voided'",
        number,
        on,
        why
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Voids what a campaign hasn't posted: its letters in the states asked for.
///
/// # Errors
/// When the database refuses.
pub async fn void_unposted(
    tx: &mut SqliteConnection,
    campaign_id: i64,
    printed_too: bool,
    on: NaiveDate,
    why: &str,
) -> Result<()> {
    sqlx::query!(
        "UPDATE letters SET state = 'voided', ended_on = ?3, ended_reason = ?4, version = version + 1
         WHERE campaign_id = ?1 AND (state = 'drafted' OR (?2 AND state = 'printed'))",
        campaign_id,
        printed_too,
        on,
        why
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that these letters of a campaign are on paper.
///
/// # Errors
/// When the database refuses.
pub async fn note_printed(tx: &mut SqliteConnection, numbers: &[i64], at: &str) -> Result<()> {
    let numbers = serde_json::to_string(numbers)?;
    sqlx::query!(
        "UPDATE letters SET state = 'printed', printed_at = ?2, version = version + 1
         WHERE state = 'drafted' AND number IN (SELECT value FROM json_each(?1))",
        numbers,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Hands what a campaign has on paper to the post.
///
/// # Errors
/// When the database refuses.
pub async fn post_notices(tx: &mut SqliteConnection, campaign_id: i64, on: NaiveDate) -> Result<()> {
    sqlx::query!(
        "UPDATE letters SET state = 'posted', posted_on = ?2, version = version + 1
         WHERE campaign_id = ?1 AND state = 'printed'",
        campaign_id,
        on
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that a notice came back; one that is void meanwhile stays void.
///
/// # Errors
/// When the database refuses.
pub async fn note_returned(tx: &mut SqliteConnection, number: i64, on: NaiveDate, why: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE letters SET state = 'returned', ended_on = ?2, ended_reason = ?3, version = version + 1
         WHERE number = ?1 AND state IN ('posted', 'returned')",
        number,
        on,
        why
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What a letter of a campaign says, and whether it still counts.
#[derive(Clone, Debug)]
pub struct CampaignLetter {
    /// 文書番号.
    pub number: i64,
    /// To whom.
    pub resident_number: String,
    /// All that the sheet says, JSON.
    pub content: String,
    /// The code of its state.
    pub state: String,
    /// True when the person has come under support measures, has died or has left since.
    pub not_to_be_sent: bool,
}

/// Those letters of a campaign whose numbers lie between two, both included, in the order they are printed.
///
/// # Errors
/// When the database refuses.
pub async fn between(
    db: impl SqliteExecutor<'_>,
    campaign_id: i64,
    (first, last): (i64, i64),
) -> Result<Vec<CampaignLetter>> {
    Ok(sqlx::query_as!(
        CampaignLetter,
        r#"SELECT letters.number, letters.resident_number, content, state,
                  (residents.suppressed = 1 OR residents.status <> 'resident') AS "not_to_be_sent!: bool"
           FROM letters JOIN residents ON residents.resident_number = letters.resident_number
           WHERE campaign_id = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY letters.number"#,
        campaign_id,
        first,
        last
    )
    .fetch_all(db)
    .await?)
}

/// The numbers of a campaign's letters that aren't on paper and in no file yet.
///
/// # Errors
/// When the database refuses.
pub async fn without_part(tx: &mut SqliteConnection, campaign_id: i64) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT number AS "number!" FROM letters
         WHERE campaign_id = ?1 AND state = 'drafted'
           AND number > coalesce((SELECT max(last_number) FROM campaign_parts WHERE campaign_id = ?1), 0)
         ORDER BY number"#,
        campaign_id
    )
    .fetch_all(tx)
    .await?)
}

/// A letter as a person's page lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// 文書番号.
    pub number: i64,
    /// The code of its kind.
    pub kind: String,
    /// The code of its state.
    pub state: String,
    /// The month it is about.
    pub expiring: Option<String>,
    /// When it was made.
    pub made_at: String,
    /// The day of the post.
    pub posted_on: Option<NaiveDate>,
    /// The day it came back, was replied to, lapsed or was voided.
    pub ended_on: Option<NaiveDate>,
    /// Why, in words.
    pub ended_reason: Option<String>,
    /// The campaign of a notice.
    pub campaign_id: Option<i64>,
}

/// The letters to one person, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_resident(pool: &SqlitePool, resident_number: &str) -> Result<Vec<LetterRow>> {
    Ok(sqlx::query_as!(
        LetterRow,
        r#"SELECT number, kind, state, expiring, made_at, posted_on AS "posted_on: NaiveDate",
                  ended_on AS "ended_on: NaiveDate", ended_reason, campaign_id
           FROM letters WHERE resident_number = ?1 ORDER BY number DESC"#,
        resident_number
    )
    .fetch_all(pool)
    .await?)
}

/// The last number that the letters' counter gave out; 0 before the first.
///
/// # Errors
/// When the database refuses.
pub async fn last_number(connection: &mut SqliteConnection) -> Result<i64> {
    let value = sqlx::query_scalar!("SELECT value FROM counters WHERE name = 'letter'")
        .fetch_optional(connection)
        .await?;
    Ok(value.unwrap_or(0))
}

/// Where a scanned code or a typed number leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLetter {
    /// 文書番号.
    pub number: i64,
    /// The code of its kind.
    pub kind: String,
    /// The code of its state.
    pub state: String,
    /// The day of the post.
    pub posted_on: Option<NaiveDate>,
    /// The campaign of a notice.
    pub campaign_id: Option<i64>,
    /// To whom the letter went.
    pub resident_number: String,
    /// The case it belongs to.
    pub reception_number: Option<String>,
}

/// The letter with this code, or with this 文書番号.
///
/// # Errors
/// When the database refuses.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    token: Option<&str>,
    number: Option<i64>,
) -> Result<Option<FoundLetter>> {
    Ok(sqlx::query_as!(
        FoundLetter,
        r#"SELECT letters.number, letters.kind, letters.state, posted_on AS "posted_on: NaiveDate", campaign_id,
                  letters.resident_number, cases.reception_number AS "reception_number?"
           FROM letters LEFT JOIN cases ON cases.id = letters.case_id WHERE token = ?1 OR number = ?2"#,
        token,
        number
    )
    .fetch_optional(db)
    .await?)
}
