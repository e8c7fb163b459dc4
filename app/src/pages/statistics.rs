//! `/statistics`: numbers about many days, and what expires in the next years.

use crate::components::{BarChart, Button, Column, DateField, FormErrors, Table, link_button};
use crate::frame::Frame;
use leptos::prelude::*;

/// The numbers of a span of days.
#[derive(Clone, Debug, Default)]
pub struct StatisticsPage {
    /// What was wrong with the days.
    pub errors: FormErrors,
    /// The first day, as typed or as understood.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Spans to choose at a click.
    pub presets: Vec<Preset>,
    /// 令和8年11月1日(日)から令和8年11月30日(月)まで.
    pub understood: String,
    /// The span as part of an address.
    pub query: String,
    /// The tables.
    pub tables: Vec<StatTable>,
    /// This person may take the numbers out of the house.
    pub may_export: bool,
}

/// A span to choose at a click.
#[derive(Clone, Debug, Default)]
pub struct Preset {
    /// 今月.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// It is the one that is shown.
    pub current: bool,
}

/// One table.
#[derive(Clone, Debug, Default)]
pub struct StatTable {
    /// What it is called.
    pub title: String,
    /// What is counted, in a sentence.
    pub about: String,
    /// The heads of its columns.
    pub heads: &'static [&'static str],
    /// Its rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

/// What expires in the next months.
#[derive(Clone, Debug, Default)]
pub struct ForecastPage {
    /// The picture.
    pub chart: BarChart,
    /// What it says, in a sentence.
    pub sentence: String,
    /// The same numbers as a table.
    pub table: StatTable,
    /// This person may take the numbers out of the house.
    pub may_export: bool,
    /// A span for the file's other tables, as part of an address.
    pub query: String,
}

/// The document about a span.
pub fn render(frame: &Frame, page: &StatisticsPage) -> String {
    frame.document("集計", false, || {
        let presets: Vec<_> = page.presets.iter().map(preset).collect();
        let tables: Vec<_> = page.tables.iter().map(section).collect();
        view! {
            {page.errors.summary()}
            <div class="page-head"><h1>"集計"</h1><span class="page-head__aside">{page.understood.clone()}</span></div>
            {tabs(true)}
            <nav class="worktabs no-print" aria-label="期間"><ul>{presets}</ul></nav>
            <form class="form form--row no-print" method="get" action="/statistics">
                {DateField::new("from", "最初の日", &page.from).error(page.errors.of("from")).view()}
                {DateField::new("until", "最後の日", &page.until).error(page.errors.of("until")).view()}
                {Button::primary("集計する").view()}
            </form>
            {page.errors.0.is_empty().then(|| exports(page.may_export, &page.query))}
            <div class="statistics">{tables}</div>
        }
        .into_any()
    })
}

/// The document about the months to come.
pub fn render_forecast(frame: &Frame, page: &ForecastPage) -> String {
    frame.document("満了の見込み", false, || {
        view! {
            <div class="page-head"><h1>"満了の見込み"</h1></div>
            {tabs(false)}
            <p class="lead section">{page.sentence.clone()}</p>
            {page.chart.view()}
            {exports(page.may_export, &page.query)}
            {section(&page.table)}
        }
        .into_any()
    })
}

fn tabs(span: bool) -> AnyView {
    let here = |current: bool| current.then_some("page");
    view! {
        <nav class="worktabs no-print" aria-label="集計の種類">
            <ul>
                <li><a href="/statistics" aria-current=here(span)>"期間の集計"</a></li>
                <li><a href="/statistics/forecast" aria-current=here(!span)>"満了の見込み(36か月)"</a></li>
            </ul>
        </nav>
    }
    .into_any()
}

fn preset(preset: &Preset) -> AnyView {
    let here = preset.current.then_some("true");
    view! { <li><a href=preset.href.clone() aria-current=here>{preset.label.clone()}</a></li> }.into_any()
}

fn exports(may: bool, query: &str) -> AnyView {
    if !may {
        return ().into_any();
    }
    view! {
        <div class="actions">
            {link_button("表計算ソフト用に書き出す", &format!("/statistics/export/xlsx?{query}"), false)}
            {link_button("CSVに書き出す", &format!("/statistics/export/csv?{query}"), false)}
        </div>
    }
    .into_any()
}

fn section(table: &StatTable) -> AnyView {
    let columns: Vec<_> = table
        .heads
        .iter()
        .enumerate()
        .map(|(at, head)| if at == 0 { Column::text(head) } else { Column::number(head) })
        .collect();
    let mut drawn =
        Table::new(table.title.clone(), &columns, "この期間に数えるものはありません。").under_heading();
    for row in &table.rows {
        let total = row.first().is_some_and(|label| label == "計");
        let cells = row.iter().map(|cell| cell.clone().into_any()).collect();
        drawn.row_with(if total { "row--total" } else { "" }, cells);
    }
    view! {
        <section class="section">
            <h2>{table.title.clone()}</h2>
            <p class="muted"><small>{table.about.clone()}</small></p>
            {drawn.view()}
        </section>
    }
    .into_any()
}
