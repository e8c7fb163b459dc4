//! `/station/…`: the clerk's own counter: its reader's events, and in training its simulated reader.

use crate::audit::{self, Entry, Kind};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::routes::form::Posted;
use crate::routes::registry::{Routes, get, post};
use crate::routes::respond;
use crate::staff::permissions::Act;
use crate::staff::visitor::{Standing, Visitor};
use crate::stations::{self, View, training};
use crate::store;
use app::components::Pages;
use app::frame::{MenuItem, ReaderChip};
use app::pages::reader_panel::{ReaderPanelPage, SampleCard, render};
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use card::virtual_card::{CardPins, Profile};
use rules::kinds::PinKind;
use serde::Deserialize;
use std::convert::Infallible;
use tokio::sync::watch;

/// The addresses of the clerk's counter.
pub fn routes() -> Routes {
    Routes::new()
        .route("/station/events", get(events))
        .route("/station/reader", get(panel))
        .route("/station/reader/lay", post(lay))
        .route("/station/reader/take-away", post(take_away))
}

/// What the reader chip says, now and at each change, as events named `reader`.
async fn events(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    let Some(id) = visitor.station_id else {
        return Err(Refusal::not_found("窓口端末が選ばれていません。").into());
    };
    let watched = stations::at(&office, id).await?.watch();
    let closing = office.stations().closing();
    let may_see = visitor.may(Act::SeeSuppressed);
    let state = Listener { office, token: visitor.token, may_see, watched, closing, last: None, first: true };
    let stream = as_stream(state);
    let events = Sse::new(stream).keep_alive(KeepAlive::default());
    // Events name people; "no-cache" alone would let them be kept.
    Ok(([(header::CACHE_CONTROL, "no-store")], events).into_response())
}

struct Listener {
    office: Office,
    /// The session that listens: where it has ended or hides its screen, nothing is said any more.
    token: String,
    may_see: bool,
    watched: watch::Receiver<View>,
    closing: watch::Receiver<bool>,
    last: Option<String>,
    first: bool,
}

impl Listener {
    /// The next event that says something new; `None` when the station is closed.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if !std::mem::replace(&mut self.first, false) {
                tokio::select! {
                    changed = self.watched.changed() => changed.ok()?,
                    _ = self.closing.wait_for(|closing| *closing) => return None,
                }
            }
            let listens = Visitor::find(&self.office, &self.token).await.ok()?;
            listens.filter(|visitor| visitor.standing == Standing::Working)?;
            let view = self.watched.borrow_and_update().clone();
            let chip = stations::chip_of(&self.office, self.may_see, &view).await.ok()?;
            let said = said(&chip);
            if self.last.as_ref() != Some(&said) {
                self.last = Some(said.clone());
                return Some(Event::default().event("reader").data(said));
            }
        }
    }
}

fn said(chip: &ReaderChip) -> String {
    serde_json::json!({
        "state": chip.state(), "words": chip.words(), "shape": chip.shape(), "href": chip.href(),
    })
    .to_string()
}

fn as_stream(listener: Listener) -> impl futures_util::Stream<Item = Result<Event, Infallible>> {
    futures_util::stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Narrow {
    filter: String,
}

/// Cards that a search for residents may add to the samples.
const MOST_FOUND: usize = 20;

async fn panel(
    State(office): State<Office>,
    visitor: Visitor,
    Query(narrow): Query<Narrow>,
) -> Result<Response> {
    let id = training_station(&office, &visitor)?;
    let row = stations::row(&office, id).await?;
    let view = stations::at(&office, id).await?.view();
    let samples = training::samples(office.first_day());
    let words = narrow.filter.trim().to_owned();
    let mut cards: Vec<SampleCard> =
        samples.iter().filter(|profile| matches(profile, &words)).map(sample).collect();
    if !words.is_empty() {
        let shown: Vec<String> = cards.iter().map(|card| card.resident.clone()).collect();
        let found = training::residents_with_cards(&office, &words, MOST_FOUND).await?;
        cards.extend(
            found.into_iter().filter(|(resident, _)| !shown.contains(&resident.number)).map(resident_card),
        );
    }
    let page = ReaderPanelPage {
        station: row.name,
        on_reader: on_reader(&office, &view, &samples).await?,
        cards,
        query: words,
        pages: Pages::default(),
        training_pins: pins(),
    };
    let frame = respond::frame(&office, &visitor, MenuItem::Reader).await?;
    Ok(respond::html(render(&frame, &page)))
}

/// The simulated reader is the training office's, and its cards are laid by those who handle cases.
fn training_station(office: &Office, visitor: &Visitor) -> Result<i64> {
    visitor.require(Act::HandleCases)?;
    if !office.mode().is_training() {
        return Err(Refusal::not_allowed("本番の窓口に、練習用リーダはありません。").into());
    }
    visitor.station_id.ok_or_else(|| {
        let sentence = "このパソコンの窓口端末が選ばれていません。";
        Refusal::conflict(sentence, "設定の「窓口端末」で、この窓口を選んでください。").into()
    })
}

fn matches(profile: &Profile, words: &str) -> bool {
    words.is_empty()
        || profile.title.contains(words)
        || profile.person.holder.name.contains(words)
        || rules::fold::kana(profile.kana).contains(&rules::fold::kana(words))
        || rules::fold::name(&profile.person.holder.name).contains(&rules::fold::name(words))
}

fn sample(profile: &Profile) -> SampleCard {
    SampleCard {
        id: format!("sample:{}", profile.name),
        profile: profile.title.to_owned(),
        detail: String::new(),
        name: profile.person.holder.name.clone(),
        kana: profile.kana.to_owned(),
        resident: profile.resident_number.clone(),
    }
}

fn resident_card((resident, card): (store::residents::Resident, store::cards::Card)) -> SampleCard {
    SampleCard {
        id: format!("resident:{}", resident.number),
        profile: "住民のカード".to_owned(),
        detail: format!("有効期限 {}", rules::wareki::short(card.expires)),
        name: resident.name,
        kana: resident.kana,
        resident: resident.number,
    }
}

async fn on_reader(office: &Office, view: &View, samples: &[Profile]) -> Result<Option<SampleCard>> {
    if view.sight.generation().is_none() {
        return Ok(None);
    }
    let Some(reading) = view.reading() else {
        let profile = "読み取れないカード".to_owned();
        return Ok(Some(SampleCard { profile, ..SampleCard::default() }));
    };
    let number = &reading.card.card.card_number;
    if let Some(profile) = samples.iter().find(|profile| profile.person.card_number == *number) {
        return Ok(Some(sample(profile)));
    }
    let read = office.store().read();
    let card = store::cards::find(read, number).await?;
    let resident = match &card {
        Some(card) => store::residents::find(read, &card.resident_number).await?,
        None => None,
    };
    Ok(Some(match (resident, card) {
        (Some(resident), Some(card)) => resident_card((resident, card)),
        _ => SampleCard { profile: "登録のないカード".to_owned(), ..SampleCard::default() },
    }))
}

fn pins() -> Vec<(String, String)> {
    let values = CardPins::training();
    PinKind::ALL.iter().map(|&kind| (kind.label().to_owned(), values.value(kind).to_owned())).collect()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LayForm {
    card: String,
}

async fn lay(State(office): State<Office>, Posted { visitor, form }: Posted<LayForm>) -> Result<Response> {
    let id = training_station(&office, &visitor)?;
    let said = match form.card.split_once(':') {
        Some(("sample", name)) => training::lay_sample(&office, id, name).await?,
        Some(("resident", number)) => training::lay_resident(&office, id, number).await?,
        _ => return Err(Refusal::not_found("そのカードはありません。").into()),
    };
    note(&office, &visitor, &format!("練習用リーダにカードを置きました({said})。")).await?;
    Ok(respond::see_other("/station/reader"))
}

#[derive(Debug, Deserialize)]
struct Nothing {}

async fn take_away(
    State(office): State<Office>,
    Posted { visitor, .. }: Posted<Nothing>,
) -> Result<Response> {
    let id = training_station(&office, &visitor)?;
    training::take_away(&office, id).await?;
    note(&office, &visitor, "練習用リーダからカードを取りました。").await?;
    Ok(respond::see_other("/station/reader"))
}

async fn note(office: &Office, visitor: &Visitor, sentence: &str) -> Result<()> {
    let mut tx = office.store().write().await?;
    let entry = Entry::done(Kind::TrainingCard, visitor, sentence);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}
