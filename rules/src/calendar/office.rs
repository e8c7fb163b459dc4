//! What the office itself decides about its days and hours; edited in its settings, kept as JSON.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use super::holidays;

code_enum! {
    /// The Sunday on which the national systems are maintained each month.
    MaintenanceRule {
        /// 足利市, 吉川市.
        SundayAfterThirdSaturday = "sunday_after_third_saturday" "第3土曜日の翌日の日曜日",
        /// 那珂市: the Sunday after the first Saturday too.
        SundayAfterFirstAndThirdSaturday = "sunday_after_first_and_third_saturday" "第1・第3土曜日の翌日の日曜日",
        /// 春日井市; another day in months that begin on a Sunday.
        ThirdSunday = "third_sunday" "第3日曜日",
        /// The office enters each stop by hand.
        None = "none" "決まった日はない(個別に登録する)",
    }
}

code_enum! {
    /// Days of the week as settings name them.
    WeekdayName {
        /// 月.
        Monday = "mon" "月曜日",
        /// 火.
        Tuesday = "tue" "火曜日",
        /// 水.
        Wednesday = "wed" "水曜日",
        /// 木.
        Thursday = "thu" "木曜日",
        /// 金.
        Friday = "fri" "金曜日",
        /// 土.
        Saturday = "sat" "土曜日",
        /// 日.
        Sunday = "sun" "日曜日",
    }
}

impl WeekdayName {
    pub(super) fn is(self, weekday: Weekday) -> bool {
        Self::ALL.iter().position(|day| *day == self) == usize::try_from(weekday.num_days_from_monday()).ok()
    }
}

/// A day of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DayMonth {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

/// From, and until just before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Opens.
    pub from: NaiveTime,
    /// Closes.
    pub until: NaiveTime,
}

/// Days on which the office is closed although it usually isn't.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Why, as people read it.
    pub reason: String,
}

/// A day on which the office opens although it usually doesn't.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtraOpening {
    /// The day.
    pub date: NaiveDate,
    /// Its hours; the office's usual ones when absent.
    pub hours: Option<Hours>,
    /// Why, as people read it.
    pub reason: String,
}

/// Regular weekend opening (横浜市: 2nd and 4th Saturday; 春日井市: Sundays).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekendOpening {
    /// Saturday or Sunday.
    pub weekday: WeekdayName,
    /// Which ones of the month, 1 to 5; empty for all.
    pub weeks: Vec<u32>,
    /// Their hours.
    pub hours: Hours,
}

/// A weekday on which the counter stays open longer (青梅市: Thursday until 19:30).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateOpening {
    /// The day of the week.
    pub weekday: WeekdayName,
    /// Until when.
    pub until: NaiveTime,
}

/// Days without certificate work though the counter may be open (J-LIS: システムの更改).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Why, as people read it.
    pub reason: String,
}

/// The office's days and hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficeCalendar {
    /// Usual hours, 8:30 to 17:15.
    pub hours: Hours,
    /// Closed for lunch (北方町, 青梅市); open throughout when absent.
    pub lunch: Option<Hours>,
    /// Late evenings.
    pub late_openings: Vec<LateOpening>,
    /// Regular weekends.
    pub weekend_openings: Vec<WeekendOpening>,
    /// Single days on which the office opens.
    pub extra_openings: Vec<ExtraOpening>,
    /// Single days or spans on which it is closed.
    pub closures: Vec<Closure>,
    /// First and last day of the year-end closure: 29 December to 3 January (愛川町, 北方町).
    pub year_end: (DayMonth, DayMonth),
    /// The monthly maintenance of the national systems.
    pub maintenance: MaintenanceRule,
    /// Stops announced by J-LIS.
    pub card_work_stops: Vec<Stop>,
    /// When the national link ends each day (青梅市: 20:00).
    pub national_link_until: NaiveTime,
}

const fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

impl Default for OfficeCalendar {
    fn default() -> Self {
        Self {
            hours: Hours { from: time(8, 30), until: time(17, 15) },
            lunch: None,
            late_openings: Vec::new(),
            weekend_openings: Vec::new(),
            extra_openings: Vec::new(),
            closures: Vec::new(),
            year_end: (DayMonth { month: 12, day: 29 }, DayMonth { month: 1, day: 3 }),
            maintenance: MaintenanceRule::SundayAfterThirdSaturday,
            card_work_stops: Vec::new(),
            national_link_until: time(20, 0),
        }
    }
}

impl OfficeCalendar {
    pub(super) fn closure_reason(&self, date: NaiveDate) -> Option<String> {
        let closure = self.closures.iter().find(|closure| closure.from <= date && date <= closure.until)?;
        Some(closure.reason.clone())
    }

    pub(super) fn opening_reason(&self, date: NaiveDate) -> Option<String> {
        if let Some(opening) = self.extra_openings.iter().find(|opening| opening.date == date) {
            return Some(opening.reason.clone());
        }
        let regular = self.weekend_opening(date).is_some() && !self.in_year_end(date);
        regular.then(|| "休日開庁日です。".to_owned())
    }

    pub(super) fn general_closing_reason(&self, date: NaiveDate) -> Option<String> {
        let reason = if self.in_year_end(date) {
            "年末年始の閉庁日です。".to_owned()
        } else if let Some(name) = holidays::holiday(date) {
            if name.ends_with("休日") {
                format!("{name}です。")
            } else {
                format!("祝日({name})です。")
            }
        } else {
            match date.weekday() {
                Weekday::Sat => "土曜日です。".to_owned(),
                Weekday::Sun => "日曜日です。".to_owned(),
                _ => return None,
            }
        };
        Some(reason)
    }

    /// Why the national systems take no certificate work on `date`.
    pub(super) fn stop_reason(&self, date: NaiveDate) -> Option<String> {
        if let Some(stop) = self.card_work_stops.iter().find(|stop| stop.from <= date && date <= stop.until) {
            let reason = &stop.reason;
            return Some(if reason.ends_with('。') {
                reason.clone()
            } else {
                format!("{reason}のため、電子証明書の手続きはできません。")
            });
        }
        let maintained = date.weekday() == Weekday::Sun
            && match self.maintenance {
                MaintenanceRule::SundayAfterThirdSaturday => (16..=22).contains(&date.day()),
                MaintenanceRule::SundayAfterFirstAndThirdSaturday => {
                    (2..=8).contains(&date.day()) || (16..=22).contains(&date.day())
                }
                MaintenanceRule::ThirdSunday => (15..=21).contains(&date.day()),
                MaintenanceRule::None => false,
            };
        maintained.then(|| "全国システムの定期保守日のため、電子証明書の手続きはできません。".to_owned())
    }

    pub(super) fn hours_on(&self, date: NaiveDate) -> Vec<Hours> {
        let extra = self.extra_openings.iter().find(|opening| opening.date == date);
        let day = match (extra, self.weekend_opening(date)) {
            (Some(ExtraOpening { hours: Some(hours), .. }), _) => return vec![*hours],
            (None, Some(weekend)) => return vec![weekend.hours],
            _ => self.hours,
        };
        let late = self.late_openings.iter().find(|late| late.weekday.is(date.weekday()));
        let until = late.map_or(day.until, |late| late.until.max(day.until));
        let Some(lunch) = self.lunch else { return vec![Hours { from: day.from, until }] };
        let before = Hours { from: day.from, until: until.min(lunch.from) };
        let after = Hours { from: day.from.max(lunch.until), until };
        [before, after].into_iter().filter(|hours| hours.from < hours.until).collect()
    }

    fn weekend_opening(&self, date: NaiveDate) -> Option<&WeekendOpening> {
        let week = (date.day() - 1) / 7 + 1;
        self.weekend_openings.iter().find(|opening| {
            opening.weekday.is(date.weekday()) && (opening.weeks.is_empty() || opening.weeks.contains(&week))
        })
    }

    fn in_year_end(&self, date: NaiveDate) -> bool {
        let (first, last) = self.year_end;
        let day = DayMonth { month: date.month(), day: date.day() };
        if first <= last { first <= day && day <= last } else { day >= first || day <= last }
    }
}
