//! `/work`: what waits, list by list, each row with the one thing to do next.

use crate::components::{Column, Pages, Table, grouped, pagination};
use crate::frame::Frame;
use leptos::prelude::*;

/// One list, and how long all of them are.
#[derive(Clone, Debug, Default)]
pub struct WorkListsPage {
    /// All lists, in the order of the day.
    pub tabs: Vec<WorkTab>,
    /// The name of the list that is shown.
    pub title: String,
    /// What stands in it, in a sentence.
    pub about: String,
    /// The head of the column of days: 回答期限, 返戻日.
    pub day_head: &'static str,
    /// What it says when nothing waits.
    pub empty: String,
    /// Its rows.
    pub rows: Vec<WorkItem>,
    /// Where in a long list.
    pub pages: Pages,
}

/// One list among all.
#[derive(Clone, Debug, Default)]
pub struct WorkTab {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// How many rows it has.
    pub count: u64,
    /// It is the one that is shown.
    pub current: bool,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct WorkItem {
    /// R8-000123, 通知-000124, 令和9年1月.
    pub number: String,
    /// The procedure, or what kind of letter it is.
    pub kind: String,
    /// The person as registered, or how many letters; masked by the server.
    pub who: String,
    /// The reading, or who came.
    pub who_detail: String,
    /// Where it stands.
    pub state: String,
    /// Why, in the words of who wrote it down.
    pub why: String,
    /// The day that counts.
    pub day: String,
    /// あと12日, 3日過ぎています.
    pub left: String,
    /// It can't wait.
    pub pressing: bool,
    /// 3番窓口.
    pub station: String,
    /// Who opened it.
    pub clerk: String,
    /// What to do next: a verb.
    pub next: String,
    /// Where that is done; empty where this person may not.
    pub href: String,
}

/// The document.
pub fn render(frame: &Frame, page: &WorkListsPage) -> String {
    frame.document(&page.title, false, || {
        let tabs: Vec<_> = page.tabs.iter().map(tab).collect();
        view! {
            <div class="page-head"><h1>"作業一覧"</h1></div>
            <nav class="worktabs no-print" aria-label="一覧"><ul>{tabs}</ul></nav>
            <section class="section">
                <h2>{page.title.clone()}<small class="muted">{format!(" {}件", grouped(page.pages.total))}</small></h2>
                <p class="muted">{page.about.clone()}</p>
                {rows(page)}
                {pagination(&page.pages)}
            </section>
        }
        .into_any()
    })
}

fn tab(tab: &WorkTab) -> AnyView {
    let here = tab.current.then_some("page");
    let class = if tab.count == 0 { "worktabs__count worktabs__count--zero" } else { "worktabs__count" };
    view! {
        <li>
            <a href=tab.href.clone() aria-current=here>
                {tab.label.clone()}" "<span class=class>{grouped(tab.count)}<span class="sr">"件"</span></span>
            </a>
        </li>
    }
    .into_any()
}

fn rows(page: &WorkListsPage) -> AnyView {
    let columns = [
        Column::tight("番号"),
        Column::text("氏名など"),
        Column::text("状態"),
        Column::tight(page.day_head),
        Column::text("窓口・受付した人"),
        Column::text("次にすること"),
    ];
    let mut table = Table::new(page.title.clone(), &columns, page.empty.clone()).under_heading();
    for item in &page.rows {
        let class = if item.pressing { "row--pressing" } else { "" };
        let mark = if item.pressing { "▲ " } else { "" };
        let next = if item.href.is_empty() {
            view! { <span>{item.next.clone()}</span> }.into_any()
        } else {
            view! { <a href=item.href.clone()>{item.next.clone()}</a> }.into_any()
        };
        table.row_with(
            class,
            vec![
                view! { <span class="code">{item.number.clone()}</span><small>{item.kind.clone()}</small> }.into_any(),
                view! { <span class="person">{item.who.clone()}</span><small>{item.who_detail.clone()}</small> }.into_any(),
                view! { <span>{mark}<strong>{item.state.clone()}</strong></span><small>{item.why.clone()}</small> }
                    .into_any(),
                view! { <span class="number">{item.day.clone()}</span><small>{item.left.clone()}</small> }.into_any(),
                view! { <span>{item.station.clone()}</span><small>{item.clerk.clone()}</small> }.into_any(),
                next,
            ],
        );
    }
    table.view()
}
