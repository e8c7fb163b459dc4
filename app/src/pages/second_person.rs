//! `/second-person`: somebody else confirms what is about to be done.

use super::login::code_field;
use crate::components::{Button, Field, FormErrors, Notice, Tone, link_button, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// The question for the second person.
#[derive(Clone, Debug, Default)]
pub struct SecondPersonPage {
    /// Where the confirmation goes: to the form that waits for it.
    pub action: String,
    /// The code of what is confirmed.
    pub kind: String,
    /// What is confirmed, in words.
    pub what: String,
    /// Who is about to do it.
    pub first: String,
    /// What the second person typed as their login, after an error.
    pub login: String,
    /// Where to go without a confirmation.
    pub back: String,
    /// What was wrong.
    pub errors: FormErrors,
}

/// Posts `second_login`, `second_password` and `second_code`.
pub fn render(frame: &Frame, page: &SecondPersonPage) -> String {
    frame.document("二人目の確認", false, || {
        let notice = Notice {
            tone: Tone::Caution,
            title: format!("「{}」には、二人目の確認がいります。", page.what),
            sentence: format!(
                "{}さんの操作を、別の職員が元の画面の内容を見てから確認します。二人の氏名が操作の記録に残ります。",
                page.first
            ),
        };
        let fields = view! {
            {Field::text("second_login", "二人目の職員番号").value(&page.login).error(page.errors.of("second_login")).autocomplete("off").required().autofocus().view()}
            {Field::secret("second_password", "二人目のパスワード").error(page.errors.of("second_password")).autocomplete("off").required().view()}
            {code_field("second_code", false, page.errors.of("second_code"))}
            <div class="actions">
                {Button::primary("二人目として確認する").view()}
                {link_button("行わずに戻る", &page.back, false)}
            </div>
        }
        .into_any();
        view! {
            <div class="narrow">
                {page.errors.summary()}
                <div class="page-head"><h1>"二人目の確認"</h1></div>
                {notice.view()}
                <div class="section">{post_form(&page.action).hidden("kind", &page.kind).view(fields)}</div>
            </div>
        }
        .into_any()
    })
}
