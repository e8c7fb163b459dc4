//! `/campaigns/new`: a campaign is ordered: which months, whom, and the day its list is made.

use crate::components::{
    Button, CheckboxGroup, Choice, DateField, Field, FormErrors, Notice, RadioGroup, post_form,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// What stands in the form.
#[derive(Clone, Debug, Default)]
pub struct CampaignOrderPage {
    /// What must be known first.
    pub notices: Vec<Notice>,
    /// What was wrong.
    pub errors: FormErrors,
    /// The first month.
    pub first: String,
    /// The last month.
    pub last: String,
    /// The day the list is made.
    pub planned_on: String,
    /// Whom it may go to.
    pub recipients: Vec<Choice>,
    /// Whom it goes to.
    pub notices_to: String,
    /// Those who have a notice get a new one.
    pub again: bool,
    /// The list goes on to print by itself; nothing where a second person is wanted.
    pub straight: Option<bool>,
    /// Makes a second press harmless.
    pub once: String,
}

/// Posts to `/campaigns`.
pub fn render(frame: &Frame, page: &CampaignOrderPage) -> String {
    frame.document("通知の回を予定する", false, || {
        let notices: Vec<_> = page.notices.iter().map(Notice::view).collect();
        let straight = page.straight.map(|ticked| {
            let label = "一覧ができたら、そのまま印刷まで進める";
            CheckboxGroup::single("straight", "yes", label, ticked, None)
        });
        let inside = view! {
            {Field::text("first", "満了する月(はじめ)").value(&page.first).hint("例 R9.5、2027-05").error(page.errors.of("first")).class("input input--short").required().view()}
            {Field::text("last", "満了する月(おわり)").value(&page.last).hint("1か月分だけのときは、空けておきます。").error(page.errors.of("last")).class("input input--short").view()}
            {DateField::new("planned_on", "対象者の一覧を作る日", &page.planned_on).with_hint().error(page.errors.of("planned_on")).view()}
            {RadioGroup::new("notices_to", "通知書を送る相手", &page.recipients, &page.notices_to).error(page.errors.of("notices_to")).view()}
            {CheckboxGroup::single("again", "yes", "通知書を作成済みの人の分も作り直す(前の通知書は無効になります)", page.again, page.errors.of("again"))}
            {straight}
            <div class="actions">{Button::primary("この内容で予定する").view()}<span class="muted">"今日の日付なら、すぐに一覧を作り始めます。印刷は、一覧の承認の後です。"</span></div>
        };
        view! {
            {page.errors.summary()}
            <div class="page-head"><h1>"通知の回を予定する"</h1><span class="page-head__aside"><a href="/notices">"通知の一覧へ"</a></span></div>
            {notices}
            {post_form("/campaigns").once(&page.once).view(inside.into_any())}
        }
        .into_any()
    })
}
