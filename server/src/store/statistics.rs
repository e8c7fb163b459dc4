//! Numbers about many days: cases, times, notices, expiries.

use crate::error::Result;
use chrono::NaiveDate;
use sqlx::SqlitePool;

/// Cases opened in a span that agree in all of this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseGroup {
    /// The code of the procedure.
    pub procedure: String,
    /// The code of who came.
    pub applicant: String,
    /// The counter.
    pub station: Option<String>,
    /// The hour of opening, two digits.
    pub hour: String,
    /// Who opened them.
    pub clerk: String,
    /// The code of where they stand now.
    pub state: String,
    /// How many.
    pub many: i64,
}

/// The cases opened from a day on, before another.
///
/// # Errors
/// When the database refuses.
pub async fn cases(pool: &SqlitePool, from: NaiveDate, before: NaiveDate) -> Result<Vec<CaseGroup>> {
    Ok(sqlx::query_as!(
        CaseGroup,
        r#"SELECT procedure AS "procedure!", applicant AS "applicant!", stations.name AS "station?",
                  hour AS "hour!: String", staff.name AS clerk, state AS "state!", many AS "many!: i64"
           FROM (SELECT procedure, applicant, station_id, substr(opened_at, 12, 2) AS hour, opened_by, state,
                        count(*) AS many
                 FROM cases WHERE opened_at >= ?1 AND opened_at < ?2 GROUP BY 1, 2, 3, 4, 5, 6) AS alike
           LEFT JOIN stations ON stations.id = alike.station_id
           JOIN staff ON staff.id = alike.opened_by"#,
        from,
        before
    )
    .fetch_all(pool)
    .await?)
}

/// The moments of one case that times are derived from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the names of the columns")]
pub struct Moments {
    /// When its reception number was given.
    pub opened_at: String,
    /// When the first check of identity was recorded.
    pub identified_at: Option<String>,
    /// When it was over.
    pub closed_at: Option<String>,
}

/// The moments of the cases opened from a day on, before another.
///
/// # Errors
/// When the database refuses.
pub async fn moments(pool: &SqlitePool, from: NaiveDate, before: NaiveDate) -> Result<Vec<Moments>> {
    Ok(sqlx::query_as!(
        Moments,
        r#"SELECT opened_at, closed_at,
                  (SELECT min(at) FROM case_events WHERE case_id = cases.id AND event = 'check_identity')
                    AS "identified_at?: String"
           FROM cases WHERE opened_at >= ?1 AND opened_at < ?2"#,
        from,
        before
    )
    .fetch_all(pool)
    .await?)
}

/// Notices about one month and what became of the people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeGroup {
    /// The month they are about, `YYYY-MM`.
    pub expiring: String,
    /// Notices printed and not voided.
    pub letters: i64,
    /// People who have had a certificate issued since the day of printing, here or elsewhere.
    pub renewed: i64,
}

/// The notices printed from a day on, before another.
///
/// # Errors
/// When the database refuses.
pub async fn notices(pool: &SqlitePool, from: NaiveDate, before: NaiveDate) -> Result<Vec<NoticeGroup>> {
    Ok(sqlx::query_as!(
        NoticeGroup,
        r#"SELECT expiring AS "expiring!", count(*) AS "letters!: i64",
                  sum(EXISTS (SELECT 1 FROM cards JOIN certificates ON certificates.card_number = cards.card_number
                              WHERE cards.resident_number = letters.resident_number
                                AND certificates.issued >= substr(letters.printed_at, 1, 10))) AS "renewed!: i64"
           FROM letters
           WHERE kind = 'notice' AND printed_at >= ?1 AND printed_at < ?2 AND state <> 'voided'
             AND expiring IS NOT NULL
           GROUP BY expiring ORDER BY expiring"#,
        from,
        before
    )
    .fetch_all(pool)
    .await?)
}

/// What expires in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiring {
    /// The month, `YYYY-MM`.
    pub month: String,
    /// 署名用.
    pub signature: i64,
    /// 利用者証明用.
    pub authentication: i64,
    /// Cards with at least one of them: one person each.
    pub people: i64,
}

/// The valid certificates of people who live here that end from a day on, before another, by month.
///
/// # Errors
/// When the database refuses.
pub async fn expiring(pool: &SqlitePool, from: NaiveDate, before: NaiveDate) -> Result<Vec<Expiring>> {
    Ok(sqlx::query_as!(
        Expiring,
        r#"WITH gone AS MATERIALIZED (
               SELECT card_number FROM cards WHERE status <> 'active'
               UNION
               SELECT card_number FROM residents CROSS JOIN cards ON cards.resident_number = residents.resident_number
               WHERE residents.status <> 'resident')
           SELECT substr(expires, 1, 7) AS "month!: String", sum(kind = 'signature') AS "signature!: i64",
                  sum(kind = 'authentication') AS "authentication!: i64",
                  count(DISTINCT card_number) AS "people!: i64"
           FROM certificates INDEXED BY certificates_due
           WHERE current = 1 AND status = 'valid' AND expires >= ?1 AND expires < ?2 AND card_number NOT IN gone
           GROUP BY 1 ORDER BY 1"#,
        from,
        before
    )
    .fetch_all(pool)
    .await?)
}
