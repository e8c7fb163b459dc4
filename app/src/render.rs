//! From a view to the text of a document.

use leptos::prelude::*;

/// The token that every POST form must carry; forms take it from here, so that none can forget it.
#[derive(Clone)]
pub(crate) struct Csrf(pub String);

/// Renders a whole document. `csrf` is the session's token, printed in every form made with
/// [`crate::components::post_form`].
pub(crate) fn document(csrf: &str, view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(Csrf(csrf.to_owned()));
        view().to_html()
    });
    // Leptos leaves marks for hydration, which never happens here: one between neighbouring texts, one where a view
    // of nothing stands. Text and attribute values are escaped, so they can't come from anywhere else.
    let html = html.replace("<!--<() />-->", "").replace("<!>", "");
    format!("<!DOCTYPE html>\n{html}\n")
}

/// The token inside [`document`].
pub(crate) fn csrf() -> String {
    use_context::<Csrf>().map(|csrf| csrf.0).unwrap_or_default()
}
