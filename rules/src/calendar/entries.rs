//! The lines of the office's calendar: closures, stops, openings. Each has a key and a sentence, can be entered
//! and taken out again.

use chrono::{NaiveDate, Weekday};

use super::fault::CalendarFault;
use super::written::show_time;
use super::{Calendar, Closure, ExtraOpening, Hours, LateOpening, OfficeCalendar, Stop, WeekendOpening};
use crate::dates::add_days;
use crate::wareki;

code_enum! {
    /// The lists of the calendar.
    EntryKind {
        /// Closed though usually open.
        Closure = "closures" "閉庁日",
        /// No certificate work (J-LIS).
        Stop = "stops" "全国システムの停止",
        /// Open though usually closed, or at other hours.
        Extra = "openings" "臨時の開庁",
        /// Saturdays and Sundays.
        Weekend = "weekends" "休日の開庁",
        /// Long evenings.
        Late = "evenings" "夜間の開庁",
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarEntry {
    /// Closed.
    Closure(Closure),
    /// No certificate work.
    Stop(Stop),
    /// A single day.
    Extra(ExtraOpening),
    /// Every week, or some weeks of the month.
    Weekend(WeekendOpening),
    /// One evening a week.
    Late(LateOpening),
}

const LONGEST_DAYS: u64 = 366;
const LONGEST_REASON: usize = 40;

impl CalendarEntry {
    /// Its list.
    pub const fn kind(&self) -> EntryKind {
        match self {
            Self::Closure(_) => EntryKind::Closure,
            Self::Stop(_) => EntryKind::Stop,
            Self::Extra(_) => EntryKind::Extra,
            Self::Weekend(_) => EntryKind::Weekend,
            Self::Late(_) => EntryKind::Late,
        }
    }

    /// What tells it from the others of its list; the same for the same days.
    pub fn key(&self) -> String {
        match self {
            Self::Closure(Closure { from, until, .. }) | Self::Stop(Stop { from, until, .. }) => {
                format!("{from}_{until}")
            }
            Self::Extra(opening) => opening.date.to_string(),
            Self::Weekend(opening) => {
                let weeks: String = opening.weeks.iter().map(u32::to_string).collect();
                format!("{}{weeks}", opening.weekday.code())
            }
            Self::Late(opening) => opening.weekday.code().to_owned(),
        }
    }

    /// When it is.
    pub fn when(&self) -> String {
        match self {
            Self::Closure(Closure { from, until, .. }) | Self::Stop(Stop { from, until, .. }) => {
                if from == until {
                    wareki::long_weekday(*from)
                } else {
                    format!("{}から{}まで", wareki::long_weekday(*from), wareki::long_weekday(*until))
                }
            }
            Self::Extra(opening) => match opening.hours {
                Some(hours) => format!("{} {}", wareki::long_weekday(opening.date), span(hours)),
                None => wareki::long_weekday(opening.date),
            },
            Self::Weekend(opening) => {
                let weeks: Vec<String> = opening.weeks.iter().map(|week| format!("第{week}")).collect();
                let which = if weeks.is_empty() { "毎週".to_owned() } else { weeks.join("・") };
                format!("{which}{} {}", opening.weekday.label(), span(opening.hours))
            }
            Self::Late(opening) => {
                format!("毎週{} {}まで", opening.weekday.label(), show_time(opening.until))
            }
        }
    }

    /// Why, where the office gives a reason.
    pub fn reason(&self) -> &str {
        match self {
            Self::Closure(Closure { reason, .. })
            | Self::Stop(Stop { reason, .. })
            | Self::Extra(ExtraOpening { reason, .. }) => reason,
            Self::Weekend(_) | Self::Late(_) => "",
        }
    }

    /// The last day it concerns; `None` for what comes back every week.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self {
            Self::Closure(Closure { until, .. }) | Self::Stop(Stop { until, .. }) => Some(*until),
            Self::Extra(opening) => Some(opening.date),
            Self::Weekend(_) | Self::Late(_) => None,
        }
    }

    /// When and why, in one line.
    pub fn sentence(&self) -> String {
        format!("{} {}", self.when(), self.reason()).trim_end().to_owned()
    }
}

/// `9:00から12:00まで`.
pub fn span(hours: Hours) -> String {
    format!("{}から{}まで", show_time(hours.from), show_time(hours.until))
}

impl OfficeCalendar {
    /// The lines of one list, in the order of their days.
    pub fn entries(&self, kind: EntryKind) -> Vec<CalendarEntry> {
        use CalendarEntry as E;
        let mut found: Vec<E> = match kind {
            EntryKind::Closure => self.closures.iter().cloned().map(E::Closure).collect(),
            EntryKind::Stop => self.card_work_stops.iter().cloned().map(E::Stop).collect(),
            EntryKind::Extra => self.extra_openings.iter().cloned().map(E::Extra).collect(),
            EntryKind::Weekend => self.weekend_openings.iter().cloned().map(E::Weekend).collect(),
            EntryKind::Late => self.late_openings.iter().copied().map(E::Late).collect(),
        };
        match kind {
            EntryKind::Closure | EntryKind::Stop | EntryKind::Extra => found.sort_by_key(E::key),
            EntryKind::Weekend => found.sort_by_key(|entry| match entry {
                E::Weekend(opening) => (opening.weekday, opening.weeks.clone()),
                _ => (super::WeekdayName::Sunday, Vec::new()),
            }),
            EntryKind::Late => found.sort_by_key(|entry| match entry {
                E::Late(opening) => opening.weekday,
                _ => super::WeekdayName::Sunday,
            }),
        }
        found
    }

    /// Enters a line.
    ///
    /// # Errors
    /// [`CalendarFault`] with its field and a sentence; nothing has changed then.
    pub fn enter(&mut self, entry: CalendarEntry, today: NaiveDate) -> Result<(), CalendarFault> {
        match entry {
            CalendarEntry::Closure(mut closure) => {
                closure.reason = reason(&closure.reason)?;
                days(closure.from, closure.until, today)?;
                self.free_of(EntryKind::Closure, closure.from, closure.until)?;
                self.free_of(EntryKind::Extra, closure.from, closure.until)?;
                self.closures.push(closure);
            }
            CalendarEntry::Stop(mut stop) => {
                stop.reason = reason(&stop.reason)?;
                days(stop.from, stop.until, today)?;
                self.free_of(EntryKind::Stop, stop.from, stop.until)?;
                self.card_work_stops.push(stop);
            }
            CalendarEntry::Extra(mut opening) => {
                opening.reason = reason(&opening.reason)?;
                days(opening.date, opening.date, today)?;
                opening.hours.map_or(Ok(()), forwards)?;
                self.free_of(EntryKind::Closure, opening.date, opening.date)?;
                self.free_of(EntryKind::Extra, opening.date, opening.date)?;
                if opening.hours.is_none() && Calendar::new(self.clone()).is_open(opening.date) {
                    return Err(CalendarFault::OpenAnyway { day: opening.date });
                }
                self.extra_openings.push(opening);
            }
            CalendarEntry::Weekend(mut opening) => {
                if !opening.weekday.is(Weekday::Sat) && !opening.weekday.is(Weekday::Sun) {
                    return Err(CalendarFault::Weekday { weekdays: "土曜日と日曜日" });
                }
                if opening.weeks.iter().any(|week| !(1..=5).contains(week)) {
                    return Err(CalendarFault::Week);
                }
                opening.weeks.sort_unstable();
                opening.weeks.dedup();
                forwards(opening.hours)?;
                self.one_weekend_a_day(&opening)?;
                self.weekend_openings.push(opening);
            }
            CalendarEntry::Late(opening) => {
                if opening.weekday.is(Weekday::Sat) || opening.weekday.is(Weekday::Sun) {
                    return Err(CalendarFault::Weekday { weekdays: "月曜日から金曜日まで" });
                }
                if opening.until <= self.hours.until {
                    return Err(CalendarFault::NotLate { until: self.hours.until });
                }
                if let Some(other) = self.late_openings.iter().find(|other| other.weekday == opening.weekday)
                {
                    return Err(overlaps(&CalendarEntry::Late(*other)));
                }
                self.late_openings.push(opening);
            }
        }
        Ok(())
    }

    /// Takes a line out; `None` when it is no longer there.
    pub fn take_out(&mut self, kind: EntryKind, key: &str) -> Option<CalendarEntry> {
        let found = self.entries(kind).into_iter().find(|entry| entry.key() == key)?;
        match &found {
            CalendarEntry::Closure(gone) => self.closures.retain(|other| other != gone),
            CalendarEntry::Stop(gone) => self.card_work_stops.retain(|other| other != gone),
            CalendarEntry::Extra(gone) => self.extra_openings.retain(|other| other != gone),
            CalendarEntry::Weekend(gone) => self.weekend_openings.retain(|other| other != gone),
            CalendarEntry::Late(gone) => self.late_openings.retain(|other| other != gone),
        }
        Some(found)
    }

    /// Nothing of this list lies on these days.
    fn free_of(&self, kind: EntryKind, from: NaiveDate, until: NaiveDate) -> Result<(), CalendarFault> {
        let first_day = |entry: &CalendarEntry| match entry {
            CalendarEntry::Closure(closure) => closure.from,
            CalendarEntry::Stop(stop) => stop.from,
            CalendarEntry::Extra(opening) => opening.date,
            CalendarEntry::Weekend(_) | CalendarEntry::Late(_) => NaiveDate::MAX,
        };
        let on = |entry: &CalendarEntry| {
            first_day(entry) <= until && entry.last_day().is_some_and(|last| from <= last)
        };
        self.entries(kind).iter().find(|entry| on(entry)).map_or(Ok(()), |entry| Err(overlaps(entry)))
    }

    fn one_weekend_a_day(&self, opening: &WeekendOpening) -> Result<(), CalendarFault> {
        let same = |other: &&WeekendOpening| {
            other.weekday == opening.weekday
                && (other.weeks.is_empty()
                    || opening.weeks.is_empty()
                    || other.weeks.iter().any(|week| opening.weeks.contains(week)))
        };
        match self.weekend_openings.iter().find(same) {
            Some(other) => Err(overlaps(&CalendarEntry::Weekend(other.clone()))),
            None => Ok(()),
        }
    }
}

fn overlaps(entry: &CalendarEntry) -> CalendarFault {
    CalendarFault::Overlaps { other: format!("{} {}", entry.kind().label(), entry.sentence()) }
}

fn reason(text: &str) -> Result<String, CalendarFault> {
    let text = text.trim();
    let fits = (1..=LONGEST_REASON).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err(CalendarFault::Reason) }
}

fn days(from: NaiveDate, until: NaiveDate, today: NaiveDate) -> Result<(), CalendarFault> {
    if until < from {
        Err(CalendarFault::EndsBeforeItBegins { from })
    } else if until < today {
        Err(CalendarFault::Past { day: until })
    } else if until >= add_days(from, LONGEST_DAYS) {
        Err(CalendarFault::TooLong)
    } else {
        Ok(())
    }
}

pub(super) fn forwards(hours: Hours) -> Result<(), CalendarFault> {
    if hours.from < hours.until {
        Ok(())
    } else {
        Err(CalendarFault::ClosesBeforeItOpens { from: hours.from })
    }
}
