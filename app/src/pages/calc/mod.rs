//! `/calc`: days and procedures worked out for a question on the telephone, without anyone's record.

mod answer;
mod fields;
mod procedure;

use crate::components::{Button, FormErrors, Source, post_form};
use crate::frame::Frame;
use leptos::prelude::*;

pub use fields::Typed;

/// What was asked and the answer.
#[derive(Clone, Debug, Default)]
pub struct CalcPage {
    /// Which question; one of [`QUESTIONS`].
    pub ask: String,
    /// What was typed, by field. Never a PIN.
    pub typed: Typed,
    /// What was wrong, by field.
    pub errors: FormErrors,
    /// The answer.
    pub answer: Option<CalcAnswer>,
}

/// The answer.
#[derive(Clone, Debug, Default)]
pub struct CalcAnswer {
    /// The sentence to say: 「令和7年7月11日から更新できます。」
    pub sentence: String,
    /// The days and values, by name.
    pub lines: Vec<(String, String)>,
    /// Reasons, missing papers, warnings: each list with its title, each sentence with its source.
    pub lists: Vec<(String, Vec<(String, Source)>)>,
    /// What else can be said on the telephone, as the office has set it.
    pub tell: Vec<String>,
    /// A customer barcode to look at: 67 of `1` to `4`.
    pub bars: String,
    /// Where that comes from.
    pub source: Source,
}

/// The questions, as `madoguchi calc` names them and as a clerk asks them.
pub const QUESTIONS: [(&str, &str); 8] = [
    ("renewal_period", "いつから更新できますか"),
    ("validity", "新しい満了日はいつですか"),
    ("card_validity", "カードはいつまで有効ですか"),
    ("procedure", "どの手続きになりますか"),
    ("open_day", "この日は開いていますか"),
    ("wareki", "和暦と西暦"),
    ("pin", "この暗証番号は使えますか"),
    ("customer_barcode", "カスタマバーコード"),
];

/// The forms send `ask` and their fields to `/calc` with GET, because nothing is changed; a PIN goes to `/calc/pin` with
/// POST, so that it stands in no address.
pub fn render(frame: &Frame, page: &CalcPage) -> String {
    frame.document("期限計算", false, || {
        let links: Vec<_> = QUESTIONS
            .iter()
            .map(|(ask, title)| {
                let current = (*ask == page.ask).then_some("page");
                view! { <li><a href=format!("/calc?ask={ask}") aria-current=current>{*title}</a></li> }
            })
            .collect();
        let title = QUESTIONS.iter().find(|(ask, _)| *ask == page.ask).map_or("", |(_, title)| title);
        view! {
            {page.errors.summary()}
            <div class="page-head">
                <h1>"期限計算"</h1>
                <span class="page-head__aside">"電話の問い合わせなどに。だれの記録も見ません。"</span>
            </div>
            <nav class="questions" aria-label="質問"><ul>{links}</ul></nav>
            {page.answer.as_ref().map(answer::view)}
            <section class="section"><h2>{title}</h2>{form(page)}</section>
        }
        .into_any()
    })
}

fn form(page: &CalcPage) -> AnyView {
    let fields = match page.ask.as_str() {
        "procedure" => procedure::fields(page),
        ask => fields::of(ask, page),
    };
    if page.ask == "pin" {
        let inside =
            view! { {fields}<div class="actions">{Button::primary("確かめる").view()}</div> }.into_any();
        return post_form("/calc/pin").class("form panel narrow").view(inside);
    }
    let class = if page.ask == "procedure" { "form panel" } else { "form panel narrow" };
    view! {
        <form class=class method="get" action="/calc">
            <input type="hidden" name="ask" value=page.ask.clone()/>
            {fields}
            <div class="actions">{Button::primary("計算する").view()}</div>
        </form>
    }
    .into_any()
}
