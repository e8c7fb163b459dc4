//! A line of input with its label, hint and error.

use leptos::prelude::*;

/// An input under construction.
pub struct Field {
    name: String,
    label: String,
    kind: &'static str,
    value: String,
    hint: Option<String>,
    error: Option<String>,
    class: &'static str,
    input_mode: Option<&'static str>,
    autocomplete: &'static str,
    max_length: Option<u32>,
    accept: Option<&'static str>,
    required: bool,
    autofocus: bool,
}

/// The id of the input called `name`; labels and the error summary point at it.
pub(crate) fn id_of(name: &str) -> String {
    format!("f-{name}")
}

/// The label, hint and error around a control, in the order a screen reader needs them.
pub(crate) fn around(
    name: &str,
    label: &str,
    hint: Option<String>,
    error: Option<String>,
    required: bool,
    control: AnyView,
) -> AnyView {
    let id = id_of(name);
    let class = if error.is_some() { "field field--wrong" } else { "field" };
    let hint = hint.map(|hint| view! { <p class="field__hint" id=format!("{id}-hint")>{hint}</p> });
    let error = error.map(|error| view! { <p class="field__error" id=format!("{id}-error")>{error}</p> });
    let must = required.then(|| view! { <span class="field__must">"※必須"</span> });
    view! {
        <div class=class>
            <label class="field__label" for=id>{label.to_owned()}{must}</label>
            {hint}
            {error}
            {control}
        </div>
    }
    .into_any()
}

/// The ids of what describes a control.
pub(crate) fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    let id = id_of(name);
    let mut ids = Vec::new();
    if hint {
        ids.push(format!("{id}-hint"));
    }
    if error {
        ids.push(format!("{id}-error"));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

impl Field {
    /// A line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind: "text",
            value: String::new(),
            hint: None,
            error: None,
            class: "input",
            input_mode: None,
            autocomplete: "off",
            max_length: None,
            accept: None,
            required: false,
            autofocus: false,
        }
    }

    /// A secret: dots on screen, never filled in again after an error.
    pub fn secret(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { kind: "password", ..Self::text(name, label) }
    }

    /// A file.
    pub fn file(name: impl Into<String>, label: impl Into<String>, accept: &'static str) -> Self {
        Self { kind: "file", class: "input input--file", accept: Some(accept), ..Self::text(name, label) }
    }

    /// What stands in it.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        if self.kind == "text" {
            self.value = value.into();
        }
        self
    }

    /// How to fill it in.
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

    /// Its look: `input input--short`, `input input--code`.
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// Which keyboard a tablet shows.
    #[must_use]
    pub fn input_mode(mut self, mode: &'static str) -> Self {
        self.input_mode = Some(mode);
        self
    }

    /// What the browser may offer; off unless said.
    #[must_use]
    pub fn autocomplete(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    /// The most characters it takes.
    #[must_use]
    pub fn max_length(mut self, characters: u32) -> Self {
        self.max_length = Some(characters);
        self
    }

    /// It can't be left empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The cursor starts here.
    #[must_use]
    pub fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// The field.
    pub fn view(self) -> AnyView {
        let described = described_by(&self.name, self.hint.is_some(), self.error.is_some());
        let control = view! {
            <input
                id=id_of(&self.name) name=self.name.clone() type=self.kind class=self.class
                value=(self.kind == "text").then_some(self.value) inputmode=self.input_mode
                autocomplete=self.autocomplete maxlength=self.max_length.map(|most| most.to_string())
                accept=self.accept required=self.required autofocus=self.autofocus spellcheck="false"
                aria-describedby=described aria-invalid=self.error.is_some().then_some("true")
            />
        }
        .into_any();
        around(&self.name, &self.label, self.hint, self.error, self.required, control)
    }
}
