//! Whose certificates end in a month: the register's side of the renewal notices.

use crate::error::Result;
use chrono::NaiveDate;
use sqlx::{SqliteConnection, SqlitePool};

/// One current certificate that ends in the span asked for, with its card and its person.
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
    /// The code of the kind of resident.
    pub resident_kind: String,
    /// 在留期間満了日.
    pub stay_until: Option<NaiveDate>,
    /// 成年被後見人.
    pub adult_ward: bool,
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
    /// The living notice of this person for this month, if one was made.
    pub letter_number: Option<i64>,
}

/// The current certificates that end from `from` to `until`, person by person. `expiring` is the month as letters name
/// it (`YYYY-MM`).
///
/// # Errors
/// When the database refuses.
pub async fn ending_between(
    connection: &mut SqliteConnection,
    from: NaiveDate,
    until: NaiveDate,
    expiring: &str,
) -> Result<Vec<TargetRow>> {
    Ok(sqlx::query_as!(
        TargetRow,
        r#"SELECT residents.resident_number, residents.name, residents.kana, residents.birth AS "birth: NaiveDate",
                  residents.postal_code, residents.address, residents.building, residents.resident_kind,
                  residents.stay_until AS "stay_until: NaiveDate", residents.adult_ward AS "adult_ward: bool",
                  residents.suppressed AS "suppressed: bool",
                  residents.registered_elsewhere AS "registered_elsewhere: bool",
                  residents.status AS resident_status,
                  cards.card_number, cards.kind AS card_kind, cards.face_only AS "face_only: bool",
                  cards.expires AS "card_expires: NaiveDate", cards.status AS card_status,
                  certificates.kind, certificates.issued AS "issued: NaiveDate",
                  certificates.expires AS "expires: NaiveDate", certificates.status,
                  letters.number AS "letter_number?"
           FROM certificates
           JOIN cards ON cards.card_number = certificates.card_number
           JOIN residents ON residents.resident_number = cards.resident_number
           LEFT JOIN letters ON letters.resident_number = residents.resident_number AND letters.expiring = ?3
                            AND letters.kind = 'notice' AND letters.state <> 'voided'
           WHERE certificates.current = 1 AND certificates.expires BETWEEN ?1 AND ?2
           ORDER BY residents.resident_number, cards.card_number, certificates.kind DESC"#,
        from,
        until,
        expiring
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
                   WHERE letters.kind = 'notice' AND letters.expiring = month AND letters.state <> 'voided')
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
