//! Before the page of a person under support measures: a supervisor says why it is opened.

use crate::components::{Button, FormErrors, Notice, TextArea, Tone, link_button, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// The question for the reason.
#[derive(Clone, Debug, Default)]
pub struct SuppressedPage {
    /// 宛名番号.
    pub number: String,
    /// What was typed, after an error.
    pub reason: String,
    /// What was wrong.
    pub errors: FormErrors,
}

/// Posts to `/residents/{number}/open` with `reason`.
pub fn render(frame: &Frame, page: &SuppressedPage) -> String {
    frame.document("支援措置の対象の方", false, || {
        let notice = Notice {
            tone: Tone::Caution,
            title: "支援措置の対象の方です".to_owned(),
            sentence: "開く前に理由を書いてください。だれが、いつ、なぜ開いたかが操作の記録に残ります。".to_owned(),
        };
        let fields = view! {
            {TextArea::new("reason", "開く理由", &page.reason).error(page.errors.of("reason")).view()}
            <div class="actions">
                {Button::primary("理由を記録して開く").view()}
                {link_button("開かずに戻る", "/", false)}
            </div>
        }
        .into_any();
        view! {
            <div class="narrow">
                {page.errors.summary()}
                <div class="page-head"><h1>"支援措置の対象の方"</h1></div>
                {notice.view()}
                <div class="section">{post_form(format!("/residents/{}/open", page.number)).view(fields)}</div>
            </div>
        }
        .into_any()
    })
}
