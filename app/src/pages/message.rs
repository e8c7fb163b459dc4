//! A simple result: something was done, or something must be known before going on.

use crate::components::{Notice, link_button};
use crate::frame::Frame;
use leptos::prelude::*;

/// A result in a few sentences.
#[derive(Clone, Debug, Default)]
pub struct MessagePage {
    /// The page's heading.
    pub title: String,
    /// What was done.
    pub notice: Notice,
    /// More to know, a paragraph each.
    pub paragraphs: Vec<String>,
    /// Ways on: words and address. The first is drawn as the main one.
    pub ways_on: Vec<(String, String)>,
}

/// The document.
pub fn render(frame: &Frame, page: &MessagePage) -> String {
    frame.document(&page.title, false, || {
        let paragraphs: Vec<_> = page.paragraphs.iter().map(|text| view! { <p>{text.clone()}</p> }).collect();
        let ways: Vec<_> = page
            .ways_on
            .iter()
            .enumerate()
            .map(|(index, (words, href))| link_button(words, href, index == 0))
            .collect();
        view! {
            <div class="narrow">
                <div class="page-head"><h1>{page.title.clone()}</h1></div>
                {page.notice.view()}
                {paragraphs}
                <div class="actions">{ways}</div>
            </div>
        }
        .into_any()
    })
}
