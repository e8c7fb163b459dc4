//! 暗証番号の入力: asked for here, entered by the resident elsewhere. This page never sees a value.

use super::CasePage;
use crate::components::{Button, Notice, Tone};
use crate::pages::parts::{OnReader, Tries, on_reader, tries};
use leptos::prelude::*;
use rules::kinds::PinKind;

/// The request and how far the resident is.
#[derive(Clone, Debug)]
pub struct PinsStep {
    /// The PINs asked for.
    pub pins: Vec<PinRequest>,
    /// The counter's PIN pad.
    pub pad: PadState,
    /// The card must lie on the reader first.
    pub on_reader: OnReader,
    /// Offer to open the resident's page on this computer (one screen, as in training).
    pub same_computer: bool,
}

/// One PIN.
#[derive(Clone, Copy, Debug)]
pub struct PinRequest {
    /// Which PIN.
    pub kind: PinKind,
    /// How it stands.
    pub state: PinState,
    /// Its tries, as the card says.
    pub tries: Option<Tries>,
}

/// How one PIN stands. Never its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinState {
    /// 入力待ち
    Waiting,
    /// 照合済み
    Matched,
    /// 不一致: the resident may try again.
    Wrong,
    /// ロック: only a reset helps.
    Locked,
}

/// The PIN pad of the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PadState {
    /// No browser is connected as the pad.
    NotConnected,
    /// Connected, nothing asked yet.
    Ready,
    /// The resident is being asked now.
    Entering,
    /// A PIN is wrong or locked, or the resident stopped: ask again or reset.
    Stopped,
}

/// Posts to `pins` (ask) or `pins-cancel` (take the question back).
pub(super) fn view(page: &CasePage, step: &PinsStep) -> AnyView {
    let rows: Vec<_> = step.pins.iter().copied().map(row).collect();
    let open = step.same_computer.then(|| {
        view! { <a class="button" href="/pinpad" target="_blank" rel="noopener">"この端末で入力画面を開く"</a> }
    });
    let (say, action) = match step.pad {
        PadState::NotConnected => (
            Notice {
                tone: Tone::Caution,
                title: "入力画面がつながっていません。".to_owned(),
                sentence: "住民側の画面で入力画面を開き、設定の「窓口端末」に出る番号を入れてください。".to_owned(),
            },
            ask(page, "暗証番号の入力をお願いする"),
        ),
        PadState::Ready => (
            Notice {
                tone: Tone::Information,
                title: String::new(),
                sentence: "カードをリーダに置いたまま、住民側の画面で入力してもらいます。職員は画面を見ないでください。".to_owned(),
            },
            ask(page, "暗証番号の入力をお願いする"),
        ),
        PadState::Entering => (
            Notice {
                tone: Tone::Information,
                title: "暗証番号の入力待ち".to_owned(),
                sentence: "来た人が入力しています。カードをリーダから離さないでください。この画面は自動で進みます。".to_owned(),
            },
            page.form("pins-cancel").view(Button::secondary("入力を取りやめる").view()),
        ),
        PadState::Stopped => (
            Notice {
                tone: Tone::Caution,
                title: "入力が止まっています。".to_owned(),
                sentence: "もう一度入力してもらうか、わからないときは暗証番号の再設定に切り替えてください。".to_owned(),
            },
            ask(page, "もう一度入力をお願いする"),
        ),
    };
    view! {
        <h2>"暗証番号の入力"</h2>
        {say.view()}
        {on_reader(&step.on_reader)}
        <ul class="pins">{rows}</ul>
        <div class="actions case__act">{action}{open}</div>
    }
    .into_any()
}

fn ask(page: &CasePage, words: &str) -> AnyView {
    page.form("pins").view(Button::primary(words).view())
}

fn row(pin: PinRequest) -> AnyView {
    let (class, words) = match pin.state {
        PinState::Waiting => ("pins__state", "○ 入力待ち"),
        PinState::Matched => ("pins__state pins__state--ok", "✓ 照合済み"),
        PinState::Wrong => ("pins__state pins__state--wrong", "△ 一致しません"),
        PinState::Locked => ("pins__state pins__state--locked", "× ロック"),
    };
    let left = pin.tries.map(tries);
    view! {
        <li>
            <span>{pin.kind.label()}</span>
            <span>{left}" "<span class=class>{words}</span></span>
        </li>
    }
    .into_any()
}
