//! `/closing`: the end of a day: its numbers, what must be explained, the report, and the days before.

mod open;

use crate::components::{
    Button, Column, FormErrors, Notice, Pages, SummaryList, Table, TextArea, grouped, link_button,
    pagination, post_form,
};
use crate::dates;
use crate::frame::Frame;
use leptos::prelude::*;
use rules::{NaiveDate, wareki};

/// One day, and the closed days.
#[derive(Clone, Debug, Default)]
pub struct ClosingPage {
    /// What was wrong, by field.
    pub errors: FormErrors,
    /// The day.
    pub day: NaiveDate,
    /// The days that aren't closed.
    pub waiting: Vec<DayLink>,
    /// What to know first.
    pub notices: Vec<Notice>,
    /// The numbers, in groups.
    pub counts: Vec<CountGroup>,
    /// How the cases add up, as a sum.
    pub balance: String,
    /// They do.
    pub balances: bool,
    /// What is asked, where the day isn't closed.
    pub open: Option<DayToClose>,
    /// How it was closed.
    pub closed: Option<ClosedDay>,
    /// The closed days, newest first.
    pub past: Vec<PastDay>,
    /// Where in a long list.
    pub pages: Pages,
}

/// A day that isn't closed.
#[derive(Clone, Debug, Default)]
pub struct DayLink {
    /// 令和8年11月24日(火).
    pub label: String,
    /// Its page.
    pub href: String,
    /// It is the one that is shown.
    pub current: bool,
}

/// Numbers that belong together.
#[derive(Clone, Debug, Default)]
pub struct CountGroup {
    /// 受付, 文書, カード.
    pub title: String,
    /// Names and numbers.
    pub lines: Vec<(String, u64)>,
}

/// What is asked before a day is closed.
#[derive(Clone, Debug, Default)]
pub struct DayToClose {
    /// What didn't come out.
    pub differences: Vec<DifferenceItem>,
    /// This person may close it; others only read.
    pub may_close: bool,
    /// The key that makes a second press harmless.
    pub once: String,
    /// What the page was made from.
    pub seen: String,
}

/// Something that didn't come out.
#[derive(Clone, Debug, Default)]
pub struct DifferenceItem {
    /// The form's field.
    pub field: String,
    /// What, as a sentence.
    pub sentence: String,
    /// The cases it is about.
    pub receptions: Vec<String>,
    /// Why, as typed or as it was explained the last time.
    pub why: String,
    /// It stands there from the last time.
    pub from_before: bool,
}

/// How a day was closed.
#[derive(Clone, Debug, Default)]
pub struct ClosedDay {
    /// The closing's number.
    pub closing: i64,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// Where the report is.
    pub report: String,
    /// Records of the trail at that moment.
    pub records: u64,
    /// The last one's hash.
    pub head: String,
    /// What didn't come out, and why.
    pub explained: Vec<DifferenceItem>,
    /// This person may open it again.
    pub may_reopen: bool,
    /// The reason as typed.
    pub reason: String,
}

/// A closing in the list.
#[derive(Clone, Debug, Default)]
pub struct PastDay {
    /// The day.
    pub day: NaiveDate,
    /// Its page.
    pub href: String,
    /// R8.11.24 17:20 佐藤.
    pub closed: String,
    /// New cases.
    pub opened: u64,
    /// Cases that came to an end.
    pub over: u64,
    /// Cases carried over.
    pub carried: u64,
    /// Differences explained.
    pub differences: u64,
    /// Where the report is.
    pub report: String,
    /// Who opened it again and why; empty while it is closed.
    pub reopened: String,
}

/// Posts to `/closing/{day}/close` and `/closing/{day}/reopen`.
pub fn render(frame: &Frame, page: &ClosingPage) -> String {
    frame.document("締め・日報", false, || {
        let notices: Vec<_> = page.notices.iter().map(Notice::view).collect();
        view! {
            {page.errors.summary()}
            <div class="page-head">
                <h1>{dates::long(page.day)}"の締め"</h1>
                <span class="page-head__aside">{dates::western(page.day)}</span>
            </div>
            {waiting(page)}
            {notices}
            {page.closed.as_ref().map(|closed| closed_day(page, closed))}
            {counts(page)}
            {page.open.as_ref().map(|open| open::view(page, open))}
            {page.closed.as_ref().map(|closed| reopen(page, closed))}
            <section class="section"><h2>"これまでの締め"</h2>{past(&page.past)}{pagination(&page.pages)}</section>
        }
        .into_any()
    })
}

fn waiting(page: &ClosingPage) -> AnyView {
    if page.waiting.len() <= 1 && page.waiting.iter().all(|day| day.current) {
        return ().into_any();
    }
    let days: Vec<_> = page
        .waiting
        .iter()
        .map(|day| {
            let here = day.current.then_some("page");
            view! { <li><a href=day.href.clone() aria-current=here>{day.label.clone()}</a></li> }
        })
        .collect();
    view! { <nav class="worktabs no-print" aria-label="締めていない日"><ul>{days}</ul></nav> }.into_any()
}

fn counts(page: &ClosingPage) -> AnyView {
    if page.counts.is_empty() {
        return ().into_any();
    }
    let groups: Vec<_> = page
        .counts
        .iter()
        .map(|group| {
            let lines = group.lines.iter().map(|(label, count)| {
                view! { <dt>{label.clone()}</dt><dd class="number">{grouped(*count)}</dd> }
            });
            view! {
                <section class="panel"><h2>{group.title.clone()}</h2><dl class="daycounts">{lines.collect::<Vec<_>>()}</dl></section>
            }
        })
        .collect();
    let (class, mark) = if page.balances { ("mark mark--good", "✓") } else { ("mark mark--bad", "×") };
    view! {
        <div class="panels panels--three section">{groups}</div>
        <p class="section"><span class=class>{mark}</span>" "<span>{page.balance.clone()}</span></p>
    }
    .into_any()
}

/// Links to the cases a difference is about.
fn receptions(numbers: &[String]) -> AnyView {
    let links: Vec<_> = numbers
        .iter()
        .map(|number| view! { <a class="code" href=format!("/cases/{number}")>{number.clone()}</a>" " })
        .collect();
    view! { <p>{links}</p> }.into_any()
}

fn closed_day(page: &ClosingPage, closed: &ClosedDay) -> AnyView {
    let explained: Vec<_> = closed
        .explained
        .iter()
        .map(|one| {
            view! { <li><strong>{one.sentence.clone()}</strong><p>{one.why.clone()}</p>{receptions(&one.receptions)}</li> }
        })
        .collect();
    let explained = (!explained.is_empty())
        .then(|| view! { <section class="section"><h2>"差異とその説明"</h2><ul class="reasons">{explained}</ul></section> });
    let facts = SummaryList::new()
        .text("締めた人と時刻", &format!("{} {}", closed.by, closed.at))
        .text("操作の記録", &format!("{}件", grouped(closed.records)))
        .line("最後の記録の印", view! { <span class="code">{closed.head.clone()}</span> }.into_any());
    view! {
        <div class="reference section">
            <span class="reference__number">{wareki::long_weekday(page.day)}"は締めました"</span>
            {facts.view()}
            <div class="actions">{link_button("窓口日報を印刷する", &closed.report, true)}</div>
        </div>
        {explained}
    }
    .into_any()
}

fn reopen(page: &ClosingPage, closed: &ClosedDay) -> AnyView {
    if !closed.may_reopen {
        return ().into_any();
    }
    let error = page.errors.of("reason_reopen");
    let open = error.is_some();
    let inside = view! {
        {TextArea::new("reason_reopen", "取り消す理由", &closed.reason).error(error).required().view()}
        <div class="actions">{Button::caution("締めを取り消す").view()}</div>
    }
    .into_any();
    let form = post_form(format!("/closing/{}/reopen", page.day))
        .hidden("closing", closed.closing.to_string())
        .view(inside);
    view! {
        <details open=open>
            <summary>"締めを取り消す"</summary>
            <div class="box"><p>"締めた日報は残ります。取り消すと、この日をもう一度締め直します。"</p>{form}</div>
        </details>
    }
    .into_any()
}

fn past(past: &[PastDay]) -> AnyView {
    let columns = [
        Column::tight("日"),
        Column::text("締めた時刻と人"),
        Column::number("受付"),
        Column::number("終わった受付"),
        Column::number("持ち越し"),
        Column::number("差異"),
        Column::text("日報"),
    ];
    let mut table = Table::new("これまでの締め", &columns, "まだ締めた日はありません。").under_heading();
    for day in past {
        let class = if day.reopened.is_empty() { "" } else { "row--masked" };
        table.row_with(
            class,
            vec![
                view! { <a href=day.href.clone()>{dates::short(day.day)}</a> }.into_any(),
                view! { <span>{day.closed.clone()}</span><small>{day.reopened.clone()}</small> }.into_any(),
                grouped(day.opened).into_any(),
                grouped(day.over).into_any(),
                grouped(day.carried).into_any(),
                grouped(day.differences).into_any(),
                view! { <a href=day.report.clone()>"日報を印刷する"</a> }.into_any(),
            ],
        );
    }
    table.view()
}
