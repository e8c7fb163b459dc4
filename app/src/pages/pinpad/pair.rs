//! Connecting this browser to a counter.

use super::whole_form_errors;
use crate::components::{Button, Field, FormErrors, post_form};
use leptos::prelude::*;

/// The code to type.
#[derive(Clone, Debug, Default)]
pub struct PadPair {
    /// What was wrong with `code`.
    pub errors: FormErrors,
    /// The counter at which this browser's clerk sits: it may become that counter's pad without a code.
    pub here: Option<String>,
}

/// Posts to `/pinpad/pair` with `code`.
pub(super) fn view(page: &PadPair) -> AnyView {
    let inside = view! {
        {Field::text("code", "つなぐ番号(6けた)").hint("職員の画面の「設定」→「窓口端末」に出ています。").error(page.errors.of("code")).class("input input--pin4").input_mode("numeric").max_length(6).required().autofocus().view()}
        <div class="actions">{Button::primary("この画面をつなぐ").view()}</div>
    }
    .into_any();
    view! {
        <h1>"入力画面をつなぐ"</h1>
        <p>"この画面を、住民が暗証番号を入力する画面にします。"</p>
        {whole_form_errors(&page.errors)}
        {post_form("/pinpad/pair").view(inside)}
        {page.here.as_ref().map(here)}
    }
    .into_any()
}

/// Posts to `/pinpad/here`.
fn here(station: &String) -> AnyView {
    let button = Button::secondary(format!("{station}の画面として開く")).view();
    post_form("/pinpad/here").view(view! { <div class="actions">{button}</div> }.into_any())
}
