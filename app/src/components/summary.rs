//! Check answers, and where a rule comes from.

use leptos::prelude::*;

/// Pairs of a name and what was given for it.
#[derive(Default)]
pub struct SummaryList(Vec<(String, AnyView)>);

impl SummaryList {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line of text.
    #[must_use]
    pub fn text(self, key: &str, value: &str) -> Self {
        let value = value.to_owned();
        self.line(key, value.into_any())
    }

    /// Adds a line of text when there is any.
    #[must_use]
    pub fn text_if(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) if !value.is_empty() => self.text(key, value),
            _ => self,
        }
    }

    /// Adds a line of anything.
    #[must_use]
    pub fn line(mut self, key: &str, value: AnyView) -> Self {
        self.0.push((key.to_owned(), value));
        self
    }

    /// The list.
    pub fn view(self) -> AnyView {
        let lines: Vec<_> = self
            .0
            .into_iter()
            .map(|(key, value)| view! { <div class="summary__line"><dt>{key}</dt><dd>{value}</dd></div> })
            .collect();
        view! { <dl class="summary">{lines}</dl> }.into_any()
    }
}

/// Where a rule comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The law or page by name.
    pub title: String,
    /// A sentence more, if there is one.
    pub detail: String,
}

impl From<&str> for Source {
    fn from(title: &str) -> Self {
        Self { title: title.to_owned(), detail: String::new() }
    }
}

/// The source, a click away.
pub fn describe_source(source: &Source) -> AnyView {
    if source.title.is_empty() && source.detail.is_empty() {
        return ().into_any();
    }
    let detail = (!source.detail.is_empty()).then(|| view! { <p>{source.detail.clone()}</p> });
    view! {
        <details class="source">
            <summary>"根拠を見る"</summary>
            <div class="source__text"><p>{source.title.clone()}</p>{detail}</div>
        </details>
    }
    .into_any()
}
