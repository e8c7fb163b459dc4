//! Everything the counter needs about one person on one page.

mod history;
mod notices;
#[cfg(test)]
mod on_disk;
mod panels;
mod today;

use super::{facts, reception};
use crate::audit::{self, Entry, Kind, Outcome};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::stations::Reading;
use crate::store;
use crate::store::residents::Resident;
use app::pages::parts::OnReader;
use app::pages::resident::{ResidentHead, ResidentPage};
use card::readers::Sight;
use chrono::{NaiveDate, TimeDelta};
use rules::dates::{LeapBirthday, age_on};
use rules::kinds::{ResidentKind, ResidentStatus};
use rules::wareki;
use std::sync::Arc;

/// Minutes for which a reason that a supervisor gave opens the page of a person under support measures.
const REASON_HOLDS: i64 = 30;
/// The shortest reason that says anything.
const SHORTEST_REASON: usize = 4;

/// What somebody sees who asks for a person.
#[derive(Clone, Debug)]
pub enum Seen {
    /// The page.
    Page(Box<ResidentPage>),
    /// A reason is wanted first: the person is under support measures.
    ReasonWanted,
}

/// What lies on the reader of the visitor's counter, seen from one person's page.
struct OnCounter {
    state: OnReader,
    reading: Option<Arc<Reading>>,
}

/// The page of a person. That it was looked at goes into the trail.
///
/// # Errors
/// A refusal when there is no such person, or when they are under support measures and the visitor isn't a supervisor.
pub async fn page(office: &Office, visitor: &Visitor, number: &str) -> Result<Seen> {
    visitor.require(Act::SeeResidents)?;
    let (resident, card, certificates) = reception::person(office, number).await?;
    if resident.suppressed && !opened(office, visitor, &resident).await? {
        return Ok(Seen::ReasonWanted);
    }
    let today = office.clock().today();
    let rulebook = office.rulebook();
    let counter = on_counter(office, visitor, card.as_ref().map(|card| card.number.as_str())).await?;
    let pins = counter.reading.as_ref().map(|reading| &reading.card.pins);
    let facts = facts::counter_facts(today, &resident, card.as_ref(), &certificates, pins);
    let (offers, refusals) = today::options(office, visitor, &resident, &facts);
    let page = ResidentPage {
        head: head(&resident, today),
        notices: notices::all(&resident, card.as_ref(), counter.reading.as_deref(), today),
        open_cases: history::open_cases(office, number, today).await?,
        card: card.as_ref().map(|card| panels::card(card, &resident, counter.state, pins, today)),
        certificates: panels::certificates(&facts, &certificates, pins, &rulebook),
        may_receive: visitor.may(Act::HandleCases),
        offers,
        refusals,
        history: history::all(office, &resident).await?,
        history_more: None,
    };
    let mut tx = office.store().write().await?;
    let entry = Entry::done(Kind::ResidentSeen, visitor, "住民の画面を開きました。").about(number);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await?;
    Ok(Seen::Page(Box::new(page)))
}

/// True when a supervisor has given a reason for this person a while ago.
async fn opened(office: &Office, visitor: &Visitor, resident: &Resident) -> Result<bool> {
    if !visitor.may(Act::SeeSuppressed) {
        return Err(keep_hidden(office, visitor, resident).await);
    }
    let since = crate::clock::stamp(office.clock().now() - TimeDelta::minutes(REASON_HOLDS));
    let kind = Kind::SuppressedSeen as i64;
    store::audit::has_done(office.store().read(), kind, &visitor.login, &resident.number, &since).await
}

/// Refuses to show a person under support measures. That somebody tried goes into the trail.
async fn keep_hidden(office: &Office, visitor: &Visitor, resident: &Resident) -> Error {
    let noted = async {
        let mut tx = office.store().write().await?;
        let sentence = "支援措置の対象の方の画面を開こうとしましたが、開けませんでした。";
        let entry = Entry::done(Kind::SuppressedSeen, visitor, sentence).about(&resident.number);
        audit::record(&mut tx, &office.clock().stamp(), entry.outcome(Outcome::Refused)).await?;
        tx.commit().await
    };
    match noted.await {
        Ok(()) => hidden().into(),
        Err(error) => error,
    }
}

fn hidden() -> Refusal {
    Refusal::new(
        403,
        "M-1420",
        "支援措置の対象の方です。この画面は責任者だけが開けます。",
        "氏名も住所も表示していません。この方がいることを、来庁者に伝えないでください。",
        "責任者を呼び、責任者の職員番号で開いてもらってください。",
    )
}

/// A supervisor gives the reason for which the page of a person under support measures is opened.
///
/// # Errors
/// A refusal when the visitor isn't a supervisor or the reason says nothing.
pub async fn open_suppressed(office: &Office, visitor: &Visitor, number: &str, reason: &str) -> Result<()> {
    visitor.require(Act::SeeResidents)?;
    let (resident, _, _) = reception::person(office, number).await?;
    if !visitor.may(Act::SeeSuppressed) {
        return Err(keep_hidden(office, visitor, &resident).await);
    }
    let reason = reason.trim();
    if reason.chars().count() < SHORTEST_REASON {
        let sentence = format!("開く理由を{SHORTEST_REASON}文字以上で書いてください。");
        return Err(Refusal::input(sentence, "理由は操作の記録に残ります。").into());
    }
    let reason = super::words::line(reason)
        .map_err(|sentence| Refusal::input(sentence, "理由は操作の記録に、そのまま残ります。"))?;
    let mut tx = office.store().write().await?;
    let sentence = format!("支援措置の対象の方の画面を開きました。理由: {reason}");
    let entry = Entry::done(Kind::SuppressedSeen, visitor, sentence).about(&resident.number);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}

async fn on_counter(office: &Office, visitor: &Visitor, card_number: Option<&str>) -> Result<OnCounter> {
    let nothing = |state| OnCounter { state, reading: None };
    let Some(station) = visitor.station_id else { return Ok(nothing(OnReader::NoReader)) };
    let Some(reading) = office.stations().last_reading(station) else {
        return Ok(nothing(match office.stations().sight(station) {
            Sight::Empty => OnReader::Empty,
            _ => OnReader::NoReader,
        }));
    };
    if card_number == Some(reading.card.card.card_number.as_str()) {
        return Ok(OnCounter { state: OnReader::Same, reading: Some(reading) });
    }
    let other = match crate::stations::resident_of(office, &reading.card).await? {
        Some(number) => store::residents::find(office.store().read(), &number).await?,
        None => None,
    };
    let words = match other {
        Some(other) if other.suppressed && !visitor.may(Act::SeeSuppressed) => {
            "責任者が扱う方のカードです。".to_owned()
        }
        Some(other) => format!("{}さんのカードです。", other.name),
        None => "登録のないカードです。".to_owned(),
    };
    Ok(nothing(OnReader::Other { words }))
}

fn head(resident: &Resident, today: NaiveDate) -> ResidentHead {
    let age = age_on(resident.birth, today, LeapBirthday::February28);
    let mut flags = Vec::new();
    let mut flag = |there: bool, word: &str| {
        if there {
            flags.push(word.to_owned());
        }
    };
    flag(resident.suppressed, "支援措置");
    flag(resident.adult_ward, "成年被後見人");
    flag(resident.registered_elsewhere, "居所登録");
    flag(age < 15, "15歳未満");
    flag(resident.status != ResidentStatus::Resident, resident.status.label());
    ResidentHead {
        number: resident.number.clone(),
        household: resident.household_number.clone(),
        name: resident.name.clone(),
        kana: resident.kana.clone(),
        old_surname: resident.old_surname.clone(),
        alias: resident.alias.clone(),
        birth: resident.birth,
        age: u32::try_from(age).unwrap_or(0),
        sex: resident.sex,
        postal_code: resident.postal_code.clone(),
        address: resident.address.clone(),
        building: resident.building.clone(),
        stay: stay(resident),
        flags,
    }
}

fn stay(resident: &Resident) -> Option<String> {
    if resident.kind != ResidentKind::Foreign {
        return None;
    }
    let status = resident.residence_status.clone().unwrap_or_else(|| "在留資格の記載なし".to_owned());
    Some(match resident.stay_until {
        Some(until) => format!("{status} 在留期間 {}まで", wareki::long(until)),
        None => status,
    })
}
