//! The answer: a sentence to say, its days, its reasons.

use super::CalcAnswer;
use crate::components::{Source, SummaryList, describe_source};
use leptos::prelude::*;

pub(super) fn view(answer: &CalcAnswer) -> AnyView {
    let list = answer.lines.iter().fold(SummaryList::new(), |list, (key, value)| list.text(key, value));
    let lists: Vec<_> = answer.lists.iter().map(|(title, items)| reasons(title, items)).collect();
    view! {
        <div class="reference" role="status">
            <p class="lead"><strong>{answer.sentence.clone()}</strong></p>
            {list.view()}
            {bars(&answer.bars)}
            {lists}
            {tell(&answer.tell)}
            {describe_source(&answer.source)}
        </div>
    }
    .into_any()
}

fn reasons(title: &str, items: &[(String, Source)]) -> AnyView {
    let items: Vec<_> = items
        .iter()
        .map(|(sentence, source)| {
            let source = (!source.title.is_empty())
                .then(|| view! { <small class="muted">{format!("({})", source.title)}</small> });
            view! { <li>{sentence.clone()}" "{source}</li> }
        })
        .collect();
    view! { <section class="section"><h3>{title.to_owned()}</h3><ul class="reasons">{items}</ul></section> }
        .into_any()
}

fn tell(lines: &[String]) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    view! { <div class="say"><h3>"あわせて伝えられること"</h3><ul>{lines}</ul></div> }.into_any()
}

/// The bars as they are printed, ten times as large, to hold beside a letter.
fn bars(bars: &str) -> AnyView {
    if bars.is_empty() {
        return ().into_any();
    }
    let drawn: Vec<_> = bars
        .chars()
        .enumerate()
        .map(|(at, bar)| {
            // Long, semi-long up, semi-long down, timing.
            let (top, height) = match bar {
                '1' => (0, 36),
                '2' => (0, 24),
                '3' => (12, 24),
                _ => (12, 12),
            };
            view! { <rect x=(at * 12).to_string() y=top.to_string() width="6" height=height.to_string()/> }
        })
        .collect();
    view! {
        <svg class="barcode" viewBox="0 0 798 36" role="img" aria-label="カスタマバーコード">{drawn}</svg>
    }
    .into_any()
}
