//! Residents: found by number, written in batches, each record exactly as the file said it.
//!
//! Batches travel as one JSON parameter, so that the queries stay checked at compile time and 350,000 rows take seconds.

use super::codes;
use crate::error::Result;
use chrono::NaiveDate;
use rules::kinds::{ResidentKind, ResidentStatus, Sex};
use serde::Serialize;
use sqlx::{SqliteConnection, SqlitePool};

/// One resident as registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resident {
    /// 宛名番号.
    pub number: String,
    /// 世帯番号; empty where the file has none.
    pub household_number: String,
    /// 氏名, every code point as registered.
    pub name: String,
    /// 氏名カナ.
    pub kana: String,
    /// 旧氏.
    pub old_surname: Option<String>,
    /// 通称.
    pub alias: Option<String>,
    /// 生年月日.
    pub birth: NaiveDate,
    /// 性別.
    pub sex: Sex,
    /// 7 digits without a hyphen; empty where the file has none.
    pub postal_code: String,
    /// 住所.
    pub address: String,
    /// 方書.
    pub building: Option<String>,
    /// 住民種別.
    pub kind: ResidentKind,
    /// 在留資格.
    pub residence_status: Option<String>,
    /// 在留期間満了日.
    pub stay_until: Option<NaiveDate>,
    /// 成年被後見人.
    pub adult_ward: bool,
    /// 支援措置.
    pub suppressed: bool,
    /// 居所登録.
    pub registered_elsewhere: bool,
    /// 異動事由 as the file says it.
    pub change_reason: Option<String>,
    /// 異動日.
    pub change_date: Option<NaiveDate>,
    /// What the last change means to the counter.
    pub status: ResidentStatus,
    /// Goes up with every change; 0 before it is stored.
    pub version: i64,
}

/// A row as the database holds it.
struct Row {
    number: String,
    household_number: String,
    name: String,
    kana: String,
    old_surname: Option<String>,
    alias: Option<String>,
    birth: NaiveDate,
    sex: String,
    postal_code: String,
    address: String,
    building: Option<String>,
    kind: String,
    residence_status: Option<String>,
    stay_until: Option<NaiveDate>,
    adult_ward: bool,
    suppressed: bool,
    registered_elsewhere: bool,
    change_reason: Option<String>,
    change_date: Option<NaiveDate>,
    status: String,
    version: i64,
}

impl Row {
    fn read(self) -> Result<Resident> {
        let key = self.number.as_str();
        Ok(Resident {
            sex: codes::read("residents", "sex", key, &self.sex, Sex::from_code)?,
            kind: codes::read("residents", "resident_kind", key, &self.kind, ResidentKind::from_code)?,
            status: codes::read("residents", "status", key, &self.status, ResidentStatus::from_code)?,
            household_number: self.household_number,
            name: self.name,
            kana: self.kana,
            old_surname: self.old_surname,
            alias: self.alias,
            birth: self.birth,
            postal_code: self.postal_code,
            address: self.address,
            building: self.building,
            residence_status: self.residence_status,
            stay_until: self.stay_until,
            adult_ward: self.adult_ward,
            suppressed: self.suppressed,
            registered_elsewhere: self.registered_elsewhere,
            change_reason: self.change_reason,
            change_date: self.change_date,
            version: self.version,
            number: self.number,
        })
    }
}

/// The resident with this number.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn find(pool: &SqlitePool, number: &str) -> Result<Option<Resident>> {
    let mut connection = pool.acquire().await?;
    Ok(many(&mut connection, &[number]).await?.pop())
}

/// The residents with these numbers, in no particular order.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn many(connection: &mut SqliteConnection, numbers: &[&str]) -> Result<Vec<Resident>> {
    let wanted = serde_json::to_string(numbers)?;
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT r.resident_number AS number, household_number, name, kana, old_surname, alias,
                  birth AS "birth: NaiveDate", sex, postal_code, address, building, resident_kind AS kind,
                  residence_status, stay_until AS "stay_until: NaiveDate", adult_ward AS "adult_ward: bool",
                  suppressed AS "suppressed: bool", registered_elsewhere AS "registered_elsewhere: bool",
                  change_reason, change_date AS "change_date: NaiveDate", status, version
           FROM json_each(?) AS wanted CROSS JOIN residents AS r ON r.resident_number = wanted.value"#,
        wanted
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// How many residents there are.
///
/// # Errors
/// When the database refuses.
pub async fn count(pool: &SqlitePool) -> Result<i64> {
    Ok(sqlx::query_scalar!("SELECT count(*) FROM residents").fetch_one(pool).await?)
}

/// Numbers and names of the people of one household, the person asked for left out.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn household(pool: &SqlitePool, resident: &Resident) -> Result<Vec<Resident>> {
    if resident.household_number.is_empty() {
        return Ok(Vec::new());
    }
    let numbers = sqlx::query_scalar!(
        "SELECT resident_number FROM residents WHERE household_number = ? AND resident_number <> ? ORDER BY birth",
        resident.household_number,
        resident.number
    )
    .fetch_all(pool)
    .await?;
    let mut connection = pool.acquire().await?;
    let wanted: Vec<&str> = numbers.iter().map(String::as_str).collect();
    many(&mut connection, &wanted).await
}

/// Adds residents, or writes over those whose number is known; their version goes up.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &mut SqliteConnection, residents: &[&Resident], at: &str) -> Result<()> {
    let batch = serde_json::to_string(residents)?;
    sqlx::query!(
        "INSERT INTO residents (resident_number, household_number, name, kana, old_surname, alias, birth, sex,
             postal_code, address, building, resident_kind, residence_status, stay_until, adult_ward, suppressed,
             registered_elsewhere, change_reason, change_date, status, updated_at)
         SELECT value ->> 'number', value ->> 'household_number', value ->> 'name', value ->> 'kana',
             value ->> 'old_surname', value ->> 'alias', value ->> 'birth', value ->> 'sex',
             value ->> 'postal_code', value ->> 'address', value ->> 'building', value ->> 'kind',
             value ->> 'residence_status', value ->> 'stay_until', value ->> 'adult_ward', value ->> 'suppressed',
             value ->> 'registered_elsewhere', value ->> 'change_reason', value ->> 'change_date', value ->> 'status',
             ?2
         FROM json_each(?1) WHERE true
         ON CONFLICT (resident_number) DO UPDATE SET
             household_number = excluded.household_number, name = excluded.name, kana = excluded.kana,
             old_surname = excluded.old_surname, alias = excluded.alias, birth = excluded.birth, sex = excluded.sex,
             postal_code = excluded.postal_code, address = excluded.address, building = excluded.building,
             resident_kind = excluded.resident_kind, residence_status = excluded.residence_status,
             stay_until = excluded.stay_until, adult_ward = excluded.adult_ward, suppressed = excluded.suppressed,
             registered_elsewhere = excluded.registered_elsewhere, change_reason = excluded.change_reason,
             change_date = excluded.change_date, status = excluded.status, version = version + 1,
             updated_at = excluded.updated_at",
        batch,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}
