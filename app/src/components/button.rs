//! Buttons and links that look like them. Labels are verbs.

use leptos::prelude::*;

/// A submit button under construction.
pub struct Button {
    label: String,
    class: &'static str,
    detail: Option<String>,
    name_value: Option<(String, String)>,
    form: Option<String>,
}

impl Button {
    /// The one action a page is about.
    pub fn primary(label: impl Into<String>) -> Self {
        Self::of(label, "button button--primary")
    }

    /// Any other action.
    pub fn secondary(label: impl Into<String>) -> Self {
        Self::of(label, "button")
    }

    /// An action that takes something away.
    pub fn caution(label: impl Into<String>) -> Self {
        Self::of(label, "button button--caution")
    }

    /// An action beside the point, drawn as text.
    pub fn quiet(label: impl Into<String>) -> Self {
        Self::of(label, "button button--quiet")
    }

    fn of(label: impl Into<String>, class: &'static str) -> Self {
        Self { label: label.into(), class, detail: None, name_value: None, form: None }
    }

    /// A second, smaller line on the button.
    #[must_use]
    pub fn detail(mut self, detail: Option<String>) -> Self {
        self.detail = detail;
        self
    }

    /// What the button adds to the form.
    #[must_use]
    pub fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name_value = Some((name.into(), value.into()));
        self
    }

    /// The id of the form it belongs to, when it stands outside.
    #[must_use]
    pub fn for_form(mut self, form: impl Into<String>) -> Self {
        self.form = Some(form.into());
        self
    }

    /// The button.
    pub fn view(self) -> AnyView {
        let (name, value) = self.name_value.unzip();
        let detail = self.detail.map(|detail| view! { <span class="button__detail">{detail}</span> });
        view! {
            <button type="submit" class=self.class name=name value=value form=self.form>
                <span>{self.label}</span>
                {detail}
            </button>
        }
        .into_any()
    }
}

/// A link that looks like a button: it opens something and changes nothing.
pub fn link_button(label: &str, href: &str, primary: bool) -> AnyView {
    let class = if primary { "button button--primary" } else { "button" };
    view! { <a class=class href=href.to_owned()>{label.to_owned()}</a> }.into_any()
}
