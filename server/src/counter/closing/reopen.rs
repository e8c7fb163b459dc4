//! Opening the last closed day again: a supervisor's act, with a reason. The report stays as it was printed.

use super::page;
use crate::audit::{self, Entry, Kind};
use crate::counter::words;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::day_closings;
use app::components::FormErrors;
use app::pages::closing::ClosingPage;
use chrono::NaiveDate;
use rules::wareki;
use serde::Deserialize;
use std::collections::HashMap;

/// What the form says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReopenForm {
    /// The closing that the page showed.
    pub closing: i64,
    /// Why.
    pub reason_reopen: String,
}

/// What became of it.
#[derive(Debug)]
pub enum Reopened {
    /// The day is open again.
    Done,
    /// It isn't: the page with what was typed and what is missing.
    Wrong(Box<ClosingPage>),
}

/// Takes the last closing back.
///
/// # Errors
/// A refusal when it isn't the last one, or somebody has taken it back already.
pub async fn reopen(
    office: &Office,
    visitor: &Visitor,
    day: NaiveDate,
    form: &ReopenForm,
) -> Result<Reopened> {
    visitor.require(Act::Override)?;
    let reason = match words::reason(&form.reason_reopen, "締めを取り消す理由") {
        Ok(reason) => reason,
        Err(sentence) => {
            let typed = HashMap::from([("reason_reopen".to_owned(), form.reason_reopen.clone())]);
            let errors = FormErrors(vec![words::wrong("reason_reopen", sentence)]);
            let page = page::page(office, visitor, Some(day), 1, &typed, errors).await?;
            return Ok(Reopened::Wrong(Box::new(page)));
        }
    };
    let mut tx = office.store().write().await?;
    let at = office.clock().stamp();
    let last = day_closings::last(&mut *tx).await?;
    if last.as_ref().is_none_or(|last| last.id != form.closing || last.day != day) {
        let sentence = "取り消せるのは、最後に締めた日だけです。";
        let what_now = "締めのページを開き直し、最後に締めた日から順に取り消してください。";
        return Err(Refusal::conflict(sentence, what_now).into());
    }
    if !day_closings::reopen(&mut tx, form.closing, visitor.staff_id, &at, &reason).await? {
        let sentence = "この締めは、ほかの職員が先に取り消しました。";
        return Err(Refusal::conflict(sentence, "締めのページを開き直してください。").into());
    }
    let sentence = format!("{}の締めを取り消しました。理由: {reason}", wareki::long_weekday(day));
    let object = day.to_string();
    audit::record(&mut tx, &at, Entry::done(Kind::DayReopened, visitor, sentence).object(&object)).await?;
    tx.commit().await?;
    Ok(Reopened::Done)
}
