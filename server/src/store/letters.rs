//! Letters, and the runs in which notices were made.

use crate::error::Result;
use sqlx::{SqliteConnection, SqlitePool};

/// A letter to be written down.
#[derive(Clone, Debug)]
pub struct NewNotice<'a> {
    /// 文書番号.
    pub number: i64,
    /// To whom.
    pub resident_number: &'a str,
    /// The month it is about, `YYYY-MM`.
    pub expiring: &'a str,
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
        "INSERT INTO letters (number, kind, resident_number, state, expiring, content, token, made_at, printed_at)
         VALUES (?1, 'notice', ?2, CASE WHEN ?7 THEN 'printed' ELSE 'drafted' END, ?3, ?4, ?5, ?6,
                 CASE WHEN ?7 THEN ?6 END)",
        letter.number,
        letter.resident_number,
        letter.expiring,
        letter.content,
        letter.token,
        at,
        letter.printed
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Voids the living notice of a person for a month; returns its number if there was one.
///
/// # Errors
/// When the database refuses.
pub async fn void_notice(
    tx: &mut SqliteConnection,
    resident_number: &str,
    expiring: &str,
) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar!(
        "UPDATE letters SET state = 'voided', version = version + 1
         WHERE kind = 'notice' AND resident_number = ? AND expiring = ? AND state <> 'voided' RETURNING number",
        resident_number,
        expiring
    )
    .fetch_optional(tx)
    .await?)
}

/// A run to be written down.
#[derive(Clone, Debug)]
pub struct NewRun<'a> {
    /// The month, `YYYY-MM`.
    pub expiring: &'a str,
    /// Who ran it; nobody for the command line.
    pub run_by: Option<i64>,
    /// Letters made.
    pub included: i64,
    /// People left out.
    pub excluded: i64,
}

/// Writes a run down and returns its number.
///
/// # Errors
/// When the database refuses.
pub async fn add_run(tx: &mut SqliteConnection, run: &NewRun<'_>, at: &str) -> Result<i64> {
    let added = sqlx::query!(
        "INSERT INTO notice_runs (expiring, run_by, run_at, included, excluded) VALUES (?, ?, ?, ?, ?)",
        run.expiring,
        run.run_by,
        at,
        run.included,
        run.excluded
    )
    .execute(tx)
    .await?;
    Ok(added.last_insert_rowid())
}

/// Notes that a letter belongs to a run.
///
/// # Errors
/// When the database refuses.
pub async fn add_to_run(tx: &mut SqliteConnection, run_id: i64, letter_number: i64) -> Result<()> {
    sqlx::query!(
        "INSERT INTO notice_run_letters (run_id, letter_number) VALUES (?, ?)",
        run_id,
        letter_number
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A run as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Its number.
    pub id: i64,
    /// The month, `YYYY-MM`.
    pub expiring: String,
    /// The name of who made it; none for the command line.
    pub run_by: Option<String>,
    /// When.
    pub run_at: String,
    /// Letters made.
    pub included: i64,
    /// People left out.
    pub excluded: i64,
}

/// The runs of one month, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn runs(pool: &SqlitePool, expiring: &str) -> Result<Vec<RunRow>> {
    Ok(sqlx::query_as!(
        RunRow,
        r#"SELECT notice_runs.id, expiring, staff.name AS "run_by?", run_at, included, excluded
           FROM notice_runs LEFT JOIN staff ON staff.id = notice_runs.run_by
           WHERE expiring = ? ORDER BY notice_runs.id DESC"#,
        expiring
    )
    .fetch_all(pool)
    .await?)
}

/// The newest runs of all months.
///
/// # Errors
/// When the database refuses.
pub async fn newest_runs(pool: &SqlitePool, many: i64) -> Result<Vec<RunRow>> {
    Ok(sqlx::query_as!(
        RunRow,
        r#"SELECT notice_runs.id, expiring, staff.name AS "run_by?", run_at, included, excluded
           FROM notice_runs LEFT JOIN staff ON staff.id = notice_runs.run_by
           ORDER BY notice_runs.id DESC LIMIT ?"#,
        many
    )
    .fetch_all(pool)
    .await?)
}

/// One run.
///
/// # Errors
/// When the database refuses.
pub async fn run(pool: &SqlitePool, id: i64) -> Result<Option<RunRow>> {
    Ok(sqlx::query_as!(
        RunRow,
        r#"SELECT notice_runs.id, expiring, staff.name AS "run_by?", run_at, included, excluded
           FROM notice_runs LEFT JOIN staff ON staff.id = notice_runs.run_by WHERE notice_runs.id = ?"#,
        id
    )
    .fetch_optional(pool)
    .await?)
}

/// What a letter of a run says, and whether it still counts.
#[derive(Clone, Debug)]
pub struct RunLetter {
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

/// The letters of a run in the order they were printed.
///
/// # Errors
/// When the database refuses.
pub async fn of_run(pool: &SqlitePool, run_id: i64) -> Result<Vec<RunLetter>> {
    between(pool, run_id, (0, i64::MAX)).await
}

/// Those letters of a run whose numbers lie between two, both included.
///
/// # Errors
/// When the database refuses.
pub async fn between(pool: &SqlitePool, run_id: i64, (first, last): (i64, i64)) -> Result<Vec<RunLetter>> {
    Ok(sqlx::query_as!(
        RunLetter,
        r#"SELECT letters.number, letters.resident_number, content, state,
                  (residents.suppressed = 1 OR residents.status <> 'resident') AS "not_to_be_sent!: bool"
           FROM notice_run_letters
           JOIN letters ON letters.number = notice_run_letters.letter_number
           JOIN residents ON residents.resident_number = letters.resident_number
           WHERE run_id = ? AND letter_number BETWEEN ? AND ? ORDER BY letters.number"#,
        run_id,
        first,
        last
    )
    .fetch_all(pool)
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
}

/// The letters to one person, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_resident(pool: &SqlitePool, resident_number: &str) -> Result<Vec<LetterRow>> {
    Ok(sqlx::query_as!(
        LetterRow,
        "SELECT number, kind, state, expiring, made_at FROM letters WHERE resident_number = ? ORDER BY number DESC",
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
    pool: &SqlitePool,
    token: Option<&str>,
    number: Option<i64>,
) -> Result<Option<FoundLetter>> {
    Ok(sqlx::query_as!(
        FoundLetter,
        r#"SELECT letters.resident_number, cases.reception_number AS "reception_number?"
           FROM letters LEFT JOIN cases ON cases.id = letters.case_id WHERE token = ? OR number = ?"#,
        token,
        number
    )
    .fetch_optional(pool)
    .await?)
}
