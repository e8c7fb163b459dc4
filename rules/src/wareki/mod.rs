//! 和暦: Japanese eras, both ways. All paper and screens speak it.

mod parse;

use chrono::{Datelike, NaiveDate, Weekday};

pub use parse::{parse, written_forms};

code_enum! {
    /// The eras a living person's papers can carry.
    Era {
        /// From 1873-01-01 by the Gregorian calendar (明治6年).
        Meiji = "M" "明治",
        /// From 1912-07-30.
        Taisho = "T" "大正",
        /// From 1926-12-25.
        Showa = "S" "昭和",
        /// From 1989-01-08.
        Heisei = "H" "平成",
        /// From 2019-05-01.
        Reiwa = "R" "令和",
    }
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

impl Era {
    /// The first day that is counted in this era.
    pub const fn first_day(self) -> NaiveDate {
        match self {
            Self::Meiji => day(1873, 1, 1),
            Self::Taisho => day(1912, 7, 30),
            Self::Showa => day(1926, 12, 25),
            Self::Heisei => day(1989, 1, 8),
            Self::Reiwa => day(2019, 5, 1),
        }
    }

    /// The last day one may write in this era; Meiji and Taisho share theirs with the next era's first.
    pub const fn last_day(self) -> Option<NaiveDate> {
        match self {
            Self::Meiji => Some(day(1912, 7, 30)),
            Self::Taisho => Some(day(1926, 12, 25)),
            Self::Showa => Some(day(1989, 1, 7)),
            Self::Heisei => Some(day(2019, 4, 30)),
            Self::Reiwa => None,
        }
    }

    /// The western year of 元年.
    pub const fn first_year(self) -> i32 {
        match self {
            Self::Meiji => 1868,
            Self::Taisho => 1912,
            Self::Showa => 1926,
            Self::Heisei => 1989,
            Self::Reiwa => 2019,
        }
    }

    /// Whether a paper may carry `date` in this era.
    pub fn contains(self, date: NaiveDate) -> bool {
        date >= self.first_day() && self.last_day().is_none_or(|last| date <= last)
    }
}

/// The era of a date and its year in it; `None` before 1873, when Japan counted by the moon.
pub fn era_year(date: NaiveDate) -> Option<(Era, u16)> {
    let era = Era::ALL.iter().rev().copied().find(|era| date >= era.first_day())?;
    u16::try_from(date.year() - era.first_year() + 1).ok().map(|year| (era, year))
}

/// The era and year of the fiscal year (April to March) a date lies in, as on reception numbers.
/// A year in which the era changes takes the new one: April 2019 is 令和元年度.
pub fn fiscal_year(date: NaiveDate) -> Option<(Era, u16)> {
    let year = if date.month() < 4 { date.year() - 1 } else { date.year() };
    let era = Era::ALL.iter().rev().copied().find(|era| year >= era.first_year())?;
    u16::try_from(year - era.first_year() + 1).ok().map(|year| (era, year))
}

/// `令和7年10月10日`; the first year is 元年. Dates before the eras are written in western years.
pub fn long(date: NaiveDate) -> String {
    match era_year(date) {
        Some((era, 1)) => format!("{}元年{}月{}日", era.label(), date.month(), date.day()),
        Some((era, year)) => format!("{}{year}年{}月{}日", era.label(), date.month(), date.day()),
        None => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// `令和7年10月10日(金)`.
pub fn long_weekday(date: NaiveDate) -> String {
    format!("{}({})", long(date), weekday(date.weekday()))
}

/// `R7.10.10`.
pub fn short(date: NaiveDate) -> String {
    match era_year(date) {
        Some((era, year)) => format!("{}{year}.{}.{}", era.code(), date.month(), date.day()),
        None => format!("{}.{}.{}", date.year(), date.month(), date.day()),
    }
}

/// `令和7年10月`, for a month of expiry.
pub fn long_month(date: NaiveDate) -> String {
    match era_year(date) {
        Some((era, 1)) => format!("{}元年{}月", era.label(), date.month()),
        Some((era, year)) => format!("{}{year}年{}月", era.label(), date.month()),
        None => format!("{}年{}月", date.year(), date.month()),
    }
}

/// One character for the day of the week.
pub const fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "月",
        Weekday::Tue => "火",
        Weekday::Wed => "水",
        Weekday::Thu => "木",
        Weekday::Fri => "金",
        Weekday::Sat => "土",
        Weekday::Sun => "日",
    }
}
