//! The months that a campaign is about: one, or several in a row.

use super::Month;
use crate::error::{Error, Refusal, Result};
use chrono::NaiveDate;
use std::fmt;

/// Most months that one campaign is about: more than a year ahead nobody can renew.
pub const MOST_MONTHS: u32 = 12;

/// Some months in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    first: Month,
    last: Month,
}

impl Span {
    /// The months from `first` to `last`, both included.
    ///
    /// # Errors
    /// A refusal when they are in the wrong order, or too many.
    pub fn new(first: Month, last: Month) -> Result<Self> {
        let refuse = |sentence: String| -> Error {
            Refusal::input(sentence, "はじめの月と終わりの月を確かめてください。").into()
        };
        if last < first {
            return Err(refuse(format!("終わりの月({})が、はじめの月より前です。", last.wareki())));
        }
        if last >= first.plus(MOST_MONTHS) {
            return Err(refuse(format!("一度に作れるのは{MOST_MONTHS}か月分までです。")));
        }
        Ok(Self { first, last })
    }

    /// The first month.
    pub fn first(self) -> Month {
        self.first
    }

    /// The last month.
    pub fn last(self) -> Month {
        self.last
    }

    /// The first day of them all.
    pub fn first_day(self) -> NaiveDate {
        self.first.first()
    }

    /// The last day of them all.
    pub fn last_day(self) -> NaiveDate {
        self.last.last()
    }

    /// True when a month is in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// 令和9年2月, 令和9年2月から令和9年4月.
    pub fn wareki(self) -> String {
        if self.first == self.last {
            return self.first.wareki();
        }
        format!("{}から{}", self.first.wareki(), self.last.wareki())
    }
}

impl From<Month> for Span {
    fn from(month: Month) -> Self {
        Self { first: month, last: month }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.first != self.last {
            write!(f, "..{}", self.last)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    /// A span has its days and its Japanese name; the wrong way round or too long it is none.
    #[test]
    fn knows_its_days() {
        let span = Span::new(month("2026-12"), month("2027-02")).unwrap();
        assert_eq!(
            (span.first_day().to_string(), span.last_day().to_string()),
            ("2026-12-01".into(), "2027-02-28".into())
        );
        assert_eq!(span.wareki(), "令和8年12月から令和9年2月");
        assert_eq!(Span::from(month("2027-02")).wareki(), "令和9年2月");
        assert!(Span::new(month("2027-02"), month("2027-01")).is_err());
        assert!(Span::new(month("2027-01"), month("2027-12")).is_ok());
        assert!(Span::new(month("2027-01"), month("2028-01")).is_err());
    }

    /// Two spans overlap when they share a month, at either end or in the middle.
    #[test]
    fn knows_its_neighbours() {
        let span = |first, last| Span::new(month(first), month(last)).unwrap();
        let middle = span("2027-02", "2027-04");
        for other in [span("2027-01", "2027-02"), span("2027-04", "2027-05"), span("2027-03", "2027-03")] {
            assert!(middle.overlaps(other) && other.overlaps(middle), "{other}");
        }
        for other in [span("2026-12", "2027-01"), span("2027-05", "2027-05")] {
            assert!(!middle.overlaps(other) && !other.overlaps(middle), "{other}");
        }
    }
}
