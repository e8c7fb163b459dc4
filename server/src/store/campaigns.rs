//! Notice campaigns: what each is about, where it stands, and who brought it there.

use crate::error::Result;
use chrono::NaiveDate;
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

/// A campaign to be written down.
#[derive(Clone, Debug)]
pub struct NewCampaign<'a> {
    /// The first month, `YYYY-MM`.
    pub first_month: &'a str,
    /// The last month.
    pub last_month: &'a str,
    /// Code of whom it goes to.
    pub notices_to: &'a str,
    /// Those who have a notice get a new one.
    pub again: bool,
    /// No second person is needed.
    pub straight: bool,
    /// The day the list is made.
    pub planned_on: NaiveDate,
    /// Code of where it stands.
    pub state: &'a str,
    /// Who ordered it; nobody for the command line.
    pub planned_by: Option<i64>,
}

/// A campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignRow {
    /// Its number.
    pub id: i64,
    /// The first month, `YYYY-MM`.
    pub first_month: String,
    /// The last month.
    pub last_month: String,
    /// Code of whom it goes to.
    pub notices_to: String,
    /// Those who have a notice get a new one.
    pub again: bool,
    /// No second person is needed.
    pub straight: bool,
    /// The day the list is made.
    pub planned_on: NaiveDate,
    /// Code of where it stands.
    pub state: String,
    /// Why, where that needs words.
    pub remark: Option<String>,
    /// Who ordered it.
    pub planned_by: Option<i64>,
    /// When.
    pub planned_at: String,
    /// Whose list it is.
    pub made_by: Option<i64>,
    /// When the list was made.
    pub made_at: Option<String>,
    /// Who released it.
    pub released_by: Option<i64>,
    /// When.
    pub released_at: Option<String>,
    /// When the last file was made.
    pub printed_at: Option<String>,
    /// The day of the post.
    pub posted_on: Option<NaiveDate>,
    /// When it was over.
    pub ended_at: Option<String>,
    /// Counts its steps.
    pub version: i64,
}

/// Writes a campaign down and returns its number.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut SqliteConnection, new: &NewCampaign<'_>, at: &str) -> Result<i64> {
    let added = sqlx::query!(
        "INSERT INTO campaigns (first_month, last_month, notices_to, again, straight, planned_on, state, planned_by, planned_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        new.first_month,
        new.last_month,
        new.notices_to,
        new.again,
        new.straight,
        new.planned_on,
        new.state,
        new.planned_by,
        at
    )
    .execute(tx)
    .await?;
    Ok(added.last_insert_rowid())
}

/// One campaign.
///
/// # Errors
/// When the database refuses.
pub async fn find(db: impl SqliteExecutor<'_>, id: i64) -> Result<Option<CampaignRow>> {
    Ok(sqlx::query_as!(
        CampaignRow,
        r#"SELECT id, first_month, last_month, notices_to, again AS "again: bool", straight AS "straight: bool",
                  planned_on AS "planned_on: NaiveDate", state, remark, planned_by, planned_at, made_by, made_at,
                  released_by, released_at, printed_at, posted_on AS "posted_on: NaiveDate", ended_at, version
           FROM campaigns WHERE id = ?1"#,
        id
    )
    .fetch_optional(db)
    .await?)
}

/// The newest campaigns.
///
/// # Errors
/// When the database refuses.
pub async fn newest(pool: &SqlitePool, many: i64) -> Result<Vec<CampaignRow>> {
    Ok(sqlx::query_as!(
        CampaignRow,
        r#"SELECT id, first_month, last_month, notices_to, again AS "again: bool", straight AS "straight: bool",
                  planned_on AS "planned_on: NaiveDate", state, remark, planned_by, planned_at, made_by, made_at,
                  released_by, released_at, printed_at, posted_on AS "posted_on: NaiveDate", ended_at, version
           FROM campaigns ORDER BY id DESC LIMIT ?1"#,
        many
    )
    .fetch_all(pool)
    .await?)
}

/// The numbers of the campaigns that aren't over, with the code of where each stands and the day it is planned for.
///
/// # Errors
/// When the database refuses.
pub async fn living(db: impl SqliteExecutor<'_>) -> Result<Vec<(i64, String, NaiveDate)>> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id!", state, planned_on AS "planned_on: NaiveDate" FROM campaigns
           WHERE state NOT IN ('ended', 'cancelled') ORDER BY id"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.state, row.planned_on)).collect())
}

/// How many campaigns wait for a release or for the post.
///
/// # Errors
/// When the database refuses.
pub async fn waiting(pool: &SqlitePool) -> Result<u32> {
    let waiting =
        sqlx::query_scalar!("SELECT count(*) FROM campaigns WHERE state IN ('awaiting_release', 'printed')")
            .fetch_one(pool)
            .await?;
    Ok(u32::try_from(waiting).unwrap_or(u32::MAX))
}

/// One step of a campaign. What isn't set stays as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step<'a> {
    /// Code of where it stands then.
    pub state: &'a str,
    /// Why, where that needs words.
    pub remark: Option<&'a str>,
    /// Whose list it is from now on, and when it was begun.
    pub made: Option<(Option<i64>, &'a str)>,
    /// Who released it and when.
    pub released: Option<(Option<i64>, &'a str)>,
    /// When its files were there.
    pub printed_at: Option<&'a str>,
    /// The day of the post.
    pub posted_on: Option<NaiveDate>,
    /// When it was over.
    pub ended_at: Option<&'a str>,
}

/// Takes a campaign a step on from the version that was seen. False when somebody was quicker.
///
/// # Errors
/// When the database refuses.
pub async fn advance(tx: &mut SqliteConnection, id: i64, version: i64, step: Step<'_>) -> Result<bool> {
    let (made_by, made_at) = step.made.map_or((None, None), |(by, at)| (by, Some(at)));
    let (released_by, released_at) = step.released.map_or((None, None), |(by, at)| (by, Some(at)));
    let done = sqlx::query!(
        "UPDATE campaigns
         SET state = ?3, remark = coalesce(?4, remark),
             made_by = CASE WHEN ?6 IS NULL THEN made_by ELSE ?5 END, made_at = coalesce(?6, made_at),
             released_by = CASE WHEN ?8 IS NULL THEN released_by ELSE ?7 END, released_at = coalesce(?8, released_at),
             printed_at = coalesce(?9, printed_at), posted_on = coalesce(?10, posted_on),
             ended_at = coalesce(?11, ended_at), version = version + 1
         WHERE id = ?1 AND version = ?2",
        id,
        version,
        step.state,
        step.remark,
        made_by,
        made_at,
        released_by,
        released_at,
        step.printed_at,
        step.posted_on,
        step.ended_at
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() == 1)
}
