//! Forms that change something. The only way to write a POST form, so that the token is never forgotten.

use crate::render;
use leptos::prelude::*;

/// A POST form under construction.
pub struct PostForm {
    action: String,
    class: &'static str,
    hidden: Vec<(String, String)>,
    multipart: bool,
    id: Option<String>,
}

/// Starts a form that posts to `action`.
pub fn post_form(action: impl Into<String>) -> PostForm {
    PostForm { action: action.into(), class: "form", hidden: Vec::new(), multipart: false, id: None }
}

impl PostForm {
    /// Another look than the usual stacked form.
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// The form's id, for buttons that stand outside it.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// A value that is sent and not shown.
    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }

    /// Several values that are sent and not shown.
    #[must_use]
    pub fn hidden_all(mut self, values: &[(String, String)]) -> Self {
        self.hidden.extend_from_slice(values);
        self
    }

    /// The version the page was made from; the server refuses the form when someone else was quicker.
    #[must_use]
    pub fn version(self, version: i64) -> Self {
        self.hidden("version", version.to_string())
    }

    /// The key that makes a second press of the same button harmless.
    #[must_use]
    pub fn once(self, key: impl Into<String>) -> Self {
        self.hidden("once", key)
    }

    /// Sends files.
    #[must_use]
    pub fn multipart(mut self) -> Self {
        self.multipart = true;
        self
    }

    /// The form around its fields.
    pub fn view(self, inside: AnyView) -> AnyView {
        let hidden: Vec<_> = self
            .hidden
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect();
        let enctype = self.multipart.then_some("multipart/form-data");
        view! {
            <form class=self.class method="post" action=self.action enctype=enctype id=self.id>
                <input type="hidden" name="csrf" value=render::csrf()/>
                {hidden}
                {inside}
            </form>
        }
        .into_any()
    }
}
