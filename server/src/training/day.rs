//! Which day a training office opens on.

use rules::NaiveDate;
use rules::calendar::{Calendar, OfficeCalendar};

/// The day that a training office takes for today: today, or the next day on which cards can be written. People train
/// on weekends too, and on a closed day the counter rightly refuses nearly everything they came to try.
pub fn opening_day(today: NaiveDate) -> NaiveDate {
    let calendar = Calendar::new(OfficeCalendar::default());
    let works = |day: &NaiveDate| {
        let day = calendar.day(*day);
        day.open && day.card_work
    };
    today.iter_days().take(31).find(works).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The Sunday of the monthly stop and the holiday after it are passed over; an ordinary Tuesday isn't.
    #[test]
    fn passes_over_closed_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(opening_day(day("2026-11-22")), day("2026-11-24"));
        assert_eq!(opening_day(day("2026-11-24")), day("2026-11-24"));
        assert_eq!(opening_day(day("2026-12-31")), day("2027-01-04"));
    }
}
