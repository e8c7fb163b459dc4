//! Reading dates as people and files write them.

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use super::Era;
use crate::RuleError;
use crate::dates::within_range;

/// Reads `2025-10-10`, `20251010`, `2025/10/10`, `2025年10月10日`, `R7.10.10`, `R7/10/10`, `令和7年10月10日`,
/// `令和元年5月1日`, `㍻31.4.30`, in half or full width, with a weekday in brackets after it or not.
///
/// # Errors
/// A text that is no date, a day the calendar doesn't have, or one outside the era it names.
pub fn parse(text: &str) -> Result<NaiveDate, RuleError> {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let body = without_weekday(&plain);
    let unreadable = || RuleError::UnreadableDate { text: text.trim().to_owned() };
    // Nothing an office writes is longer; a whole file pasted into a field stops here.
    if body.chars().count() > 20 {
        return Err(unreadable());
    }
    let (era, rest) = split_era(body);
    let [year, month, day] = numbers(rest, era.is_some()).ok_or_else(unreadable)?;
    let impossible = || RuleError::ImpossibleDate { text: text.trim().to_owned() };
    let western = match era {
        Some(_) if year == 0 => return Err(impossible()),
        Some(era) => era.first_year() + i32::try_from(year).map_err(|_| unreadable())? - 1,
        None => i32::try_from(year).map_err(|_| unreadable())?,
    };
    let date = NaiveDate::from_ymd_opt(western, month, day).ok_or_else(impossible)?;
    match era {
        Some(era) if !era.contains(date) => Err(RuleError::OutsideEra {
            text: text.trim().to_owned(),
            era: era.label(),
            date: within_range(date)?,
        }),
        _ => within_range(date),
    }
}

fn without_weekday(text: &str) -> &str {
    let Some(open) = text.find('(') else { return text };
    let inside = text[open..].trim_start_matches('(').trim_end_matches(')').trim_end_matches("曜日");
    let is_weekday = inside.chars().count() == 1 && inside.chars().all(|c| "月火水木金土日".contains(c));
    if is_weekday { &text[..open] } else { text }
}

fn split_era(text: &str) -> (Option<Era>, &str) {
    for &era in Era::ALL {
        if let Some(rest) = text.strip_prefix(era.label()) {
            return (Some(era), rest);
        }
        let letter = era.code();
        let lower = letter.to_ascii_lowercase();
        if let Some(rest) = text.strip_prefix(letter).or_else(|| text.strip_prefix(lower.as_str())) {
            return (Some(era), rest.strip_prefix('.').unwrap_or(rest));
        }
    }
    (None, text)
}

/// Year, month, day: three numbers with the separators of one style, or eight (six after an era) digits.
fn numbers(text: &str, era: bool) -> Option<[u32; 3]> {
    if text.chars().all(|c| c.is_ascii_digit()) {
        return packed(text, era);
    }
    let (year, month, day) = if let Some((year, rest)) = text.split_once('年') {
        let (month, rest) = rest.split_once('月')?;
        (year, month, rest.strip_suffix('日')?)
    } else {
        let separator = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        let mut parts = text.split(separator);
        let found = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        found
    };
    let year = match year {
        "元" if era => 1,
        _ if !era && year.len() != 4 => return None,
        _ => number(year)?,
    };
    Some([year, number(month)?, number(day)?])
}

fn packed(text: &str, era: bool) -> Option<[u32; 3]> {
    let year_digits = match (text.len(), era) {
        (8, false) => 4,
        (6, true) => 2,
        _ => return None,
    };
    let (year, rest) = text.split_at(year_digits);
    let (month, day) = rest.split_at(2);
    Some([number(year)?, number(month)?, number(day)?])
}

fn number(text: &str) -> Option<u32> {
    let plain = (1..=4).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// The date in every form [`parse`] reads; for tests and for showing what a field accepts.
pub fn written_forms(date: NaiveDate) -> Vec<String> {
    let (y, m, d) = (date.year(), date.month(), date.day());
    let mut forms = vec![
        format!("{y:04}-{m:02}-{d:02}"),
        format!("{y:04}{m:02}{d:02}"),
        format!("{y:04}/{m}/{d}"),
        format!("{y:04}年{m}月{d}日"),
        super::long(date),
        super::long_weekday(date),
        super::short(date),
    ];
    if let Some((era, year)) = super::era_year(date) {
        forms.push(format!("{}{year}/{m}/{d}", era.code()));
        forms.push(format!("{}{year:02}{m:02}{d:02}", era.code()));
    }
    forms
}
