//! `/settings/stations`: counters, their readers, and the resident's screens.

use crate::components::{
    Button, Choice, Field, FormErrors, Notice, RadioGroup, Select, link_button, post_form,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// The counters.
#[derive(Clone, Debug, Default)]
pub struct StationsSettingsPage {
    /// What was wrong.
    pub errors: FormErrors,
    /// What must be known: pcscd doesn't answer, no reader found.
    pub notices: Vec<Notice>,
    /// The counters.
    pub stations: Vec<StationItem>,
    /// Readers found on this machine, by name.
    pub readers: Vec<String>,
    /// A code that was just made for a resident's screen.
    pub pairing: Option<PairingCode>,
    /// The simulated reader may be chosen.
    pub training: bool,
    /// This person may change counters.
    pub may_change: bool,
}

/// One counter. `id` 0 is the empty form for a new one.
#[derive(Clone, Debug, Default)]
pub struct StationItem {
    /// The counter's number in the database.
    pub id: i64,
    /// 3番窓口.
    pub name: String,
    /// `none`, `simulated` or `pcsc`.
    pub reader_kind: String,
    /// The reader's own name.
    pub reader_name: String,
    /// `terminal` or `relay`.
    pub update_path: String,
    /// What the reader says now: 「カードなし」「見つかりません」.
    pub state: String,
    /// Resident's screens connected to it.
    pub pads: u32,
    /// This browser stands at it.
    pub here: bool,
}

/// A code to type on the resident's screen.
#[derive(Clone, Debug, Default)]
pub struct PairingCode {
    /// The counter's name.
    pub station: String,
    /// Six digits.
    pub code: String,
    /// Minutes until it no longer works.
    pub minutes: u32,
}

/// Posts to `/settings/stations/{id}` (0: new), `…/{id}/pair`, `…/{id}/unpair`, `…/{id}/here`.
pub fn render(frame: &Frame, page: &StationsSettingsPage) -> String {
    frame.document("窓口端末", false, || {
        let notices: Vec<_> = page.notices.iter().map(Notice::view).collect();
        let stations: Vec<_> = page.stations.iter().map(|station| station_view(page, station)).collect();
        let new = page.may_change.then(|| {
            let empty = StationItem { reader_kind: "none".to_owned(), update_path: "terminal".to_owned(), ..StationItem::default() };
            view! { <details class="section"><summary>"窓口を増やす"</summary><section class="panel">{edit(page, &empty)}</section></details> }
        });
        view! {
            {page.errors.summary()}
            <div class="page-head"><h1>"窓口端末"</h1>{link_button("設定へ戻る", "/settings", false)}</div>
            {notices}
            {page.pairing.as_ref().map(pairing)}
            <div class="columns">{stations}</div>
            {new}
        }
        .into_any()
    })
}

fn pairing(code: &PairingCode) -> AnyView {
    view! {
        <div class="reference" role="status">
            <p>{format!("{}の住民側の画面で「/pinpad」を開き、この番号を入れてください。{}分で使えなくなります。", code.station, code.minutes)}</p>
            <span class="reference__number code">{code.code.clone()}</span>
        </div>
    }
    .into_any()
}

fn station_view(page: &StationsSettingsPage, station: &StationItem) -> AnyView {
    let here = if station.here {
        view! { <span class="flag">"このパソコン"</span> }.into_any()
    } else {
        post_form(format!("/settings/stations/{}/here", station.id))
            .class("form--inline")
            .view(Button::quiet("この窓口で使う").view())
    };
    let pads = if station.pads == 0 {
        "住民側の画面はつながっていません。".to_owned()
    } else {
        format!("住民側の画面 {}台", station.pads)
    };
    let unpair = (station.pads > 0).then(|| {
        post_form(format!("/settings/stations/{}/unpair", station.id))
            .class("form--inline")
            .view(Button::caution("接続を切る").view())
    });
    let pair = post_form(format!("/settings/stations/{}/pair", station.id))
        .class("form--inline")
        .view(Button::secondary("住民側の画面をつなぐ").view());
    let edit = page
        .may_change
        .then(|| view! { <details><summary>"変更する"</summary>{edit(page, station)}</details> });
    view! {
        <section class="panel">
            <div class="panel__head"><h2>{station.name.clone()}</h2>{here}</div>
            <dl class="facts">
                <dt>"リーダ"</dt><dd>{reader_words(station)}</dd>
                <dt>"いまの状態"</dt><dd>{station.state.clone()}</dd>
                <dt>"書き込み"</dt><dd>{path_words(&station.update_path)}</dd>
            </dl>
            <p class="section">{pads}</p>
            <div class="actions">{pair}{unpair}</div>
            {edit}
        </section>
    }
    .into_any()
}

fn reader_words(station: &StationItem) -> String {
    match station.reader_kind.as_str() {
        "simulated" => "練習用リーダ".to_owned(),
        "pcsc" => station.reader_name.clone(),
        _ => "なし".to_owned(),
    }
}

fn path_words(path: &str) -> &'static str {
    match path {
        "relay" => "このリーダを通して発行側が書き込む",
        _ => "統合端末で書き込み、ここで確かめる",
    }
}

fn edit(page: &StationsSettingsPage, station: &StationItem) -> AnyView {
    // Several of these forms stand on one page: the field names carry the counter, so that labels stay unique.
    let field = |name: &str| format!("{name}_{}", station.id);
    let mut kinds = vec![Choice::new("none", "なし"), Choice::new("pcsc", "接続したリーダ")];
    if page.training {
        kinds.insert(1, Choice::new("simulated", "練習用リーダ"));
    }
    let mut readers: Vec<Choice> = page.readers.iter().map(|name| Choice::new(name, name)).collect();
    if !station.reader_name.is_empty() && !page.readers.contains(&station.reader_name) {
        readers
            .push(Choice::new(&station.reader_name, format!("{}(いま見つかりません)", station.reader_name)));
    }
    readers.insert(0, Choice::new("", "選んでください"));
    let paths = [Choice::new("terminal", path_words("terminal")), Choice::new("relay", path_words("relay"))];
    let inside = view! {
        {Field::text(field("name"), "窓口の名前").value(&station.name).error(page.errors.of(&field("name"))).required().view()}
        {RadioGroup::new(field("reader_kind"), "リーダ", &kinds, &station.reader_kind).error(page.errors.of(&field("reader_kind"))).view()}
        {Select::new(field("reader_name"), "接続したリーダの名前", &readers, &station.reader_name).error(page.errors.of(&field("reader_name"))).view()}
        {RadioGroup::new(field("update_path"), "カードの書き込み", &paths, &station.update_path).error(page.errors.of(&field("update_path"))).view()}
        <div class="actions">{Button::primary("窓口を保存する").view()}</div>
    }
    .into_any();
    post_form(format!("/settings/stations/{}", station.id)).view(inside)
}
