//! The journal of card updates: what is about to be done to a card stands here before the first command goes out.

use crate::error::Result;
use sqlx::{SqliteConnection, SqliteExecutor};

/// One update of one card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateRow {
    /// Its number.
    pub id: i64,
    /// The case it belongs to.
    pub case_id: i64,
    /// The card.
    pub card_number: String,
    /// The counter where it began.
    pub station_id: i64,
    /// What was planned, JSON; never a PIN.
    pub plan: String,
    /// When it began.
    pub started_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// `proven`, `interrupted`, `aborted` or `differs`.
    pub outcome: Option<String>,
}

/// One step of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// 1, 2, 3 …
    pub number: i64,
    /// `card::update` step code.
    pub step: String,
    /// More about it, JSON; never a PIN.
    pub detail: String,
    /// When it was written.
    pub at: String,
}

/// Begins an update. A card has at most one that hasn't ended.
///
/// # Errors
/// A unique violation when the card is being updated already.
pub async fn begin(
    tx: &mut SqliteConnection,
    case_id: i64,
    card_number: &str,
    station_id: i64,
    plan: &str,
    at: &str,
) -> Result<i64, sqlx::Error> {
    let added = sqlx::query!(
        "INSERT INTO card_updates (case_id, card_number, station_id, plan, started_at) VALUES (?, ?, ?, ?, ?)",
        case_id,
        card_number,
        station_id,
        plan,
        at
    )
    .execute(tx)
    .await?;
    Ok(added.last_insert_rowid())
}

/// Writes the next step of an update.
///
/// # Errors
/// When the database refuses.
pub async fn step(
    tx: &mut SqliteConnection,
    update_id: i64,
    step: &str,
    detail: &str,
    at: &str,
) -> Result<()> {
    sqlx::query!(
        "INSERT INTO card_update_steps (update_id, number, step, detail, at)
         VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM card_update_steps WHERE update_id = ?1), ?2, ?3, ?4)",
        update_id,
        step,
        detail,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends an update; `false` when it had ended already.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut SqliteConnection, update_id: i64, outcome: &str, at: &str) -> Result<bool> {
    let changed = sqlx::query!(
        "UPDATE card_updates SET ended_at = ?, outcome = ? WHERE id = ? AND ended_at IS NULL",
        at,
        outcome,
        update_id
    )
    .execute(tx)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// The newest update of a case.
///
/// # Errors
/// When the database refuses.
pub async fn newest_of_case(db: impl SqliteExecutor<'_>, case_id: i64) -> Result<Option<UpdateRow>> {
    Ok(sqlx::query_as!(
        UpdateRow,
        r#"SELECT id AS "id!", case_id, card_number, station_id, plan, started_at, ended_at, outcome
           FROM card_updates WHERE case_id = ? ORDER BY id DESC LIMIT 1"#,
        case_id
    )
    .fetch_optional(db)
    .await?)
}

/// All updates that have not ended: after a start of the program, those that the last run left behind.
///
/// # Errors
/// When the database refuses.
pub async fn running(db: impl SqliteExecutor<'_>) -> Result<Vec<UpdateRow>> {
    Ok(sqlx::query_as!(
        UpdateRow,
        r#"SELECT id AS "id!", case_id, card_number, station_id, plan, started_at, ended_at, outcome
           FROM card_updates WHERE ended_at IS NULL ORDER BY id"#
    )
    .fetch_all(db)
    .await?)
}

/// The steps of all updates of a case that were begun and neither finished nor given up, in order: what may have been
/// done to the card since it was last known to be whole.
///
/// # Errors
/// When the database refuses.
pub async fn open_steps(db: impl SqliteExecutor<'_>, case_id: i64) -> Result<Vec<StepRow>> {
    Ok(sqlx::query_as!(
        StepRow,
        "SELECT card_update_steps.number, step, detail, at
         FROM card_update_steps JOIN card_updates ON card_updates.id = update_id
         WHERE case_id = ? AND (outcome IS NULL OR outcome = 'interrupted')
         ORDER BY update_id, card_update_steps.number",
        case_id
    )
    .fetch_all(db)
    .await?)
}

/// The steps of an update, in order.
///
/// # Errors
/// When the database refuses.
pub async fn steps(db: impl SqliteExecutor<'_>, update_id: i64) -> Result<Vec<StepRow>> {
    Ok(sqlx::query_as!(
        StepRow,
        "SELECT number, step, detail, at FROM card_update_steps WHERE update_id = ? ORDER BY number",
        update_id
    )
    .fetch_all(db)
    .await?)
}
