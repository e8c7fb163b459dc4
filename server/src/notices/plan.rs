//! Who gets a notice for a month and who doesn't, each with the reason. Everyone with a current certificate that ends
//! in the month is here exactly once.

use super::Month;
use crate::error::{Error, Result};
use crate::office::Rulebook;
use crate::store::notice_targets::{self, TargetRow};
use chrono::NaiveDate;
use rules::kinds::{CardKind, CardStatus, CertificateKind, CertificateStatus, ResidentStatus};
use rules::notice::{self, NotNoticed, NoticeFacts};
use rules::procedure::{CardFacts, CertificateFacts};
use sqlx::SqliteConnection;
use std::cmp::Reverse;

/// Everyone of one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The month.
    pub month: Month,
    /// Those who get a letter, in post order: postal code, address, name.
    pub included: Vec<Target>,
    /// Those who don't, by 宛名番号.
    pub excluded: Vec<LeftOut>,
}

/// Somebody who gets a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The person.
    pub person: Person,
    /// The certificates the letter lists, the signature certificate first.
    pub certificates: Vec<CertificateFacts>,
    /// The card has no PINs.
    pub face_only: bool,
    /// The letter that this one replaces.
    pub replaces: Option<i64>,
}

/// Somebody who gets none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The person.
    pub person: Person,
    /// Why.
    pub why: NotNoticed,
    /// The letter that is already there.
    pub letter: Option<i64>,
}

/// A person as lists and letters need them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
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
    /// 支援措置: lists hide the person.
    pub suppressed: bool,
    /// The last days of the person's current certificates that end in this month, valid or not.
    pub ends: Vec<(CertificateKind, NaiveDate)>,
}

/// Plans a month as the register stands now. With `again`, those who have a letter already are included once more.
///
/// # Errors
/// When the database can't be read.
pub async fn plan(
    connection: &mut SqliteConnection,
    month: Month,
    today: NaiveDate,
    rulebook: &Rulebook,
    again: bool,
) -> Result<Plan> {
    let rows =
        notice_targets::ending_between(connection, month.first(), month.last(), &month.to_string()).await?;
    let mut plan = Plan { month, included: Vec::new(), excluded: Vec::new() };
    for rows in rows.chunk_by(|one, next| one.resident_number == next.resident_number) {
        match decide(rows, month, today, rulebook, again)? {
            Ok(target) => plan.included.push(target),
            Err(left_out) => plan.excluded.push(left_out),
        }
    }
    plan.included.sort_by(|one, other| post_order(&one.person).cmp(&post_order(&other.person)));
    Ok(plan)
}

/// How the post wants its letters; the number at the end makes the order the same every time.
fn post_order(person: &Person) -> (&str, &str, &str, &str) {
    (&person.postal_code, &person.address, &person.name, &person.resident_number)
}

fn decide(
    rows: &[TargetRow],
    month: Month,
    today: NaiveDate,
    rulebook: &Rulebook,
    again: bool,
) -> Result<Result<Target, LeftOut>> {
    let card_number = best_card(rows);
    let of_card: Vec<&TargetRow> = rows.iter().filter(|row| row.card_number == card_number).collect();
    let row = of_card.first().ok_or_else(|| Error::internal("a person without a row"))?;
    let facts = facts(row, &of_card, month, today, again)?;
    let person = person(row, &of_card)?;
    Ok(match notice::notice_target(&facts, &rulebook.settings) {
        Ok(()) => Ok(Target {
            person,
            certificates: notice::expiring(&facts).copied().collect(),
            face_only: row.face_only,
            replaces: row.letter_number,
        }),
        Err(why) => Err(LeftOut { person, why, letter: row.letter_number }),
    })
}

/// Of several cards the one in use, and of those the one that lasts longest.
fn best_card(rows: &[TargetRow]) -> &str {
    let active = CardStatus::Active.code();
    rows.iter()
        .max_by_key(|row| (row.card_status == active, row.card_expires, Reverse(&row.card_number)))
        .map_or("", |row| &row.card_number)
}

fn facts(
    row: &TargetRow,
    of_card: &[&TargetRow],
    month: Month,
    today: NaiveDate,
    again: bool,
) -> Result<NoticeFacts> {
    let certificates = of_card.iter().map(|row| certificate(row)).collect::<Result<_>>()?;
    Ok(NoticeFacts {
        today,
        month: month.first(),
        status: known(ResidentStatus::from_code(&row.resident_status), "residents.status", row)?,
        suppressed: row.suppressed,
        registered_elsewhere: row.registered_elsewhere,
        stay_until: row.stay_until,
        card: Some(CardFacts {
            kind: known(CardKind::from_code(&row.card_kind), "cards.kind", row)?,
            face_only: row.face_only,
            expires: row.card_expires,
            status: known(CardStatus::from_code(&row.card_status), "cards.status", row)?,
        }),
        certificates,
        already_noticed: row.letter_number.is_some() && !again,
    })
}

fn certificate(row: &TargetRow) -> Result<CertificateFacts> {
    Ok(CertificateFacts {
        kind: kind(row)?,
        issued: row.issued,
        expires: row.expires,
        status: known(CertificateStatus::from_code(&row.status), "certificates.status", row)?,
    })
}

fn kind(row: &TargetRow) -> Result<CertificateKind> {
    known(CertificateKind::from_code(&row.kind), "certificates.kind", row)
}

fn known<T>(value: Option<T>, column: &str, row: &TargetRow) -> Result<T> {
    value.ok_or_else(|| {
        tracing::debug!(column, resident = %row.resident_number, "unknown code");
        Error::internal(format!("{column} holds an unknown code"))
    })
}

fn person(row: &TargetRow, of_card: &[&TargetRow]) -> Result<Person> {
    Ok(Person {
        resident_number: row.resident_number.clone(),
        name: row.name.clone(),
        kana: row.kana.clone(),
        birth: row.birth,
        postal_code: row.postal_code.clone(),
        address: row.address.clone(),
        building: row.building.clone().filter(|building| !building.is_empty()),
        suppressed: row.suppressed,
        ends: of_card.iter().map(|row| Ok((kind(row)?, row.expires))).collect::<Result<_>>()?,
    })
}
