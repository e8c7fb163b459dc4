//! What the trail's reader asked for, and what of it was understood.

use crate::audit::{Actor, Kind};
use crate::counter::search::reception_number;
use crate::error::Result;
use crate::office::Office;
use crate::store::{self, audit_search::Filter};
use app::components::{FieldError, FormErrors};
use chrono::{Days, NaiveDate};
use rules::wareki;
use serde::{Deserialize, Serialize};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) actor: String,
    pub(super) subject: String,
    pub(super) case: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) kind: String,
    pub(super) outcome: String,
    /// Rows older than this number.
    #[serde(skip_serializing)]
    pub(super) before: String,
    /// Rows newer than this number.
    #[serde(skip_serializing)]
    pub(super) after: String,
    /// `csv` or `lines`, for an export.
    #[serde(skip_serializing)]
    pub(super) format: String,
}

/// What was understood.
#[derive(Debug, Default)]
pub(super) struct Understood {
    pub(super) filter: Filter,
    pub(super) errors: FormErrors,
    /// The filter in words; nothing that was merely typed is in them.
    pub(super) words: String,
    /// The person asked about, when it is somebody we know.
    pub(super) subject: Option<String>,
}

impl Asked {
    /// An address with this filter, to which more can be added.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{path}?{}", serde_html_form::to_string(self).unwrap_or_default())
    }
}

/// Makes a filter of what was typed.
///
/// # Errors
/// When the database refuses.
pub(super) async fn understand(office: &Office, asked: &Asked) -> Result<Understood> {
    let mut understood = Understood::default();
    let (from, until) = days(asked, &mut understood.errors);
    let pool = office.store().read();
    let filter = &mut understood.filter;
    let mut words = Vec::new();
    if from.is_some() || until.is_some() {
        let day = |day: Option<NaiveDate>| day.map(wareki::short).unwrap_or_default();
        words.push(format!("{}から{}まで", day(from), day(until)));
    }
    filter.from = from.map(|day| day.to_string());
    filter.before = until.and_then(|day| day.checked_add_days(Days::new(1))).map(|day| day.to_string());
    if let Some(kind) = asked.kind.parse().ok().and_then(Kind::from_number) {
        filter.kind = Some(kind as i64);
        words.push(format!("種類 {}", kind.label()));
    }
    if let Some(label) = super::words::outcome_label(&asked.outcome) {
        filter.outcome = Some(asked.outcome.clone());
        words.push(format!("結果 {label}"));
    }
    let actor = asked.actor.trim();
    if !actor.is_empty() {
        filter.actor = Some(actor.to_owned());
        let known = !matches!(Actor::from(actor), Actor::Staff { .. })
            || store::staff::by_login(pool, actor).await?.is_some();
        words.push(if known { format!("職員 {actor}") } else { "登録のない職員".to_owned() });
    }
    let subject = asked.subject.trim();
    if !subject.is_empty() {
        filter.subject = Some(subject.to_owned());
        understood.subject = store::residents::find(pool, subject).await?.map(|person| person.number);
        words.push(if understood.subject.is_some() { "ひとりの方" } else { "登録のない宛名番号" }.to_owned());
    }
    let case = asked.case.trim();
    if !case.is_empty() {
        match case_id(office, case).await? {
            Some((id, number)) => {
                filter.case_id = Some(id);
                words.push(format!("受付番号 {number}"));
            }
            None => understood.errors.0.push(FieldError {
                field: "case".to_owned(),
                code: "M-8002".to_owned(),
                sentence: "その受付番号の受付はありません。R8-000123 の形で入れてください。".to_owned(),
            }),
        }
    }
    understood.words = if words.is_empty() { "条件なし".to_owned() } else { words.join("、") };
    Ok(understood)
}

async fn case_id(office: &Office, typed: &str) -> Result<Option<(i64, String)>> {
    let Some(number) = reception_number(typed) else { return Ok(None) };
    let case = store::cases::by_reception(office.store().read(), &number).await?;
    Ok(case.map(|case| (case.id, case.reception_number)))
}

/// The first and the last day; the last is meant whole.
fn days(asked: &Asked, errors: &mut FormErrors) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let mut day = |field: &str, typed: &str| -> Option<NaiveDate> {
        if typed.trim().is_empty() {
            return None;
        }
        wareki::parse(typed)
            .map_err(|error| {
                errors.0.push(FieldError {
                    field: field.to_owned(),
                    code: "M-8001".to_owned(),
                    sentence: error.sentence(),
                });
            })
            .ok()
    };
    (day("from", &asked.from), day("until", &asked.until))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days are read in either calendar; what isn't a day is told at its field.
    #[test]
    fn reads_days() {
        let mut errors = FormErrors::default();
        let asked = Asked { from: "R8.11.1".into(), until: "2026-11-30".into(), ..Asked::default() };
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        assert_eq!(days(&asked, &mut errors), (day("2026-11-01"), day("2026-11-30")));
        assert!(errors.0.is_empty());
        days(&Asked { until: "きのう".into(), ..Asked::default() }, &mut errors);
        assert_eq!(errors.0[0].field, "until");
    }

    /// The next page keeps the filter, whatever was typed into it, and not the place in the list.
    #[test]
    fn keeps_the_filter_in_the_address() {
        let asked = Asked { actor: "a&before=9".into(), before: "3".into(), ..Asked::default() };
        let address = asked.address("/audit");
        assert_eq!(address, "/audit?actor=a%26before%3D9&subject=&case=&from=&until=&kind=&outcome=");
    }
}
