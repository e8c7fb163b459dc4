//! Cases (受付). A case is only ever changed by [`advance`], which names the version it read.

use crate::error::Result;
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

/// One case as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Its number inside the database.
    pub id: i64,
    /// Its number for people: R8-000123.
    pub reception_number: String,
    /// 宛名番号 of the person it is about.
    pub resident_number: String,
    /// The card it is about.
    pub card_number: Option<String>,
    /// `rules::procedure::Procedure` code.
    pub procedure: String,
    /// Code of who came to the counter.
    pub applicant: String,
    /// `rules::case_states::CaseState` code.
    pub state: String,
    /// Why it is in this state, where the state needs words.
    pub state_reason: Option<String>,
    /// The counter where it was last worked on.
    pub station_id: Option<i64>,
    /// Who opened it.
    pub opened_by: i64,
    /// When.
    pub opened_at: String,
    /// When it was closed.
    pub closed_at: Option<String>,
    /// What the procedure has gathered so far, JSON.
    pub facts: String,
    /// Rises with each change.
    pub version: i64,
}

/// A case to be opened.
#[derive(Clone, Copy, Debug)]
pub struct NewCase<'a> {
    /// R8-000123.
    pub reception_number: &'a str,
    /// 宛名番号.
    pub resident_number: &'a str,
    /// The card, where there is one.
    pub card_number: Option<&'a str>,
    /// Procedure code.
    pub procedure: &'a str,
    /// Applicant code.
    pub applicant: &'a str,
    /// First state's code.
    pub state: &'a str,
    /// The counter.
    pub station_id: Option<i64>,
    /// Who opens it.
    pub opened_by: i64,
    /// When.
    pub opened_at: &'a str,
    /// What is known already, JSON.
    pub facts: &'a str,
}

/// What a step changes.
#[derive(Clone, Copy, Debug)]
pub struct Advance<'a> {
    /// The state's code from now on.
    pub state: &'a str,
    /// Why, where the state needs words.
    pub reason: Option<&'a str>,
    /// All facts, JSON.
    pub facts: &'a str,
    /// The counter.
    pub station_id: Option<i64>,
    /// When the case is over.
    pub closed_at: Option<&'a str>,
}

/// Opens a case.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut SqliteConnection, case: NewCase<'_>) -> Result<i64> {
    let added = sqlx::query!(
        "INSERT INTO cases (reception_number, resident_number, card_number, procedure, applicant, state, station_id,
                            opened_by, opened_at, facts)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        case.reception_number,
        case.resident_number,
        case.card_number,
        case.procedure,
        case.applicant,
        case.state,
        case.station_id,
        case.opened_by,
        case.opened_at,
        case.facts
    )
    .execute(tx)
    .await?;
    Ok(added.last_insert_rowid())
}

/// Takes a case a step on, if it still has the version that was read; `false` when somebody was quicker.
///
/// # Errors
/// When the database refuses.
pub async fn advance(tx: &mut SqliteConnection, id: i64, version: i64, step: Advance<'_>) -> Result<bool> {
    let changed = sqlx::query!(
        "UPDATE cases SET state = ?, state_reason = ?, facts = ?, station_id = coalesce(?, station_id), closed_at = ?,
                          version = version + 1
         WHERE id = ? AND version = ?",
        step.state,
        step.reason,
        step.facts,
        step.station_id,
        step.closed_at,
        id,
        version
    )
    .execute(tx)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// The case with this reception number.
///
/// # Errors
/// When the database refuses.
pub async fn by_reception(db: impl SqliteExecutor<'_>, reception_number: &str) -> Result<Option<CaseRow>> {
    Ok(sqlx::query_as!(
        CaseRow,
        r#"SELECT id AS "id!", reception_number, resident_number, card_number, procedure, applicant, state,
                  state_reason, station_id, opened_by, opened_at, closed_at, facts, version
           FROM cases WHERE reception_number = ?"#,
        reception_number
    )
    .fetch_optional(db)
    .await?)
}

/// The case with this number.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: impl SqliteExecutor<'_>, id: i64) -> Result<Option<CaseRow>> {
    Ok(sqlx::query_as!(
        CaseRow,
        "SELECT id, reception_number, resident_number, card_number, procedure, applicant, state,
                state_reason, station_id, opened_by, opened_at, closed_at, facts, version
         FROM cases WHERE id = ?",
        id
    )
    .fetch_optional(db)
    .await?)
}

/// The open case of a person, if there is one: the newest.
///
/// # Errors
/// When the database refuses.
pub async fn open_for_resident(
    db: impl SqliteExecutor<'_>,
    resident_number: &str,
) -> Result<Option<CaseRow>> {
    Ok(sqlx::query_as!(
        CaseRow,
        r#"SELECT id AS "id!", reception_number, resident_number, card_number, procedure, applicant, state,
                  state_reason, station_id, opened_by, opened_at, closed_at, facts, version
           FROM cases WHERE resident_number = ? AND closed_at IS NULL ORDER BY id DESC LIMIT 1"#,
        resident_number
    )
    .fetch_optional(db)
    .await?)
}

/// The reception numbers of all cases that aren't closed, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn open_receptions(db: impl SqliteExecutor<'_>) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!("SELECT reception_number FROM cases WHERE closed_at IS NULL ORDER BY id")
        .fetch_all(db)
        .await?)
}

/// The cases of one person, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_resident(pool: &SqlitePool, resident_number: &str) -> Result<Vec<CaseRow>> {
    Ok(sqlx::query_as!(
        CaseRow,
        r#"SELECT id AS "id!", reception_number, resident_number, card_number, procedure, applicant, state,
                  state_reason, station_id, opened_by, opened_at, closed_at, facts, version
           FROM cases WHERE resident_number = ? ORDER BY id DESC"#,
        resident_number
    )
    .fetch_all(pool)
    .await?)
}

/// Writes what is known of a case without moving it; its version stays, so that no page becomes stale.
///
/// # Errors
/// When the database refuses.
pub async fn note_facts(tx: &mut SqliteConnection, id: i64, facts: &str) -> Result<()> {
    sqlx::query!("UPDATE cases SET facts = ? WHERE id = ?", facts, id).execute(tx).await?;
    Ok(())
}

/// Gives a case another procedure without moving it.
///
/// # Errors
/// When the database refuses.
pub async fn rename(tx: &mut SqliteConnection, id: i64, procedure: &str) -> Result<()> {
    sqlx::query!("UPDATE cases SET procedure = ? WHERE id = ?", procedure, id).execute(tx).await?;
    Ok(())
}

/// Writes who now stands at the counter for a case: the principal instead of the proxy.
///
/// # Errors
/// When the database refuses.
pub async fn set_applicant(tx: &mut SqliteConnection, id: i64, applicant: &str) -> Result<()> {
    sqlx::query!("UPDATE cases SET applicant = ? WHERE id = ?", applicant, id).execute(tx).await?;
    Ok(())
}
