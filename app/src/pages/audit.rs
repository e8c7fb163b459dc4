//! `/audit`: who did what to whom, when, and how it ended.

mod filter;
mod rows;
mod state;

pub use filter::AuditFilter;
pub use rows::{AuditDay, AuditOutcome, AuditRow};
pub use state::{TrailCheckpoint, TrailState};

use crate::components::{Choice, FormErrors, grouped, link_button};
use crate::frame::Frame;
use leptos::prelude::*;

/// The trail.
#[derive(Clone, Debug, Default)]
pub struct AuditPage {
    /// What the list is narrowed by, as typed.
    pub filter: AuditFilter,
    /// What was wrong with it.
    pub errors: FormErrors,
    /// Who can be chosen.
    pub actors: Vec<Choice>,
    /// What can be chosen as the kind of act.
    pub kinds: Vec<Choice>,
    /// How the trail itself stands.
    pub state: TrailState,
    /// The rows by day, newest first.
    pub days: Vec<AuditDay>,
    /// Where the newer rows are, if there are any.
    pub newer: Option<String>,
    /// Where the older rows are, if there are any.
    pub older: Option<String>,
    /// Where the rows that fit come as a table for a spreadsheet.
    pub csv: String,
    /// Where they come as one JSON object a line.
    pub lines: String,
}

/// The document.
pub fn render(frame: &Frame, page: &AuditPage) -> String {
    frame.document("操作記録", false, || {
        let count = format!("これまでに{}件", grouped(page.state.count));
        view! {
            {page.errors.summary()}
            <div class="page-head"><h1>"操作記録"</h1><span class="page-head__aside">{count}</span></div>
            {state::view(&page.state)}
            {filter::view(page)}
            <div class="section">{rows::view(&page.days)}</div>
            {turn(page)}
            {exports(page)}
        }
        .into_any()
    })
}

/// There is no number of pages: a list of millions is read on, not counted.
fn turn(page: &AuditPage) -> AnyView {
    if page.newer.is_none() && page.older.is_none() {
        return ().into_any();
    }
    let link = |href: &Option<String>, words: &'static str, rel: &'static str| {
        href.clone().map(|href| view! { <a class="button" rel=rel href=href>{words}</a> })
    };
    view! {
        <nav class="pages" aria-label="頁">
            {link(&page.newer, "新しい記録を見る", "prev")}
            {link(&page.older, "古い記録を見る", "next")}
        </nav>
    }
    .into_any()
}

fn exports(page: &AuditPage) -> AnyView {
    if page.days.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section">
            <h2>"この条件の記録を書き出す"</h2>
            <p class="field__hint">
                "書き出したことも記録に残ります。ファイルには宛名番号や代理人の氏名が入ります。取り扱いに注意してください。"
            </p>
            <div class="actions">
                {link_button("表計算用に書き出す(CSV)", &page.csv, false)}
                {link_button("検証用に書き出す(1行に1件)", &page.lines, false)}
            </div>
        </section>
    }
    .into_any()
}
