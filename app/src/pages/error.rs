//! Anything that couldn't be done.

use crate::components::link_button;
use crate::frame::Frame;
use leptos::prelude::*;

/// What happened, what it means, what to do now: in that order.
#[derive(Clone, Debug, Default)]
pub struct ErrorPage {
    /// The short code for the help page: M-1203.
    pub code: String,
    /// What happened, in one sentence.
    pub sentence: String,
    /// What it means for the card or the case; may be empty.
    pub meaning: String,
    /// What to do now, one line each.
    pub now: Vec<String>,
    /// The way on: words and address.
    pub way_on: Option<(String, String)>,
}

/// The document.
pub fn render(frame: &Frame, page: &ErrorPage) -> String {
    frame.document("できませんでした", false, || {
        let meaning =
            (!page.meaning.is_empty()).then(|| view! { <p class="lead">{page.meaning.clone()}</p> });
        let now: Vec<_> = page.now.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
        let now =
            (!now.is_empty()).then(|| view! { <div class="say"><h2>"いますること"</h2><ul>{now}</ul></div> });
        let (words, href) =
            page.way_on.clone().unwrap_or_else(|| ("今日の画面へ戻る".to_owned(), "/".to_owned()));
        view! {
            <div class="narrow">
                <div class="errors" role="alert"><h1>{page.sentence.clone()}</h1></div>
                {meaning}
                {now}
                <div class="actions">{link_button(&words, &href, true)}</div>
                <p class="section muted">"この画面の符号 "<span class="code">{page.code.clone()}</span></p>
            </div>
        }
        .into_any()
    })
}
