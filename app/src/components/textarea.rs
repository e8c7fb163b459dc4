//! Several lines of text.
//!
//! Leptos 0.8 prints what is inside `<textarea>` as it is, so this is the only place that may write one, and it
//! escapes the text itself. A test keeps raw ones out of the rest of the crate.

use super::field::{around, described_by, id_of};
use leptos::prelude::*;

/// A text area under construction.
pub struct TextArea {
    name: String,
    label: String,
    value: String,
    hint: Option<String>,
    error: Option<String>,
    rows: u32,
    required: bool,
}

impl TextArea {
    /// An area for `name` in which `value` stands.
    pub fn new(name: impl Into<String>, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            value: value.into(),
            hint: None,
            error: None,
            rows: 3,
            required: false,
        }
    }

    /// How to fill it in.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// How many lines it shows.
    #[must_use]
    pub fn rows(mut self, rows: u32) -> Self {
        self.rows = rows;
        self
    }

    /// What was wrong.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// It can't be left empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The area.
    pub fn view(self) -> AnyView {
        let described = described_by(&self.name, self.hint.is_some(), self.error.is_some());
        // A browser drops one line break after the opening tag; the one added here is that one.
        let text = format!("\n{}", escape(&self.value));
        let control = view! {
            <textarea
                id=id_of(&self.name) name=self.name.clone() class="input input--area" rows=self.rows.to_string()
                required=self.required aria-describedby=described
                aria-invalid=self.error.is_some().then_some("true")
            >{text}</textarea>
        }
        .into_any();
        around(&self.name, &self.label, self.hint, self.error, self.required, control)
    }
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::TextArea;
    use crate::render;

    #[test]
    fn what_was_typed_can_not_leave_the_area() {
        let hostile = "\n</textarea><script>alert(1)</script>&amp;";
        let html = render::document("t", || TextArea::new("reason", "理由", hostile).view());
        assert!(
            html.contains(">\n\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;</textarea>"),
            "{html}"
        );
    }
}
