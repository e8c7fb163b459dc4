//! Who gets a notice for some months and who doesn't, each with the reason. Everyone with a current certificate that
//! ends in them is here exactly once, and where that is asked for everyone who has renewed already.

use super::{Month, Span};
use crate::error::{Error, Result};
use crate::store::notice_targets::{self, TargetRow};
use chrono::NaiveDate;
use rules::kinds::{CardKind, CardStatus, CertificateKind, CertificateStatus, ResidentStatus};
use rules::notice::{self, NotNoticed, NotNoticedReason, NoticeFacts};
use rules::procedure::{CardFacts, CertificateFacts};
use rules::settings::OfficeSettings;
use sqlx::SqliteConnection;
use std::cmp::Reverse;

/// What a plan rests on beside the register.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The months.
    pub span: Span,
    /// Today.
    pub today: NaiveDate,
    /// The office's decisions.
    pub settings: OfficeSettings,
    /// Those who have a letter already are included once more.
    pub again: bool,
    /// Those who have renewed are named too.
    pub renewed: bool,
}

/// Everyone of some months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
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
}

impl Target {
    /// The first and the last month in which a listed certificate ends.
    pub fn months(&self) -> (Month, Month) {
        let ends = || self.certificates.iter().map(|certificate| Month::of(certificate.expires));
        let none = || Month::of(NaiveDate::MIN);
        (ends().min().unwrap_or_else(none), ends().max().unwrap_or_else(none))
    }
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
    /// The last days of the person's certificates that end in these months, valid or not.
    pub ends: Vec<(CertificateKind, NaiveDate)>,
}

/// Plans as the register stands now.
///
/// # Errors
/// When the database can't be read.
pub async fn plan(connection: &mut SqliteConnection, terms: &Terms) -> Result<Plan> {
    let (from, until) = (terms.span.first_day(), terms.span.last_day());
    let mut rows = notice_targets::ending_between(connection, from, until).await?;
    if terms.renewed {
        rows.extend(notice_targets::renewed_between(connection, from, until).await?);
        rows.sort_by(|one, other| one.resident_number.cmp(&other.resident_number));
    }
    let mut plan = Plan { included: Vec::new(), excluded: Vec::new() };
    for decision in decisions(&rows, terms) {
        match decision? {
            Ok(target) => plan.included.push(target),
            Err(left_out) => plan.excluded.push(left_out),
        }
    }
    plan.included.sort_by(|one, other| post_order(&one.person).cmp(&post_order(&other.person)));
    Ok(plan)
}

/// Why somebody gets no letter who has no certificate left that ends in these months.
pub const GONE: NotNoticedReason = NotNoticedReason::NoValidCertificate;

/// What becomes of these people as the register stands now, by 宛名番号. Who isn't among the answers has no certificate
/// that ends in these months: [`GONE`].
///
/// # Errors
/// When the database can't be read.
pub async fn of_people(
    connection: &mut SqliteConnection,
    terms: &Terms,
    people: &[&str],
) -> Result<Vec<Result<Target, LeftOut>>> {
    let (from, until) = (terms.span.first_day(), terms.span.last_day());
    let rows = notice_targets::of_people(connection, people, from, until).await?;
    decisions(&rows, terms).collect()
}

/// One decision a person; the rows come person by person.
fn decisions(rows: &[TargetRow], terms: &Terms) -> impl Iterator<Item = Result<Result<Target, LeftOut>>> {
    rows.chunk_by(|one, next| one.resident_number == next.resident_number).map(|rows| decide(rows, terms))
}

/// How the post wants its letters; the number at the end makes the order the same every time.
fn post_order(person: &Person) -> (&str, &str, &str, &str) {
    (&person.postal_code, &person.address, &person.name, &person.resident_number)
}

fn decide(rows: &[TargetRow], terms: &Terms) -> Result<Result<Target, LeftOut>> {
    let card_number = best_card(rows);
    let of_card: Vec<&TargetRow> = rows.iter().filter(|row| row.card_number == card_number).collect();
    let row = of_card.first().ok_or_else(|| Error::internal("a person without a row"))?;
    let person = person(row, &of_card)?;
    let current: Vec<&TargetRow> = of_card.iter().copied().filter(|row| row.current).collect();
    // What an earlier letter lists isn't listed again; only where nothing else is left has the person had a notice.
    let unlisted: Vec<&TargetRow> =
        current.iter().copied().filter(|row| terms.again || row.letter_number.is_none()).collect();
    let renewed = terms.renewed && rows.iter().any(|row| row.renewed);
    let mut facts = facts(row, &unlisted, renewed, terms)?;
    if unlisted.len() < current.len() && notice::expiring(&facts).next().is_none() {
        facts.certificates = certificates(&current)?;
        facts.already_noticed = true;
    }
    Ok(match notice::notice_target(&facts, &terms.settings) {
        Ok(()) => Ok(Target {
            person,
            certificates: notice::expiring(&facts).copied().collect(),
            face_only: row.face_only,
        }),
        Err(why) => Err(LeftOut { person, why, letter: of_card.iter().find_map(|row| row.letter_number) }),
    })
}

/// Of several cards the one in use, and of those the one that lasts longest.
fn best_card(rows: &[TargetRow]) -> &str {
    let active = CardStatus::Active.code();
    rows.iter()
        .max_by_key(|row| (row.card_status == active, row.card_expires, Reverse(&row.card_number)))
        .map_or("", |row| &row.card_number)
}

fn facts(row: &TargetRow, listed: &[&TargetRow], renewed: bool, terms: &Terms) -> Result<NoticeFacts> {
    Ok(NoticeFacts {
        today: terms.today,
        month: terms.span.first_day(),
        last_month: Some(terms.span.last_day()),
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
        certificates: certificates(listed)?,
        already_noticed: false,
        renewed,
    })
}

fn certificates(rows: &[&TargetRow]) -> Result<Vec<CertificateFacts>> {
    rows.iter().map(|row| certificate(row)).collect()
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
