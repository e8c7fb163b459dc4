//! `/step-up`: before a sensitive act, its doer shows once more that it is them.

use super::login::code_field;
use crate::components::{Button, Field, FormErrors, link_button, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// The question for the proof.
#[derive(Clone, Debug, Default)]
pub struct StepUpPage {
    /// Where the proof goes: to the form that waits for it, or to `/step-up`.
    pub action: String,
    /// The page that waits for it, where no form does.
    pub next: String,
    /// A form waits: what was entered isn't lost.
    pub form_waits: bool,
    /// Where to go without a proof.
    pub back: String,
    /// Minutes for which the proof is good.
    pub minutes: i64,
    /// This person has a second factor.
    pub with_code: bool,
    /// What was wrong.
    pub errors: FormErrors,
}

/// Posts `password` and `code`.
pub fn render(frame: &Frame, page: &StepUpPage) -> String {
    frame.document("本人の確認", false, || {
        let waits = if page.form_waits {
            "入力した内容は残っています。確かめられると、そのまま続きます。"
        } else {
            "確かめられると、画面が開きます。"
        };
        let code = page.with_code.then(|| code_field("code", true, page.errors.of("code")));
        let fields = view! {
            {Field::secret("password", "パスワード").error(page.errors.of("password")).autocomplete("current-password").required().autofocus().view()}
            {code}
            <div class="actions">
                {Button::primary("確かめて続ける").view()}
                {link_button("行わずに戻る", &page.back, false)}
            </div>
        }
        .into_any();
        let mut form = post_form(&page.action);
        if !page.next.is_empty() {
            form = form.hidden("next", &page.next);
        }
        view! {
            <div class="narrow">
                {page.errors.summary()}
                <div class="page-head"><h1>"本人の確認"</h1></div>
                <p>{format!("大切な操作の前に、あなたであることを確かめます。{waits}")}</p>
                <p class="muted">{format!("確かめたあと{}分の間は、続けて操作できます。", page.minutes)}</p>
                <div class="section">{form.view(fields)}</div>
            </div>
        }
        .into_any()
    })
}
