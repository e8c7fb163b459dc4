//! `/residents/{number}`: everything the counter needs about one person on one page.

mod head;
mod panels;
mod today;

pub use head::ResidentHead;
pub use panels::{CardPanel, CertificateDays, CertificatePanel};
pub use today::{Offer, OfferWay, Refusal};

use crate::components::{HistoryDay, Notice, history_list};
use crate::frame::Frame;
use crate::pages::home::OpenCase;
use leptos::prelude::*;

/// One resident.
#[derive(Clone, Debug)]
pub struct ResidentPage {
    /// Who it is.
    pub head: ResidentHead,
    /// What must be known first: support measures, moved away, dead, stay running out.
    pub notices: Vec<Notice>,
    /// Cases of this person that are not closed.
    pub open_cases: Vec<OpenCase>,
    /// Their card; `None` when the register knows none.
    pub card: Option<CardPanel>,
    /// Both certificates, signature first. One that was never issued has `Mark::None`.
    pub certificates: Vec<CertificatePanel>,
    /// This person may receive people.
    pub may_receive: bool,
    /// What can be done today.
    pub offers: Vec<Offer>,
    /// What can't, and why.
    pub refusals: Vec<Refusal>,
    /// What happened, newest day first.
    pub history: Vec<HistoryDay>,
    /// There is more than shown: the address of the rest.
    pub history_more: Option<String>,
}

/// The document.
pub fn render(frame: &Frame, page: &ResidentPage) -> String {
    frame.document(&page.head.name, false, || {
        let notices: Vec<_> = page.notices.iter().map(Notice::view).collect();
        let certificates: Vec<_> = page.certificates.iter().map(panels::certificate).collect();
        let more = page
            .history_more
            .as_ref()
            .map(|href| view! { <p><a href=href.clone()>"もっと前の記録を見る"</a></p> });
        view! {
            <div data-follows-reader="1">
                {head::view(&page.head)}
                {notices}
                {open_cases(&page.open_cases)}
                <div class="panels">
                    {panels::card(page.card.as_ref())}
                    {certificates}
                </div>
                {today::view(page.may_receive.then_some(page.head.number.as_str()), &page.offers, &page.refusals)}
                <section class="section">
                    <h2>"履歴"</h2>
                    {history_list(&page.history)}
                    {more}
                </section>
            </div>
        }
        .into_any()
    })
}

fn open_cases(cases: &[OpenCase]) -> AnyView {
    let lines: Vec<_> = cases
        .iter()
        .map(|case| {
            view! {
                <div class="banner banner--information">
                    <span class="banner__word"><span aria-hidden="true">"▶"</span>"受付中"</span>
                    <p>
                        <a href=format!("/cases/{}", case.reception)><span class="code">{case.reception.clone()}</span>" "{case.procedure.clone()}</a>
                        {format!(" {}({}、{})", case.state, case.opened, case.staff)}
                    </p>
                </div>
            }
        })
        .collect();
    lines.into_any()
}
