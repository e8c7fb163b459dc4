//! `/telephone`: what may be said on the telephone, and nothing about anybody.

use super::calendar_settings::{DayAhead, days_table};
use crate::components::{Notice, SummaryList};
use crate::frame::Frame;
use leptos::prelude::*;

/// What a caller may hear.
#[derive(Clone, Debug, Default)]
pub struct TelephonePage {
    /// Whether somebody could come now.
    pub now: Notice,
    /// What is said to a caller who asks about a certificate.
    pub refusal: String,
    /// What such a caller can do instead.
    pub instead: Vec<String>,
    /// Where to come.
    pub place: String,
    /// When.
    pub hours: String,
    /// When not; may be empty.
    pub closed: String,
    /// Page or booking site; may be empty.
    pub website: String,
    /// The next days.
    pub days: Vec<DayAhead>,
    /// Procedures: who comes, with what, how often.
    pub topics: Vec<Topic>,
}

/// One procedure in the words for a caller.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// What it is about: a caller's words.
    pub title: String,
    /// Sentences to say.
    pub say: Vec<String>,
    /// What to bring.
    pub bring: Vec<String>,
}

/// The document.
pub fn render(frame: &Frame, page: &TelephonePage) -> String {
    frame.document("電話での案内", false, || {
        let instead: Vec<_> =
            page.instead.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
        let topics: Vec<_> = page.topics.iter().map(topic).collect();
        let place = SummaryList::new()
            .text("場所", &page.place)
            .text("受付時間", &page.hours)
            .text_if("休み", Some(&page.closed));
        let place = if page.website.is_empty() {
            place
        } else {
            let address = page.website.clone();
            place.line("案内のページ", view! { <span class="code">{address}</span> }.into_any())
        };
        view! {
            <div class="page-head">
                <h1>"電話での案内"</h1>
                <span class="page-head__aside">"この画面では住民をさがしません。電話をかけてきた方のことは何も記録しません。"</span>
            </div>
            <div class="box box--alarm">
                <h3>"証明書の有効性・有効期限を尋ねられたら"</h3>
                <p class="lead">{page.refusal.clone()}</p>
            </div>
            <div class="say"><ul>{instead}</ul></div>
            <div class="telephone">
                <section class="section">
                    <h2>"手続きと持ち物"</h2>
                    {topics}
                </section>
                <section class="section">
                    <h2>"場所と時間"</h2>
                    {page.now.view()}
                    {place.view()}
                    {days_table(&page.days)}
                </section>
            </div>
        }
        .into_any()
    })
}

fn topic(topic: &Topic) -> AnyView {
    let say: Vec<_> = topic.say.iter().map(|line| view! { <p>{line.clone()}</p> }).collect();
    let bring: Vec<_> = topic.bring.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    let bring =
        (!topic.bring.is_empty()).then(|| view! { <h3>"持ち物"</h3><ul class="reasons">{bring}</ul> });
    view! {
        <details class="telephone__topic">
            <summary>{topic.title.clone()}</summary>
            <div class="source__text">{say}{bring}</div>
        </details>
    }
    .into_any()
}
