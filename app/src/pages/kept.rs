//! `/kept`: a form that was sent and couldn't act; its sender is back.

use crate::components::{Button, Notice, Tone, link_button, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// A form that waits.
#[derive(Clone, Debug, Default)]
pub struct KeptPage {
    /// Where it goes on.
    pub action: String,
    /// 15:42: when it was sent.
    pub at: String,
    /// The page it stood on.
    pub before: String,
}

/// Posts nothing but the form's name: what was entered stayed with the office.
pub fn render(frame: &Frame, page: &KeptPage) -> String {
    frame.document("送った内容が残っています", false, || {
        let notice = Notice {
            tone: Tone::Information,
            title: format!("{}に送った内容は、まだ使われていません。", page.at),
            sentence: "画面が閉じたり隠れたりしていたためです。続けると、入力したとおりに送り直します。"
                .to_owned(),
        };
        let buttons = view! {
            <div class="actions">
                {Button::primary("送った内容で続ける").view()}
                {link_button("使わずに元の画面へ戻る", &page.before, false)}
            </div>
        }
        .into_any();
        view! {
            <div class="narrow">
                <div class="page-head"><h1>"送った内容が残っています"</h1></div>
                {notice.view()}
                {post_form(&page.action).view(buttons)}
            </div>
        }
        .into_any()
    })
}
