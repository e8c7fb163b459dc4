//! `/cases/{reception}`: a case is one page. Steps left, the current step in the middle, resident and card right.

mod action;
mod application;
mod aside;
mod changes;
mod closed;
mod evidence;
mod exits;
mod guidance;
mod identity;
mod inquiry;
mod interrupted;
mod pins;
mod progress;
mod record;
mod result;
mod unwritten;
mod update;

pub use action::{ActionField, CaseAction};
pub use application::{ApplicationStep, OneYearShorter};
pub use aside::{CardBrief, CertificateBrief, ResidentBrief};
pub use changes::CertificateChange;
pub use closed::{ClosedStep, PrintLink};
pub use evidence::{EvidenceStep, RepresentationFields};
pub use exits::CaseExit;
pub use guidance::GuidanceStep;
pub use identity::IdentityStep;
pub use inquiry::InquiryStep;
pub use interrupted::{CertificateNow, InterruptedStep};
pub use pins::{PadState, PinRequest, PinState, PinsStep};
pub use progress::UpdateProgress;
pub use result::{CertificateResult, ResultStep};
pub use unwritten::UnwrittenStep;
pub use update::{UpdatePath, UpdateStep};

use crate::components::{FormErrors, HistoryDay, Notice, PostForm, StepItem, post_form, step_list};
use crate::frame::Frame;
use leptos::prelude::*;

/// A case.
#[derive(Clone, Debug)]
pub struct CasePage {
    /// R8-000123.
    pub reception: String,
    /// 更新.
    pub procedure: String,
    /// 本人.
    pub applicant: String,
    /// When and by whom it was opened: 「11月22日 14:05 佐藤」.
    pub opened: String,
    /// The steps.
    pub steps: Vec<StepItem>,
    /// What was wrong with what was sent.
    pub errors: FormErrors,
    /// What must be known first.
    pub notices: Vec<Notice>,
    /// The step in the middle.
    pub step: CaseStep,
    /// The resident in brief.
    pub resident: ResidentBrief,
    /// The card in brief, as it last said itself; `None` when there is none.
    pub card: Option<CardBrief>,
    /// Papers that the case has at this step.
    pub papers: Vec<PrintLink>,
    /// What else can be done at this step: another procedure joins, the national system is down.
    pub actions: Vec<CaseAction>,
    /// Ways out of the case at this step.
    pub exits: Vec<CaseExit>,
    /// What happened so far, newest day first.
    pub history: Vec<HistoryDay>,
    /// A note that was typed and not taken.
    pub note: String,
    /// The version every form carries.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
}

/// The current step.
#[derive(Clone, Debug)]
pub enum CaseStep {
    /// Documents looked at.
    Identity(IdentityStep),
    /// The papers of somebody who came for the principal.
    Evidence(EvidenceStep),
    /// The letter to the principal, between two visits.
    Inquiry(InquiryStep),
    /// Nothing is written to the chip.
    Unwritten(UnwrittenStep),
    /// The application, checked by reading it back.
    Application(ApplicationStep),
    /// The resident enters the PINs.
    Pins(PinsStep),
    /// The last look before the card is written.
    Update(UpdateStep),
    /// The card is being written.
    Progress(UpdateProgress),
    /// The update stopped halfway.
    Interrupted(InterruptedStep),
    /// What the card says after the update; then it is handed over.
    Result(ResultStep),
    /// Finished.
    Closed(ClosedStep),
    /// Something that isn't done in this program: what to do instead.
    Guidance(GuidanceStep),
}

/// The document.
pub fn render(frame: &Frame, page: &CasePage) -> String {
    let title = format!("{} {}", page.reception, page.procedure);
    frame.document(&title, page.step.is_live(), || {
        let notices: Vec<_> = page.notices.iter().map(Notice::view).collect();
        let papers = (!page.papers.is_empty())
            .then(|| view! { <div class="case__papers no-print"><h2>"用紙"</h2>{closed::prints(&page.papers)}</div> });
        let actions: Vec<_> = page.actions.iter().map(|one| action::folded(page, one)).collect();
        let actions = (!actions.is_empty()).then(|| view! { <div class="case__exit">{actions}</div> });
        view! {
            <div class="page-head">
                <h1>{page.procedure.clone()}" "<span class="code">{page.reception.clone()}</span></h1>
                <span class="page-head__aside">{format!("来た人 {}・受付 {}", page.applicant, page.opened)}</span>
            </div>
            {page.errors.summary()}
            {notices}
            <div class="case">
                {step_list(&page.steps)}
                <div class="case__main">
                    {middle(page)}
                </div>
                <div class="case__side">
                    {aside::view(&page.resident, page.card.as_ref())}
                    {papers}
                    {actions}
                    {exits::view(page)}
                </div>
            </div>
            {record::view(page)}
        }
        .into_any()
    })
}

impl CaseStep {
    /// Whether the page renews itself: while the resident types, and while the card is written.
    pub fn is_live(&self) -> bool {
        match self {
            Self::Pins(step) => matches!(step.pad, PadState::Entering),
            Self::Progress(_) => true,
            _ => false,
        }
    }
}

impl CasePage {
    /// A form of this case for `step`, with what every one of them carries.
    fn form(&self, step: &str) -> PostForm {
        post_form(format!("/cases/{}/{step}", self.reception))
            .class("form case__form")
            .version(self.version)
            .once(&self.once)
    }
}

fn middle(page: &CasePage) -> AnyView {
    match &page.step {
        CaseStep::Identity(step) => identity::view(page, step),
        CaseStep::Evidence(step) => evidence::view(page, step),
        CaseStep::Inquiry(step) => inquiry::view(page, step),
        CaseStep::Unwritten(step) => unwritten::view(page, step),
        CaseStep::Application(step) => application::view(page, step),
        CaseStep::Pins(step) => pins::view(page, step),
        CaseStep::Update(step) => update::view(page, step),
        CaseStep::Progress(step) => progress::view(step),
        CaseStep::Interrupted(step) => interrupted::view(page, step),
        CaseStep::Result(step) => result::view(page, step),
        CaseStep::Closed(step) => closed::view(page, step),
        CaseStep::Guidance(step) => guidance::view(step),
    }
}
