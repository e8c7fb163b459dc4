//! National holidays by rule, with every change of the law since 1948 (国民の祝日に関する法律).

use chrono::{Datelike, NaiveDate, Weekday};

use super::equinox;

/// 振替休日, the substitute of a holiday on a Sunday (3条2項).
pub const SUBSTITUTE: &str = "振替休日";
/// 国民の休日, the day between two holidays (3条3項).
pub const BETWEEN: &str = "国民の休日";

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

const LAW_SINCE: NaiveDate = day(1948, 7, 20);
const SUBSTITUTE_SINCE: NaiveDate = day(1973, 4, 12);
const BETWEEN_SINCE: NaiveDate = day(1985, 12, 27);
/// From 2007 a substitute moves on past further holidays (3 to 5 May).
const REFORM_OF_2007: NaiveDate = day(2007, 1, 1);

/// The holiday's name on `date`, or `None` on an ordinary day (and before the law of 20 July 1948).
pub fn holiday(date: NaiveDate) -> Option<&'static str> {
    one_off(date)
        .or_else(|| named(date))
        .or_else(|| substitute(date).then_some(SUBSTITUTE))
        .or_else(|| between(date).then_some(BETWEEN))
}

/// Holidays by a law of their own for one day. The two of 2019 count as 国民の祝日, so the days between do too.
fn one_off(date: NaiveDate) -> Option<&'static str> {
    match (date.year(), date.month(), date.day()) {
        (1959, 4, 10) => Some("皇太子明仁親王の結婚の儀"),
        (1989, 2, 24) => Some("昭和天皇の大喪の礼"),
        (1990, 11, 12) => Some("即位礼正殿の儀"),
        (1993, 6, 9) => Some("皇太子徳仁親王の結婚の儀"),
        _ => None,
    }
}

/// 国民の祝日 of 2条, year by year.
fn named(date: NaiveDate) -> Option<&'static str> {
    if date < LAW_SINCE {
        return None;
    }
    let (year, month, day) = (date.year(), date.month(), date.day());
    let nth_monday = |n: u32| date.weekday() == Weekday::Mon && (day - 1) / 7 + 1 == n;
    let name = match month {
        1 if day == 1 => "元日",
        1 if if year < 2000 { day == 15 } else { nth_monday(2) } => "成人の日",
        2 if day == 11 && year >= 1967 => "建国記念の日",
        2 if day == 23 && year >= 2020 => "天皇誕生日",
        3 if Some(day) == equinox::vernal(year) => "春分の日",
        4 if day == 29 => match year {
            ..1989 => "天皇誕生日",
            1989..2007 => "みどりの日",
            _ => "昭和の日",
        },
        5 if day == 1 && year == 2019 => "休日(即位の日)",
        5 if day == 3 => "憲法記念日",
        5 if day == 4 && year >= 2007 => "みどりの日",
        5 if day == 5 => "こどもの日",
        7 if marine_day(year, day, nth_monday(3)) => "海の日",
        7 | 10 if sports_day(year, month, day, nth_monday(2)) => {
            if year < 2020 {
                "体育の日"
            } else {
                "スポーツの日"
            }
        }
        8 if mountain_day(year, day) => "山の日",
        9 if respect_day(year, day, nth_monday(3)) => "敬老の日",
        9 if Some(day) == equinox::autumnal(year) => "秋分の日",
        10 if day == 22 && year == 2019 => "休日(即位礼正殿の儀)",
        11 if day == 3 => "文化の日",
        11 if day == 23 => "勤労感謝の日",
        12 if day == 23 && (1989..2019).contains(&year) => "天皇誕生日",
        _ => return None,
    };
    Some(name)
}

fn marine_day(year: i32, day: u32, third_monday: bool) -> bool {
    match year {
        ..1996 => false,
        1996..2003 => day == 20,
        2020 => day == 23, // moved for the Olympic Games
        2021 => day == 22,
        _ => third_monday,
    }
}

fn sports_day(year: i32, month: u32, day: u32, second_monday: bool) -> bool {
    match year {
        ..1966 => false,
        1966..2000 => (month, day) == (10, 10),
        2020 => (month, day) == (7, 24),
        2021 => (month, day) == (7, 23),
        _ => month == 10 && second_monday,
    }
}

fn mountain_day(year: i32, day: u32) -> bool {
    match year {
        ..2016 => false,
        2020 => day == 10,
        2021 => day == 8,
        _ => day == 11,
    }
}

fn respect_day(year: i32, day: u32, third_monday: bool) -> bool {
    match year {
        ..1966 => false,
        1966..2003 => day == 15,
        _ => third_monday,
    }
}

/// 3条2項: the Monday after a holiday on Sunday; since 2007 the next day that is no holiday itself.
fn substitute(date: NaiveDate) -> bool {
    let before = |back: i64| date.checked_sub_signed(chrono::Duration::days(back));
    if date >= REFORM_OF_2007 {
        (1..=7)
            .map_while(before)
            .take_while(|day| named(*day).is_some())
            .any(|day| day.weekday() == Weekday::Sun)
    } else {
        date.weekday() == Weekday::Mon
            && before(1).is_some_and(|sunday| sunday >= SUBSTITUTE_SINCE && named(sunday).is_some())
    }
}

/// 3条3項: the day between two 国民の祝日; before 2007 not on a Sunday.
fn between(date: NaiveDate) -> bool {
    date >= BETWEEN_SINCE
        && (date >= REFORM_OF_2007 || date.weekday() != Weekday::Sun)
        && date.pred_opt().is_some_and(|day| named(day).is_some())
        && date.succ_opt().is_some_and(|day| named(day).is_some())
}
