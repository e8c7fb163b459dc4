//! `/`: today.

use crate::components::{Align, Column, Mark, Notice, Table, grouped, link_button};
use crate::dates;
use crate::frame::Frame;
use leptos::prelude::*;
use rules::NaiveDate;

/// What waits today.
#[derive(Clone, Debug)]
pub struct HomePage {
    /// Today.
    pub today: NaiveDate,
    /// What the calendar says of today: 「本日は17時15分まで開いています。」, maintenance, a closed day.
    pub calendar: Notice,
    /// Anything else to know first: interrupted updates, a failed import.
    pub notices: Vec<Notice>,
    /// Lists of work with their counts.
    pub work: Vec<WorkList>,
    /// Cases that are not closed: what broke off first, then the oldest.
    pub cases: Vec<OpenCase>,
    /// How many cases are not closed, those included that aren't listed.
    pub open: u64,
    /// Cases closed today.
    pub closed_today: u32,
}

/// A list of work that waits.
#[derive(Clone, Debug, Default)]
pub struct WorkList {
    /// 通知書を作る人.
    pub title: String,
    /// How many wait.
    pub count: u64,
    /// 人, 件, 通.
    pub unit: String,
    /// 「12月に期限が来る人のうち、まだ作っていない人」
    pub detail: String,
    /// Where the list is.
    pub href: Option<String>,
}

/// A case that is not closed.
#[derive(Clone, Debug)]
pub struct OpenCase {
    /// R8-000123.
    pub reception: String,
    /// The resident as registered; masked by the server under support measures.
    pub name: String,
    /// Their kana.
    pub kana: String,
    /// 更新.
    pub procedure: String,
    /// What it waits for: 暗証番号の入力待ち.
    pub state: String,
    /// Drawn as trouble: an update stopped halfway.
    pub trouble: bool,
    /// When it was opened: 14:05, or the day for older ones.
    pub opened: String,
    /// Who opened it.
    pub staff: String,
}

/// The document.
pub fn render(frame: &Frame, page: &HomePage) -> String {
    frame.document("今日", false, || {
        let work: Vec<_> = page.work.iter().map(tile).collect();
        let notices: Vec<_> = page.notices.iter().map(Notice::view).collect();
        view! {
            <div class="page-head">
                <h1>{dates::long(page.today)}</h1>
                <span class="page-head__aside">{dates::western(page.today)}</span>
                {link_button("電話の問い合わせに答える", "/telephone", false)}
            </div>
            {page.calendar.view()}
            {notices}
            <div class="tiles">{work}</div>
            <section class="section">
                <h2>"終わっていない受付"<small class="muted">{format!(" {}件・今日終わった受付 {}件", grouped(page.open), page.closed_today)}</small></h2>
                {cases(&page.cases)}
                {more(page)}
            </section>
        }
        .into_any()
    })
}

/// Where the rest is, when the list is longer than a page.
fn more(page: &HomePage) -> AnyView {
    let listed = page.cases.len() as u64;
    if page.open <= listed {
        return ().into_any();
    }
    let words =
        format!("ここには{}件を出しています。残りの{}件は", grouped(listed), grouped(page.open - listed));
    view! { <p>{words}<a href="/work">"作業一覧"</a>"で見られます。"</p> }.into_any()
}

fn tile(work: &WorkList) -> AnyView {
    let class = if work.count == 0 { "tile tile--zero" } else { "tile" };
    let inside = view! {
        <span class="tile__count"><b>{grouped(work.count)}</b>{work.unit.clone()}</span>
        <span class="tile__title">{work.title.clone()}</span>
        <span class="tile__detail">{work.detail.clone()}</span>
    };
    match &work.href {
        Some(href) => view! { <a class=class href=href.clone()>{inside}</a> }.into_any(),
        None => view! { <div class=class>{inside}</div> }.into_any(),
    }
}

fn cases(cases: &[OpenCase]) -> AnyView {
    let columns = [
        Column::tight("受付番号"),
        Column::text("氏名"),
        Column::text("手続き"),
        Column::text("状態"),
        Column { head: "受付", align: Align::Tight },
        Column::text("担当"),
    ];
    let mut table =
        Table::new("終わっていない受付", &columns, "終わっていない受付はありません。").under_heading();
    for case in cases {
        let state = case.state.clone();
        let state = if case.trouble {
            view! { <span class="mark mark--bad"><span aria-hidden="true">{Mark::Locked.shape()}</span>{state}</span> }.into_any()
        } else {
            state.into_any()
        };
        table.row(vec![
            view! { <a class="code" href=format!("/cases/{}", case.reception)>{case.reception.clone()}</a> }.into_any(),
            view! { <span class="person">{case.name.clone()}</span>" "<span class="kana">{case.kana.clone()}</span> }.into_any(),
            case.procedure.clone().into_any(),
            state,
            view! { <span class="number">{case.opened.clone()}</span> }.into_any(),
            case.staff.clone().into_any(),
        ]);
    }
    table.view()
}
