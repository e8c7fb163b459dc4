//! Numbers and lists of work that waits.

use crate::error::Result;
use chrono::NaiveDate;
use sqlx::SqlitePool;

/// How many cases aren't closed.
///
/// # Errors
/// When the database refuses.
pub async fn open_case_count(pool: &SqlitePool) -> Result<u32> {
    let open =
        sqlx::query_scalar!("SELECT count(*) FROM cases WHERE closed_at IS NULL").fetch_one(pool).await?;
    Ok(u32::try_from(open).unwrap_or(u32::MAX))
}

/// One case that isn't closed.
#[derive(Clone, Debug)]
pub struct OpenCase {
    /// 受付番号.
    pub reception_number: String,
    /// The code of its procedure.
    pub procedure: String,
    /// The code of its state.
    pub state: String,
    /// When it was opened.
    pub opened_at: String,
    /// The person's name as registered.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// True when the person is under support measures.
    pub suppressed: bool,
    /// The counter.
    pub station: Option<String>,
    /// Who opened it.
    pub opened_by: String,
}

/// The cases that aren't closed, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn open_cases(pool: &SqlitePool, many: i64) -> Result<Vec<OpenCase>> {
    Ok(sqlx::query_as!(
        OpenCase,
        r#"SELECT reception_number, procedure, cases.state, opened_at, residents.name, residents.kana,
                  residents.suppressed AS "suppressed: bool", stations.name AS "station?", staff.name AS opened_by
           FROM cases
           JOIN residents ON residents.resident_number = cases.resident_number
           JOIN staff ON staff.id = cases.opened_by
           LEFT JOIN stations ON stations.id = cases.station_id
           WHERE closed_at IS NULL ORDER BY opened_at LIMIT ?"#,
        many
    )
    .fetch_all(pool)
    .await?)
}

/// How many cases were closed on a day.
///
/// # Errors
/// When the database refuses.
pub async fn closed_on(pool: &SqlitePool, day: &str) -> Result<i64> {
    let next = format!("{day}T99");
    Ok(sqlx::query_scalar!("SELECT count(*) FROM cases WHERE closed_at >= ? AND closed_at < ?", day, next)
        .fetch_one(pool)
        .await?)
}

/// How many people have a valid certificate that ends in these days, both included.
///
/// # Errors
/// When the database refuses.
pub async fn expiring_between(pool: &SqlitePool, from: NaiveDate, until: NaiveDate) -> Result<u64> {
    let count = sqlx::query_scalar!(
        "SELECT count(DISTINCT cards.resident_number)
         FROM certificates
         JOIN cards ON cards.card_number = certificates.card_number
         JOIN residents ON residents.resident_number = cards.resident_number
         WHERE certificates.current = 1 AND certificates.status = 'valid' AND residents.status = 'resident'
           AND cards.status = 'active' AND certificates.expires BETWEEN ? AND ?",
        from,
        until
    )
    .fetch_one(pool)
    .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}
