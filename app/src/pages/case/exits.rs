//! Ways out of a case. No step is without one.

use super::CasePage;
use crate::components::{Button, TextArea};
use leptos::prelude::*;

/// A way out.
#[derive(Clone, Debug, Default)]
pub struct CaseExit {
    /// The step's name in the address: withdraw, pin-reset, wait.
    pub action: String,
    /// この受付を取りやめる: a verb.
    pub label: String,
    /// What it means, in a sentence.
    pub means: String,
    /// A reason must be given, in `reason_{action}`.
    pub needs_reason: bool,
    /// What was typed as the reason, after an error.
    pub reason: String,
}

pub(super) fn view(page: &CasePage) -> AnyView {
    if page.exits.is_empty() {
        return ().into_any();
    }
    let exits: Vec<_> = page
        .exits
        .iter()
        .map(|exit| {
            let name = format!("reason_{}", exit.action);
            let error = page.errors.of(&name);
            let open = error.is_some();
            let reason = exit
                .needs_reason
                .then(|| TextArea::new(&name, "理由", &exit.reason).error(error).required().view());
            let fields =
                view! { {reason}<div class="actions">{Button::caution(&exit.label).view()}</div> }.into_any();
            view! {
                <details open=open>
                    <summary>{exit.label.clone()}</summary>
                    <div class="box"><p>{exit.means.clone()}</p>{page.form(&exit.action).class("form").view(fields)}</div>
                </details>
            }
        })
        .collect();
    view! { <div class="case__exit">{exits}</div> }.into_any()
}
