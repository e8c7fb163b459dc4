//! A list of things that are being done, one after the other.

use leptos::prelude::*;

/// How one thing went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepOutcome {
    /// Not begun.
    #[default]
    Waiting,
    /// Being done.
    Running,
    /// Done and as expected.
    Done,
    /// Not done, or not as expected.
    Failed,
}

/// One thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgressLine {
    /// 署名用電子証明書を書き込む.
    pub title: String,
    /// What came of it, in a few words.
    pub detail: String,
    /// How it went.
    pub outcome: StepOutcome,
}

impl StepOutcome {
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Waiting => ("progress__line", "○", "これから"),
            Self::Running => ("progress__line progress__line--running", "▶", "実行中"),
            Self::Done => ("progress__line progress__line--done", "✓", "済"),
            Self::Failed => ("progress__line progress__line--failed", "×", "失敗"),
        }
    }
}

/// The list.
pub fn progress_list(lines: &[ProgressLine]) -> AnyView {
    let lines: Vec<_> = lines
        .iter()
        .map(|line| {
            let (class, shape, word) = line.outcome.words();
            view! {
                <li class=class>
                    <span class="progress__mark" aria-hidden="true">{shape}</span>
                    <span class="progress__title">{line.title.clone()}</span>
                    <span class="progress__detail">{line.detail.clone()}</span>
                    <span class="progress__word">{word}</span>
                </li>
            }
        })
        .collect();
    view! { <ol class="progress" aria-live="polite">{lines}</ol> }.into_any()
}
