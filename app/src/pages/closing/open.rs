//! A day that isn't closed: what must be explained, and the button.

use super::{ClosingPage, DayToClose, DifferenceItem, receptions};
use crate::components::{Button, TextArea, post_form};
use leptos::prelude::*;
use rules::wareki;

pub(super) fn view(page: &ClosingPage, open: &DayToClose) -> AnyView {
    let count = open.differences.len();
    let lead = if count == 0 {
        "差異はありません。".to_owned()
    } else {
        format!("説明のいる差異が{count}件あります。すべて説明すると締められます。")
    };
    let differences: Vec<_> = open.differences.iter().map(|one| difference(page, open, one)).collect();
    if !open.may_close {
        return view! { <section class="section"><h2>"差異"</h2><p class="lead">{lead}</p>{differences}</section> }
            .into_any();
    }
    let inside = view! {
        {differences}
        <div class="actions">
            {Button::primary(format!("{}を締める", wareki::long_weekday(page.day))).view()}
        </div>
        <p class="muted">"締めたあとに行った手続きは、次の日報に入ります。"</p>
    }
    .into_any();
    let form = post_form(format!("/closing/{}/close", page.day))
        .once(&open.once)
        .hidden("seen", &open.seen)
        .view(inside);
    view! { <section class="section"><h2>"差異"</h2><p class="lead">{lead}</p>{form}</section> }.into_any()
}

fn difference(page: &ClosingPage, open: &DayToClose, one: &DifferenceItem) -> AnyView {
    let why = open.may_close.then(|| {
        let mut area =
            TextArea::new(&one.field, "説明", &one.why).rows(2).error(page.errors.of(&one.field)).required();
        if one.from_before {
            area = area.hint("前回の説明です。今日も同じなら、このままでかまいません。");
        }
        area.view()
    });
    view! { <div class="box"><p><strong>{one.sentence.clone()}</strong></p>{receptions(&one.receptions)}{why}</div> }
        .into_any()
}
