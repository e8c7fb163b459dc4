//! What the list is narrowed by.

use super::AuditPage;
use crate::components::{Button, Choice, DateField, Field, Select};
use leptos::prelude::*;

/// What the list is narrowed by, as typed.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Who: a login, or one of the program's own actors; empty for all.
    pub actor: String,
    /// 宛名番号.
    pub subject: String,
    /// 受付番号.
    pub case: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The kind of act; empty for all.
    pub kind: String,
    /// How it ended; empty for all.
    pub outcome: String,
}

pub(super) fn view(page: &AuditPage) -> AnyView {
    let AuditPage { filter, errors, .. } = page;
    let all = |choices: &[Choice]| {
        let mut with_all = vec![Choice::new("", "すべて")];
        with_all.extend_from_slice(choices);
        with_all
    };
    let outcomes =
        [Choice::new("done", "行った"), Choice::new("refused", "断った"), Choice::new("failed", "失敗")];
    view! {
        <form class="form form--row section" method="get" action="/audit">
            {DateField::new("from", "いつから", &filter.from).error(errors.of("from")).view()}
            {DateField::new("until", "いつまで", &filter.until).error(errors.of("until")).view()}
            {Select::new("kind", "種類", &all(&page.kinds), &filter.kind).view()}
            {Select::new("actor", "だれが", &all(&page.actors), &filter.actor).view()}
            {Field::text("subject", "宛名番号").value(&filter.subject).class("input input--short").view()}
            {Field::text("case", "受付番号").value(&filter.case).class("input input--short").error(errors.of("case")).view()}
            {Select::new("outcome", "結果", &all(&outcomes), &filter.outcome).view()}
            {Button::primary("しぼりこむ").view()}
            <a class="button button--quiet" href="/audit">"条件を消す"</a>
        </form>
    }
    .into_any()
}
