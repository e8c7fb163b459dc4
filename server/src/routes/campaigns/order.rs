//! `/campaigns/new`: a campaign is ordered; `/campaigns` takes the order.

use crate::error::Result;
use crate::notices::Month;
use crate::notices::campaign::planning::{OrderForm, order};
use crate::notices::campaign::press::Done;
use crate::notices::month::as_typed;
use crate::office::Office;
use crate::rng::hex;
use crate::routes::form::Posted;
use crate::routes::respond::{frame, html, see_other, unprocessable};
use crate::routes::visitor::Visitor;
use crate::staff::permissions::Act;
use app::components::{Choice, FormErrors, Notice, Tone};
use app::frame::MenuItem;
use app::pages::campaign_order::{CampaignOrderPage, render};
use axum::extract::{Query, State};
use axum::response::Response;
use rules::settings::{NoticeRelease, NoticesTo};
use rules::wareki;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The month it is about.
    first: String,
}

/// The form as an office usually fills it in: the month's day of the post, or today where that has come.
pub(super) async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    visitor.require(Act::MakeNotices)?;
    let (today, settings) = (office.clock().today(), office.rulebook().settings.clone());
    let month = as_typed(&asked.first).unwrap_or_else(|| Month::of(today).plus(3));
    let form = OrderForm {
        first: month.to_string(),
        planned_on: wareki::short(settings.notice_day(month.first()).max(today)),
        notices_to: settings.notices_to.code().to_owned(),
        ..OrderForm::default()
    };
    let page = page(&office, form, FormErrors::default());
    Ok(html(render(&frame(&office, &visitor, MenuItem::Notices).await?, &page)))
}

pub(super) async fn take(
    State(office): State<Office>,
    Posted { visitor, form }: Posted<OrderForm>,
) -> Result<Response> {
    match order(&office, &visitor, &form).await? {
        Done::Moved(location) => Ok(see_other(&location)),
        Done::Wrong(errors) => {
            let page = page(&office, form, errors);
            Ok(unprocessable(render(&frame(&office, &visitor, MenuItem::Notices).await?, &page)))
        }
    }
}

fn page(office: &Office, form: OrderForm, errors: FormErrors) -> CampaignOrderPage {
    let settings = &office.rulebook().settings;
    let notices = crate::notices::office_text::warning(&office.text()).map(|sentence| Notice {
        tone: Tone::Caution,
        title: "役所の表示が足りません".to_owned(),
        sentence,
    });
    CampaignOrderPage {
        notices: notices.into_iter().collect(),
        errors,
        recipients: NoticesTo::ALL.iter().map(|one| Choice::new(one.code(), one.label())).collect(),
        straight: (settings.notice_release == NoticeRelease::Anyone).then_some(form.straight == "yes"),
        first: form.first,
        last: form.last,
        planned_on: form.planned_on,
        notices_to: form.notices_to,
        again: form.again == "yes",
        once: hex(&office.rng().bytes::<16>()),
    }
}
