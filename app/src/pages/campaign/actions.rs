//! What is going on and what can be done: the next thing with its one primary button, and what is beside the point.

use super::{CampaignAction, CampaignPage, CampaignProgress, is_running};
use crate::components::{
    Button, CheckboxGroup, DateField, Notice, PostForm, Tone, grouped, link_button, post_form,
};
use leptos::prelude::*;

/// A form of this page: it acts once, and on the campaign as it is shown.
pub(super) fn form(page: &CampaignPage, action: &str) -> PostForm {
    post_form(format!("/campaigns/{}/{action}", page.id))
        .version(page.version)
        .once(format!("{}-{action}", page.once))
}

/// Work in the background, or that it stopped.
pub(super) fn progress(page: &CampaignPage, progress: &CampaignProgress) -> AnyView {
    let (done, all) = (progress.done.min(progress.all), progress.all);
    let meter = (all > 0).then(|| {
        view! {
            <progress class="meter" id="meter" max=all.to_string() value=done.to_string()></progress>
            <p class="number">{format!("{} / {}通", grouped(done), grouped(all))}</p>
        }
    });
    let stopped = progress.stopped.as_ref().map(|why| {
        let notice = Notice {
            tone: Tone::Caution,
            title: "作業が止まっています".to_owned(),
            sentence: format!(
                "{why}できたところまでは、そのまま使えます。続きは、止まったところから作ります。"
            ),
        };
        let resume = form(page, "resume").view(Button::primary("続きを作る").view());
        view! { {notice.view()} {resume} }
    });
    let waiting = progress.stopped.is_none().then(|| {
        view! { <p class="muted">"ほかの仕事をしていても続きます。終わると、次に開く画面でお知らせします。"</p> }
    });
    view! {
        <section class="campaign__progress">
            <label class="lead" for="meter">{progress.doing.clone()}</label>
            {meter}
            {waiting}
            {stopped}
        </section>
    }
    .into_any()
}

/// The one thing to do next.
pub(super) fn next(page: &CampaignPage) -> AnyView {
    match &page.action {
        CampaignAction::None => ().into_any(),
        CampaignAction::MakeList => {
            let inside = view! {
                <div class="actions">{Button::primary("今日、対象者の一覧を作る").view()}<span class="muted">"予定の日を待たずに作ります。"</span></div>
            };
            form(page, "list").view(inside.into_any())
        }
        CampaignAction::Release { refused: Some(why), .. } => {
            Notice { tone: Tone::Information, title: String::new(), sentence: why.clone() }.view()
        }
        CampaignAction::Release { letters, refused: None } => {
            let label = format!("一覧を承認し、{}通の印刷に進む", grouped(*letters));
            let inside = view! {
                <div class="actions">{Button::primary(label).view()}<span class="muted">"下の一覧で、送る人と対象外の人を確かめてから押してください。"</span></div>
            };
            form(page, "release").view(inside.into_any())
        }
        CampaignAction::Post { letters, day } => {
            let label = format!("{}通の発送を記録する", grouped(*letters));
            let inside = view! {
                {DateField::new("posted_on", "発送日", day).with_hint().error(page.errors.of("posted_on")).view()}
                <div class="actions">{Button::primary(label).view()}</div>
            };
            form(page, "post").view(inside.into_any())
        }
        CampaignAction::End => {
            let inside = view! {
                <div class="actions">{Button::primary("この回を終える").view()}<span class="muted">"終えた後に戻ってきた通知書も、返戻として記録できます。"</span></div>
            };
            form(page, "end").view(inside.into_any())
        }
    }
}

/// Everything beside the point: the list made once more, the campaign given up, what came back.
pub(super) fn others(page: &CampaignPage) -> AnyView {
    let again = matches!(page.action, CampaignAction::Release { .. }).then(|| {
        form(page, "list").class("form form--inline").view(Button::secondary("一覧を作り直す").view())
    });
    let returned = (page.counts.posted > 0).then(|| link_button("返戻を記録する", "/returns", false));
    let cancel = page.cancel.as_ref().map(|meaning| cancel(page, meaning));
    view! { <div class="actions">{again}{returned}</div> {cancel} }.into_any()
}

/// Giving it up: folded away; on a page that renews itself only a link to the same page standing still.
fn cancel(page: &CampaignPage, meaning: &str) -> AnyView {
    let open = page.cancelling || page.errors.of("sure").is_some();
    if is_running(page) && !open {
        let href = format!("/campaigns/{}?cancelling=yes", page.id);
        return view! { <p class="no-print"><a href=href>"取りやめる"</a></p> }.into_any();
    }
    let inside = view! {
        <p>{meaning.to_owned()}</p>
        {CheckboxGroup::single("sure", "yes", "取りやめるとどうなるかを確かめました", false, page.errors.of("sure"))}
        <div class="actions">{Button::caution("この回を取りやめる").view()}</div>
    };
    let form = form(page, "cancel").view(inside.into_any());
    view! { <details class="no-print" open=open><summary>"取りやめる"</summary>{form}</details> }.into_any()
}
