//! 窓口日報: made when the day is closed, printed from what was kept.

use super::survey::Survey;
use super::{Explained, may_see};
use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper;
use crate::staff::permissions::{self, Act};
use crate::staff::visitor::Visitor;
use crate::store::day_closings;
use crate::store::day_counts::Touched;
use chrono::NaiveDate;
use forms::Paper;
use forms::daily_report::{self, DailyReport, ReportCase, ReportCheckpoint, ReportCount, ReportExplanation};
use rules::case_states::CaseState;
use rules::kinds::Applicant;
use rules::procedure::Procedure;
use rules::wareki;

/// The report of a day that is being closed.
pub(super) fn report(
    office: &Office,
    visitor: &Visitor,
    survey: &Survey,
    explained: &[Explained],
    checkpoint: ReportCheckpoint,
) -> DailyReport {
    let now = office.clock().now();
    let counts = survey.counts.told().into_iter().flat_map(|(_, numbers)| numbers);
    let told = |one: &Explained| ReportExplanation { what: one.sentence.clone(), why: one.why.clone() };
    DailyReport {
        day: survey.day,
        counts: counts.map(|(label, count)| ReportCount { label: label.to_owned(), count }).collect(),
        explanations: explained.iter().map(told).collect(),
        checkpoint: Some(checkpoint),
        edition: survey.edition,
        cases: survey.touched.iter().map(|case| line(case, survey.day)).collect(),
        made_by: format!("{} {} {}", visitor.name, wareki::long(now.date_naive()), now.format("%H:%M")),
        office: (*office.text()).clone(),
    }
}

fn line(case: &Touched, day: NaiveDate) -> ReportCase {
    let (date, time) = (case.at.get(..10).unwrap_or_default(), case.at.get(11..16).unwrap_or_default());
    // Work of an evening after the closing before is told with its day.
    let other = date.parse::<NaiveDate>().ok().filter(|date| *date != day);
    ReportCase {
        reception_number: case.reception_number.clone(),
        time: other.map_or_else(|| time.to_owned(), |date| format!("{} {time}", date.format("%-m/%-d"))),
        procedure: Procedure::from_code(&case.procedure)
            .map_or_else(|| case.procedure.clone(), |known| known.label().to_owned()),
        applicant: Applicant::from_code(&case.applicant)
            .map_or_else(|| case.applicant.clone(), |known| known.label().to_owned()),
        state: CaseState::from_code(&case.state)
            .map_or_else(|| case.state.clone(), |known| known.label().to_owned()),
        staff: case.staff.clone(),
    }
}

/// Prints the report of one closing as it was when the day was closed. Returns the day and the document.
///
/// # Errors
/// A refusal when there is none, when the role may not, or when a font isn't installed.
pub async fn print(office: &Office, visitor: &Visitor, id: i64) -> Result<(NaiveDate, Vec<u8>)> {
    if !may_see(visitor) {
        permissions::require(visitor.role, Act::CloseDay)?;
    }
    let kept = day_closings::report(office.store().read(), id).await?;
    let (day, json) = kept.ok_or_else(|| Refusal::not_found("その日報はありません。"))?;
    let report: DailyReport = serde_json::from_str(&json)
        .map_err(|error| Error::internal(format!("day_closings.report of {id}: {error}")))?;
    let fonts = office.fonts().await?;
    let options = paper::options(office, Paper::DailyReport).await?;
    let printed = tokio::task::spawn_blocking(move || daily_report::print(&report, &fonts, &options)).await?;
    let printed = printed.map_err(Error::internal)?;
    let mut tx = office.store().write().await?;
    let sentence = format!("{}の窓口日報を印刷しました。", wareki::long_weekday(day));
    let object = day.to_string();
    let entry = Entry::done(Kind::Printed, visitor, sentence).object(&object);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await?;
    Ok((day, printed.pdf))
}
