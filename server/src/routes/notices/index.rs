//! `/notices`: which month's notices are made and which are left, and the campaigns.

use crate::error::Result;
use crate::notices::campaign::page::short_moment;
use crate::notices::make::preview;
use crate::notices::month::as_typed;
use crate::notices::{Month, campaign};
use crate::office::Office;
use crate::routes::respond::{frame, html, see_other, unprocessable};
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use crate::store;
use crate::store::notice_targets::{self, MonthCount};
use app::components::{FieldError, FormErrors};
use app::frame::MenuItem;
use app::pages::notices_index::{CampaignLine, NoticeMonth, NoticesIndexPage, render};
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::NaiveDate;
use rules::campaign::CampaignState;
use rules::{period, wareki};
use serde::Deserialize;

/// Months shown, this one included.
const MONTHS: u32 = 13;
/// Campaigns shown.
const CAMPAIGNS: i64 = 30;

#[derive(Deserialize)]
pub(super) struct Asked {
    month: Option<String>,
}

pub(super) async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let typed = asked.month.unwrap_or_default();
    if typed.trim().is_empty() {
        let page = page(&office, String::new(), FormErrors::default()).await?;
        return Ok(html(render(&frame(&office, &visitor, MenuItem::Notices).await?, &page)));
    }
    if let Some(month) = as_typed(&typed) {
        return Ok(see_other(&format!("/notices/{month}")));
    }
    let errors = FormErrors(vec![FieldError {
        field: "month".to_owned(),
        code: "M-2001".to_owned(),
        sentence: format!("「{typed}」は年月として読めません。R9.5 や 2027-05 のように入れてください。"),
    }]);
    let page = page(&office, typed, errors).await?;
    Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Notices).await?, &page)))
}

async fn page(office: &Office, month: String, errors: FormErrors) -> Result<NoticesIndexPage> {
    let this = Month::of(office.clock().today());
    let last = this.plus(MONTHS - 1);
    let counts = notice_targets::months(office.store().read(), this.first(), last.last()).await?;
    let mut months = Vec::new();
    for ahead in 0..MONTHS {
        let month = this.plus(ahead);
        let count = counts.iter().find(|count| count.expiring == month.to_string());
        months.push(line(office, month, count.cloned().unwrap_or_default()).await?);
    }
    let campaigns = campaigns(office).await?;
    Ok(NoticesIndexPage { months, campaigns, month, errors })
}

async fn line(office: &Office, month: Month, count: MonthCount) -> Result<NoticeMonth> {
    let (today, rulebook) = (office.clock().today(), office.rulebook());
    let post = rulebook.settings.notice_day(month.first());
    let start = rulebook.settings.window_start;
    let first = period::renewal_period_from(month.first(), false, start, &rulebook.calendar).from;
    let due = post <= today;
    // Who is left is for the rules to say, person by person: only where it is time to act.
    let left = match (due, count.people) {
        (false, _) => None,
        (true, 0) => Some(0),
        (true, _) => Some(preview(office, month.into()).await?.included.len() as u64),
    };
    Ok(NoticeMonth {
        expiring: month.to_string(),
        label: month.wareki(),
        note: note(first, post),
        people: count.people.unsigned_abs(),
        made: count.noticed.unsigned_abs(),
        left,
        due,
    })
}

/// The day from which the first of the month can renew, and the day to post where that is another.
fn note(first: NaiveDate, post: NaiveDate) -> String {
    let renewable = format!("{}から更新できます。", wareki::short(first));
    if post == first {
        renewable
    } else {
        format!("{renewable}発送の目安は{}です。", wareki::short(post))
    }
}

/// The newest campaigns, each with its counts.
async fn campaigns(office: &Office) -> Result<Vec<CampaignLine>> {
    let pool = office.store().read();
    let staff = store::staff::all(pool).await?;
    let name = |id: Option<i64>| {
        let found = staff.iter().find(|one| Some(one.id) == id);
        found.map_or_else(|| "コマンド".to_owned(), |one| one.name.clone())
    };
    let mut lines = Vec::new();
    for row in store::campaigns::newest(pool, CAMPAIGNS).await? {
        let campaign = campaign::read(row)?;
        let counts = campaign::counts::of(pool, campaign.row.id).await?;
        lines.push(CampaignLine {
            id: campaign.row.id,
            label: campaign.span.wareki(),
            state: campaign.state.label().to_owned(),
            waits: matches!(campaign.state, CampaignState::AwaitingRelease | CampaignState::Printed),
            at: campaign
                .row
                .made_at
                .as_deref()
                .map_or_else(|| format!("{}の予定", wareki::short(campaign.row.planned_on)), short_moment),
            by: name(campaign.row.planned_by),
            targets: counts.targets(),
            printed: counts.printed(),
            excluded: counts.excluded,
            open: counts.open,
        });
    }
    Ok(lines)
}
