//! `/audit`: who did what to whom, when, and how it ended.

use crate::components::{
    Button, Choice, Column, DateField, Field, FormErrors, Notice, Pages, Select, Table, grouped, pagination,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// The trail.
#[derive(Clone, Debug, Default)]
pub struct AuditPage {
    /// What the list is narrowed by, as typed.
    pub filter: AuditFilter,
    /// What was wrong with it.
    pub errors: FormErrors,
    /// What can be chosen as the kind of act.
    pub kinds: Vec<Choice>,
    /// Whether the chain of records is whole; the result of the last check.
    pub chain: Option<Notice>,
    /// The rows, newest first.
    pub rows: Vec<AuditRow>,
    /// Where in a long list.
    pub pages: Pages,
}

/// What the list is narrowed by.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// A member of staff.
    pub actor: String,
    /// 宛名番号.
    pub subject: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The kind of act; empty for all.
    pub kind: String,
}

/// One record.
#[derive(Clone, Debug, Default)]
pub struct AuditRow {
    /// 1, 2, 3 … without a gap.
    pub number: i64,
    /// R8.11.22 14:05:09.
    pub at: String,
    /// Who.
    pub actor: String,
    /// Whom: 宛名番号; empty when it concerns nobody.
    pub subject: String,
    /// What, as a sentence.
    pub sentence: String,
    /// How it ended.
    pub outcome: AuditOutcome,
}

/// How an act ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuditOutcome {
    /// 行った
    #[default]
    Done,
    /// 断った
    Refused,
    /// 失敗
    Failed,
}

/// The document.
pub fn render(frame: &Frame, page: &AuditPage) -> String {
    frame.document("操作記録", false, || {
        view! {
            {page.errors.summary()}
            <div class="page-head"><h1>"操作記録"</h1><span class="page-head__aside">{format!("{}件", grouped(page.pages.total))}</span></div>
            {page.chain.as_ref().map(Notice::view)}
            {filter(page)}
            <div class="section">{rows(&page.rows)}</div>
            {pagination(&page.pages)}
        }
        .into_any()
    })
}

fn filter(page: &AuditPage) -> AnyView {
    let filter = &page.filter;
    let mut kinds = vec![Choice::new("", "すべて")];
    kinds.extend(page.kinds.iter().cloned());
    view! {
        <form class="form form--row" method="get" action="/audit">
            {Field::text("actor", "職員番号").value(&filter.actor).class("input input--short").view()}
            {Field::text("subject", "宛名番号").value(&filter.subject).class("input input--short").view()}
            {DateField::new("from", "いつから", &filter.from).error(page.errors.of("from")).view()}
            {DateField::new("until", "いつまで", &filter.until).error(page.errors.of("until")).view()}
            {Select::new("kind", "種類", &kinds, &filter.kind).view()}
            {Button::primary("しぼりこむ").view()}
        </form>
    }
    .into_any()
}

fn rows(rows: &[AuditRow]) -> AnyView {
    let columns = [
        Column::number("番号"),
        Column::tight("日時"),
        Column::tight("職員"),
        Column::tight("宛名番号"),
        Column::text("したこと"),
        Column::tight("結果"),
    ];
    let mut table = Table::new("操作記録", &columns, "合う記録はありません。").under_heading();
    for row in rows {
        let (class, words) = match row.outcome {
            AuditOutcome::Done => ("", "✓ 行った"),
            AuditOutcome::Refused => ("mark mark--caution", "△ 断った"),
            AuditOutcome::Failed => ("mark mark--bad", "× 失敗"),
        };
        let subject = if row.subject.is_empty() {
            "－".into_any()
        } else {
            view! { <a class="code" href=format!("/residents/{}", row.subject)>{row.subject.clone()}</a> }
                .into_any()
        };
        table.row(vec![
            row.number.to_string().into_any(),
            view! { <span class="number">{row.at.clone()}</span> }.into_any(),
            row.actor.clone().into_any(),
            subject,
            row.sentence.clone().into_any(),
            view! { <span class=class>{words}</span> }.into_any(),
        ]);
    }
    table.view()
}
