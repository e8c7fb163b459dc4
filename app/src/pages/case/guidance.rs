//! 案内: what is not done here, and what to do instead.

use crate::components::{Source, Tone, banner, describe_source, link_button};
use leptos::prelude::*;

/// What to do instead.
#[derive(Clone, Debug, Default)]
pub struct GuidanceStep {
    /// カードの更新が必要です.
    pub title: String,
    /// Why: one sentence.
    pub sentence: String,
    /// What to tell or to do, a line each.
    pub lines: Vec<String>,
    /// Where that comes from.
    pub source: Source,
    /// The way on: words and address.
    pub way_on: Option<(String, String)>,
}

pub(super) fn view(step: &GuidanceStep) -> AnyView {
    let lines: Vec<_> = step.lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    let way = step.way_on.as_ref().map(|(words, href)| link_button(words, href, true));
    view! {
        <h2>{step.title.clone()}</h2>
        {banner(Tone::Caution, &step.sentence)}
        <div class="say"><h3>"いますること"</h3><ul>{lines}</ul></div>
        {describe_source(&step.source)}
        <div class="actions case__act">{way}</div>
    }
    .into_any()
}
