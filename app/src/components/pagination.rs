//! Long lists in pages.

use leptos::prelude::*;

/// Which page of how many, and how to reach the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// From 1.
    pub current: u32,
    /// How many pages there are.
    pub last: u32,
    /// All rows of all pages.
    pub total: u64,
    /// Address without the page number, ending in `page=`.
    pub address: String,
}

/// The links; nothing when one page holds everything.
pub fn pagination(pages: &Pages) -> AnyView {
    if pages.last <= 1 {
        return ().into_any();
    }
    let link = |page: u32, words: &'static str, rel: &'static str| {
        view! { <a class="button" rel=rel href=format!("{}{page}", pages.address)>{words}</a> }
    };
    let before = (pages.current > 1).then(|| link(pages.current - 1, "前の頁", "prev"));
    let after = (pages.current < pages.last).then(|| link(pages.current + 1, "次の頁", "next"));
    view! {
        <nav class="pages" aria-label="頁">
            {before}
            <span class="pages__where">{format!("{} / {} 頁(全{}件)", pages.current, pages.last, super::grouped(pages.total))}</span>
            {after}
        </nav>
    }
    .into_any()
}
