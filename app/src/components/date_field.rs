//! A date in either calendar, with what was understood shown back.

use super::Field;
use crate::dates;
use leptos::prelude::*;
use rules::{NaiveDate, wareki};

/// A date input under construction. What was typed stays as typed.
pub struct DateField {
    field: Field,
    understood: Option<NaiveDate>,
}

impl DateField {
    /// An input for `name` in which `entered` stands.
    pub fn new(name: impl Into<String>, label: impl Into<String>, entered: &str) -> Self {
        Self {
            field: Field::text(name, label).value(entered).class("input input--date"),
            understood: wareki::parse(entered).ok(),
        }
    }

    /// The usual hint about the two calendars.
    #[must_use]
    pub fn with_hint(mut self) -> Self {
        self.field = self.field.hint("例 R7.10.10、令和7年10月10日、2025-10-10");
        self
    }

    /// What was wrong.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.field = self.field.error(error);
        self
    }

    /// It can't be left empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.field = self.field.required();
        self
    }

    /// The field, and under it the date as it was understood.
    pub fn view(self) -> AnyView {
        let understood = self.understood.map(|date| {
            view! { <p class="field__understood">{dates::long(date)}<span class="field__western">" / "{dates::western(date)}</span></p> }
        });
        view! { <div class="datefield">{self.field.view()}{understood}</div> }.into_any()
    }
}
