//! What was wrong with a form: a summary at the top that leads to each field, and a sentence at the field.

use leptos::prelude::*;

/// One thing that was wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name; empty when it concerns the whole form.
    pub field: String,
    /// The short code for the help page: M-1203.
    pub code: String,
    /// What happened, what it means, what to do now.
    pub sentence: String,
}

/// Everything that was wrong with a form. Empty when nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormErrors(pub Vec<FieldError>);

impl FormErrors {
    /// The sentences for one field, if any.
    pub fn of(&self, field: &str) -> Option<String> {
        let found: Vec<&str> =
            self.0.iter().filter(|error| error.field == field).map(|error| error.sentence.as_str()).collect();
        (!found.is_empty()).then(|| found.join(" "))
    }

    /// The summary for the top of the page; nothing when there is no error.
    pub fn summary(&self) -> AnyView {
        if self.0.is_empty() {
            return ().into_any();
        }
        let lines: Vec<_> = self
            .0
            .iter()
            .map(|error| {
                let code = (!error.code.is_empty())
                    .then(|| view! { <span class="code">{error.code.clone()}</span> });
                let sentence = error.sentence.clone();
                let line = if error.field.is_empty() {
                    view! { <span>{sentence}</span> }.into_any()
                } else {
                    view! { <a href=format!("#{}", super::field::id_of(&error.field))>{sentence}</a> }
                        .into_any()
                };
                view! { <li>{line}{code}</li> }
            })
            .collect();
        view! {
            <div class="errors" role="alert" tabindex="-1" aria-labelledby="errors-title" data-focus="1">
                <h2 id="errors-title">"入力を確認してください"</h2>
                <ul>{lines}</ul>
            </div>
        }
        .into_any()
    }
}
