//! Birthdays, ages and months: the arithmetic every legal date here rests on.

use chrono::{Datelike, Days, NaiveDate};

use crate::RuleError;

code_enum! {
    /// When someone born on 29 February has a birthday in a common year. No municipality publishes it.
    LeapBirthday {
        /// 28 February, as elsewhere in Japanese law.
        February28 = "february_28" "2月28日",
        /// 1 March.
        March1 = "march_1" "3月1日",
    }
}

/// First and last year any rule here accepts.
pub const YEARS: std::ops::RangeInclusive<i32> = 1868..=2199;

/// Refuses dates no rule here is made for, so that later arithmetic cannot overflow.
///
/// # Errors
/// [`RuleError::DateOutOfRange`].
pub fn within_range(date: NaiveDate) -> Result<NaiveDate, RuleError> {
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(RuleError::DateOutOfRange { date }) }
}

/// The birthday in `year`; 29 February follows the setting in common years.
pub fn birthday_in(birth: NaiveDate, year: i32, leap: LeapBirthday) -> NaiveDate {
    birth.with_year(year).unwrap_or_else(|| {
        let (month, day) = match leap {
            LeapBirthday::February28 => (2, 28),
            LeapBirthday::March1 => (3, 1),
        };
        NaiveDate::from_ymd_opt(year, month, day).unwrap_or(birth)
    })
}

/// The `count`-th birthday strictly after `day` (政府広報: 発行の日後の…回目の誕生日).
pub fn birthday_after(birth: NaiveDate, day: NaiveDate, count: u8, leap: LeapBirthday) -> NaiveDate {
    let this_year = birthday_in(birth, day.year(), leap);
    let first = if this_year > day { day.year() } else { day.year() + 1 };
    birthday_in(birth, first + i32::from(count.max(1)) - 1, leap)
}

/// Completed years on `day`, the birthday itself counting (counters do not use 年齢計算ニ関スル法律's eve).
pub fn age_on(birth: NaiveDate, day: NaiveDate, leap: LeapBirthday) -> i32 {
    let years = day.year() - birth.year();
    if birthday_in(birth, day.year(), leap) > day { years - 1 } else { years }
}

/// The day after the corresponding day `months` earlier, or the 1st of the next month where that day
/// does not exist (練馬区: 3か月前に相当する日の翌日、該当する日が存在しない場合は翌月の1日).
pub fn day_after_corresponding(date: NaiveDate, months: u32) -> NaiveDate {
    corresponding(date, months).map_or_else(|first_of_next| first_of_next, |day| add_days(day, 1))
}

/// The corresponding day `months` earlier, or the 1st of the next month where that day does not exist.
pub fn corresponding_day(date: NaiveDate, months: u32) -> NaiveDate {
    corresponding(date, months).unwrap_or_else(|first_of_next| first_of_next)
}

fn corresponding(date: NaiveDate, months: u32) -> Result<NaiveDate, NaiveDate> {
    let index = i64::from(date.year()) * 12 + i64::from(date.month0()) - i64::from(months);
    let first_of = |index: i64| {
        let year = i32::try_from(index.div_euclid(12)).unwrap_or(date.year());
        let month = u32::try_from(index.rem_euclid(12)).unwrap_or(0) + 1;
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(date)
    };
    first_of(index).with_day(date.day()).ok_or_else(|| first_of(index + 1))
}

/// `date` plus days, staying at the end of the calendar instead of overflowing.
pub fn add_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// `date` minus days, staying at the beginning of the calendar instead of overflowing.
pub fn sub_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}
