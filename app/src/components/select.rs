//! One of a few values, from a list.

use super::field::{around, described_by, id_of};
use leptos::prelude::*;

/// A value that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// What it means, under the label (not in lists).
    pub detail: Option<String>,
}

impl Choice {
    /// A choice without further words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), detail: None }
    }
}

/// A list under construction.
pub struct Select {
    name: String,
    label: String,
    choices: Vec<Choice>,
    chosen: String,
    hint: Option<String>,
    error: Option<String>,
}

impl Select {
    /// A list for `name` with `chosen` chosen.
    pub fn new(name: impl Into<String>, label: impl Into<String>, choices: &[Choice], chosen: &str) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            choices: choices.to_vec(),
            chosen: chosen.to_owned(),
            hint: None,
            error: None,
        }
    }

    /// How to choose.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What was wrong.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// The list.
    pub fn view(self) -> AnyView {
        let described = described_by(&self.name, self.hint.is_some(), self.error.is_some());
        let options: Vec<_> = self
            .choices
            .into_iter()
            .map(|choice| {
                let selected = choice.value == self.chosen;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect();
        let control = view! {
            <select
                id=id_of(&self.name) name=self.name.clone() class="input input--select" aria-describedby=described
                aria-invalid=self.error.is_some().then_some("true")
            >
                {options}
            </select>
        }
        .into_any();
        around(&self.name, &self.label, self.hint, self.error, false, control)
    }
}
