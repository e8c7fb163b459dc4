//! What happened in a case, as sentences.

use crate::error::Result;
use sqlx::{SqliteConnection, SqliteExecutor, SqlitePool};

/// One event with who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseEventRow {
    /// `rules::case_states::CaseEvent` code.
    pub event: String,
    /// The state before.
    pub from_state: String,
    /// The state after.
    pub to_state: String,
    /// The name of who did it; システム where a file or a day brought it.
    pub staff_name: String,
    /// When.
    pub at: String,
    /// As the history shows it.
    pub sentence: String,
}

/// An event to be recorded.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    /// The case.
    pub case_id: i64,
    /// Event code.
    pub event: &'a str,
    /// The state before.
    pub from_state: &'a str,
    /// The state after.
    pub to_state: &'a str,
    /// Who did it; nobody where a file or a day brought it.
    pub staff_id: Option<i64>,
    /// When.
    pub at: &'a str,
    /// As the history shows it.
    pub sentence: &'a str,
}

/// Records an event.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut SqliteConnection, event: NewEvent<'_>) -> Result<()> {
    sqlx::query!(
        "INSERT INTO case_events (case_id, event, from_state, to_state, staff_id, at, sentence)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        event.case_id,
        event.event,
        event.from_state,
        event.to_state,
        event.staff_id,
        event.at,
        event.sentence
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The events of one case, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_case(db: impl SqliteExecutor<'_>, case_id: i64) -> Result<Vec<CaseEventRow>> {
    Ok(sqlx::query_as!(
        CaseEventRow,
        r#"SELECT event, from_state, to_state, coalesce(staff.name, 'システム') AS "staff_name!: String", at, sentence
           FROM case_events LEFT JOIN staff ON staff.id = staff_id WHERE case_id = ? ORDER BY case_events.id"#,
        case_id
    )
    .fetch_all(db)
    .await?)
}

/// The events of all cases of one person, newest first, each with its reception number.
///
/// # Errors
/// When the database refuses.
pub async fn of_resident(pool: &SqlitePool, resident_number: &str) -> Result<Vec<(String, CaseEventRow)>> {
    let rows = sqlx::query!(
        r#"SELECT reception_number, event, from_state, to_state, coalesce(staff.name, 'システム') AS "staff_name!: String", at, sentence
           FROM case_events JOIN cases ON cases.id = case_id LEFT JOIN staff ON staff.id = staff_id
           WHERE resident_number = ? ORDER BY case_events.id DESC"#,
        resident_number
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let event = CaseEventRow {
                event: row.event,
                from_state: row.from_state,
                to_state: row.to_state,
                staff_name: row.staff_name,
                at: row.at,
                sentence: row.sentence,
            };
            (row.reception_number, event)
        })
        .collect())
}
