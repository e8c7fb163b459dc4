//! `/settings/stations`: counters, their readers, the residents' screens; and which counter this browser stands at.

use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::routes::form::Posted;
use crate::routes::registry::{Routes, get, post};
use crate::routes::respond;
use crate::staff::permissions::Act;
use crate::staff::session::token_hash;
use crate::staff::visitor::Visitor;
use crate::stations::{self, Stations};
use crate::store::{self, stations::StationRow};
use app::components::{FieldError, FormErrors, Notice, Tone};
use app::frame::MenuItem;
use app::pages::stations_settings::{PairingCode, StationItem, StationsSettingsPage, render};
use axum::extract::{Path, State};
use axum::response::Response;
use std::collections::HashMap;
use std::time::Instant;

/// The addresses of the counters' settings.
pub fn routes() -> Routes {
    Routes::new()
        .route("/settings/stations", get(show))
        .route("/settings/stations/{id}", post(save))
        .route("/settings/stations/{id}/here", post(here))
        .route("/settings/stations/{id}/pair", post(pair))
        .route("/settings/stations/{id}/unpair", post(unpair))
}

/// Any form of this page: field names carry the counter's number.
type Fields = HashMap<String, String>;

/// Everybody who works at a counter chooses one; only administrators change them.
fn may_use(visitor: &Visitor) -> Result<()> {
    if visitor.may(Act::ChangeOffice) { Ok(()) } else { visitor.require(Act::HandleCases) }
}

async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    may_use(&visitor)?;
    let page = page(&office, &visitor, Vec::new()).await?;
    let frame = respond::frame(&office, &visitor, MenuItem::Settings).await?;
    Ok(respond::html(render(&frame, &page)))
}

async fn page(office: &Office, visitor: &Visitor, errors: Vec<FieldError>) -> Result<StationsSettingsPage> {
    let mut notices = Vec::new();
    let readers = match tokio::task::spawn_blocking(Stations::pcsc_readers).await? {
        Ok(readers) => readers.into_iter().map(|reader| reader.name).collect(),
        Err(error) => {
            let sentence = error.what_now().to_owned();
            notices.push(Notice { tone: Tone::Information, title: error.to_string(), sentence });
            Vec::new()
        }
    };
    let (mut items, mut pairing) = (Vec::new(), None);
    for row in store::stations::all(office.store().read()).await? {
        let pads = store::pads::pads_of(office.store().read(), row.id).await?;
        if visitor.station_id == Some(row.id)
            && let Some(code) = office.stations().pairing.shown(row.id, Instant::now())
        {
            pairing = Some(PairingCode { station: row.name.clone(), code, minutes: 10 });
        }
        let state = stations::at(office, row.id).await?.view().sight.sentence().to_owned();
        items.push(StationItem {
            id: row.id,
            name: row.name,
            reader_kind: row.reader_kind,
            reader_name: row.reader_name.unwrap_or_default(),
            update_path: row.update_path,
            state,
            pads: u32::try_from(pads).unwrap_or(u32::MAX),
            here: visitor.station_id == Some(row.id),
        });
    }
    Ok(StationsSettingsPage {
        errors: FormErrors(errors),
        notices,
        stations: items,
        readers,
        pairing,
        training: office.mode().is_training(),
        may_change: visitor.may(Act::ChangeOffice),
    })
}

/// This browser stands at that counter from now on.
async fn here(
    State(office): State<Office>,
    Path(id): Path<i64>,
    Posted { visitor, .. }: Posted<Fields>,
) -> Result<Response> {
    may_use(&visitor)?;
    stations::row(&office, id).await?;
    sit_at(&office, &visitor, id).await
}

/// The session moves to that counter, and the page shows it there.
async fn sit_at(office: &Office, visitor: &Visitor, id: i64) -> Result<Response> {
    let mut tx = office.store().write().await?;
    store::sessions::sit_at(&mut tx, &token_hash(&visitor.token), id).await?;
    tx.commit().await?;
    Ok(respond::see_other("/settings/stations"))
}

/// A code for the resident's screen of that counter; the clerk sits there from now on, so that the code shows.
async fn pair(
    State(office): State<Office>,
    Path(id): Path<i64>,
    Posted { visitor, .. }: Posted<Fields>,
) -> Result<Response> {
    may_use(&visitor)?;
    stations::row(&office, id).await?;
    office.stations().pairing.show(id, office.rng().six_digits(), Instant::now());
    sit_at(&office, &visitor, id).await
}

/// The resident's screen of that counter is cut off.
async fn unpair(
    State(office): State<Office>,
    Path(id): Path<i64>,
    Posted { visitor, .. }: Posted<Fields>,
) -> Result<Response> {
    may_use(&visitor)?;
    let row = stations::row(&office, id).await?;
    stations::at(&office, id).await?.forget_pins();
    let mut tx = office.store().write().await?;
    let at = office.clock().stamp();
    store::pads::end_pads(&mut tx, id, &at).await?;
    let entry = Entry::done(Kind::PadPaired, &visitor, format!("{}の住民側の画面を切りました。", row.name));
    audit::record(&mut tx, &at, entry).await?;
    tx.commit().await?;
    Ok(respond::see_other("/settings/stations"))
}

async fn save(
    State(office): State<Office>,
    Path(id): Path<i64>,
    Posted { visitor, form }: Posted<Fields>,
) -> Result<Response> {
    visitor.require(Act::ChangeOffice)?;
    let wanted = match read(&office, id, &form) {
        Ok(row) => row,
        Err(errors) => {
            let page = page(&office, &visitor, errors).await?;
            let frame = respond::frame(&office, &visitor, MenuItem::Settings).await?;
            return Ok(respond::unprocessable(render(&frame, &page)));
        }
    };
    let mut tx = office.store().write().await?;
    let name = wanted.reader_name.as_deref();
    let saved = if id == 0 {
        store::stations::add(&mut tx, &wanted.name, &wanted.reader_kind, name, &wanted.update_path)
            .await
            .map(|_| ())
    } else {
        store::stations::rename(&mut tx, id, &wanted.name).await
    };
    match saved {
        Err(error) if store::is_unique_violation(&error) => {
            let sentence = format!("「{}」という窓口端末はもうあります。", wanted.name);
            return Err(Refusal::conflict(sentence, "ほかの名前にしてください。").into());
        }
        other => other.map_err(Error::from)?,
    }
    if id != 0 {
        stations::row(&office, id).await?;
        store::stations::change(&mut tx, id, &wanted.reader_kind, name, &wanted.update_path).await?;
    }
    let sentence = format!(
        "窓口端末「{}」を保存しました(リーダ: {}、書き込み: {})。",
        wanted.name,
        name.unwrap_or(&wanted.reader_kind),
        wanted.update_path
    );
    let entry = Entry::done(Kind::SettingChanged, &visitor, sentence).object("station");
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await?;
    Ok(respond::see_other("/settings/stations"))
}

/// The form of one counter as a row.
fn read(office: &Office, id: i64, form: &Fields) -> Result<StationRow, Vec<FieldError>> {
    let field = |name: &str| format!("{name}_{id}");
    let value = |name: &str| form.get(&field(name)).map(|value| value.trim().to_owned()).unwrap_or_default();
    let mut errors = Vec::new();
    let mut wrong = |name: &str, sentence: &str| {
        errors.push(FieldError {
            field: field(name),
            code: "M-1422".to_owned(),
            sentence: sentence.to_owned(),
        });
    };
    let row = StationRow {
        id,
        name: value("name"),
        reader_kind: value("reader_kind"),
        reader_name: Some(value("reader_name"))
            .filter(|name| !name.is_empty() && value("reader_kind") == "pcsc"),
        update_path: value("update_path"),
    };
    if row.name.is_empty() || row.name.chars().count() > 40 {
        wrong("name", "窓口の名前を40文字までで入力してください。");
    }
    match row.reader_kind.as_str() {
        "none" => {}
        "simulated" if office.mode().is_training() => {}
        "pcsc" if row.reader_name.is_some() => {}
        "pcsc" => wrong("reader_name", "リーダの名前を選んでください。"),
        _ => wrong("reader_kind", "リーダを選んでください。"),
    }
    match row.update_path.as_str() {
        "terminal" => {}
        "relay" if office.mode().is_training() => {}
        "relay" => wrong("update_path", "発行側のシステムにつながっていないため、統合端末を選んでください。"),
        _ => wrong("update_path", "カードの書き込み方を選んでください。"),
    }
    if errors.is_empty() { Ok(row) } else { Err(errors) }
}
