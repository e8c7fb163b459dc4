//! `/pinpad`: the resident's own screen. It knows one counter and nothing else.

use crate::audit::{self, Actor, Entry, Kind};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::routes::form::{Posted, check_token, parse};
use crate::routes::registry::{Routes, get, post};
use crate::routes::respond;
use crate::routes::visitor::{self, cookie};
use crate::staff::permissions::Act;
use crate::staff::session::{PAD_COOKIE, cookie as set_cookie, token_hash};
use crate::staff::visitor::Standing;
use crate::stations::{self, EnteredPins, NewPinStatus, PadPhase, PadView, PinStatus, Station, answer};
use crate::store::{self, WriteTx};
use app::components::{FieldError, FormErrors};
use app::pages::pinpad::{
    PadChoice, PadDone, PadEnter, PadEntry, PadFrame, PadPair, PadPin, PadStopped, PinPadPage, render,
};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use rules::kinds::PinKind;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Instant;
use zeroize::Zeroizing;

/// The addresses of the pad.
pub fn routes() -> Routes {
    Routes::new()
        .route("/pinpad", get(show))
        .route("/pinpad/pair", post(pair))
        .route("/pinpad/here", post(here))
        .route("/pinpad/pins", post(enter))
        .route("/pinpad/stop", post(stop))
}

/// A pad that is paired with a counter.
struct Pad {
    csrf: String,
    station_name: String,
    station: Arc<dyn Station>,
}

async fn paired(office: &Office, headers: &HeaderMap) -> Result<Option<Pad>> {
    let Some(token) = cookie(headers, PAD_COOKIE) else { return Ok(None) };
    let found = store::pads::find_pad(office.store().read(), &token_hash(&token)).await?;
    let Some(row) = found else { return Ok(None) };
    let station_name = stations::row(office, row.station_id).await?.name;
    let station = stations::at(office, row.station_id).await?;
    Ok(Some(Pad { csrf: row.csrf_token, station_name, station }))
}

fn frame(office: &Office, pad: Option<&Pad>) -> PadFrame {
    PadFrame {
        office: office.title(),
        station: pad.map(|pad| pad.station_name.clone()).unwrap_or_default(),
        training: office.mode().is_training(),
        csrf: pad.map(|pad| pad.csrf.clone()).unwrap_or_default(),
    }
}

async fn show(State(office): State<Office>, headers: HeaderMap) -> Result<Response> {
    let Some(pad) = paired(&office, &headers).await? else {
        let (frame, page) = unpaired(&office, &headers).await?;
        return Ok(respond::html(render(&frame, &PinPadPage::Pair(page))));
    };
    let page = page(&office, &pad.station.view().pad).await?;
    Ok(respond::html(render(&frame(&office, Some(&pad)), &page)))
}

/// Before pairing: a code is asked for; a clerk's own browser may also become the pad of the clerk's counter.
async fn unpaired(office: &Office, headers: &HeaderMap) -> Result<(PadFrame, PadPair)> {
    let mut frame = frame(office, None);
    let mut page = PadPair::default();
    if let Some(visitor) = visitor::find(office, headers).await?
        && visitor.standing == Standing::Working
        && let Some(id) = visitor.station_id
    {
        frame.csrf = visitor.csrf;
        page.here = Some(stations::row(office, id).await?.name);
    }
    Ok((frame, page))
}

#[derive(Deserialize)]
struct Nothing {}

/// The clerk's own computer has a second screen: this browser becomes the pad of its counter.
async fn here(State(office): State<Office>, Posted { visitor, .. }: Posted<Nothing>) -> Result<Response> {
    visitor.require(Act::HandleCases)?;
    let Some(station_id) = visitor.station_id else {
        let sentence = "このパソコンの窓口端末が選ばれていません。";
        return Err(Refusal::conflict(sentence, "設定の「窓口端末」で、この窓口を選んでください。").into());
    };
    let mut tx = office.store().write().await?;
    let cookie = bind(&office, &mut tx, station_id, Actor::from(&visitor)).await?;
    tx.commit().await?;
    Ok(([(header::SET_COOKIE, cookie)], respond::see_other("/pinpad")).into_response())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PairForm {
    code: String,
}

/// The code that the clerk's screen shows binds this browser to that counter.
async fn pair(State(office): State<Office>, headers: HeaderMap, body: Bytes) -> Result<Response> {
    let form: PairForm = parse(&body)?;
    let typed: String = form.code.chars().filter(char::is_ascii_digit).collect();
    let Some(station_id) = office.stations().pairing.redeem(&typed, Instant::now()) else {
        let error = FieldError {
            field: "code".to_owned(),
            code: "M-1230".to_owned(),
            sentence: "番号が違うか、時間が過ぎています。職員に新しい番号を出してもらってください。"
                .to_owned(),
        };
        let (frame, mut page) = unpaired(&office, &headers).await?;
        page.errors = FormErrors(vec![error]);
        return Ok(respond::unprocessable(render(&frame, &PinPadPage::Pair(page))));
    };
    let mut tx = office.store().write().await?;
    let cookie = bind(&office, &mut tx, station_id, Actor::Pad { station: station_id }).await?;
    tx.commit().await?;
    Ok(([(header::SET_COOKIE, cookie)], respond::see_other("/pinpad")).into_response())
}

/// Binds a browser to a counter as its pad; returns the `Set-Cookie` value.
///
/// # Errors
/// When the database refuses.
pub async fn bind(office: &Office, tx: &mut WriteTx, station_id: i64, actor: Actor<'_>) -> Result<String> {
    let token = office.rng().token();
    let csrf = crate::rng::hex(&office.rng().bytes::<16>());
    let at = office.clock().stamp();
    store::pads::pair_pad(tx, &token_hash(&token), station_id, &csrf, &at).await?;
    let name = stations::row(office, station_id).await?.name;
    let entry = Entry::done(Kind::PadPaired, actor, format!("{name}に住民側の画面をつなぎました。"));
    audit::record(tx, &at, entry).await?;
    Ok(set_cookie(PAD_COOKIE, &token))
}

/// What was typed. Kept in buffers that are wiped, and never shown again.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PinsForm {
    request: String,
    signature: String,
    authentication: String,
    resident_register: String,
    card_entry: String,
    /// New values, each typed twice.
    new_signature: String,
    again_signature: String,
    new_authentication: String,
    again_authentication: String,
    new_resident_register: String,
    again_resident_register: String,
    new_card_entry: String,
    again_card_entry: String,
    /// PINs whose last try the resident agreed to spend.
    last_try: Vec<String>,
    /// PINs for which the resident wants the new value although it is easily guessed.
    weak_ok: Vec<String>,
}

async fn enter(State(office): State<Office>, headers: HeaderMap, body: Bytes) -> Result<Response> {
    let Some(pad) = paired(&office, &headers).await? else { return Ok(respond::see_other("/pinpad")) };
    check_token(&body, &pad.csrf)?;
    let form: PinsForm = parse(&body)?;
    wipe(body);
    let values = vec![
        (PinKind::Signature, Zeroizing::new(form.signature)),
        (PinKind::Authentication, Zeroizing::new(form.authentication)),
        (PinKind::ResidentRegister, Zeroizing::new(form.resident_register)),
        (PinKind::CardEntry, Zeroizing::new(form.card_entry)),
    ];
    let twice = |kind, first, second| (kind, Zeroizing::new(first), Zeroizing::new(second));
    let new_values = vec![
        twice(PinKind::Signature, form.new_signature, form.again_signature),
        twice(PinKind::Authentication, form.new_authentication, form.again_authentication),
        twice(PinKind::ResidentRegister, form.new_resident_register, form.again_resident_register),
        twice(PinKind::CardEntry, form.new_card_entry, form.again_card_entry),
    ];
    if form.request != pad.station.view().pad.reception_number {
        return Ok(respond::see_other("/pinpad"));
    }
    let kinds = |codes: &[String]| codes.iter().filter_map(|code| PinKind::from_code(code)).collect();
    let (last_try, weak_agreed) = (kinds(&form.last_try), kinds(&form.weak_ok));
    let entered = EnteredPins { values, new_values, weak_agreed, last_try };
    let shown = answer(pad.station.enter_pins(entered)).await?;
    let wrong = shown.trouble.is_some()
        || shown.pins.iter().any(|pin| is_error(&pin.status) || pin.new.as_ref().is_some_and(is_refused));
    if !wrong || shown.phase != PadPhase::Asking {
        return Ok(respond::see_other("/pinpad"));
    }
    let page = page(&office, &shown).await?;
    Ok(respond::unprocessable(render(&frame(&office, Some(&pad)), &page)))
}

/// The request's own bytes held the PINs too; wiped as far as they are ours alone.
fn wipe(body: Bytes) {
    if let Ok(mut bytes) = body.try_into_mut() {
        zeroize::Zeroize::zeroize(&mut bytes[..]);
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StopForm {
    request: String,
}

/// The resident doesn't know them, or doesn't want to.
async fn stop(State(office): State<Office>, headers: HeaderMap, body: Bytes) -> Result<Response> {
    let Some(pad) = paired(&office, &headers).await? else { return Ok(respond::see_other("/pinpad")) };
    check_token(&body, &pad.csrf)?;
    let form: StopForm = parse(&body)?;
    if form.request == pad.station.view().pad.reception_number {
        pad.station.forget_pins();
    }
    Ok(respond::see_other("/pinpad"))
}

fn is_error(status: &PinStatus) -> bool {
    matches!(status, PinStatus::Wrong | PinStatus::Malformed(_) | PinStatus::WantsConsent)
}

fn is_refused(status: &NewPinStatus) -> bool {
    !matches!(status, NewPinStatus::Waiting | NewPinStatus::Chosen)
}

/// What the pad shows.
async fn page(office: &Office, shown: &PadView) -> Result<PinPadPage> {
    Ok(match shown.phase {
        PadPhase::Waiting => PinPadPage::Waiting,
        PadPhase::Verifying => PinPadPage::Checking,
        PadPhase::Held => PinPadPage::Done(PadDone {
            sentence: "カードはそのまま置いておいてください。".to_owned(),
        }),
        PadPhase::Locked => PinPadPage::Stopped(locked(shown)),
        PadPhase::Asking => PinPadPage::Enter(PadEnter {
            request: shown.reception_number.clone(),
            person: person(office, &shown.reception_number).await?,
            pins: shown
                .pins
                .iter()
                .map(|pin| PadPin {
                    kind: pin.kind,
                    tries_left: pin.left,
                    entry: match pin.status {
                        PinStatus::NotAsked => PadEntry::No,
                        PinStatus::Verified => PadEntry::Right,
                        _ => PadEntry::Asked,
                    },
                    new: match &pin.new {
                        None => PadChoice::No,
                        Some(NewPinStatus::Chosen) => PadChoice::Chosen,
                        Some(NewPinStatus::Weak(_)) => PadChoice::Weak,
                        Some(_) => PadChoice::Asked,
                    },
                    wants_consent: pin.left == Some(1),
                })
                .collect(),
            errors: FormErrors(errors(shown)),
        }),
    })
}

fn locked(shown: &PadView) -> PadStopped {
    let names: Vec<_> =
        shown.pins.iter().filter(|pin| pin.status == PinStatus::Locked).map(|pin| pin.kind.label()).collect();
    PadStopped {
        sentence: format!("{}が使えなくなりました。", names.join("と")),
        now: "職員が、新しく決める手続きを案内します。".to_owned(),
    }
}

fn errors(shown: &PadView) -> Vec<FieldError> {
    let field = |kind: PinKind, code: &str, sentence: String| FieldError {
        field: kind.code().to_owned(),
        code: code.to_owned(),
        sentence,
    };
    let mut errors: Vec<FieldError> = shown
        .pins
        .iter()
        .filter_map(|pin| match &pin.status {
            PinStatus::Wrong => {
                Some(field(pin.kind, "M-1211", "違っています。もう一度入力してください。".to_owned()))
            }
            PinStatus::WantsConsent => Some(field(
                pin.kind,
                "M-1213",
                "あと1回まちがえると使えなくなります。続けるときは、下の四角に印を付けてください。"
                    .to_owned(),
            )),
            PinStatus::Malformed(reason) => Some(field(pin.kind, "M-1214", reason.clone())),
            _ => None,
        })
        .collect();
    errors.extend(shown.pins.iter().filter_map(|pin| {
        let (code, sentence) = match pin.new.as_ref()? {
            NewPinStatus::Waiting | NewPinStatus::Chosen => return None,
            NewPinStatus::Differs => {
                ("M-1216", "2回の入力が同じではありません。もう一度入力してください。".to_owned())
            }
            NewPinStatus::Malformed(reason) => ("M-1214", reason.clone()),
            NewPinStatus::Weak(warning) => ("M-1217", warning.clone()),
            NewPinStatus::Unchanged => {
                ("M-1218", "いまの番号と同じです。ちがう番号を決めてください。".to_owned())
            }
        };
        let field = format!("new_{}", pin.kind.code());
        Some(FieldError { field, code: code.to_owned(), sentence })
    }));
    if let Some(trouble) = &shown.trouble {
        let sentence = format!("{}{}", trouble.sentence, trouble.what_now);
        errors.push(FieldError { field: String::new(), code: trouble.code.clone(), sentence });
    }
    errors
}

/// The family name, so that people see the request is theirs; nothing for those whose name isn't shown around.
async fn person(office: &Office, reception_number: &str) -> Result<String> {
    let read = office.store().read();
    let case = store::cases::by_reception(read, reception_number).await?;
    let case = case.ok_or_else(|| Refusal::not_found("この受付はありません。"))?;
    let resident = store::residents::find(read, &case.resident_number).await?;
    Ok(match resident {
        Some(resident) if !resident.suppressed => {
            let family = resident.name.split(['\u{3000}', ' ']).next().unwrap_or_default().to_owned();
            format!("{family} さん")
        }
        _ => String::new(),
    })
}
