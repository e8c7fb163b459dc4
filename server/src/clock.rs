//! The one place where the program learns what time it is.

#![allow(clippy::disallowed_methods)] // this is the room the ban points to

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Seconds that Japan is ahead of UTC; there is no summer time.
const JAPAN: i32 = 9 * 3600;

/// Japan's time, moved by a fixed number of days in a training office that was started with `--today`.
#[derive(Clone, Debug)]
pub struct Clock {
    shift: TimeDelta,
    /// Seconds that it was put forward by hand; its clones go with it.
    forward: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's clock.
    pub fn real() -> Self {
        Self { shift: TimeDelta::zero(), forward: Arc::default() }
    }

    /// A clock that says `today` now and runs on from there. For training only.
    pub fn starting(today: NaiveDate) -> Self {
        Self { shift: today - Self::real().today(), ..Self::real() }
    }

    /// This moment in Japan.
    pub fn now(&self) -> DateTime<FixedOffset> {
        let japan = FixedOffset::east_opt(JAPAN).expect("nine hours is a valid offset");
        (Utc::now() + self.shift + self.forward()).with_timezone(&japan)
    }

    /// Seconds since 1970, for what other machines compute with us (RFC 6238): a training office that believes it is
    /// another day has the same ones as the telephone beside it.
    pub fn machine_seconds(&self) -> u64 {
        (Utc::now() + self.forward()).timestamp().unsigned_abs()
    }

    /// Puts this clock and its clones forward, so that waiting for a time-out takes no time.
    pub fn put_forward(&self, by: TimeDelta) {
        self.forward.fetch_add(by.num_seconds(), Ordering::Relaxed);
    }

    fn forward(&self) -> TimeDelta {
        TimeDelta::seconds(self.forward.load(Ordering::Relaxed))
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

    /// A clock put forward takes its clones with it; the machine's seconds don't know of another day.
    #[test]
    fn is_put_forward_with_its_clones() {
        let clock = Clock::starting(NaiveDate::from_ymd_opt(2027, 2, 28).unwrap());
        let (clone, before, seconds) = (clock.clone(), clock.now(), Clock::real().machine_seconds());
        clock.put_forward(TimeDelta::minutes(16));
        assert!(clone.now() - before >= TimeDelta::minutes(16));
        assert!((960..970).contains(&(clone.machine_seconds() - seconds)));
    }
}
