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

/// The cases that aren't closed: what broke off first, then the oldest.
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
           WHERE closed_at IS NULL ORDER BY cases.state = 'interrupted' DESC, opened_at, cases.id LIMIT ?1"#,
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
        r#"WITH gone AS MATERIALIZED (
               SELECT card_number FROM cards WHERE status <> 'active'
               UNION
               SELECT card_number FROM residents CROSS JOIN cards ON cards.resident_number = residents.resident_number
               WHERE residents.status <> 'resident')
           SELECT count(DISTINCT card_number) AS "people!: i64" FROM certificates INDEXED BY certificates_due
           WHERE current = 1 AND status = 'valid' AND expires BETWEEN ?1 AND ?2 AND card_number NOT IN gone"#,
        from,
        until
    )
    .fetch_one(pool)
    .await?;
    Ok(u64::try_from(count).unwrap_or(0))
}
