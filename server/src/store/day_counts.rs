//! What happened between two closings, counted from the events of cases and the days of letters.
//!
//! A report is about events after one number up to another. Numbers are given in the order of writing, so an event
//! is in one report and no other, whatever the clock says.

use crate::error::Result;
use chrono::NaiveDate;
use sqlx::SqliteConnection;

/// The number of the last event; 0 before the first.
///
/// # Errors
/// When the database refuses.
pub async fn last_event(db: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"SELECT coalesce(max(id), 0) AS "id!: i64" FROM case_events"#)
        .fetch_one(db)
        .await?)
}

/// The number of the last event before a moment (or a day, which is its first moment); 0 where there is none.
///
/// # Errors
/// When the database refuses.
pub async fn last_event_before(db: &mut SqliteConnection, at: &str) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"SELECT coalesce(max(id), 0) AS "id!: i64" FROM case_events WHERE at < ?1"#, at)
        .fetch_one(db)
        .await?)
}

/// The days with events after a number, from a day on, in order.
///
/// # Errors
/// When the database refuses.
pub async fn days_with_events(
    db: &mut SqliteConnection,
    after: i64,
    from: NaiveDate,
) -> Result<Vec<NaiveDate>> {
    Ok(sqlx::query_scalar!(
        r#"SELECT DISTINCT date(substr(at, 1, 10)) AS "day!: NaiveDate" FROM case_events
           WHERE at >= ?2 AND id > ?1 ORDER BY 1"#,
        after,
        from
    )
    .fetch_all(db)
    .await?)
}

/// How many events after a number, up to another, were on this day or before it.
///
/// # Errors
/// When the database refuses.
pub async fn events_until_day(
    db: &mut SqliteConnection,
    (after, until): (i64, i64),
    day: NaiveDate,
) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        "SELECT count(*) FROM case_events WHERE id > ?1 AND id <= ?2 AND substr(at, 1, 10) <= ?3",
        after,
        until,
        day
    )
    .fetch_one(db)
    .await?)
}

/// Events of one kind that led from one state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventCount {
    /// The code of the event; `open` for the first of a case.
    pub event: String,
    /// The state before.
    pub from_state: String,
    /// The state after.
    pub to_state: String,
    /// How many.
    pub many: i64,
}

/// Counts the events after a number, up to another.
///
/// # Errors
/// When the database refuses.
pub async fn events(db: &mut SqliteConnection, (after, until): (i64, i64)) -> Result<Vec<EventCount>> {
    Ok(sqlx::query_as!(
        EventCount,
        r#"SELECT event, from_state, to_state, count(*) AS "many!: i64" FROM case_events
           WHERE id > ?1 AND id <= ?2 GROUP BY event, from_state, to_state"#,
        after,
        until
    )
    .fetch_all(db)
    .await?)
}

/// A case that wasn't over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its number inside the database.
    pub case_id: i64,
    /// 受付番号.
    pub reception_number: String,
    /// The code of its state.
    pub state: String,
    /// The state it came from.
    pub from_state: String,
    /// The number of the event that brought it there.
    pub event_id: i64,
}

/// The cases that weren't over after an event, by their last event up to it: also long after the day.
///
/// # Errors
/// When the database refuses.
pub async fn standing(db: &mut SqliteConnection, until: i64) -> Result<Vec<Standing>> {
    Ok(sqlx::query_as!(
        Standing,
        r#"WITH candidates AS (
               SELECT id FROM cases WHERE closed_at IS NULL
               UNION SELECT case_id FROM case_events WHERE id > ?1),
             lasts AS (
               SELECT (SELECT max(id) FROM case_events WHERE case_id = candidates.id AND id <= ?1) AS event
               FROM candidates)
           SELECT cases.id AS "case_id!: i64", reception_number AS "reception_number!", to_state AS "state!",
                  from_state AS "from_state!", case_events.id AS "event_id!: i64"
           FROM lasts JOIN case_events ON case_events.id = lasts.event JOIN cases ON cases.id = case_id
           WHERE to_state NOT IN ('closed', 'withdrawn', 'refused', 'diverted', 'ended')
           ORDER BY cases.id"#,
        until
    )
    .fetch_all(db)
    .await?)
}

/// A case that something was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// 受付番号.
    pub reception_number: String,
    /// The code of its procedure.
    pub procedure: String,
    /// The code of who came.
    pub applicant: String,
    /// The code of the state after the last of these events.
    pub state: String,
    /// When that was.
    pub at: String,
    /// Who did it.
    pub staff: String,
}

/// The cases with events after a number, up to another, in the order of their numbers.
///
/// # Errors
/// When the database refuses.
pub async fn touched(db: &mut SqliteConnection, (after, until): (i64, i64)) -> Result<Vec<Touched>> {
    Ok(sqlx::query_as!(
        Touched,
        r#"SELECT reception_number AS "reception_number!", procedure AS "procedure!", applicant AS "applicant!",
                  to_state AS "state!", at AS "at!", coalesce(staff.name, 'システム') AS "staff!: String"
           FROM (SELECT max(id) AS id FROM case_events WHERE id > ?1 AND id <= ?2 GROUP BY case_id) AS lasts
           JOIN case_events ON case_events.id = lasts.id
           JOIN cases ON cases.id = case_events.case_id
           LEFT JOIN staff ON staff.id = case_events.staff_id
           ORDER BY cases.id"#,
        after,
        until
    )
    .fetch_all(db)
    .await?)
}

/// What was done to one case's card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardEvent {
    /// The case.
    pub case_id: i64,
    /// 受付番号.
    pub reception_number: String,
    /// The code of the event.
    pub event: String,
}

/// The events about cards after a number, up to another.
///
/// # Errors
/// When the database refuses.
pub async fn card_events(db: &mut SqliteConnection, (after, until): (i64, i64)) -> Result<Vec<CardEvent>> {
    Ok(sqlx::query_as!(
        CardEvent,
        r#"SELECT case_id, reception_number, event FROM case_events JOIN cases ON cases.id = case_id
           WHERE case_events.id > ?1 AND case_events.id <= ?2
             AND event IN ('begin_update', 'prove', 'find_difference', 'abort_update', 'divert')"#,
        after,
        until
    )
    .fetch_all(db)
    .await?)
}

/// The receptions with events after a number whose update's journal is open although no card is being written.
///
/// # Errors
/// When the database refuses.
pub async fn open_journals(db: &mut SqliteConnection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "SELECT reception_number FROM card_updates JOIN cases ON cases.id = case_id
         WHERE ended_at IS NULL AND state <> 'updating' ORDER BY cases.id"
    )
    .fetch_all(db)
    .await?)
}

/// The reception numbers given out after an event, up to another, in order.
///
/// # Errors
/// When the database refuses.
pub async fn receptions(db: &mut SqliteConnection, (after, until): (i64, i64)) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "SELECT reception_number FROM case_events JOIN cases ON cases.id = case_id
         WHERE case_events.id > ?1 AND case_events.id <= ?2 AND event = 'open' ORDER BY case_events.id",
        after,
        until
    )
    .fetch_all(db)
    .await?)
}

/// The last reception number given out up to an event.
///
/// # Errors
/// When the database refuses.
pub async fn last_reception(db: &mut SqliteConnection, until: i64) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "SELECT reception_number FROM case_events JOIN cases ON cases.id = case_id
         WHERE case_events.id <= ?1 AND event = 'open' ORDER BY case_events.id DESC LIMIT 1",
        until
    )
    .fetch_optional(db)
    .await?)
}

/// How many notices were ever printed, posted and returned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoticeTotals {
    /// Printed before the moment.
    pub printed: i64,
    /// Handed to the post up to the day.
    pub posted: i64,
    /// Come back up to the day.
    pub returned: i64,
}

/// The totals up to a day, those printed before the moment `before`.
///
/// # Errors
/// When the database refuses.
pub async fn notice_totals(db: &mut SqliteConnection, day: NaiveDate, before: &str) -> Result<NoticeTotals> {
    Ok(sqlx::query_as!(
        NoticeTotals,
        r#"SELECT
             (SELECT count(*) FROM letters WHERE kind = 'notice' AND printed_at < ?2) AS "printed!: i64",
             (SELECT count(*) FROM letters WHERE kind = 'notice' AND posted_on <= ?1) AS "posted!: i64",
             (SELECT count(*) FROM returned_notices WHERE returned_on <= ?1) AS "returned!: i64""#,
        day,
        before
    )
    .fetch_one(db)
    .await?)
}

/// Notices that are said to be printed and belong to no campaign.
///
/// # Errors
/// When the database refuses.
pub async fn printed_in_no_campaign(db: &mut SqliteConnection) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar!(
        "SELECT number FROM letters WHERE kind = 'notice' AND state = 'printed' AND campaign_id IS NULL
         ORDER BY number"
    )
    .fetch_all(db)
    .await?)
}
