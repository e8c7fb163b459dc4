//! The people of a campaign: everybody it looked at is here once, in one state.

use crate::error::Result;
use serde::Serialize;
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

/// Somebody to be written down.
#[derive(Clone, Debug, Serialize)]
pub struct NewTarget<'a> {
    /// 宛名番号.
    pub resident: &'a str,
    /// Code of where they stand.
    pub state: &'a str,
    /// Code of why, where they are excluded.
    pub reason: Option<&'a str>,
    /// Where they come in post order.
    pub place: Option<i64>,
    /// Their letter, where there is one.
    pub letter: Option<i64>,
}

/// Writes people down in one go.
///
/// # Errors
/// When somebody is in the campaign already, or the database refuses.
pub async fn add(
    tx: &mut SqliteConnection,
    campaign_id: i64,
    targets: &[NewTarget<'_>],
    at: &str,
) -> Result<()> {
    let targets = serde_json::to_string(targets)?;
    sqlx::query!(
        "INSERT INTO campaign_targets (campaign_id, resident_number, state, reason, place, letter_number, changed_at)
         SELECT ?1, value ->> 'resident', value ->> 'state', value ->> 'reason', value ->> 'place', value ->> 'letter', ?3
         FROM json_each(?2)",
        campaign_id,
        targets,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets up to `many` people of a list that is made anew; returns how many there were.
///
/// # Errors
/// When the database refuses.
pub async fn clear(tx: &mut SqliteConnection, campaign_id: i64, many: i64) -> Result<u64> {
    let gone = sqlx::query!(
        "DELETE FROM campaign_targets WHERE campaign_id = ?1 AND resident_number IN
             (SELECT resident_number FROM campaign_targets WHERE campaign_id = ?1 LIMIT ?2)",
        campaign_id,
        many
    )
    .execute(tx)
    .await?;
    Ok(gone.rows_affected())
}

/// The next people who have no letter yet, in post order.
///
/// # Errors
/// When the database refuses.
pub async fn without_letter(tx: &mut SqliteConnection, campaign_id: i64, many: i64) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "SELECT resident_number FROM campaign_targets
         WHERE campaign_id = ?1 AND state = 'open' AND letter_number IS NULL ORDER BY place LIMIT ?2",
        campaign_id,
        many
    )
    .fetch_all(tx)
    .await?)
}

/// Notes a person's letter, which is about to be printed: their first one, or one made anew.
///
/// # Errors
/// When the database refuses.
pub async fn give_letter(
    tx: &mut SqliteConnection,
    campaign_id: i64,
    resident_number: &str,
    letter: i64,
    at: &str,
) -> Result<()> {
    sqlx::query!(
        "UPDATE campaign_targets SET state = 'open', reason = NULL, note = NULL, letter_number = ?3, changed_at = ?4
         WHERE campaign_id = ?1 AND resident_number = ?2",
        campaign_id,
        resident_number,
        letter,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Leaves a person out, with the code of the reason.
///
/// # Errors
/// When the database refuses.
pub async fn exclude(
    tx: &mut SqliteConnection,
    campaign_id: i64,
    resident_number: &str,
    reason: &str,
    at: &str,
) -> Result<()> {
    sqlx::query!(
        "UPDATE campaign_targets SET state = 'excluded', reason = ?3, note = NULL, changed_at = ?4
         WHERE campaign_id = ?1 AND resident_number = ?2",
        campaign_id,
        resident_number,
        reason,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Leaves the person of a letter out, with the code of the reason: the letter is void.
///
/// # Errors
/// When the database refuses.
pub async fn exclude_letter(tx: &mut SqliteConnection, letter: i64, reason: &str, at: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE campaign_targets SET state = 'excluded', reason = ?2, note = NULL, changed_at = ?3 WHERE letter_number = ?1",
        letter,
        reason,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Leaves everybody out who hasn't been printed for, and those on paper where that is asked for.
///
/// # Errors
/// When the database refuses.
pub async fn exclude_unposted(
    tx: &mut SqliteConnection,
    campaign_id: i64,
    printed_too: bool,
    reason: &str,
    at: &str,
) -> Result<()> {
    sqlx::query!(
        "UPDATE campaign_targets SET state = 'excluded', reason = ?3, note = NULL, changed_at = ?4
         WHERE campaign_id = ?1 AND (state = 'open' OR (?2 AND state = 'printed'))",
        campaign_id,
        printed_too,
        reason,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that these letters are on paper.
///
/// # Errors
/// When the database refuses.
pub async fn note_printed(
    tx: &mut SqliteConnection,
    campaign_id: i64,
    letters: &[i64],
    at: &str,
) -> Result<()> {
    let letters = serde_json::to_string(letters)?;
    sqlx::query!(
        "UPDATE campaign_targets SET state = 'printed', changed_at = ?3
         WHERE campaign_id = ?1 AND state = 'open' AND letter_number IN (SELECT value FROM json_each(?2))",
        campaign_id,
        letters,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Hands everything on paper to the post.
///
/// # Errors
/// When the database refuses.
pub async fn note_posted(tx: &mut SqliteConnection, campaign_id: i64, at: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE campaign_targets SET state = 'posted', changed_at = ?2 WHERE campaign_id = ?1 AND state = 'printed'",
        campaign_id,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that a letter came back.
///
/// # Errors
/// When the database refuses.
pub async fn note_returned(tx: &mut SqliteConnection, letter: i64, at: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE campaign_targets SET state = 'returned', changed_at = ?2 WHERE letter_number = ?1 AND state = 'posted'",
        letter,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes what the register said about somebody whose letter is at the post.
///
/// # Errors
/// When the database refuses.
pub async fn note(
    tx: &mut SqliteConnection,
    campaign_id: i64,
    resident_number: &str,
    note: &str,
    at: &str,
) -> Result<()> {
    sqlx::query!(
        "UPDATE campaign_targets SET note = ?3, changed_at = ?4 WHERE campaign_id = ?1 AND resident_number = ?2",
        campaign_id,
        resident_number,
        note,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// How many people stand in a state, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateCount {
    /// Code of the state.
    pub state: String,
    /// Code of the reason of those excluded.
    pub reason: Option<String>,
    /// They have a letter.
    pub lettered: bool,
    /// So many.
    pub people: i64,
}

/// Everybody of a campaign, counted.
///
/// # Errors
/// When the database refuses.
pub async fn counts(db: impl SqliteExecutor<'_>, campaign_id: i64) -> Result<Vec<StateCount>> {
    Ok(sqlx::query_as!(
        StateCount,
        r#"SELECT state, reason, letter_number IS NOT NULL AS "lettered!: bool", count(*) AS "people!: i64"
           FROM campaign_targets WHERE campaign_id = ?1 GROUP BY 1, 2, 3"#,
        campaign_id
    )
    .fetch_all(db)
    .await?)
}

/// Somebody as the lists show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTarget {
    /// 宛名番号.
    pub resident_number: String,
    /// The name as registered.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// Seven digits.
    pub postal_code: String,
    /// The address.
    pub address: String,
    /// 方書.
    pub building: Option<String>,
    /// 支援措置.
    pub suppressed: bool,
    /// Code of where they stand.
    pub state: String,
    /// Code of why, where they are excluded.
    pub reason: Option<String>,
    /// The newest letter.
    pub letter_number: Option<i64>,
    /// What the register said after it was posted.
    pub note: Option<String>,
    /// Why the letter came back or was voided, in words.
    pub ended_reason: Option<String>,
}

/// One page of the people in a state.
///
/// # Errors
/// When the database refuses.
pub async fn page(
    pool: &SqlitePool,
    campaign_id: i64,
    state: &str,
    skip: i64,
    many: i64,
) -> Result<Vec<ListedTarget>> {
    Ok(sqlx::query_as!(
        ListedTarget,
        r#"SELECT campaign_targets.resident_number, residents.name, residents.kana, residents.postal_code,
                  residents.address, residents.building, residents.suppressed AS "suppressed: bool",
                  campaign_targets.state, reason, letter_number, note, letters.ended_reason AS "ended_reason?"
           FROM campaign_targets
           JOIN residents ON residents.resident_number = campaign_targets.resident_number
           LEFT JOIN letters ON letters.number = campaign_targets.letter_number
           WHERE campaign_targets.campaign_id = ?1 AND campaign_targets.state = ?2
           ORDER BY place IS NULL, place, campaign_targets.resident_number LIMIT ?3 OFFSET ?4"#,
        campaign_id,
        state,
        many,
        skip
    )
    .fetch_all(pool)
    .await?)
}

/// Where somebody stands in a campaign that isn't over, and whether the letter still says who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedTarget {
    /// 宛名番号.
    pub resident_number: String,
    /// Code of where they stand.
    pub state: String,
    /// The newest letter.
    pub letter_number: Option<i64>,
    /// It has another name or address than the register.
    pub differs: bool,
}

/// The people of a campaign whom a change of the register still concerns, or one of them.
///
/// # Errors
/// When the database refuses.
pub async fn watched(
    connection: &mut SqliteConnection,
    campaign_id: i64,
    resident_number: Option<&str>,
) -> Result<Vec<WatchedTarget>> {
    Ok(sqlx::query_as!(
        WatchedTarget,
        r#"SELECT campaign_targets.resident_number, campaign_targets.state, letter_number,
                  (letters.number IS NOT NULL AND
                      (json_extract(content, '$.addressee.name') IS NOT residents.name
                       OR json_extract(content, '$.addressee.postal_code') IS NOT residents.postal_code
                       OR json_extract(content, '$.addressee.address') IS NOT residents.address
                       OR coalesce(json_extract(content, '$.addressee.building'), '')
                          <> coalesce(residents.building, ''))) AS "differs!: bool"
           FROM campaign_targets
           JOIN residents ON residents.resident_number = campaign_targets.resident_number
           LEFT JOIN letters ON letters.number = campaign_targets.letter_number
           WHERE campaign_targets.campaign_id = ?1
             AND (?2 IS NULL OR campaign_targets.resident_number = ?2)
             AND (campaign_targets.state IN ('open', 'printed') OR (campaign_targets.state = 'posted' AND note IS NULL))
           ORDER BY campaign_targets.resident_number"#,
        campaign_id,
        resident_number
    )
    .fetch_all(connection)
    .await?)
}

/// The living campaigns that somebody is in.
///
/// # Errors
/// When the database refuses.
pub async fn campaigns_of(tx: &mut SqliteConnection, resident_number: &str) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT campaign_id AS "campaign_id!" FROM campaign_targets JOIN campaigns ON campaigns.id = campaign_id
           WHERE resident_number = ?1 AND campaigns.state NOT IN ('ended', 'cancelled')"#,
        resident_number
    )
    .fetch_all(tx)
    .await?)
}

/// A letter of a campaign with where its person stands; nothing when it isn't the newest one there.
///
/// # Errors
/// When the database refuses.
pub async fn by_letter(
    tx: &mut SqliteConnection,
    campaign_id: i64,
    letter: i64,
) -> Result<Option<(String, String)>> {
    let row = sqlx::query!(
        "SELECT resident_number, state FROM campaign_targets WHERE campaign_id = ?1 AND letter_number = ?2",
        campaign_id,
        letter
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.resident_number, row.state)))
}
