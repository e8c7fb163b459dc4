//! `/notices/{expiring}`: who would get a letter as things stand, and who wouldn't and why.

use super::glyphs::fallbacks;
use super::lists::{excluded_row, included_row, reasons, slice};
use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::notices::make::preview;
use crate::notices::plan::LeftOut;
use crate::notices::{Month, campaign, office_text};
use crate::office::{Office, Rulebook};
use crate::routes::respond::{frame, html};
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use crate::store;
use app::components::{Notice, Tone};
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
}

pub(super) async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(expiring): Path<String>,
    Query(at): Query<Where>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let month = month(&expiring)?;
    let page = page(&office, month, &at).await?;
    let mut tx = office.store().write().await?;
    let sentence = format!("{}に満了する方の一覧を見ました。", month.wareki());
    audit::record(&mut tx, &office.clock().stamp(), Entry::done(Kind::Searched, &visitor, sentence)).await?;
    tx.commit().await?;
    Ok(html(render(&frame(&office, &visitor, MenuItem::Notices).await?, &page)))
}

fn month(expiring: &str) -> Result<Month> {
    expiring
        .parse()
        .map_err(|_| Error::from(Refusal::not_found(format!("「{expiring}」という月の通知はありません。"))))
}

async fn page(office: &Office, month: Month, at: &Where) -> Result<NoticesMonthPage> {
    let plan = preview(office, month.into()).await?;
    let rulebook = office.rulebook();
    let (fallbacks, fonts_missing) = fallbacks(office, &plan).await?;
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
        included: included.iter().map(|target| included_row(target, &rulebook)).collect(),
        included_count: plan.included.len() as u64,
        included_pages,
        excluded: excluded.iter().map(excluded_row).collect(),
        excluded_count: plan.excluded.len() as u64,
        excluded_pages,
        reasons: reasons(&plan.excluded),
        already_noticed: plan.excluded.iter().filter(already).count() as u64,
        fallbacks,
        campaigns: campaigns(office, month).await?,
    })
}

/// The campaigns about this month that aren't over.
async fn campaigns(office: &Office, month: Month) -> Result<Vec<(i64, String, String)>> {
    let mut found = Vec::new();
    for (id, _, _) in store::campaigns::living(office.store().read()).await? {
        let campaign = campaign::load(office.store().read(), id).await?;
        if campaign.span.overlaps(month.into()) {
            found.push((id, campaign.title(), campaign.state.label().to_owned()));
        }
    }
    Ok(found)
}

/// What must be known before a campaign is ordered.
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
