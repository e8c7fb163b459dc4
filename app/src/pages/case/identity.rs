//! 本人確認: which documents were looked at.

use super::CasePage;
use crate::components::{Button, CheckboxGroup, Choice};
use leptos::prelude::*;

/// The documents to choose from.
#[derive(Clone, Debug, Default)]
pub struct IdentityStep {
    /// What the clerk does: 「カードの顔写真と来た人を見比べてください。」
    pub sentence: String,
    /// Documents with a photo (A). Values are codes, details say what to look at.
    pub documents_a: Vec<Choice>,
    /// Documents without (B).
    pub documents_b: Vec<Choice>,
    /// Ticked so far, codes of both lists.
    pub ticked: Vec<String>,
    /// How many are needed: 「Aから1点」.
    pub rule: String,
}

/// Posts to `identity` with `documents` once for each tick.
pub(super) fn view(page: &CasePage, step: &IdentityStep) -> AnyView {
    let b = (!step.documents_b.is_empty()).then(|| {
        view! {
            <details open=step.documents_b.iter().any(|choice| step.ticked.contains(&choice.value))>
                <summary>"顔写真のない書類で確認する"</summary>
                {CheckboxGroup::new("documents_b", "顔写真のない書類(B)", &step.documents_b, &step.ticked).error(page.errors.of("documents_b")).in_columns().view()}
            </details>
        }
    });
    let inside = view! {
        <h2>"本人確認"</h2>
        <p class="lead">{step.sentence.clone()}</p>
        {CheckboxGroup::new("documents", "確認した書類(A)", &step.documents_a, &step.ticked).hint(&step.rule).error(page.errors.of("documents")).in_columns().view()}
        {b}
        <div class="actions case__act">{Button::primary("本人と確認した").view()}</div>
    }
    .into_any();
    page.form("identity").view(inside)
}
