//! `/settings/history`: what was changed in the settings, from what to what, by whom and when.

use crate::components::{Button, Choice, Column, Pages, Select, Table, grouped, link_button, pagination};
use crate::frame::Frame;
use leptos::prelude::*;

/// The changes of one setting, of a family, or of all.
#[derive(Clone, Debug, Default)]
pub struct SettingHistoryPage {
    /// What the list is narrowed to; empty for everything.
    pub about: String,
    /// What it can be narrowed to.
    pub families: Vec<Choice>,
    /// What the setting changes, in a sentence; empty for a family.
    pub changes_what: String,
    /// The changes, newest first.
    pub changes: Vec<SettingChange>,
    /// Where in a long list.
    pub pages: Pages,
}

/// One change.
#[derive(Clone, Debug, Default)]
pub struct SettingChange {
    /// R8.11.2 14:05.
    pub at: String,
    /// Who.
    pub by: String,
    /// Which setting.
    pub what: String,
    /// The change as a sentence, where it has no two values.
    pub sentence: String,
    /// What it was.
    pub old: String,
    /// What it became.
    pub new: String,
}

/// The document.
pub fn render(frame: &Frame, page: &SettingHistoryPage) -> String {
    frame.document("設定の履歴", false, || {
        view! {
            <div class="page-head">
                <h1>"設定の履歴"</h1>
                <span class="page-head__aside">{format!("{}件", grouped(page.pages.total))}</span>
                {link_button("設定へ戻る", "/settings", false)}
            </div>
            <form class="form form--row no-print" method="get" action="/settings/history">
                {Select::new("about", "設定", &page.families, &page.about).view()}
                {Button::secondary("しぼりこむ").view()}
            </form>
            {(!page.changes_what.is_empty()).then(|| view! { <p class="lead">{page.changes_what.clone()}</p> })}
            <div class="section">{changes(&page.changes)}</div>
            {pagination(&page.pages)}
        }
        .into_any()
    })
}

fn changes(changes: &[SettingChange]) -> AnyView {
    let columns = [
        Column::tight("日時"),
        Column::tight("変えた人"),
        Column::text("設定"),
        Column::text("前"),
        Column::text("後"),
    ];
    let mut table =
        Table::new("設定の履歴", &columns, "はじめの値のまま、まだ変えられていません。").under_heading();
    for change in changes {
        let value = |text: &str| if text.is_empty() { "－".to_owned() } else { text.to_owned() };
        let (old, new) = if change.sentence.is_empty() {
            (value(&change.old), value(&change.new))
        } else {
            (String::new(), change.sentence.clone())
        };
        table.row(vec![
            view! { <span class="number">{change.at.clone()}</span> }.into_any(),
            change.by.clone().into_any(),
            change.what.clone().into_any(),
            old.into_any(),
            view! { <span class="setting__new">{new}</span> }.into_any(),
        ]);
    }
    table.view()
}
