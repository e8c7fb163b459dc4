//! `/campaigns/{id}`: one campaign: where it stands, its counts, the one thing to do next, its files and its people.

mod actions;
mod files;
mod people;

use crate::components::{
    Choice, Column, FormErrors, Notice, Pages, StepItem, SummaryList, Table, grouped, step_list,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// One campaign.
#[derive(Clone, Debug, Default)]
pub struct CampaignPage {
    /// Its number.
    pub id: i64,
    /// 令和9年2月に満了する方への通知 第12回.
    pub title: String,
    /// 承認待ち.
    pub state: String,
    /// Its life, with where it stands.
    pub steps: Vec<StepItem>,
    /// What must be known first.
    pub notices: Vec<Notice>,
    /// What was wrong with a form.
    pub errors: FormErrors,
    /// Whom it goes to, who made and released it, and when.
    pub facts: Vec<(String, String)>,
    /// How many people stand where.
    pub counts: CampaignCounts,
    /// Why people are excluded, and how many for each reason.
    pub reasons: Vec<(String, u64)>,
    /// Work in the background.
    pub progress: Option<CampaignProgress>,
    /// The one thing to do next.
    pub action: CampaignAction,
    /// What giving it up means; nothing where that can't be done.
    pub cancel: Option<String>,
    /// It is about to be given up: the page stands still, so that the form can be read and filled in.
    pub cancelling: bool,
    /// The files for the print room.
    pub files: Vec<CampaignFile>,
    /// The lists of people, by state.
    pub lists: Vec<CampaignList>,
    /// The code of the list that is shown.
    pub list: String,
    /// One page of it.
    pub people: Vec<CampaignPerson>,
    /// Where in it.
    pub pages: Pages,
    /// Why letters are voided or made anew; none where that can't be done.
    pub letter_reasons: Vec<Choice>,
    /// The reason chosen, after an error.
    pub letter_reason: String,
    /// Letters can be made anew here.
    pub may_print_again: bool,
    /// What the page was made from.
    pub version: i64,
    /// Makes a second press harmless.
    pub once: String,
}

/// How many people stand where: `targets = printed + excluded + open`.
#[derive(Clone, Copy, Debug, Default)]
pub struct CampaignCounts {
    /// Everybody the campaign looked at.
    pub targets: u64,
    /// Whose letter is or was on paper.
    pub printed: u64,
    /// Of those, the ones at the post.
    pub posted: u64,
    /// Of those, the ones whose letter came back.
    pub returned: u64,
    /// Who gets none.
    pub excluded: u64,
    /// Who gets one that isn't on paper yet.
    pub open: u64,
}

/// How far the background is.
#[derive(Clone, Debug, Default)]
pub struct CampaignProgress {
    /// 印刷用のファイルを作っています.
    pub doing: String,
    /// Letters done.
    pub done: u64,
    /// All of them; 0 while that isn't known.
    pub all: u64,
    /// Nobody is at it: why.
    pub stopped: Option<String>,
}

/// The one thing to do next.
#[derive(Clone, Debug, Default)]
pub enum CampaignAction {
    /// Nothing, or only waiting.
    #[default]
    None,
    /// The list can be made before its day.
    MakeList,
    /// The list waits for a second person: this one may release it, or why not.
    Release {
        /// Letters that would be printed.
        letters: u64,
        /// Why this person may not.
        refused: Option<String>,
    },
    /// The letters wait for the post; what stands in the field for the day.
    Post {
        /// Letters that wait.
        letters: u64,
        /// What was entered.
        day: String,
    },
    /// Nothing is expected any more.
    End,
}

/// One file.
#[derive(Clone, Debug, Default)]
pub struct CampaignFile {
    /// Its number, from 1.
    pub number: u64,
    /// Letters in it.
    pub letters: u64,
    /// Pages of it, once it is made.
    pub pages: Option<u64>,
    /// The first letter.
    pub from: String,
    /// The last letter.
    pub to: String,
    /// It can be opened.
    pub ready: bool,
}

/// One list of people.
#[derive(Clone, Debug, Default)]
pub struct CampaignList {
    /// The code of the state, as in the address.
    pub code: String,
    /// 印刷済み.
    pub label: String,
    /// People in it.
    pub people: u64,
}

/// Somebody in a list.
#[derive(Clone, Debug, Default)]
pub struct CampaignPerson {
    /// 宛名番号.
    pub number: String,
    /// As registered.
    pub name: String,
    /// As registered.
    pub kana: String,
    /// 〒 and address.
    pub address: String,
    /// The letter's number; none without a letter.
    pub letter: Option<i64>,
    /// Why they are excluded, why it came back, what the register said since.
    pub remark: String,
    /// Under support measures: nothing of them is shown.
    pub masked: bool,
    /// Their letter can be ticked.
    pub may_tick: bool,
    /// It was ticked, before an error.
    pub ticked: bool,
}

/// Posts to `/campaigns/{id}/list`, `release`, `post`, `end`, `cancel`, `resume` and `letters`.
pub fn render(frame: &Frame, page: &CampaignPage) -> String {
    let live = is_running(page) && !page.cancelling && page.errors.0.is_empty();
    frame.document(&page.title, live, || {
        let notices: Vec<_> = page.notices.iter().map(Notice::view).collect();
        let facts = page
            .facts
            .iter()
            .fold(SummaryList::new(), |list, (key, value)| list.text(key, value));
        view! {
            {page.errors.summary()}
            <div class="page-head">
                <h1>{page.title.clone()}</h1>
                <span class="page-head__aside"><strong>{page.state.clone()}</strong>" "<a href="/notices">"通知の一覧へ"</a></span>
            </div>
            <div class="campaign">
                <div class="campaign__side">{step_list(&page.steps)}</div>
                <div class="campaign__main">
                    {notices}
                    {page.progress.as_ref().map(|progress| actions::progress(page, progress))}
                    {counts(page)}
                    {actions::next(page)}
                    {facts.view()}
                    {actions::others(page)}
                </div>
            </div>
            {files::view(page)}
            {people::view(page)}
        }
        .into_any()
    })
}

/// The background is at work.
fn is_running(page: &CampaignPage) -> bool {
    page.progress.as_ref().is_some_and(|progress| progress.stopped.is_none())
}

/// The counts as a sum that anybody can check.
fn counts(page: &CampaignPage) -> AnyView {
    let counts = &page.counts;
    let columns = [
        Column::number("対象者"),
        Column::number("= 印刷済み"),
        Column::number("+ 対象外"),
        Column::number("+ これから印刷"),
        Column::number("印刷済みのうち発送済み"),
        Column::number("発送済みのうち返戻"),
    ];
    let mut table = Table::new("人数", &columns, "");
    table.row(
        [counts.targets, counts.printed, counts.excluded, counts.open, counts.posted, counts.returned]
            .into_iter()
            .map(|many| view! { <strong>{grouped(many)}</strong> }.into_any())
            .collect(),
    );
    let reasons: Vec<_> = page
        .reasons
        .iter()
        .map(|(sentence, many)| view! { <dt>{format!("{}人", grouped(*many))}</dt><dd>{sentence.clone()}</dd> })
        .collect();
    let reasons = (!reasons.is_empty()).then(|| {
        view! { <h2 class="campaign__reasons">"対象外の理由"</h2><dl class="facts">{reasons}</dl> }
    });
    view! { {table.view()} {reasons} }.into_any()
}
