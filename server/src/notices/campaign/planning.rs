//! Ordering a campaign: which months, whom, and on which day its list is made.

use super::press::{Done, wrong};
use super::{Actor, address, job, load};
use crate::audit::{self, Entry, Kind};
use crate::counter::once;
use crate::error::{Error, Result};
use crate::notices::month::as_typed;
use crate::notices::{Month, Span};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::campaigns::{self, NewCampaign};
use app::components::{FieldError, FormErrors};
use chrono::NaiveDate;
use rules::campaign::CampaignState;
use rules::settings::{NoticeRelease, NoticesTo};
use rules::wareki;
use serde::Deserialize;

/// The address that orders come to.
const ROUTE: &str = "/campaigns";

/// What was entered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OrderForm {
    /// The first month, as people type it.
    pub first: String,
    /// The last month; the first one when empty.
    pub last: String,
    /// The day the list is made; today when empty.
    pub planned_on: String,
    /// Code of whom it goes to.
    pub notices_to: String,
    /// `yes`: those who have a notice get a new one.
    pub again: String,
    /// `yes`: the list goes on to print by itself.
    pub straight: String,
    /// The key that makes a second press harmless.
    pub once: String,
}

/// An order that can be taken.
struct Order {
    span: Span,
    planned_on: NaiveDate,
    notices_to: NoticesTo,
}

/// Takes an order. Planned for today, its list is begun at once.
///
/// # Errors
/// A refusal when the visitor may not.
pub async fn order(office: &Office, visitor: &Visitor, form: &OrderForm) -> Result<Done> {
    visitor.require(Act::MakeNotices)?;
    let mut tx = office.store().write().await?;
    if let Some(location) = once::answered(&mut tx, &form.once, visitor.staff_id, ROUTE).await? {
        return Ok(Done::Moved(location));
    }
    let today = office.clock().today();
    let order = match read(form, today) {
        Ok(order) => order,
        Err(errors) => return Ok(Done::Wrong(FormErrors(errors))),
    };
    let again = form.again == "yes";
    if !again && let Some(other) = unfinished(&mut tx, order.span).await? {
        let sentence =
            format!("{other}が、まだ発送まで進んでいません。その回を進めるか、取りやめてください。");
        return Ok(wrong("first", "M-2020", sentence));
    }
    let anyone = office.rulebook().settings.notice_release == NoticeRelease::Anyone;
    let (first, last) = (order.span.first().to_string(), order.span.last().to_string());
    let new = NewCampaign {
        first_month: &first,
        last_month: &last,
        notices_to: order.notices_to.code(),
        again,
        straight: anyone && form.straight == "yes",
        planned_on: order.planned_on,
        state: CampaignState::Planned.code(),
        planned_by: Some(visitor.staff_id),
    };
    let at = office.clock().stamp();
    let id = campaigns::add(&mut tx, &new, &at).await?;
    let campaign = load(&mut *tx, id).await?;
    let sentence =
        format!("{}を予定しました({}に一覧を作成)。", campaign.title(), wareki::short(order.planned_on));
    let object = super::object(id);
    let entry = Entry::done(Kind::CampaignMoved, &visitor.login, sentence).object(&object);
    audit::record(&mut tx, &at, entry).await?;
    if order.planned_on == today {
        job::begin(&mut tx, &campaign, Some(visitor.staff_id), Actor::from(visitor), &at).await?;
    }
    let location = address(id);
    once::remember(&mut tx, &form.once, visitor.staff_id, ROUTE, &location, &at).await?;
    tx.commit().await?;
    job::start(office, id);
    Ok(Done::Moved(location))
}

/// Another campaign about one of these months that hasn't got as far as the post.
async fn unfinished(tx: &mut crate::store::WriteTx, span: Span) -> Result<Option<String>> {
    for (id, state, _) in campaigns::living(&mut **tx).await? {
        let campaign = load(&mut **tx, id).await?;
        let posted = state == CampaignState::Posted.code() || state == CampaignState::Printed.code();
        if !posted && campaign.span.overlaps(span) {
            return Ok(Some(campaign.title()));
        }
    }
    Ok(None)
}

/// Reads the form; every field that is wrong is named.
fn read(form: &OrderForm, today: NaiveDate) -> Result<Order, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut refuse = |field: &str, code: &str, sentence: String| {
        errors.push(FieldError { field: field.to_owned(), code: code.to_owned(), sentence });
    };
    let mut month = |field: &str, typed: &str| -> Option<Month> {
        let month = as_typed(typed);
        if month.is_none() {
            let sentence =
                format!("「{typed}」は年月として読めません。R9.5 や 2027-05 のように入れてください。");
            refuse(field, "M-2001", sentence);
        }
        month
    };
    let first = month("first", &form.first);
    let last = if form.last.trim().is_empty() { first } else { month("last", &form.last) };
    let span = first.zip(last).and_then(|(first, last)| match Span::new(first, last) {
        Ok(span) => Some(span),
        Err(error) => {
            let sentence =
                if let Error::Refused(refusal) = error { refusal.to_string() } else { String::new() };
            refuse("last", "M-2021", sentence);
            None
        }
    });
    let span = span.filter(|span| {
        let over = span.last_day() < today;
        if over {
            let sentence = "過ぎた月です。すでに満了しているため、通知書は作れません。";
            refuse("last", "M-2022", sentence.to_owned());
        }
        !over
    });
    let planned_on = match form.planned_on.trim() {
        "" => Some(today),
        text => match wareki::parse(text) {
            Ok(day) => Some(day),
            Err(error) => {
                refuse("planned_on", "M-2023", error.sentence());
                None
            }
        },
    };
    if planned_on.is_some_and(|day| day < today) {
        let sentence = "一覧を作る日が過ぎています。今日か、これからの日を入れてください。";
        refuse("planned_on", "M-2023", sentence.to_owned());
    }
    if let (Some(day), Some(span)) = (planned_on, span)
        && day > span.last_day()
    {
        let sentence = "一覧を作る日には、みな満了しています。満了する月より前の日を入れてください。";
        refuse("planned_on", "M-2023", sentence.to_owned());
    }
    let notices_to = NoticesTo::from_code(&form.notices_to);
    if notices_to.is_none() {
        refuse("notices_to", "M-2024", "通知書を送る相手を選んでください。".to_owned());
    }
    match (span, planned_on, notices_to) {
        (Some(span), Some(planned_on), Some(notices_to)) if errors.is_empty() => {
            Ok(Order { span, planned_on, notices_to })
        }
        _ => Err(errors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(first: &str, last: &str, planned_on: &str) -> OrderForm {
        OrderForm {
            first: first.to_owned(),
            last: last.to_owned(),
            planned_on: planned_on.to_owned(),
            notices_to: "everyone".to_owned(),
            ..OrderForm::default()
        }
    }

    /// A month alone, a range, both calendars, and a day to come.
    #[test]
    fn takes_orders() {
        let today = "2026-11-24".parse().unwrap();
        let one = read(&form("R9.2", "", ""), today).unwrap();
        assert_eq!((one.span.to_string().as_str(), one.planned_on), ("2027-02", today));
        let range = read(&form("2027-01", "R9.3", "R8.12.1"), today).unwrap();
        assert_eq!(range.span.to_string(), "2027-01..2027-03");
        assert_eq!(range.planned_on.to_string(), "2026-12-01");
    }

    /// What can't be is named at its field, all of it at once.
    #[test]
    fn names_what_cannot_be() {
        let today = "2026-11-24".parse().unwrap();
        for (first, last, planned_on, fields) in [
            ("", "", "", &["first"][..]),
            ("いつか", "2027-13", "", &["first", "last"]),
            ("2027-03", "2027-01", "", &["last"]),
            ("2027-01", "2028-02", "", &["last"]),
            ("2026-10", "", "", &["last"]),
            ("2027-01", "", "R8.11.23", &["planned_on"]),
            ("2027-01", "", "R9.2.1", &["planned_on"]),
            ("2027-01", "", "あした", &["planned_on"]),
        ] {
            let errors = read(&form(first, last, planned_on), today).err().unwrap();
            let named: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
            assert_eq!(named, fields, "{first} {last} {planned_on}");
        }
        let nobody = OrderForm { notices_to: "nobody".to_owned(), ..form("2027-01", "", "") };
        assert!(read(&nobody, today).is_err());
    }
}
