//! Where a case stands: the steps, done ones with their result in one line.

use leptos::prelude::*;

/// How far a step is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepStatus {
    /// Finished, with its result in one line.
    Done(String),
    /// The step shown now.
    Current,
    /// Stopped halfway; someone must act.
    Halted(String),
    /// Not yet.
    Todo,
    /// Not needed, with the reason.
    Skipped(String),
}

/// One step of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepItem {
    /// 本人確認.
    pub title: String,
    /// How far it is.
    pub status: StepStatus,
}

/// The step navigation.
pub fn step_list(steps: &[StepItem]) -> AnyView {
    let items: Vec<_> = steps
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let (class, mark, word, line) = match &step.status {
                StepStatus::Done(line) => ("step step--done", "✓".to_owned(), "済", Some(line.clone())),
                StepStatus::Current => ("step step--current", (index + 1).to_string(), "いまここ", None),
                StepStatus::Halted(line) => ("step step--halted", "×".to_owned(), "中断", Some(line.clone())),
                StepStatus::Todo => ("step", (index + 1).to_string(), "これから", None),
                StepStatus::Skipped(line) => ("step step--skipped", "－".to_owned(), "不要", Some(line.clone())),
            };
            let current = matches!(step.status, StepStatus::Current | StepStatus::Halted(_)).then_some("step");
            let line = line.filter(|line| !line.is_empty()).map(|line| view! { <span class="step__line">{line}</span> });
            view! {
                <li class=class aria-current=current>
                    <span class="step__mark" aria-hidden="true">{mark}</span>
                    <span class="step__text">
                        <span class="step__title">{step.title.clone()}<span class="step__word">{word}</span></span>
                        {line}
                    </span>
                </li>
            }
        })
        .collect();
    view! { <ol class="steps" aria-label="手続きの段階">{items}</ol> }.into_any()
}
