//! Boxes to tick and buttons to choose one by.

use super::Choice;
use super::field::id_of;
use leptos::prelude::*;

/// Several values may be ticked. Every box of a group has the same name.
pub struct CheckboxGroup(Group);

/// One value is chosen.
pub struct RadioGroup(Group);

struct Group {
    kind: &'static str,
    name: String,
    legend: String,
    choices: Vec<Choice>,
    chosen: Vec<String>,
    hint: Option<String>,
    error: Option<String>,
    in_columns: bool,
}

impl CheckboxGroup {
    /// A group for `name` with the values in `ticked` ticked.
    pub fn new(
        name: impl Into<String>,
        legend: impl Into<String>,
        choices: &[Choice],
        ticked: &[String],
    ) -> Self {
        Self(Group::new("checkbox", name.into(), legend.into(), choices, ticked))
    }

    /// How to choose.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// What was wrong.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.0.error = error;
        self
    }

    /// Two columns where the screen is wide enough.
    #[must_use]
    pub fn in_columns(mut self) -> Self {
        self.0.in_columns = true;
        self
    }

    /// The group.
    pub fn view(self) -> AnyView {
        self.0.view()
    }

    /// One box of its own, with its label.
    pub fn single(name: &str, value: &str, label: &str, ticked: bool, error: Option<String>) -> AnyView {
        let id = id_of(name);
        let class = if error.is_some() { "field field--wrong" } else { "field" };
        let described = error.is_some().then(|| format!("{id}-error"));
        let sentence =
            error.map(|error| view! { <p class="field__error" id=format!("{id}-error")>{error}</p> });
        view! {
            <div class=class>
                {sentence}
                <div class="tick">
                    <input
                        type="checkbox" id=id.clone() name=name.to_owned() value=value.to_owned() checked=ticked
                        aria-describedby=described
                    />
                    <label for=id>{label.to_owned()}</label>
                </div>
            </div>
        }
        .into_any()
    }
}

impl RadioGroup {
    /// A group for `name` with `chosen` chosen.
    pub fn new(name: impl Into<String>, legend: impl Into<String>, choices: &[Choice], chosen: &str) -> Self {
        Self(Group::new("radio", name.into(), legend.into(), choices, &[chosen.to_owned()]))
    }

    /// How to choose.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// What was wrong.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.0.error = error;
        self
    }

    /// The group.
    pub fn view(self) -> AnyView {
        self.0.view()
    }
}

impl Group {
    fn new(kind: &'static str, name: String, legend: String, choices: &[Choice], chosen: &[String]) -> Self {
        Self {
            kind,
            name,
            legend,
            choices: choices.to_vec(),
            chosen: chosen.to_vec(),
            hint: None,
            error: None,
            in_columns: false,
        }
    }

    fn view(self) -> AnyView {
        let id = id_of(&self.name);
        let described = super::field::described_by(&self.name, self.hint.is_some(), self.error.is_some());
        let class = if self.error.is_some() { "field group field--wrong" } else { "field group" };
        let ticks = if self.in_columns { "ticks ticks--columns" } else { "ticks" };
        let hint = self.hint.map(|hint| view! { <p class="field__hint" id=format!("{id}-hint")>{hint}</p> });
        let error =
            self.error.map(|error| view! { <p class="field__error" id=format!("{id}-error")>{error}</p> });
        let (kind, name, chosen) = (self.kind, self.name, self.chosen);
        let choices: Vec<_> = self
            .choices
            .into_iter()
            .enumerate()
            .map(|(index, choice)| {
                // The error summary's link leads to the first one.
                let own_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
                let checked = chosen.contains(&choice.value);
                let detail = choice.detail.map(|detail| view! { <span class="tick__detail">{detail}</span> });
                view! {
                    <div class="tick">
                        <input type=kind id=own_id.clone() name=name.clone() value=choice.value checked=checked/>
                        <label for=own_id>{choice.label}{detail}</label>
                    </div>
                }
            })
            .collect();
        view! {
            <fieldset class=class aria-describedby=described>
                <legend class="field__label">{self.legend}</legend>
                {hint}
                {error}
                <div class=ticks>{choices}</div>
            </fieldset>
        }
        .into_any()
    }
}
