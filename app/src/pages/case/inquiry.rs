//! Between the two visits: the letter to the principal, where it is, and the one next action.

use super::action::{self, CaseAction};
use super::{CasePage, PrintLink, closed};
use crate::components::{SummaryList, Tone, banner};
use leptos::prelude::*;

/// Where the request stands.
#[derive(Clone, Debug, Default)]
pub struct InquiryStep {
    /// 照会書の発送待ち, 回答待ち …
    pub title: String,
    /// What happened meanwhile that must be known first.
    pub changes: Vec<String>,
    /// Names and values: why, letter, posted, deadline, who came.
    pub lines: Vec<(String, String)>,
    /// What can be printed.
    pub prints: Vec<PrintLink>,
    /// The next action; none when only somebody else can act.
    pub next: Option<CaseAction>,
    /// What to do when the next action isn't the right one.
    pub others: Vec<CaseAction>,
}

pub(super) fn view(page: &CasePage, step: &InquiryStep) -> AnyView {
    let changes: Vec<_> = step.changes.iter().map(|change| banner(Tone::Caution, change)).collect();
    let mut summary = SummaryList::new();
    for (name, value) in &step.lines {
        summary = summary.text(name, value);
    }
    let next = step.next.as_ref().map(|next| action::main(page, next));
    let others: Vec<_> = step.others.iter().map(|other| action::folded(page, other)).collect();
    view! {
        <h2>{step.title.clone()}</h2>
        {changes}
        {summary.view()}
        {closed::prints(&step.prints)}
        {next}
        {others}
    }
    .into_any()
}
