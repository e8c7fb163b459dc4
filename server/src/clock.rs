//! The one place where the program learns what time it is.

#![allow(clippy::disallowed_methods)] // this is the room the ban points to

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};

/// Seconds that Japan is ahead of UTC; there is no summer time.
const JAPAN: i32 = 9 * 3600;

/// Japan's time, moved by a fixed number of days in a training office that was started with `--today`.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    shift: TimeDelta,
}

impl Clock {
    /// The machine's clock.
    pub fn real() -> Self {
        Self { shift: TimeDelta::zero() }
    }

    /// A clock that says `today` now and runs on from there. For training only.
    pub fn starting(today: NaiveDate) -> Self {
        Self { shift: today - Self::real().today() }
    }

    /// This moment in Japan.
    pub fn now(&self) -> DateTime<FixedOffset> {
        let japan = FixedOffset::east_opt(JAPAN).expect("nine hours is a valid offset");
        (Utc::now() + self.shift).with_timezone(&japan)
    }

    /// Today in Japan.
    pub fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }

    /// This moment as the store writes it: `2026-11-22T12:34:56+09:00`.
    pub fn stamp(&self) -> String {
        stamp(self.now())
    }
}

/// A moment as the store writes it, to the second, with its offset.
pub fn stamp(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clock moved to a day says that day and keeps Japan's offset.
    #[test]
    fn starts_on_the_day_asked_for() {
        let day = NaiveDate::from_ymd_opt(2027, 2, 28).unwrap();
        let clock = Clock::starting(day);
        assert_eq!(clock.today(), day);
        assert!(clock.stamp().ends_with("+09:00"), "{}", clock.stamp());
    }
}
