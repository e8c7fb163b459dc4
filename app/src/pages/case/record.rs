//! Under the step: what happened so far, and notes.

use super::CasePage;
use crate::components::{Button, TextArea, history_list};
use leptos::prelude::*;

/// Posts to `notes` with `note`.
pub(super) fn view(page: &CasePage) -> AnyView {
    let error = page.errors.of("note");
    let open = error.is_some();
    let note = TextArea::new("note", "メモ", &page.note)
        .hint("暗証番号や個人番号は書かないでください。")
        .error(error)
        .view();
    let inside =
        view! { {note}<div class="actions">{Button::secondary("メモを残す").view()}</div> }.into_any();
    view! {
        <section class="section">
            <h2>"記録"</h2>
            <details class="no-print" open=open>
                <summary>"メモを書く"</summary>
                {page.form("notes").class("form").view(inside)}
            </details>
            {history_list(&page.history)}
        </section>
    }
    .into_any()
}
