//! The hours and days that hold all year.

use chrono::NaiveTime;

use super::entries::forwards;
use super::fault::CalendarFault;
use super::{DayMonth, Hours, OfficeCalendar};

/// What the office does on ordinary days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsualDays {
    /// The counter's hours.
    pub hours: Hours,
    /// Closed for lunch; open throughout when absent.
    pub lunch: Option<Hours>,
    /// First and last day of the year-end closure.
    pub year_end: (DayMonth, DayMonth),
    /// When the national link ends.
    pub national_link_until: NaiveTime,
}

impl OfficeCalendar {
    /// Ordinary days as they are.
    pub fn usual(&self) -> UsualDays {
        let Self { hours, lunch, year_end, national_link_until, .. } = *self;
        UsualDays { hours, lunch, year_end, national_link_until }
    }

    /// Changes ordinary days.
    ///
    /// # Errors
    /// [`CalendarFault`] with its field and a sentence; nothing has changed then.
    pub fn set_usual(&mut self, usual: UsualDays) -> Result<(), CalendarFault> {
        let UsualDays { hours, lunch, year_end, national_link_until } = usual;
        forwards(hours)?;
        let outside = |lunch: Hours| {
            // A lunch as long as the day would leave nothing of it.
            lunch.from >= lunch.until || lunch.from <= hours.from || lunch.until >= hours.until
        };
        if lunch.is_some_and(outside) {
            return Err(CalendarFault::LunchOutsideHours { from: hours.from, until: hours.until });
        }
        if national_link_until <= hours.from {
            return Err(CalendarFault::LinkEndsBeforeOpening { from: hours.from });
        }
        (self.hours, self.lunch, self.year_end) = (hours, lunch, year_end);
        self.national_link_until = national_link_until;
        Ok(())
    }
}
