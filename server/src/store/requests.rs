//! Proxies' requests between their two visits.

use crate::error::Result;
use sqlx::SqlitePool;

/// One request.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// 受付番号.
    pub reception_number: String,
    /// The code of its procedure.
    pub procedure: String,
    /// The code of its state.
    pub state: String,
    /// Why it is in this state, where the state needs words.
    pub state_reason: Option<String>,
    /// What has been gathered, JSON.
    pub facts: String,
    /// The person's name as registered.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// True when the person is under support measures.
    pub suppressed: bool,
    /// The counter's number.
    pub station_id: Option<i64>,
    /// The counter.
    pub station: Option<String>,
    /// Who opened it, by number.
    pub clerk_id: i64,
    /// Who opened it.
    pub clerk: String,
}

/// The open requests, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn open(pool: &SqlitePool) -> Result<Vec<RequestRow>> {
    Ok(sqlx::query_as!(
        RequestRow,
        r#"SELECT reception_number, procedure, cases.state, state_reason, facts, residents.name, residents.kana,
                  residents.suppressed AS "suppressed: bool", station_id, stations.name AS "station?",
                  staff.id AS clerk_id, staff.name AS clerk
           FROM cases
           JOIN residents ON residents.resident_number = cases.resident_number
           JOIN staff ON staff.id = cases.opened_by
           LEFT JOIN stations ON stations.id = cases.station_id
           WHERE closed_at IS NULL AND cases.state IN
                 ('inquiry_to_post', 'awaiting_reply', 'inquiry_returned', 'reply_lapsed', 'needs_recheck', 'reply_received')
           ORDER BY cases.id"#
    )
    .fetch_all(pool)
    .await?)
}

/// How many requests are open.
///
/// # Errors
/// When the database refuses.
pub async fn count(pool: &SqlitePool) -> Result<u32> {
    let open = sqlx::query_scalar!(
        "SELECT count(*) FROM cases WHERE closed_at IS NULL AND state IN
             ('inquiry_to_post', 'awaiting_reply', 'inquiry_returned', 'reply_lapsed', 'needs_recheck', 'reply_received')"
    )
    .fetch_one(pool)
    .await?;
    Ok(u32::try_from(open).unwrap_or(u32::MAX))
}
