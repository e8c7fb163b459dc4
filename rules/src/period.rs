//! The renewal period: from three months before the last day to the last day (練馬区, 高槻市, 越谷市 …).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::dates::{add_days, corresponding_day, day_after_corresponding};

code_enum! {
    /// From which day an office takes renewals in.
    WindowStart {
        /// The day after the corresponding day (3か月前に相当する日の翌日): the ordinance's 3月未満.
        DayAfter = "day_after" "3か月前に相当する日の翌日から",
        /// The corresponding day itself, as loosely worded pages may be read (湖南市, 三原市).
        SameDay = "same_day" "3か月前に相当する日から",
    }
}

/// The days on which a certificate can be renewed without losing a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewalPeriod {
    /// First day.
    pub from: NaiveDate,
    /// Last day: the expiry itself (江戸川区); closed days do not move it.
    pub until: NaiveDate,
    /// First day of the period on which the counter can work on cards.
    pub first_open_day: Option<NaiveDate>,
    /// Last day of the period on which the counter can work on cards (最終受付可能日).
    pub last_open_day: Option<NaiveDate>,
}

/// Where a day lies in relation to a renewal period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not yet: so many days until the first day.
    Before {
        /// Days to wait, at least 1.
        days: i64,
    },
    /// Open: so many days after this one are left.
    Inside {
        /// Days left, 0 on the last day.
        days_left: i64,
    },
    /// Over: so many days since the last day.
    After {
        /// Days since, at least 1.
        days: i64,
    },
}

impl RenewalPeriod {
    /// Where `today` lies.
    pub fn stage(&self, today: NaiveDate) -> Stage {
        if today < self.from {
            Stage::Before { days: (self.from - today).num_days() }
        } else if today <= self.until {
            Stage::Inside { days_left: (self.until - today).num_days() }
        } else {
            Stage::After { days: (today - self.until).num_days() }
        }
    }

    /// Whether `today` lies inside.
    pub fn contains(&self, today: NaiveDate) -> bool {
        (self.from..=self.until).contains(&today)
    }
}

/// Months before the last day in which renewal is possible: three, or twelve for people abroad (世田谷区).
pub const fn months(abroad: bool) -> u32 {
    if abroad { 12 } else { 3 }
}

/// First day of the renewal period by the ordinance.
pub fn first_day(expiry: NaiveDate, abroad: bool) -> NaiveDate {
    day_after_corresponding(expiry, months(abroad))
}

/// The renewal period of a certificate (or card) whose last day is `expiry`.
pub fn renewal_period(expiry: NaiveDate, abroad: bool, calendar: &Calendar) -> RenewalPeriod {
    renewal_period_from(expiry, abroad, WindowStart::DayAfter, calendar)
}

/// As [`renewal_period`], for an office that words its first day in its own way.
pub fn renewal_period_from(
    expiry: NaiveDate,
    abroad: bool,
    start: WindowStart,
    calendar: &Calendar,
) -> RenewalPeriod {
    let from = match start {
        WindowStart::DayAfter => first_day(expiry, abroad),
        WindowStart::SameDay => corresponding_day(expiry, months(abroad)),
    };
    let works = |day: &NaiveDate| calendar.card_work(*day);
    RenewalPeriod {
        from,
        until: expiry,
        first_open_day: from.iter_days().take_while(|day| *day <= expiry).find(works),
        last_open_day: std::iter::successors(Some(expiry), NaiveDate::pred_opt)
            .take_while(|day| *day >= from)
            .find(works),
    }
}

/// The last day of a span of `days` days counted from the day after `start`, moved to the next open day
/// when the counter is closed (東松山市: 14, 30 and 90 days after a move).
pub fn due(start: NaiveDate, days: u64, calendar: &Calendar) -> NaiveDate {
    calendar.roll_over(add_days(start, days))
}

/// What must be done by when for a card to go on after moving in (桜川市, 佐世保市, 東松山市).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovingIn {
    /// 転入届 within 14 days of the move.
    pub notify_by_move: NaiveDate,
    /// 転入届 within 30 days of the planned 転出日.
    pub notify_by_departure: NaiveDate,
    /// Continuation of the card within 90 days of the 転入届; `None` until it is in.
    pub continue_by: Option<NaiveDate>,
}

impl MovingIn {
    /// The days by which each step is due, closed days rolled over.
    pub fn new(
        moved: NaiveDate,
        planned_departure: NaiveDate,
        notified: Option<NaiveDate>,
        calendar: &Calendar,
    ) -> Self {
        Self {
            notify_by_move: due(moved, 14, calendar),
            notify_by_departure: due(planned_departure, 30, calendar),
            continue_by: notified.map(|day| due(day, 90, calendar)),
        }
    }

    /// Whether the card went on: each step that has happened was in time on its own day.
    pub fn in_time(&self, notified: NaiveDate, continued: NaiveDate) -> bool {
        notified <= self.notify_by_move
            && notified <= self.notify_by_departure
            && self.continue_by.is_some_and(|by| continued <= by)
    }
}

/// The month a certificate expires in, as `YYYY-MM`: the key of a notice run.
pub fn month_of(date: NaiveDate) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}
