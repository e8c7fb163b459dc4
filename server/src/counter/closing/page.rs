//! The page of one day: its numbers and what must be explained, or how it was closed; and the closed days under it.

use super::close::Typed;
use super::counts::DayCounts;
use super::survey::{Survey, survey};
use super::{Explained, may_see, open_days};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::rng::hex;
use crate::staff::permissions::{self, Act};
use crate::staff::visitor::Visitor;
use crate::store::day_closings::{self, Asked, ClosingRow};
use app::components::{FormErrors, Notice, Pages, Tone};
use app::pages::closing::{ClosedDay, ClosingPage, CountGroup, DayLink, DayToClose, DifferenceItem, PastDay};
use chrono::{DateTime, NaiveDate};
use rules::wareki;
use std::collections::HashMap;

/// Closed days on a page.
const PAGE: i64 = 31;

/// The page of a day; without one, of the first day that waits, or of today.
///
/// # Errors
/// When the role may not see it, or the database refuses.
pub async fn page(
    office: &Office,
    visitor: &Visitor,
    day: Option<NaiveDate>,
    page: u32,
    typed: &Typed,
    errors: FormErrors,
) -> Result<ClosingPage> {
    if !may_see(visitor) {
        permissions::require(visitor.role, Act::CloseDay)?;
    }
    let today = office.clock().today();
    // One moment for all that is read, whatever is written meanwhile.
    let mut db = office.store().read().begin().await?;
    let last = day_closings::last(&mut *db).await?;
    let waiting = open_days(&mut db, last.as_ref(), today).await?;
    let first = if last.is_some() { waiting.first().copied() } else { None };
    let day = day.or(first).unwrap_or(today);
    let of_day =
        day_closings::list(&mut *db, Asked { day: Some(day), many: PAGE, ..Asked::default() }).await?;
    let in_force = of_day.iter().find(|row| row.reopened_at.is_none());
    let mut shown = ClosingPage {
        errors,
        day,
        waiting: waiting.iter().map(|one| link(*one, day)).collect(),
        ..ClosingPage::default()
    };
    if let Some(row) = in_force {
        let counts = counts_of(row)?;
        show_counts(&mut shown, &counts);
        shown.closed = Some(closed(visitor, row, last.as_ref(), typed)?);
    } else if waiting.contains(&day) {
        let survey = survey(&mut db, day, today).await?;
        show_counts(&mut shown, &survey.counts);
        shown.notices = notices(&survey, today);
        shown.open = Some(DayToClose {
            differences: differences(&survey, typed)?,
            may_close: visitor.may(Act::CloseDay),
            once: hex(&office.rng().bytes::<16>()),
            seen: survey.fingerprint()?,
        });
    } else {
        let sentence = if day > today {
            "まだ先の日です。"
        } else {
            "この日の締めはありません。窓口の記録がないか、締めを始める前の日です。"
        };
        shown.notices.push(note(Tone::Information, sentence.to_owned()));
    }
    let total = day_closings::count(&mut *db).await?.unsigned_abs();
    let pages = u32::try_from(total.div_ceil(PAGE.unsigned_abs()).max(1)).unwrap_or(u32::MAX);
    let current = page.clamp(1, pages);
    let asked = Asked { skip: i64::from(current - 1) * PAGE, many: PAGE, ..Asked::default() };
    for row in day_closings::list(&mut *db, asked).await? {
        shown.past.push(past(&row)?);
    }
    shown.pages = Pages { current, last: pages, total, address: "/closing?page=".to_owned() };
    Ok(shown)
}

fn link(one: NaiveDate, shown: NaiveDate) -> DayLink {
    DayLink { label: wareki::long_weekday(one), href: format!("/closing/{one}"), current: one == shown }
}

fn counts_of(row: &ClosingRow) -> Result<DayCounts> {
    serde_json::from_str(&row.counts)
        .map_err(|error| Error::internal(format!("day_closings.counts of {}: {error}", row.id)))
}

fn explanations_of(row: &ClosingRow) -> Result<Vec<Explained>> {
    serde_json::from_str(&row.explanations)
        .map_err(|error| Error::internal(format!("day_closings.explanations of {}: {error}", row.id)))
}

fn show_counts(shown: &mut ClosingPage, counts: &DayCounts) {
    let group = |(title, numbers): (&str, Vec<(&str, u64)>)| CountGroup {
        title: title.to_owned(),
        lines: numbers.into_iter().map(|(label, count)| (label.to_owned(), count)).collect(),
    };
    shown.counts = counts.told().into_iter().map(group).collect();
    shown.balance = format!(
        "持ち越し{} + 受付{} + 再開{} = 終わった受付{} + 次への持ち越し{}",
        counts.carried_in,
        counts.opened,
        counts.reopened,
        counts.over(),
        counts.carried_out
    );
    shown.balances = counts.balances();
}

fn notices(survey: &Survey, today: NaiveDate) -> Vec<Notice> {
    let mut notices = Vec::new();
    if survey.day < today {
        let sentence = format!(
            "{}は締めないまま過ぎました。その日の終わりまでの記録で締めます。翌日からの記録は、次の日報に入ります。",
            wareki::long_weekday(survey.day)
        );
        notices.push(note(Tone::Caution, sentence));
    }
    if survey.late > 0 {
        let sentence =
            format!("前回の締めのあとに行った手続きの記録が{}件あります。この日報に入ります。", survey.late);
        notices.push(note(Tone::Information, sentence));
    }
    if let Some(before) = &survey.before {
        let sentence = format!("前回は{}を締めています。", wareki::long_weekday(before.day));
        notices.push(note(Tone::Information, sentence));
    } else {
        let sentence = "これがはじめての締めです。この日より前の受付は、持ち越しとして数えます。";
        notices.push(note(Tone::Information, sentence.to_owned()));
    }
    notices
}

fn note(tone: Tone, sentence: String) -> Notice {
    Notice { tone, title: String::new(), sentence }
}

/// What was typed; where nothing was, what was said about the same case the last time.
fn differences(survey: &Survey, typed: &Typed) -> Result<Vec<DifferenceItem>> {
    let before = survey.before.as_ref().map(explanations_of).transpose()?.unwrap_or_default();
    // What is about one case has its number in its key; the rest is different each day.
    let said: HashMap<&str, &str> = before
        .iter()
        .filter(|one| one.key.contains(':'))
        .map(|one| (one.key.as_str(), one.why.as_str()))
        .collect();
    let item = |difference: &super::Difference| {
        let field = difference.field();
        let before = said.get(difference.key.as_str()).copied().unwrap_or_default();
        DifferenceItem {
            why: typed.get(&field).cloned().unwrap_or_else(|| before.to_owned()),
            from_before: !before.is_empty() && !typed.contains_key(&field),
            field,
            sentence: difference.sentence.clone(),
            receptions: difference.receptions.clone(),
        }
    };
    Ok(survey.differences.iter().map(item).collect())
}

fn closed(
    visitor: &Visitor,
    row: &ClosingRow,
    last: Option<&ClosingRow>,
    typed: &Typed,
) -> Result<ClosedDay> {
    let is_last = last.is_some_and(|last| last.id == row.id);
    let item = |one: Explained| DifferenceItem {
        field: String::new(),
        sentence: one.sentence,
        receptions: one.receptions,
        why: one.why,
        from_before: false,
    };
    Ok(ClosedDay {
        closing: row.id,
        by: row.closed_by.clone(),
        at: moment(&row.closed_at),
        report: format!("/closing/reports/{}", row.id),
        records: row.audit_count.unsigned_abs(),
        head: hex(&row.audit_head),
        explained: explanations_of(row)?.into_iter().map(item).collect(),
        may_reopen: is_last && visitor.may(Act::Override),
        reason: typed.get("reason_reopen").cloned().unwrap_or_default(),
    })
}

fn past(row: &ClosingRow) -> Result<PastDay> {
    let counts = counts_of(row)?;
    let reopened = row.reopened_by.as_ref().zip(row.reopened_at.as_ref()).map(|(by, at)| {
        let why = row.reopened_reason.as_deref().unwrap_or_default();
        format!("{by}が{}に取り消し: {why}", moment(at))
    });
    Ok(PastDay {
        day: row.day,
        href: format!("/closing/{}", row.day),
        closed: format!("{} {}", moment(&row.closed_at), row.closed_by),
        opened: counts.opened,
        over: counts.over(),
        carried: counts.carried_out,
        differences: explanations_of(row)?.len() as u64,
        report: format!("/closing/reports/{}", row.id),
        reopened: reopened.unwrap_or_default(),
    })
}

/// R8.11.24 17:20.
fn moment(at: &str) -> String {
    DateTime::parse_from_rfc3339(at).map_or_else(
        |_| at.to_owned(),
        |at| format!("{} {}", wareki::short(at.date_naive()), at.format("%H:%M")),
    )
}
