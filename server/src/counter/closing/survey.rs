//! A day as it stands: its numbers, its cases, and what didn't come out.

use super::counts::DayCounts;
use super::differences::{self, Difference};
use crate::error::{Error, Result};
use crate::rng::hex;
use crate::store::day_closings::{self, Asked, ClosingRow};
use crate::store::day_counts::{self, Standing, Touched};
use chrono::{Days, NaiveDate};
use rules::case_states::{CaseEvent, CaseState};
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// What there is to say of a day.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The day.
    pub day: NaiveDate,
    /// The events that its report is about: after the first number, up to the second.
    pub span: (i64, i64),
    /// The numbers.
    pub counts: DayCounts,
    /// What didn't come out.
    pub differences: Vec<Difference>,
    /// The cases that something was done to.
    pub touched: Vec<Touched>,
    /// Events that happened after the closing before, on its day or earlier.
    pub late: u64,
    /// Which report of this day it is.
    pub edition: u32,
    /// The closing before.
    pub before: Option<ClosingRow>,
}

impl Survey {
    /// Numbers and differences in a few digits: a form that was made from others is out of date.
    ///
    /// # Errors
    /// Never in practice: all of it can be written as JSON.
    pub fn fingerprint(&self) -> Result<String> {
        let keys: Vec<_> =
            self.differences.iter().map(|difference| (&difference.key, &difference.sentence)).collect();
        let bytes = serde_json::to_vec(&(&self.day, &self.counts, keys))?;
        Ok(hex(&Sha256::digest(&bytes)[..8]))
    }
}

/// Counts a day that isn't closed. For today everything so far belongs to it, for an earlier day what was written down
/// before its end.
///
/// # Errors
/// When the database refuses or holds what can't be.
pub async fn survey(db: &mut SqliteConnection, day: NaiveDate, today: NaiveDate) -> Result<Survey> {
    let before = day_closings::last(&mut *db).await?;
    let next_day = (day + Days::new(1)).to_string();
    let after = match &before {
        Some(before) => before.events_until,
        None => day_counts::last_event_before(db, &day.to_string()).await?,
    };
    let until = if day >= today {
        day_counts::last_event(db).await?
    } else {
        day_counts::last_event_before(db, &next_day).await?
    };
    let span = (after, until.max(after));
    let standing_before = day_counts::standing(db, span.0).await?;
    let standing = day_counts::standing(db, span.1).await?;
    let mut counts = DayCounts::default();
    counts.add_events(&day_counts::events(db, span).await?);
    let previous = previous_counts(before.as_ref())?;
    counts.carried_in = previous.as_ref().map_or(standing_before.len() as u64, |counts| counts.carried_out);
    counts.carried_out = standing.len() as u64;
    counts.interrupted =
        standing.iter().filter(|case| case.state == CaseState::Interrupted.code()).count() as u64;
    let printed_before = if day >= today { "9999".to_owned() } else { next_day };
    let totals = day_counts::notice_totals(db, day, &printed_before).await?;
    let totals_before = if let Some(counts) = previous {
        counts.notice_totals
    } else {
        let begun = day_counts::notice_totals(db, day - Days::new(1), &day.to_string()).await?;
        [begun.printed, begun.posted, begun.returned]
    };
    counts.add_notices(totals_before, totals);
    let cards = Cards::of(db, span, &standing_before, &standing).await?;
    cards.count(&mut counts);
    let differences = differences::find(db, span, &counts, &standing, &cards.lost, day >= today).await?;
    let late = match &before {
        Some(before) => day_counts::events_until_day(db, span, before.day).await?.unsigned_abs(),
        None => 0,
    };
    let earlier =
        day_closings::list(&mut *db, Asked { day: Some(day), many: i64::from(u32::MAX), ..Asked::default() })
            .await?;
    Ok(Survey {
        day,
        span,
        touched: day_counts::touched(db, span).await?,
        counts,
        differences,
        late,
        edition: u32::try_from(earlier.len() + 1).unwrap_or(u32::MAX),
        before,
    })
}

fn previous_counts(before: Option<&ClosingRow>) -> Result<Option<DayCounts>> {
    let Some(before) = before else { return Ok(None) };
    let counts = serde_json::from_str(&before.counts)
        .map_err(|error| Error::internal(format!("day_closings.counts of {}: {error}", before.id)))?;
    Ok(Some(counts))
}

/// Whether nothing is known to be on a card that was being written, after the last event of its case.
pub(super) fn is_unproven(case: &Standing) -> bool {
    match CaseState::from_code(&case.state) {
        Some(CaseState::Updating | CaseState::Differs) => true,
        Some(CaseState::Interrupted) => is_torn(case),
        _ => false,
    }
}

/// It broke off while the card was being written; a pause by hand comes from another state.
pub(super) fn is_torn(case: &Standing) -> bool {
    case.from_state == CaseState::Updating.code()
}

/// The cards of a span, each counted once however often it was tried.
struct Cards {
    begun: BTreeSet<i64>,
    read_back: BTreeSet<i64>,
    differ: BTreeSet<i64>,
    untouched: BTreeSet<i64>,
    /// Receptions whose card was being written and of which nothing more is known.
    lost: Vec<String>,
}

impl Cards {
    async fn of(
        db: &mut SqliteConnection,
        span: (i64, i64),
        before: &[Standing],
        now: &[Standing],
    ) -> Result<Self> {
        let events = day_counts::card_events(db, span).await?;
        let with = |wanted: CaseEvent| -> BTreeSet<i64> {
            let found = events.iter().filter(|row| row.event == wanted.code());
            found.map(|row| row.case_id).collect()
        };
        let (begun, differ) = (with(CaseEvent::BeginUpdate), with(CaseEvent::FindDifference));
        let (untouched, diverted) = (with(CaseEvent::AbortUpdate), with(CaseEvent::Divert));
        let read_back: BTreeSet<i64> = with(CaseEvent::Prove).union(&differ).copied().collect();
        let unproven = |cases: &[Standing]| -> BTreeSet<i64> {
            cases.iter().filter(|case| is_unproven(case)).map(|case| case.case_id).collect()
        };
        // Each card that was being written is read back, given up untouched, sent to be made anew, or still unproven.
        let known: BTreeSet<i64> =
            [&read_back, &untouched, &diverted, &unproven(now)].into_iter().flatten().copied().collect();
        let numbers = events
            .iter()
            .map(|row| (row.case_id, &row.reception_number))
            .chain(before.iter().map(|case| (case.case_id, &case.reception_number)));
        let written: BTreeSet<i64> = begun.union(&unproven(before)).copied().collect();
        let lost: BTreeSet<String> = numbers
            .filter(|(id, _)| written.contains(id) && !known.contains(id))
            .map(|(_, reception)| reception.clone())
            .collect();
        Ok(Self { begun, read_back, differ, untouched, lost: lost.into_iter().collect() })
    }

    fn count(&self, counts: &mut DayCounts) {
        counts.cards_updated = self.begun.len() as u64;
        counts.cards_read_back = self.read_back.len() as u64;
        counts.cards_differ = self.differ.len() as u64;
        counts.cards_untouched = self.untouched.len() as u64;
    }
}
