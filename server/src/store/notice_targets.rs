//! Whose certificates end in some months: the register's side of the renewal notices.

use crate::error::Result;
use chrono::NaiveDate;
use sqlx::{SqliteConnection, SqlitePool};

/// One certificate that ends in the span asked for, with its card and its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRow {
    /// 宛名番号.
    pub resident_number: String,
    /// The name as registered.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// The day of birth.
    pub birth: NaiveDate,
    /// Seven digits.
    pub postal_code: String,
    /// The address.
    pub address: String,
    /// 方書.
    pub building: Option<String>,
    /// 在留期間満了日.
    pub stay_until: Option<NaiveDate>,
    /// 支援措置.
    pub suppressed: bool,
    /// 居所登録.
    pub registered_elsewhere: bool,
    /// The code of what the register last said.
    pub resident_status: String,
    /// The card's number.
    pub card_number: String,
    /// The code of the kind of card.
    pub card_kind: String,
    /// 顔認証.
    pub face_only: bool,
    /// The card's last day.
    pub card_expires: NaiveDate,
    /// The code of the card's state.
    pub card_status: String,
    /// The code of the kind of certificate.
    pub kind: String,
    /// When it was issued.
    pub issued: NaiveDate,
    /// Its last day.
    pub expires: NaiveDate,
    /// The code of its state.
    pub status: String,
    /// The newest of its kind on its card.
    pub current: bool,
    /// The living notice that lists it, if one was made.
    pub letter_number: Option<i64>,
    /// The person has a valid one of this kind that lasts longer.
    pub renewed: bool,
}

/// Asks the candidates with one condition; what is read of each is the same everywhere.
macro_rules! candidates {
    ($condition:tt, $($value:expr),+) => {
        sqlx::query_as!(
            TargetRow,
            r#"SELECT resident_number AS "resident_number!", name AS "name!", kana AS "kana!",
                      birth AS "birth!: NaiveDate", postal_code AS "postal_code!", address AS "address!", building,
                      stay_until AS "stay_until: NaiveDate", suppressed AS "suppressed!: bool",
                      registered_elsewhere AS "registered_elsewhere!: bool", resident_status AS "resident_status!",
                      card_number AS "card_number!", card_kind AS "card_kind!", face_only AS "face_only!: bool",
                      card_expires AS "card_expires!: NaiveDate", card_status AS "card_status!", kind AS "kind!",
                      issued AS "issued!: NaiveDate", expires AS "expires!: NaiveDate", status AS "status!",
                      current AS "current!: bool", letter_number AS "letter_number: i64", renewed AS "renewed!: bool"
               FROM notice_candidates WHERE "# + $condition + " ORDER BY resident_number, card_number, kind DESC",
            $($value),+
        )
    };
}

/// The current certificates that end from `from` to `until`, person by person.
///
/// # Errors
/// When the database refuses.
pub async fn ending_between(
    connection: &mut SqliteConnection,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<TargetRow>> {
    Ok(candidates!("current = 1 AND expires BETWEEN ?1 AND ?2", from, until).fetch_all(connection).await?)
}

/// Former certificates that would have ended from `from` to `until`, of people who have renewed them.
///
/// # Errors
/// When the database refuses.
pub async fn renewed_between(
    connection: &mut SqliteConnection,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<TargetRow>> {
    Ok(candidates!("current = 0 AND expires BETWEEN ?1 AND ?2 AND renewed", from, until)
        .fetch_all(connection)
        .await?)
}

/// The certificates of these people that end, or would have ended had they not been renewed, from `from` to `until`.
///
/// # Errors
/// When the database refuses.
pub async fn of_people(
    connection: &mut SqliteConnection,
    people: &[&str],
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<TargetRow>> {
    let people = serde_json::to_string(people)?;
    // The plus keeps the search with the few people, and away from the many whose certificates end in the same month.
    Ok(candidates!(
        "resident_number IN (SELECT value FROM json_each(?1)) AND +expires BETWEEN ?2 AND ?3 AND (current = 1 OR renewed)",
        people,
        from,
        until
    )
    .fetch_all(connection)
    .await?)
}

/// How much waits in one month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthCount {
    /// `YYYY-MM`.
    pub expiring: String,
    /// People with a current certificate that ends in it.
    pub people: i64,
    /// People who have a living notice for it.
    pub noticed: i64,
}

/// The months from `from` to `until` in which certificates end, with how many people that concerns.
///
/// # Errors
/// When the database refuses.
pub async fn months(pool: &SqlitePool, from: NaiveDate, until: NaiveDate) -> Result<Vec<MonthCount>> {
    Ok(sqlx::query_as!(
        MonthCount,
        r#"SELECT month AS "expiring!: String", people AS "people!: i64",
                  (SELECT count(*) FROM letters
                   WHERE letters.kind = 'notice' AND letters.state <> 'voided'
                     AND month BETWEEN letters.expiring AND coalesce(letters.expiring_last, letters.expiring))
                  AS "noticed!: i64"
           FROM (SELECT substr(certificates.expires, 1, 7) AS month, count(DISTINCT cards.resident_number) AS people
                 FROM certificates JOIN cards ON cards.card_number = certificates.card_number
                 WHERE certificates.current = 1 AND certificates.expires BETWEEN ?1 AND ?2
                 GROUP BY month)
           ORDER BY month"#,
        from,
        until
    )
    .fetch_all(pool)
    .await?)
}
