//! Cards for the training office's reader: a virtual card for any made-up resident, made when it is first laid.

use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::store;
use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use crate::store::residents::Resident;
use card::virtual_card::{
    CardCertificate, CardPerson, CardPins, Defect, Profile, Switches, TokenLabel, VirtualCard, profiles,
};
use rules::NaiveDate;
use std::path::{Path, PathBuf};

/// The municipality on training cards: no real one has this code.
const TRAINING_MUNICIPALITY: &str = "13999";

/// Lays the card of a sample person on the reader of a station.
///
/// # Errors
/// A refusal in a live office, where the station has no simulated reader, or for an unknown name.
pub async fn lay_sample(office: &Office, station_id: i64, name: &str) -> Result<String> {
    let Some(profile) = profiles::find(name, office.first_day()) else {
        return Err(Refusal::not_found("その見本のカードはありません。").into());
    };
    let title = profile.title.to_owned();
    lay(office, station_id, profile.person).await?;
    Ok(title)
}

/// Lays the card of a resident on the reader of a station; returns the resident's name.
///
/// # Errors
/// A refusal in a live office, where the station has no simulated reader, or when the resident has no card.
pub async fn lay_resident(office: &Office, station_id: i64, resident_number: &str) -> Result<String> {
    let person = person_of(office, resident_number).await?;
    let name = person.holder.name.clone();
    lay(office, station_id, person).await?;
    Ok(name)
}

/// Takes the card away from the reader of a station.
///
/// # Errors
/// A refusal in a live office or where the station has no simulated reader.
pub async fn take_away(office: &Office, station_id: i64) -> Result<()> {
    let station = super::at(office, station_id).await?;
    let Some(table) = station.table() else { return Err(no_table()) };
    table.take_away();
    Ok(())
}

/// The sample persons, as of a day.
pub fn samples(today: NaiveDate) -> Vec<Profile> {
    profiles::all(today)
}

async fn lay(office: &Office, station_id: i64, person: CardPerson) -> Result<()> {
    if !office.mode().is_training() {
        return Err(Refusal::not_allowed("本番の窓口では、訓練用のカードは使えません。").into());
    }
    let station = super::at(office, station_id).await?;
    if station.table().is_none() {
        return Err(no_table());
    }
    let number = person.card_number.clone();
    let (directory, now) = (office.data().virtual_cards(), office.clock().now());
    let card = tokio::task::spawn_blocking(move || -> Result<VirtualCard> {
        std::fs::create_dir_all(&directory)?;
        let file = file_of(&directory, &person)?;
        if let Ok(card) = VirtualCard::open(&file)
            && same_person(card.person(), &person)
        {
            return Ok(card);
        }
        VirtualCard::create(&file, &person, now).map_err(Error::internal)
    })
    .await??;
    take_elsewhere(office, station_id, &number).await?;
    if let Some(table) = station.table() {
        table.lay(card);
    }
    Ok(())
}

/// One card lies in one place: laid here, it is gone from any other counter's reader.
async fn take_elsewhere(office: &Office, station_id: i64, card_number: &str) -> Result<()> {
    for row in store::stations::all(office.store().read()).await? {
        if row.id == station_id {
            continue;
        }
        let station = super::at(office, row.id).await?;
        let here =
            station.view().reading().is_some_and(|reading| reading.card.card.card_number == card_number);
        if let (true, Some(table)) = (here, station.table()) {
            table.take_away();
        }
    }
    Ok(())
}

fn no_table() -> Error {
    Refusal::conflict(
        "この窓口端末のカードリーダーは、練習用ではありません。",
        "練習用リーダのある窓口端末を選んでください。",
    )
    .into()
}

/// The state file of a card. Card numbers come from imported files, so nothing but letters and digits is let through.
fn file_of(directory: &Path, person: &CardPerson) -> Result<PathBuf> {
    let number = &person.card_number;
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Refusal::input(
            "カード番号が英数字ではありません。",
            "カードの情報を取り込み直してください。",
        )
        .into());
    }
    Ok(directory.join(format!("{number}.json")))
}

/// The same card of the same person. Its certificates may have moved on since it was made: the card is the truth.
fn same_person(made: &CardPerson, wanted: &CardPerson) -> bool {
    made.card_number == wanted.card_number
        && made.holder == wanted.holder
        && made.card_expires == wanted.card_expires
}

async fn person_of(office: &Office, resident_number: &str) -> Result<CardPerson> {
    if let Some(profile) = profiles::all(office.first_day())
        .into_iter()
        .find(|profile| profile.resident_number == resident_number)
    {
        return Ok(profile.person);
    }
    let read = office.store().read();
    let resident = store::residents::find(read, resident_number).await?;
    let card = store::cards::current_of_resident(read, resident_number).await?;
    let (Some(resident), Some(card)) = (resident, card) else {
        return Err(Refusal::not_found("この方のカードは登録されていません。").into());
    };
    let certificates = store::certificates::of_card(read, &card.number).await?;
    Ok(CardPerson {
        municipality: TRAINING_MUNICIPALITY.to_owned(),
        card_expires: card.expires,
        holder: crate::counter::facts::holder(&resident),
        face_only: card.face_only,
        token: TokenLabel::Card,
        pins: CardPins::training(),
        tries_left: Vec::new(),
        certificates: certificates.into_iter().filter(|row| row.current).map(on_card).collect(),
        defect: Defect::None,
        switches: Switches::default(),
        card_number: card.number,
    })
}

/// A revoked certificate still stands on the card: revocation is known to the issuer, not to the chip.
fn on_card(row: Certificate) -> CardCertificate {
    CardCertificate { kind: row.kind, serial: row.serial, issued: row.issued, expires: row.expires }
}

/// Residents whose name, kana or number begins with `words`, each with the card in use; at most `most`.
///
/// # Errors
/// When the database refuses.
pub async fn residents_with_cards(
    office: &Office,
    words: &str,
    most: usize,
) -> Result<Vec<(Resident, Card)>> {
    let read = office.store().read();
    let mut numbers = store::search::with_number(read, words).await?;
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    numbers.extend(store::search::beginning_with(read, &store::search::Prefix::new(words), limit).await?);
    numbers.dedup();
    let mut found = Vec::new();
    for number in numbers.into_iter().take(most) {
        let resident = store::residents::find(read, &number).await?;
        let card = store::cards::current_of_resident(read, &number).await?;
        found.extend(resident.zip(card));
    }
    Ok(found)
}
