//! `/notices/{expiring}`: who gets a letter, who doesn't and why, and the button that makes them.

use super::glyphs::fallbacks;
use super::lists::{excluded_row, included_row, reasons, slice};
use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::notices::make::{self, Order, preview};
use crate::notices::plan::LeftOut;
use crate::notices::{Month, batch, office_text};
use crate::office::{Office, Rulebook};
use crate::paper;
use crate::rng::hex;
use crate::routes::form::Posted;
use crate::routes::respond::{frame, html, see_other, unprocessable};
use crate::routes::visitor::Visitor;
use crate::staff::four_eyes::Kind as FourEyes;
use crate::staff::permissions::Act;
use crate::store::idempotency;
use app::components::{FieldError, FormErrors, Notice, Tone};
use app::frame::MenuItem;
use app::pages::notices_month::{NoticesMonthPage, render};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use rules::notice::NotNoticedReason;
use rules::wareki;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Where {
    /// Page of those who get a letter, from 1.
    page: Option<usize>,
    /// Page of those who don't, from 1.
    excluded_page: Option<usize>,
    /// The run that was just made.
    run: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Pressed {
    #[serde(default)]
    again: String,
    #[serde(default)]
    once: String,
}

pub(super) async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(expiring): Path<String>,
    Query(at): Query<Where>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let month = month(&expiring)?;
    let page = page(&office, &visitor, month, &at, FormErrors::default()).await?;
    let mut tx = office.store().write().await?;
    let sentence = format!("{}に満了する方の一覧を見ました。", month.wareki());
    audit::record(&mut tx, &office.clock().stamp(), Entry::done(Kind::Searched, &visitor, sentence)).await?;
    tx.commit().await?;
    Ok(html(render(&frame(&office, &visitor, MenuItem::Notices).await?, &page)))
}

pub(super) async fn make(
    State(office): State<Office>,
    Path(expiring): Path<String>,
    Posted { visitor, form }: Posted<Pressed>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let month = month(&expiring)?;
    let route = format!("/notices/{month}");
    let key = Some(form.once.as_str()).filter(|key| !key.is_empty());
    if let Some(address) = earlier(&office, key, &visitor, &route).await? {
        return Ok(see_other(&address));
    }
    visitor.require_second(&office, FourEyes::Notices)?;
    let settings = paper::settings::load(&office).await?;
    let order = Order {
        month,
        again: form.again == "yes",
        actor: &visitor.login,
        staff_id: Some(visitor.staff_id),
        once: key,
        reply_form: settings.reply_form,
        part_letters: Some(settings.part_letters),
    };
    match make::make(&office, &order, |_| Ok(())).await {
        Ok(made) => match made.run {
            Some(run) => {
                batch::start(&office, run.id, &visitor.login);
                Ok(see_other(&make::address(month, run.id)))
            }
            None => nobody(&office, &visitor, month).await,
        },
        // A second press of the same button came while the first was at work.
        Err(error) => match earlier(&office, key, &visitor, &route).await? {
            Some(address) => Ok(see_other(&address)),
            None => Err(error),
        },
    }
}

async fn earlier(
    office: &Office,
    key: Option<&str>,
    visitor: &Visitor,
    route: &str,
) -> Result<Option<String>> {
    let Some(key) = key else { return Ok(None) };
    idempotency::answer(office.store().read(), key, visitor.staff_id, route).await
}

async fn nobody(office: &Office, visitor: &Visitor, month: Month) -> Result<Response> {
    let errors = FormErrors(vec![FieldError {
        field: "again".to_owned(),
        code: "M-2002".to_owned(),
        sentence: "通知書を新しく送る人がいないため、何も作っていません。作成済みの人の分も作り直すときは、この欄に印を付けてください。"
            .to_owned(),
    }]);
    let page = page(office, visitor, month, &Where::default(), errors).await?;
    Ok(unprocessable(render(&frame(office, visitor, MenuItem::Notices).await?, &page)))
}

fn month(expiring: &str) -> Result<Month> {
    expiring
        .parse()
        .map_err(|_| Error::from(Refusal::not_found(format!("「{expiring}」という月の通知はありません。"))))
}

async fn page(
    office: &Office,
    visitor: &Visitor,
    month: Month,
    at: &Where,
    errors: FormErrors,
) -> Result<NoticesMonthPage> {
    let plan = preview(office, month, false).await?;
    let rulebook = office.rulebook();
    let (fallbacks, fonts_missing) = fallbacks(office, &plan, at.run).await?;
    let mut notices = warnings(office, month, &rulebook);
    notices.extend(fonts_missing);
    let (included, included_pages) = slice(&plan.included, at.page, format!("/notices/{month}?page="));
    let (excluded, excluded_pages) =
        slice(&plan.excluded, at.excluded_page, format!("/notices/{month}?excluded_page="));
    let already = |left_out: &&LeftOut| left_out.why.reason == NotNoticedReason::AlreadyNoticed;
    Ok(NoticesMonthPage {
        expiring: month.to_string(),
        label: month.wareki(),
        notices,
        errors,
        included: included.iter().map(|target| included_row(target, &rulebook)).collect(),
        included_count: plan.included.len() as u64,
        included_pages,
        excluded: excluded.iter().map(excluded_row).collect(),
        excluded_count: plan.excluded.len() as u64,
        excluded_pages,
        reasons: reasons(&plan.excluded),
        already_noticed: plan.excluded.iter().filter(already).count() as u64,
        fallbacks,
        run: at.run,
        may_print: visitor.may(Act::MakeNotices),
        once: hex(&office.rng().bytes::<16>()),
    })
}

/// What must be known before the button is pressed.
fn warnings(office: &Office, month: Month, rulebook: &Rulebook) -> Vec<Notice> {
    let today = office.clock().today();
    let caution =
        |title: &str, sentence: String| Notice { tone: Tone::Caution, title: title.to_owned(), sentence };
    let mut notices = Vec::new();
    if let Some(sentence) = office_text::warning(&office.text()) {
        notices.push(caution("役所の表示が足りません", sentence));
    }
    let post = rulebook.settings.notice_day(month.first());
    if post > today {
        let sentence = format!(
            "発送の目安は{}からです。今作ると、届いたときにまだ更新できない方がいます。",
            wareki::long_weekday(post)
        );
        notices.push(caution("まだ早い月です", sentence));
    }
    if month.last() < today {
        notices.push(caution("過ぎた月です", "すでに満了しているため、通知書は作れません。".to_owned()));
    }
    notices
}
