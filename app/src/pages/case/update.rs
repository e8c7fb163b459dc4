//! カードの更新: the last look before something that can't be taken back.

use super::{CasePage, CertificateChange, changes};
use crate::components::{Button, Notice, Tone};
use crate::pages::parts::{OnReader, on_reader};
use leptos::prelude::*;

/// What will be done to the card.
#[derive(Clone, Debug)]
pub struct UpdateStep {
    /// Who writes.
    pub path: UpdatePath,
    /// Old and new expiries.
    pub changes: Vec<CertificateChange>,
    /// What was checked just before: 「カードは渡邉花子さんのものです」「3つの暗証番号が一致しました」.
    pub checked: Vec<String>,
    /// The card must be there.
    pub on_reader: OnReader,
}

/// Who writes the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdatePath {
    /// The clerk is about to take the card to the 統合端末; it is looked at here first.
    BeforeTerminal,
    /// The clerk on the 統合端末; this program reads the card before and after.
    Terminal,
    /// The issuer's commands come through this counter's reader.
    Relay,
}

/// Posts to `update`.
pub(super) fn view(page: &CasePage, step: &UpdateStep) -> AnyView {
    let checked: Vec<_> = step.checked.iter().map(|line| view! { <li>{format!("✓ {line}")}</li> }).collect();
    let (notice, button) = match step.path {
        UpdatePath::Relay => (
            Notice {
                tone: Tone::Caution,
                title: "始めると元に戻せません。".to_owned(),
                sentence: "いまの証明書は失効し、新しい証明書をカードに書き込みます。終わるまでカードをリーダから離さないでください(1分ほど)。".to_owned(),
            },
            Button::primary("カードを更新する"),
        ),
        UpdatePath::BeforeTerminal => (
            Notice {
                tone: Tone::Information,
                title: "統合端末に移す前に、カードを確かめます。".to_owned(),
                sentence: "カードと暗証番号を確かめ、いまの証明書の番号を控えます。ここではカードに何も書き込みません。".to_owned(),
            },
            Button::primary("書き込み前のカードを確かめる"),
        ),
        UpdatePath::Terminal => (
            Notice {
                tone: Tone::Caution,
                title: "統合端末で書き込んでください。".to_owned(),
                sentence: "書き込みが終わったら、カードをこのリーダに置いて下のボタンを押してください。新しい満了日と鍵の働きを確かめます。".to_owned(),
            },
            Button::primary("書き込んだカードを確かめる"),
        ),
    };
    let inside = view! {
        <h2>"カードの更新"</h2>
        {changes::table(&step.changes)}
        <ul class="section">{checked}</ul>
        {on_reader(&step.on_reader)}
        <div class="section">{notice.view()}</div>
        <div class="actions case__act">{button.view()}</div>
    }
    .into_any();
    page.form("update").view(inside)
}
