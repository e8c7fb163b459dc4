//! `/proxies`: every proxy's request between its two visits, what is late or came back first, one next action each.

use crate::components::{Button, Choice, Column, Select, Table};
use crate::frame::{Frame, MenuItem};
use leptos::prelude::*;

/// All open requests.
#[derive(Clone, Debug, Default)]
pub struct ProxyBoardPage {
    /// How many stand in each state, in the order of the work: words and number.
    pub counts: Vec<(String, u64)>,
    /// The requests that the filter lets through, the most pressing first.
    pub requests: Vec<ProxyRequest>,
    /// The counters to filter by.
    pub stations: Vec<Choice>,
    /// The counter chosen.
    pub station: String,
    /// The clerks to filter by.
    pub clerks: Vec<Choice>,
    /// The clerk chosen.
    pub clerk: String,
    /// The states to filter by.
    pub states: Vec<Choice>,
    /// The state chosen.
    pub state: String,
}

/// One request.
#[derive(Clone, Debug, Default)]
pub struct ProxyRequest {
    /// R8-000123.
    pub reception: String,
    /// The principal as registered; masked where this person may not see it.
    pub name: String,
    /// As registered.
    pub kana: String,
    /// Who came: 山田太郎(長男).
    pub proxy: String,
    /// 更新.
    pub procedure: String,
    /// 回答待ち.
    pub state: String,
    /// Why it stands there, where that needs words.
    pub why: String,
    /// 照会-000124.
    pub letter: String,
    /// R8.12.24.
    pub deadline: String,
    /// あと12日, 3日過ぎています.
    pub left: String,
    /// It came back, is late, or must be looked at.
    pub pressing: bool,
    /// 3番窓口.
    pub station: String,
    /// Who opened it.
    pub clerk: String,
    /// 照会書を作る: a verb.
    pub next: String,
}

/// The document.
pub fn render(frame: &Frame, page: &ProxyBoardPage) -> String {
    frame.document("代理人請求", false, || {
        let counts: Vec<_> = page
            .counts
            .iter()
            .map(|(state, count)| {
                view! { <li><span>{state.clone()}</span>" "<strong class="number">{count.to_string()}</strong>"件"</li> }
            })
            .collect();
        view! {
            <div class="page-head"><h1>"代理人請求"</h1><ul class="counts">{counts}</ul></div>
            <form class="form form--row board__filter no-print" method="get" action=MenuItem::Proxies.href()>
                {Select::new("state", "状態", &page.states, &page.state).view()}
                {Select::new("station", "窓口", &page.stations, &page.station).view()}
                {Select::new("clerk", "受付した人", &page.clerks, &page.clerk).view()}
                {Button::secondary("絞り込む").view()}
            </form>
            {requests(&page.requests)}
        }
        .into_any()
    })
}

fn requests(requests: &[ProxyRequest]) -> AnyView {
    let columns = [
        Column::tight("受付番号"),
        Column::text("本人"),
        Column::text("代理人"),
        Column::text("状態"),
        Column::tight("回答期限"),
        Column::text("窓口・受付した人"),
        Column::text("次にすること"),
    ];
    let mut table = Table::new("代理人請求", &columns, "進んでいる代理人請求はありません。").under_heading();
    for one in requests {
        let class = if one.pressing { "row--pressing" } else { "" };
        let mark = if one.pressing { "▲ " } else { "" };
        let state = view! {
            <span>{mark}<strong>{one.state.clone()}</strong></span>
            <small>{one.why.clone()}</small>
        };
        table.row_with(
            class,
            vec![
                view! {
                    <a class="code" href=format!("/cases/{}", one.reception)>{one.reception.clone()}</a>
                    <small>{one.procedure.clone()}</small>
                }
                .into_any(),
                view! { <span>{one.name.clone()}</span><small>{one.kana.clone()}</small> }.into_any(),
                one.proxy.clone().into_any(),
                state.into_any(),
                view! { <span class="number">{one.deadline.clone()}</span><small>{one.left.clone()}</small> }
                    .into_any(),
                view! { <span>{one.station.clone()}</span><small>{one.clerk.clone()}</small> }.into_any(),
                view! {
                    <a href=format!("/cases/{}", one.reception)>{one.next.clone()}</a>
                    <small>{one.letter.clone()}</small>
                }
                .into_any(),
            ],
        );
    }
    table.view()
}
