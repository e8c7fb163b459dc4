//! Something that can be done with a case: a button with what it means and what it asks for.

use super::CasePage;
use crate::components::{Button, CheckboxGroup, Choice, DateField, RadioGroup, TextArea};
use leptos::prelude::*;

/// Something that can be done.
#[derive(Clone, Debug, Default)]
pub struct CaseAction {
    /// The step's name in the address: posted, returned, reply.
    pub step: String,
    /// The button: a verb.
    pub label: String,
    /// What it means, in a sentence.
    pub means: String,
    /// What it asks for.
    pub fields: Vec<ActionField>,
}

/// One question of an action.
#[derive(Clone, Debug)]
pub enum ActionField {
    /// One of several.
    Radio {
        /// The field's name.
        name: String,
        /// What is asked.
        legend: String,
        /// The answers.
        choices: Vec<Choice>,
        /// The answer given.
        chosen: String,
    },
    /// A box to tick.
    Check {
        /// The field's name.
        name: String,
        /// What is confirmed.
        label: String,
    },
    /// Several boxes of one name.
    Checks {
        /// The field's name.
        name: String,
        /// What is asked.
        legend: String,
        /// The answers.
        choices: Vec<Choice>,
        /// The codes ticked.
        ticked: Vec<String>,
    },
    /// Words that must be given.
    Reason {
        /// The field's name.
        name: String,
        /// What is asked.
        label: String,
        /// What was typed.
        value: String,
    },
    /// A day.
    Date {
        /// The field's name.
        name: String,
        /// What is asked.
        label: String,
        /// What was typed.
        value: String,
    },
}

/// The action as the page's main button, its questions above it.
pub(super) fn main(page: &CasePage, action: &CaseAction) -> AnyView {
    let inside = view! {
        <p class="lead">{action.means.clone()}</p>
        {fields(page, action)}
        <div class="actions case__act">{Button::primary(&action.label).view()}</div>
    };
    page.form(&action.step).view(inside.into_any())
}

/// The action folded away; open when something about it was wrong.
pub(super) fn folded(page: &CasePage, action: &CaseAction) -> AnyView {
    let open = action.fields.iter().any(|field| page.errors.of(field.name()).is_some());
    let inside =
        view! { {fields(page, action)}<div class="actions">{Button::secondary(&action.label).view()}</div> };
    view! {
        <details open=open>
            <summary>{action.label.clone()}</summary>
            <div class="box"><p>{action.means.clone()}</p>{page.form(&action.step).class("form").view(inside.into_any())}</div>
        </details>
    }
    .into_any()
}

fn fields(page: &CasePage, action: &CaseAction) -> AnyView {
    let fields: Vec<_> = action.fields.iter().map(|field| field.view(page)).collect();
    fields.into_any()
}

impl ActionField {
    fn name(&self) -> &str {
        match self {
            Self::Radio { name, .. }
            | Self::Check { name, .. }
            | Self::Checks { name, .. }
            | Self::Reason { name, .. }
            | Self::Date { name, .. } => name,
        }
    }

    fn view(&self, page: &CasePage) -> AnyView {
        let error = page.errors.of(self.name());
        match self {
            Self::Radio { name, legend, choices, chosen } => {
                RadioGroup::new(name, legend, choices, chosen).error(error).view()
            }
            Self::Check { name, label } => CheckboxGroup::single(name, "yes", label, false, error),
            Self::Checks { name, legend, choices, ticked } => {
                CheckboxGroup::new(name, legend, choices, ticked).error(error).in_columns().view()
            }
            Self::Reason { name, label, value } => {
                TextArea::new(name, label, value).error(error).required().view()
            }
            Self::Date { name, label, value } => DateField::new(name, label, value).error(error).view(),
        }
    }
}
