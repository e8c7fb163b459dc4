//! The month that a round of notices is about.

use crate::error::{Error, Refusal, Result};
use chrono::{Datelike, Months, NaiveDate};
use std::fmt;
use std::str::FromStr;

/// A calendar month, written `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    /// The month that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self { first: day.with_day(1).expect("every month has a first day") }
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.plus(1).first.pred_opt().expect("a day before the first of a month")
    }

    /// The month so many months later.
    #[must_use]
    pub fn plus(self, months: u32) -> Self {
        Self { first: self.first.checked_add_months(Months::new(months)).unwrap_or(self.first) }
    }

    /// 令和9年2月.
    pub fn wareki(self) -> String {
        rules::wareki::long_month(self.first)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

impl FromStr for Month {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        parse(text).ok_or_else(|| {
            let sentence = format!("「{text}」は年月として読めません。");
            Refusal::input(
                sentence,
                "有効期間満了の年月を 2027-02 のように、西暦4桁と月2桁で指定してください。",
            )
            .into()
        })
    }
}

/// A month as people type it: `2027-05`, `R9.5`, `令和9年5月`, `2027/5`.
pub fn as_typed(typed: &str) -> Option<Month> {
    let typed = typed.trim();
    if let Some(month) = parse(typed) {
        return Some(month);
    }
    ["1日", ".1", "/1", "-1", "-01"]
        .iter()
        .find_map(|day| rules::wareki::parse(&format!("{typed}{day}")).ok())
        .and_then(|day| parse(&Month::of(day).to_string()))
}

/// Four digits, a hyphen, two digits; years that a certificate can have.
fn parse(text: &str) -> Option<Month> {
    let (year, month) = text.split_once('-')?;
    let digits =
        |part: &str, many: usize| part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) {
        return None;
    }
    let year = year.parse().ok().filter(|year| (2015..=2199).contains(year))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1).map(|first| Month { first })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Only `YYYY-MM` is a month; anything else is refused with one sentence.
    #[test]
    fn reads_months_and_nothing_else() {
        assert_eq!("2027-02".parse::<Month>().unwrap().to_string(), "2027-02");
        for wrong in [
            "2027-13",
            "2027-00",
            "2027-2",
            "27-02",
            "2027/02",
            "2027-02-01",
            "",
            "２０２７-02",
            "+027-02",
            "1999-01",
        ] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
    }

    /// Both calendars are understood, and what isn't a month isn't guessed at.
    #[test]
    fn reads_months_as_people_type_them() {
        for typed in ["2027-05", "R9.5", "令和9年5月", "2027/5", " r9/5 "] {
            assert_eq!(as_typed(typed).map(|month| month.to_string()).as_deref(), Some("2027-05"), "{typed}");
        }
        for typed in ["5月", "R9", "2027", "2027-13", "来月", ""] {
            assert_eq!(as_typed(typed), None, "{typed}");
        }
    }

    /// A month ends on its own last day, leap years included.
    #[test]
    fn knows_its_last_day() {
        let last = |text: &str| text.parse::<Month>().unwrap().last().to_string();
        assert_eq!(last("2027-02"), "2027-02-28");
        assert_eq!(last("2028-02"), "2028-02-29");
        assert_eq!(last("2026-12"), "2026-12-31");
    }

    /// The Japanese name of a month has no day.
    #[test]
    fn speaks_of_eras() {
        assert_eq!("2027-02".parse::<Month>().unwrap().wareki(), "令和9年2月");
        assert_eq!("2019-05".parse::<Month>().unwrap().wareki(), "令和元年5月");
    }
}
