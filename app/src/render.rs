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
    // Between neighbouring texts leptos leaves a mark for hydration, which never happens here. Text and attribute
    // values are escaped, so these three characters can't come from anywhere else.
    format!("<!DOCTYPE html>\n{}\n", html.replace("<!>", ""))
}

/// The token inside [`document`].
pub(crate) fn csrf() -> String {
    use_context::<Csrf>().map(|csrf| csrf.0).unwrap_or_default()
}
