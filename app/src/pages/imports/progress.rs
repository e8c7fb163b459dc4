//! An import that is running. The page renews itself.

use crate::components::{Notice, Tone, grouped};
use crate::frame::Frame;
use leptos::prelude::*;

/// How far it is.
#[derive(Clone, Debug, Default)]
pub struct ProgressPage {
    /// 住民, カード.
    pub kind: String,
    /// The file's name.
    pub file: String,
    /// What is being done: 「確かめています」「取り込んでいます」.
    pub doing: String,
    /// Rows done.
    pub done: u64,
    /// All rows; 0 while they are not counted yet.
    pub all: u64,
}

/// The document.
pub fn render(frame: &Frame, page: &ProgressPage) -> String {
    frame.document("取込中", true, || {
        let meter = (page.all > 0).then(|| {
            view! {
                <progress class="meter" id="meter" max=page.all.to_string() value=page.done.min(page.all).to_string()></progress>
            }
        });
        let words = if page.all > 0 { format!("{} / {}行", grouped(page.done), grouped(page.all)) } else { format!("{}行", grouped(page.done)) };
        let notice = Notice {
            tone: Tone::Information,
            title: String::new(),
            sentence: "終わると自動で結果に進みます。ほかの仕事をしていても続きます。".to_owned(),
        };
        view! {
            <div class="page-head"><h1>{format!("取込 {}", page.kind)}</h1><span class="page-head__aside">{page.file.clone()}</span></div>
            {notice.view()}
            <label class="lead" for="meter">{page.doing.clone()}</label>
            {meter}
            <p class="number">{words}</p>
            <noscript><p><a href="">"進み具合を見る"</a></p></noscript>
        }
        .into_any()
    })
}
