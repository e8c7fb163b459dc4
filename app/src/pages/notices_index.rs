//! `/notices`: which month's notices are made, and which are left.

use crate::components::{Button, Column, Field, FormErrors, Table, grouped};
use crate::frame::{Frame, MenuItem};
use leptos::prelude::*;

/// The months and the runs so far.
#[derive(Clone, Debug, Default)]
pub struct NoticesIndexPage {
    /// Months around today, in order.
    pub months: Vec<NoticeMonth>,
    /// What was made, newest first.
    pub runs: Vec<NoticeRun>,
    /// What was typed for another month, after an error.
    pub month: String,
    /// What was wrong with it.
    pub errors: FormErrors,
}

/// One expiry month.
#[derive(Clone, Debug, Default)]
pub struct NoticeMonth {
    /// `2027-02`, as in the address.
    pub expiring: String,
    /// 令和9年2月.
    pub label: String,
    /// 「11月2日から更新できます」; when it should be posted.
    pub note: String,
    /// People with a certificate that expires in it.
    pub people: u64,
    /// Letters already made.
    pub made: u64,
    /// People who should get one and have none; not worked out before the month is due.
    pub left: Option<u64>,
    /// This month is due now.
    pub due: bool,
}

/// One run.
#[derive(Clone, Debug, Default)]
pub struct NoticeRun {
    /// The run's number, as in the address of its PDF.
    pub id: i64,
    /// 令和9年2月.
    pub label: String,
    /// 11月22日 14:05.
    pub at: String,
    /// Who ran it.
    pub by: String,
    /// Letters in it.
    pub included: u64,
    /// People left out.
    pub excluded: u64,
}

/// The document.
pub fn render(frame: &Frame, page: &NoticesIndexPage) -> String {
    frame.document("有効期限通知書", false, || {
        view! {
            {page.errors.summary()}
            <div class="page-head"><h1>"有効期限通知書"</h1></div>
            {months(&page.months)}
            <form class="form form--row section" method="get" action=MenuItem::Notices.href()>
                {Field::text("month", "ほかの月").value(&page.month).hint("例 R9.5、2027-05").error(page.errors.of("month")).class("input input--short").view()}
                {Button::secondary("この月を見る").view()}
            </form>
            <section class="section"><h2>"作った通知書"</h2>{runs(&page.runs)}</section>
        }
        .into_any()
    })
}

fn months(months: &[NoticeMonth]) -> AnyView {
    let columns = [
        Column::tight("満了する月"),
        Column::text("更新期間"),
        Column::number("満了する人"),
        Column::number("作った通知書"),
        Column::number("まだの人"),
        Column::tight("状態"),
    ];
    let mut table =
        Table::new("満了する月ごとの通知書", &columns, "期限が来る人はいません。").under_heading();
    for month in months {
        let state = match (month.due, month.left) {
            (true, Some(1..)) => view! { <span class="mark mark--soon">"▲ 作る時期です"</span> }.into_any(),
            (_, Some(0)) if month.made > 0 => {
                view! { <span class="mark mark--good">"✓ 作成済み"</span> }.into_any()
            }
            _ => view! { <span class="muted">"－"</span> }.into_any(),
        };
        table.row(vec![
            view! { <a href=format!("/notices/{}", month.expiring)>{month.label.clone()}</a> }.into_any(),
            month.note.clone().into_any(),
            grouped(month.people).into_any(),
            grouped(month.made).into_any(),
            month.left.map_or_else(|| "－".to_owned(), grouped).into_any(),
            state,
        ]);
    }
    table.view()
}

fn runs(runs: &[NoticeRun]) -> AnyView {
    let columns = [
        Column::tight("作成"),
        Column::tight("満了する月"),
        Column::text("作った人"),
        Column::number("通知書"),
        Column::number("除いた人"),
        Column::tight(""),
    ];
    let mut table = Table::new("作った通知書", &columns, "まだ作っていません。").under_heading();
    for run in runs {
        table.row(vec![
            view! { <a class="number" href=format!("/notices/runs/{}", run.id)>{run.at.clone()}</a> }.into_any(),
            run.label.clone().into_any(),
            run.by.clone().into_any(),
            grouped(run.included).into_any(),
            grouped(run.excluded).into_any(),
            view! { <a href=format!("/notices/runs/{}.pdf", run.id) target="_blank" rel="noopener">"印刷用を開く"</a> }.into_any(),
        ]);
    }
    table.view()
}
