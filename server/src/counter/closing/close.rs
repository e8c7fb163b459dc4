//! Closing a day.

use super::report;
use super::survey::{Survey, survey};
use super::{Explained, open_days, page};
use crate::audit::checkpoint::{self, Occasion};
use crate::audit::{self, Entry, Kind};
use crate::counter::{once, words};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::rng::hex;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::WriteTx;
use crate::store::day_closings::{self, Asked, NewClosing};
use app::components::{FieldError, FormErrors};
use app::pages::closing::ClosingPage;
use chrono::NaiveDate;
use forms::daily_report::ReportCheckpoint;
use rules::wareki;
use std::collections::HashMap;

/// What the form says, by field.
pub type Typed = HashMap<String, String>;

/// What became of a form.
#[derive(Debug)]
pub enum Closed {
    /// The day is closed: where it is shown.
    Done(String),
    /// It isn't: the page with what was typed and what is missing.
    Wrong(Box<ClosingPage>),
}

/// Closes a day: numbers, explanations, report and the trail's head in one row, with its line in the trail.
///
/// # Errors
/// A refusal when the day is closed already, lies ahead, or one before it waits.
pub async fn close(office: &Office, visitor: &Visitor, day: NaiveDate, typed: &Typed) -> Result<Closed> {
    visitor.require(Act::CloseDay)?;
    let route = format!("/closing/{day}/close");
    let mut tx = office.store().write().await?;
    let key = typed.get("once").map(String::as_str).unwrap_or_default();
    if let Some(location) = once::answered(&mut tx, key, visitor.staff_id, &route).await? {
        return Ok(Closed::Done(location));
    }
    // After the turn to write has come, so that nothing written before carries a later time.
    let at = office.clock().stamp();
    let today = office.clock().today();
    its_turn(&mut tx, day, today).await?;
    let survey = survey(&mut tx, day, today).await?;
    let explained = match explain(&survey, typed) {
        Ok(explained) => explained,
        Err(errors) => {
            drop(tx);
            let page = page::page(office, visitor, Some(day), 1, typed, errors).await?;
            return Ok(Closed::Wrong(Box::new(page)));
        }
    };
    let location = format!("/closing/{day}?closed=1");
    write(office, &mut tx, visitor, &at, survey, explained).await?;
    once::remember(&mut tx, key, visitor.staff_id, &route, &location, &at).await?;
    tx.commit().await?;
    Ok(Closed::Done(location))
}

/// The day isn't closed, isn't to come, and no earlier one waits.
async fn its_turn(tx: &mut WriteTx, day: NaiveDate, today: NaiveDate) -> Result<()> {
    let asked = Asked { day: Some(day), in_force: true, many: 1, ..Asked::default() };
    if let Some(closing) = day_closings::list(&mut **tx, asked).await?.pop() {
        let time = closing.closed_at.get(11..16).unwrap_or_default();
        let sentence =
            format!("{}は、{}さんが{time}に締めています。", wareki::long_weekday(day), closing.closed_by);
        return Err(Refusal::conflict(sentence, "締めのページを開き直し、日報を確かめてください。").into());
    }
    if day > today {
        let sentence = format!("{}は、まだ先の日です。", wareki::long_weekday(day));
        return Err(Refusal::input(sentence, "締める日を選び直してください。").into());
    }
    let last = day_closings::last(&mut **tx).await?;
    if let Some(last) = last.as_ref().filter(|last| last.day > day) {
        let sentence = format!(
            "{}より後の{}が締められています。",
            wareki::long_weekday(day),
            wareki::long_weekday(last.day)
        );
        let what_now = "後の日の締めを責任者に取り消してもらい、日付の順に締めてください。";
        return Err(Refusal::conflict(sentence, what_now).into());
    }
    let waiting = open_days(tx, last.as_ref(), today).await?;
    match waiting.first().filter(|first| **first < day && last.is_some()) {
        Some(first) => {
            let sentence = format!("{}がまだ締められていません。", wareki::long_weekday(*first));
            Err(Refusal::conflict(sentence, "その日から順に締めてください。").into())
        }
        None => Ok(()),
    }
}

/// Every difference with its explanation, and the page not out of date.
fn explain(survey: &Survey, typed: &Typed) -> Result<Vec<Explained>, FormErrors> {
    let (mut explained, mut errors) = (Vec::new(), Vec::new());
    let fingerprint = survey.fingerprint().unwrap_or_default();
    if typed.get("seen") != Some(&fingerprint) {
        let sentence = "このページを開いている間に記録が増え、数が変わりました。まだ締めていません。下の新しい数を確かめて、もう一度締めてください。";
        errors.push(FieldError {
            field: String::new(),
            code: "M-6002".to_owned(),
            sentence: sentence.to_owned(),
        });
    }
    for difference in &survey.differences {
        let given = typed.get(&difference.field()).map(String::as_str).unwrap_or_default();
        match words::reason(given, "差異の説明") {
            Ok(why) => explained.push(Explained {
                key: difference.key.clone(),
                sentence: difference.sentence.clone(),
                receptions: difference.receptions.clone(),
                why,
            }),
            Err(sentence) => errors.push(FieldError {
                field: difference.field(),
                code: "M-6001".to_owned(),
                sentence: format!("{}{sentence}", difference.sentence),
            }),
        }
    }
    if errors.is_empty() { Ok(explained) } else { Err(FormErrors(errors)) }
}

async fn write(
    office: &Office,
    tx: &mut WriteTx,
    visitor: &Visitor,
    at: &str,
    survey: Survey,
    explained: Vec<Explained>,
) -> Result<()> {
    let counts = &survey.counts;
    let sentence = format!(
        "{}の窓口を締めました(第{}版。受付{}件、終わった受付{}件、持ち越し{}件、差異{}件)。",
        wareki::long_weekday(survey.day),
        survey.edition,
        counts.opened,
        counts.over(),
        counts.carried_out,
        explained.len()
    );
    let day = survey.day.to_string();
    audit::record(tx, at, Entry::done(Kind::DayClosed, visitor, sentence).object(&day)).await?;
    // The line about the closing is under the checkpoint, too.
    let made = checkpoint::make(office, tx, Occasion::Closing, visitor.into()).await?;
    let printable = made.printable();
    let checkpoint = ReportCheckpoint {
        records: made.count.unsigned_abs(),
        head: hex(&made.head),
        number: printable.number,
        signature: printable.signature,
    };
    let report = report::report(office, visitor, &survey, &explained, checkpoint);
    let new = NewClosing {
        day: survey.day,
        closed_by: visitor.staff_id,
        closed_at: at,
        events_after: survey.span.0,
        events_until: survey.span.1,
        counts: &serde_json::to_string(counts)?,
        explanations: &serde_json::to_string(&explained)?,
        report: &serde_json::to_string(&report)?,
        audit_count: made.count,
        audit_head: &made.head,
    };
    day_closings::add(tx, &new).await?;
    Ok(())
}
