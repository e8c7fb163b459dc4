//! Which days are counted.

use app::components::{FieldError, FormErrors};
use chrono::{Datelike, Days, Months, NaiveDate};
use rules::wareki;
use serde::Deserialize;

/// The most days that are counted at once: five years, so that a page never takes long.
const MOST: i64 = 5 * 366;

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
}

/// Days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub until: NaiveDate,
}

impl Range {
    /// The day after the last.
    pub fn before(self) -> NaiveDate {
        self.until + Days::new(1)
    }

    /// Today alone.
    pub fn today(today: NaiveDate) -> Self {
        Self { from: today, until: today }
    }

    /// The calendar month of a day.
    pub fn month(day: NaiveDate) -> Self {
        let from = day.with_day(1).unwrap_or(day);
        Self { from, until: from + Months::new(1) - Days::new(1) }
    }

    /// The fiscal year of a day: April to March.
    pub fn fiscal_year(day: NaiveDate) -> Self {
        let year = if day.month() < 4 { day.year() - 1 } else { day.year() };
        let from = NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(day);
        Self { from, until: from + Months::new(12) - Days::new(1) }
    }

    /// Its days as part of an address.
    pub fn query(self) -> String {
        format!("from={}&until={}", self.from, self.until)
    }
}

impl Asked {
    /// The days that were typed; this month where nothing was.
    ///
    /// # Errors
    /// A sentence for each field that can't be read.
    pub fn range(&self, today: NaiveDate) -> Result<Range, FormErrors> {
        if self.from.trim().is_empty() && self.until.trim().is_empty() {
            return Ok(Range::month(today));
        }
        let mut errors = Vec::new();
        let mut day = |field: &str, typed: &str, what: &str| {
            if typed.trim().is_empty() {
                errors.push(wrong(field, format!("{what}を入れてください。")));
                return None;
            }
            wareki::parse(typed).map_err(|error| errors.push(wrong(field, error.sentence()))).ok()
        };
        let from = day("from", &self.from, "最初の日");
        let until = day("until", &self.until, "最後の日");
        match from.zip(until) {
            Some((from, until)) if until < from => {
                errors.push(wrong("until", "最後の日が最初の日より前です。".to_owned()));
            }
            Some((from, until)) if (until - from).num_days() >= MOST => {
                errors.push(wrong(
                    "until",
                    "一度に集計できるのは5年までです。期間を短くしてください。".to_owned(),
                ));
            }
            Some((from, until)) => return Ok(Range { from, until }),
            None => {}
        }
        Err(FormErrors(errors))
    }
}

fn wrong(field: &str, sentence: String) -> FieldError {
    FieldError { field: field.to_owned(), code: "M-6101".to_owned(), sentence }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn asked(from: &str, until: &str) -> Asked {
        Asked { from: from.into(), until: until.into() }
    }

    /// The presets end where they should, at the ends of months and of the fiscal year.
    #[test]
    fn knows_months_and_years() {
        assert_eq!(Range::month(d("2028-02-10")), Range { from: d("2028-02-01"), until: d("2028-02-29") });
        assert_eq!(Range::month(d("2026-12-31")).until, d("2026-12-31"));
        let year = Range { from: d("2026-04-01"), until: d("2027-03-31") };
        assert_eq!(Range::fiscal_year(d("2027-03-31")), year);
        assert_eq!(Range::fiscal_year(d("2026-04-01")), year);
    }

    /// Either calendar is understood; what can't be is told at its field.
    #[test]
    fn reads_what_was_typed() {
        let today = d("2026-11-24");
        assert_eq!(Asked::default().range(today), Ok(Range::month(today)));
        assert_eq!(
            asked("R8.11.1", "2026-11-30").range(today),
            Ok(Range { from: d("2026-11-01"), until: d("2026-11-30") })
        );
        for (from, until, field) in [
            ("きのう", "2026-11-30", "from"),
            ("2026-11-01", "", "until"),
            ("2026-11-02", "2026-11-01", "until"),
            ("2020-11-02", "2026-11-01", "until"),
        ] {
            let errors = asked(from, until).range(today).unwrap_err();
            assert_eq!(errors.0[0].field, field, "{from} {until}");
        }
    }
}
