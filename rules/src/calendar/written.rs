//! Times of the day and days of the year, as people write them.

use chrono::{NaiveDate, NaiveTime, Timelike};
use unicode_normalization::UnicodeNormalization;

use super::DayMonth;
use crate::RuleError;

fn plain(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

fn number(text: &str) -> Option<u32> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// Reads `8:30`, `0830`, `8時30分`, `8時半`, `午後5時15分`, in half or full width.
///
/// # Errors
/// [`RuleError::UnreadableTime`] for anything else, 25:00 included.
pub fn parse_time(text: &str) -> Result<NaiveTime, RuleError> {
    let plain = plain(text);
    hour_and_minute(&plain)
        .and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0))
        .ok_or_else(|| RuleError::UnreadableTime { text: text.trim().to_owned() })
}

fn hour_and_minute(text: &str) -> Option<(u32, u32)> {
    let (later, text) = match text.strip_prefix("午後") {
        Some(rest) => (12, rest),
        None => (0, text.strip_prefix("午前").unwrap_or(text)),
    };
    let (hour, minute) = if let Some((hour, minute)) = text.split_once(':') {
        (hour, if minute.len() == 2 { number(minute)? } else { return None })
    } else if let Some((hour, rest)) = text.split_once('時') {
        let minute = match rest {
            "" => 0,
            "半" => 30,
            rest => number(rest.strip_suffix('分')?)?,
        };
        (hour, minute)
    } else {
        let at = (text.len() == 4 && text.is_ascii()).then_some(2)?;
        (&text[..at], number(&text[at..])?)
    };
    let hour = number(hour)?;
    // 午後0時 to 午後12時; 午後13時 is nobody's hour.
    (later == 0 || hour <= 12).then_some((if later == 0 || hour == 12 { hour } else { hour + later }, minute))
}

/// `8:30`, as the counter's hours are written.
pub fn show_time(time: NaiveTime) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// Reads `12/29`, `12-29`, `12月29日`.
///
/// # Errors
/// [`RuleError::UnreadableDayOfYear`] for anything else, 30 February included.
pub fn parse_day_of_year(text: &str) -> Result<DayMonth, RuleError> {
    let plain = plain(text);
    let parts = plain
        .split_once(['/', '-'])
        .or_else(|| plain.split_once('月').and_then(|(month, rest)| Some((month, rest.strip_suffix('日')?))));
    parts
        .and_then(|(month, day)| Some(DayMonth { month: number(month)?, day: number(day)? }))
        // A leap year, so that 29 February is a day.
        .filter(|found| NaiveDate::from_ymd_opt(2024, found.month, found.day).is_some())
        .ok_or_else(|| RuleError::UnreadableDayOfYear { text: text.trim().to_owned() })
}

/// `12月29日`.
pub fn show_day_of_year(day: DayMonth) -> String {
    format!("{}月{}日", day.month, day.day)
}
