//! `/lock`: the screen is hidden until the password is entered.

use crate::components::{Button, Field, FormErrors, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

/// The hidden screen: nothing of the work stands on it.
#[derive(Clone, Debug, Default)]
pub struct HiddenScreenPage {
    /// Whose session it is.
    pub name: String,
    /// The page behind it.
    pub next: String,
    /// The name of a form that waits behind it; empty when none does.
    pub kept: String,
    /// What was wrong.
    pub errors: FormErrors,
}

/// Posts `unlock`, the password, to `/unlock`.
pub fn render(frame: &Frame, page: &HiddenScreenPage) -> String {
    frame.document("画面を隠しています", false, || {
        let fields = view! {
            {Field::secret("unlock", "パスワード").error(page.errors.of("unlock")).autocomplete("current-password").required().autofocus().view()}
            <div class="actions">{Button::primary("画面を戻す").view()}</div>
        }
        .into_any();
        let form = post_form("/unlock").hidden("next", &page.next).hidden("kept", &page.kept);
        view! {
            <div class="alone">
                {page.errors.summary()}
                <h1>"画面を隠しています"</h1>
                <p>{format!("{}さんが業務中です。入力の途中だった内容は、画面を戻すと続けられます。", page.name)}</p>
                <div class="section">{form.view(fields)}</div>
                <section class="section">
                    <h2>"別の職員が使うとき"</h2>
                    <p class="muted">"いまの業務を終えてから、自分の職員番号でログインしてください。"</p>
                    {post_form("/logout").view(view! { <div class="actions">{Button::secondary("いまの業務を終える").view()}</div> }.into_any())}
                </section>
            </div>
        }
        .into_any()
    })
}
