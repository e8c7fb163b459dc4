//! Which days the counter is open, and on which of them it can work on cards.

mod entries;
mod equinox;
mod fault;
mod holidays;
mod office;
mod usual;
mod written;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

pub use entries::{CalendarEntry, EntryKind, span};
pub use fault::CalendarFault;
pub use holidays::holiday;
pub use office::{
    Closure, DayMonth, ExtraOpening, Hours, LateOpening, MaintenanceRule, OfficeCalendar, Stop, WeekdayName,
    WeekendOpening,
};
pub use usual::UsualDays;
pub use written::{parse_day_of_year, parse_time, show_day_of_year, show_time};

/// How far to look for an open day before giving up: an office that is shut for longer has none to name.
const HORIZON_DAYS: usize = 1000;

/// The office's calendar, ready to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    office: OfficeCalendar,
}

/// One day at the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDay {
    /// Whether the counter is open at all.
    pub open: bool,
    /// Why it is closed, or why it is open on a day it usually isn't.
    pub reason: Option<String>,
    /// The first open day after this one.
    pub next_open: Option<NaiveDate>,
    /// The last open day before this one.
    pub previous_open: Option<NaiveDate>,
    /// Open, and the national systems take certificate work.
    pub card_work: bool,
    /// When the counter is open, without the lunch hour where it closes for lunch.
    pub hours: Vec<Hours>,
}

impl Calendar {
    /// A calendar that follows the office's settings.
    pub fn new(office: OfficeCalendar) -> Self {
        Self { office }
    }

    /// The settings it follows.
    pub fn office(&self) -> &OfficeCalendar {
        &self.office
    }

    /// Everything about one day.
    pub fn day(&self, date: NaiveDate) -> OpenDay {
        let open = self.is_open(date);
        let reason = if open { self.office.opening_reason(date) } else { self.closing_reason(date) };
        OpenDay {
            open,
            reason: reason.or_else(|| self.office.stop_reason(date)),
            next_open: self.next_open(date),
            previous_open: self.previous_open(date),
            card_work: self.card_work(date),
            hours: self.hours(date),
        }
    }

    /// The national holiday's name, 振替休日 and 国民の休日 included.
    #[expect(clippy::unused_self, reason = "asked of the calendar like every other day")]
    pub fn holiday(&self, date: NaiveDate) -> Option<&'static str> {
        holiday(date)
    }

    /// Whether the counter is open.
    pub fn is_open(&self, date: NaiveDate) -> bool {
        self.closing_reason(date).is_none()
    }

    /// Whether the counter is open and certificates can be written.
    pub fn card_work(&self, date: NaiveDate) -> bool {
        self.is_open(date) && self.office.stop_reason(date).is_none()
    }

    /// Why certificates cannot be written on `date` although the counter may be open.
    pub fn stop_reason(&self, date: NaiveDate) -> Option<String> {
        self.office.stop_reason(date)
    }

    /// `date` itself when open, otherwise the next open day (東松山市: 閉庁日の場合は翌開庁日まで).
    pub fn roll_over(&self, date: NaiveDate) -> NaiveDate {
        if self.is_open(date) { date } else { self.next_open(date).unwrap_or(date) }
    }

    /// The first open day after `date`; `None` when the office stays shut for years.
    pub fn next_open(&self, date: NaiveDate) -> Option<NaiveDate> {
        date.iter_days().skip(1).take(HORIZON_DAYS).find(|day| self.is_open(*day))
    }

    /// The last open day before `date`; `None` when the office was shut for years.
    pub fn previous_open(&self, date: NaiveDate) -> Option<NaiveDate> {
        std::iter::successors(date.pred_opt(), NaiveDate::pred_opt)
            .take(HORIZON_DAYS)
            .find(|day| self.is_open(*day))
    }

    /// The first day after `date` on which certificates can be written.
    pub fn next_card_work(&self, date: NaiveDate) -> Option<NaiveDate> {
        date.iter_days().skip(1).take(HORIZON_DAYS).find(|day| self.card_work(*day))
    }

    /// The counter's hours on `date`; empty when closed.
    pub fn hours(&self, date: NaiveDate) -> Vec<Hours> {
        if self.is_open(date) { self.office.hours_on(date) } else { Vec::new() }
    }

    /// The hours in which certificates can be written: the counter's, until the national link ends (青梅市).
    pub fn card_work_hours(&self, date: NaiveDate) -> Vec<Hours> {
        if !self.card_work(date) {
            return Vec::new();
        }
        let until = self.office.national_link_until;
        let cut = |hours: Hours| Hours { from: hours.from, until: hours.until.min(until) };
        self.hours(date).into_iter().map(cut).filter(|hours| hours.from < hours.until).collect()
    }

    /// Whether the counter is open at this moment of the day.
    pub fn is_open_at(&self, date: NaiveDate, time: NaiveTime) -> bool {
        self.hours(date).iter().any(|hours| hours.from <= time && time < hours.until)
    }

    /// Whether certificates can be written at this moment: the national link ends at 20:00 (青梅市).
    pub fn card_work_at(&self, date: NaiveDate, time: NaiveTime) -> bool {
        self.card_work_hours(date).iter().any(|hours| hours.from <= time && time < hours.until)
    }

    fn closing_reason(&self, date: NaiveDate) -> Option<String> {
        // What the office has decided for one day goes before every general rule.
        if let Some(reason) = self.office.closure_reason(date) {
            return Some(reason);
        }
        if self.office.opening_reason(date).is_some() {
            return None;
        }
        self.office.general_closing_reason(date)
    }
}
