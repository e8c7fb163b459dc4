//! What happened in a case, as sentences by day.

use crate::store::case_events::CaseEventRow;
use app::components::{HistoryDay, HistoryEntry};
use chrono::DateTime;

/// Newest day first; within a day too.
pub(super) fn days(events: &[CaseEventRow]) -> Vec<HistoryDay> {
    let mut days: Vec<HistoryDay> = Vec::new();
    for event in events.iter().rev() {
        let Ok(at) = DateTime::parse_from_rfc3339(&event.at) else { continue };
        let sentence = if event.event == "note" {
            format!("{}さんのメモ: {}", event.staff_name, event.sentence)
        } else {
            format!("{}({})", event.sentence, event.staff_name)
        };
        let entry = HistoryEntry { time: at.format("%H:%M").to_string(), sentence, href: None };
        match days.last_mut().filter(|day| day.date == at.date_naive()) {
            Some(day) => day.entries.push(entry),
            None => days.push(HistoryDay { date: at.date_naive(), entries: vec![entry] }),
        }
    }
    days
}
