//! `/station/reader`: the simulated reader of a training office. A card is laid on it and taken away.

use crate::components::{Button, Column, Field, Pages, Table, pagination, post_form};
use crate::frame::{Frame, MenuItem};
use leptos::prelude::*;

/// The reader and the cards at hand.
#[derive(Clone, Debug, Default)]
pub struct ReaderPanelPage {
    /// 3番窓口.
    pub station: String,
    /// What lies on the reader.
    pub on_reader: Option<SampleCard>,
    /// Cards to choose from.
    pub cards: Vec<SampleCard>,
    /// What the list was narrowed by.
    pub query: String,
    /// Where in a long list.
    pub pages: Pages,
    /// The fixed PINs of training cards: name and value. They guard nothing real.
    pub training_pins: Vec<(String, String)>,
}

/// A made-up card.
#[derive(Clone, Debug, Default)]
pub struct SampleCard {
    /// What the form sends.
    pub id: String,
    /// What is special about it: 更新期間の中, 署名用がロック, 途中で抜けるカード.
    pub profile: String,
    /// What will happen with it, in a sentence; may be empty.
    pub detail: String,
    /// Whose it is.
    pub name: String,
    /// Their kana.
    pub kana: String,
    /// 宛名番号, for the link; empty for a stranger's card.
    pub resident: String,
}

/// Posts to `/station/reader/lay` with `card`, or to `/station/reader/take-away`.
pub fn render(frame: &Frame, page: &ReaderPanelPage) -> String {
    frame.document("練習用リーダ", false, || {
        let pins: Vec<_> = page
            .training_pins
            .iter()
            .map(|(name, value)| view! { <dt>{name.clone()}</dt><dd class="code">{value.clone()}</dd> })
            .collect();
        let narrow = view! {
            <form class="form form--row" method="get" action=MenuItem::Reader.href()>
                {Field::text("filter", "カードをさがす").value(&page.query).hint("氏名、カナ、または「ロック」「期間満了」など").view()}
                {Button::secondary("しぼりこむ").view()}
            </form>
        };
        view! {
            <div class="page-head"><h1>"練習用リーダ"</h1><span class="page-head__aside">{page.station.clone()}</span></div>
            <div class="reader">
                <div>
                    {tray(page.on_reader.as_ref())}
                    <section class="section">
                        <h2>"練習用カードの暗証番号"</h2>
                        <dl class="facts">{pins}</dl>
                    </section>
                </div>
                <div>
                    {narrow}
                    <div class="section">{cards(page)}</div>
                    {pagination(&page.pages)}
                </div>
            </div>
        }
        .into_any()
    })
}

fn tray(card: Option<&SampleCard>) -> AnyView {
    let Some(card) = card else {
        return view! { <div class="tray" role="status"><p class="lead">"○ カードなし"</p><p class="muted">"右の一覧からカードを選んで置きます。"</p></div> }.into_any();
    };
    let person = if card.resident.is_empty() {
        view! { <span class="person">{card.name.clone()}</span> }.into_any()
    } else {
        view! { <a class="person" href=format!("/residents/{}", card.resident)>{card.name.clone()}</a> }
            .into_any()
    };
    view! {
        <div class="tray tray--full" role="status">
            <p class="kana">{card.kana.clone()}</p>
            <p class="lead">{person}</p>
            <p>{card.profile.clone()}</p>
            <div class="actions">{post_form("/station/reader/take-away").view(Button::secondary("カードを取る").view())}</div>
        </div>
    }
    .into_any()
}

fn cards(page: &ReaderPanelPage) -> AnyView {
    let columns = [Column::text("カード"), Column::text("持ち主"), Column::tight("")];
    let mut table = Table::new("練習用のカード", &columns, "合うカードがありません。").under_heading();
    for card in &page.cards {
        let detail = (!card.detail.is_empty())
            .then(|| view! { <span class="tick__detail">{card.detail.clone()}</span> });
        let here = page.on_reader.as_ref().is_some_and(|on_reader| on_reader.id == card.id);
        let action = if here {
            "置いてあります".into_any()
        } else {
            post_form("/station/reader/lay")
                .class("form--inline")
                .hidden("card", &card.id)
                .view(Button::secondary("のせる").view())
        };
        table.row(vec![
            view! { <span><strong>{card.profile.clone()}</strong>{detail}</span> }.into_any(),
            view! { <span><span class="person">{card.name.clone()}</span>" "<span class="kana">{card.kana.clone()}</span></span> }.into_any(),
            action,
        ]);
    }
    table.view()
}
