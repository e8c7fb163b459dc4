//! `/notices`: which month's notices are made, and which are left.

use crate::components::{Button, Column, Field, FormErrors, Table, grouped, link_button};
use crate::frame::{Frame, MenuItem};
use leptos::prelude::*;

/// The months and the campaigns so far.
#[derive(Clone, Debug, Default)]
pub struct NoticesIndexPage {
    /// Months around today, in order.
    pub months: Vec<NoticeMonth>,
    /// The campaigns, newest first.
    pub campaigns: Vec<CampaignLine>,
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

/// One campaign.
#[derive(Clone, Debug, Default)]
pub struct CampaignLine {
    /// Its number, as in its address.
    pub id: i64,
    /// 令和9年2月.
    pub label: String,
    /// 承認待ち.
    pub state: String,
    /// Somebody must act.
    pub waits: bool,
    /// When its list was made, or is planned for.
    pub at: String,
    /// Who ordered it.
    pub by: String,
    /// Everybody it looked at.
    pub targets: u64,
    /// Whose letter is or was on paper.
    pub printed: u64,
    /// Who gets none.
    pub excluded: u64,
    /// Who gets one that isn't on paper yet.
    pub open: u64,
}

/// The document.
pub fn render(frame: &Frame, page: &NoticesIndexPage) -> String {
    frame.document("有効期限通知書", false, || {
        view! {
            {page.errors.summary()}
            <div class="page-head">
                <h1>"有効期限通知書"</h1>
                {link_button("通知の回を予定する", "/campaigns/new", true)}
            </div>
            {campaigns(&page.campaigns)}
            <section class="section"><h2>"満了する月"</h2>{months(&page.months)}</section>
            <form class="form form--row section" method="get" action=MenuItem::Notices.href()>
                {Field::text("month", "ほかの月").value(&page.month).hint("例 R9.5、2027-05").error(page.errors.of("month")).class("input input--short").view()}
                {Button::secondary("この月を見る").view()}
            </form>
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

fn campaigns(campaigns: &[CampaignLine]) -> AnyView {
    if campaigns.is_empty() {
        return ().into_any();
    }
    let columns = [
        Column::number("回"),
        Column::text("満了する月"),
        Column::text("状態"),
        Column::tight("一覧の作成"),
        Column::text("予定した人"),
        Column::number("対象者"),
        Column::number("印刷済み"),
        Column::number("対象外"),
        Column::number("これから印刷"),
    ];
    let mut table = Table::new("通知の回", &columns, "").under_heading();
    for one in campaigns {
        let state = if one.waits {
            view! { <span class="mark mark--soon">{format!("▲ {}", one.state)}</span> }.into_any()
        } else {
            one.state.clone().into_any()
        };
        table.row(vec![
            one.id.to_string().into_any(),
            view! { <a href=format!("/campaigns/{}", one.id)>{one.label.clone()}</a> }.into_any(),
            state,
            view! { <span class="number">{one.at.clone()}</span> }.into_any(),
            one.by.clone().into_any(),
            grouped(one.targets).into_any(),
            grouped(one.printed).into_any(),
            grouped(one.excluded).into_any(),
            grouped(one.open).into_any(),
        ]);
    }
    view! { <section class="section"><h2>"通知の回"</h2>{table.view()}</section> }.into_any()
}
