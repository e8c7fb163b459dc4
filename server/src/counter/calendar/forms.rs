//! From what was typed to days and hours, with a sentence for each field that can't be read.

use app::components::FieldError;
use app::pages::calendar_settings::{Typed, UsualDaysForm};
use chrono::NaiveTime;
use rules::calendar::{
    CalendarEntry, Closure, DayMonth, EntryKind, ExtraOpening, Hours, LateOpening, Stop, UsualDays,
    WeekdayName, WeekendOpening, parse_day_of_year, parse_time,
};
use rules::{NaiveDate, RuleError, wareki};

/// An error at a field of this page.
pub fn wrong(field: &str, sentence: String) -> FieldError {
    FieldError { field: field.to_owned(), code: "M-7003".to_owned(), sentence }
}

/// The name of a list's field: several lists stand on one page.
pub fn field_of(kind: EntryKind, field: &str) -> String {
    // A single day and an evening have one field where others have two.
    let field = match (kind, field) {
        (EntryKind::Extra, "until") => "from",
        (EntryKind::Weekend | EntryKind::Late, "from") => "weekday",
        (_, field) => field,
    };
    format!("{}_{field}", kind.code())
}

struct Reader<'a> {
    typed: &'a Typed,
    prefix: String,
    errors: Vec<FieldError>,
}

impl Reader<'_> {
    fn text(&self, field: &str) -> &str {
        let values = self.typed.get(&format!("{}{field}", self.prefix));
        values.and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    fn wrong(&mut self, field: &str, sentence: String) {
        self.errors.push(wrong(&format!("{}{field}", self.prefix), sentence));
    }

    /// What stands in a field that must be filled in.
    fn must<T>(
        &mut self,
        field: &str,
        asked: &str,
        parse: impl Fn(&str) -> Result<T, RuleError>,
    ) -> Option<T> {
        if self.text(field).is_empty() {
            self.wrong(field, format!("{asked}を入れてください。"));
            return None;
        }
        self.read(field, parse)
    }

    /// What stands in a field that may be empty.
    fn may<T>(&mut self, field: &str, parse: impl Fn(&str) -> Result<T, RuleError>) -> Option<T> {
        if self.text(field).is_empty() { None } else { self.read(field, parse) }
    }

    fn read<T>(&mut self, field: &str, parse: impl Fn(&str) -> Result<T, RuleError>) -> Option<T> {
        parse(self.text(field)).map_err(|error| self.wrong(field, error.sentence())).ok()
    }

    fn time(&mut self, field: &str, asked: &str) -> Option<NaiveTime> {
        self.must(field, asked, parse_time)
    }

    fn day(&mut self, field: &str, asked: &str) -> Option<NaiveDate> {
        self.must(field, asked, wareki::parse)
    }

    /// Two times that are both there or both not.
    fn span(&mut self, from: &str, until: &str) -> Option<Hours> {
        let (first, last) = (self.may(from, parse_time), self.may(until, parse_time));
        for (field, other) in [(from, until), (until, from)] {
            if self.text(field).is_empty() && !self.text(other).is_empty() {
                self.wrong(field, "始まりと終わりを両方入れるか、両方を空欄にしてください。".to_owned());
            }
        }
        Some(Hours { from: first?, until: last? })
    }

    fn weekday(&mut self) -> Option<WeekdayName> {
        let found = WeekdayName::from_code(self.text("weekday"));
        if found.is_none() {
            self.wrong("weekday", "曜日を選んでください。".to_owned());
        }
        found
    }

    fn weeks(&mut self) -> Vec<u32> {
        let ticked = self.typed.get(&format!("{}weeks", self.prefix)).map_or(&[][..], Vec::as_slice);
        // 0 is no week, which the rules say at the field.
        ticked.iter().map(|week| week.parse().unwrap_or(0)).collect()
    }

    fn end<T>(self, found: Option<T>) -> Result<T, Vec<FieldError>> {
        match found {
            Some(found) if self.errors.is_empty() => Ok(found),
            _ => Err(self.errors),
        }
    }
}

/// Ordinary days as typed.
///
/// # Errors
/// A sentence for each field that can't be read.
pub fn usual(typed: &Typed) -> Result<UsualDays, Vec<FieldError>> {
    let mut form = Reader { typed, prefix: String::new(), errors: Vec::new() };
    let day_of_year = |form: &mut Reader<'_>, field: &str, asked: &str| -> Option<DayMonth> {
        form.must(field, asked, parse_day_of_year)
    };
    let from = form.time("time_from", "始まりの時刻");
    let until = form.time("time_until", "終わりの時刻");
    let lunch = form.span("lunch_from", "lunch_until");
    let first = day_of_year(&mut form, "year_end_from", "最初の日");
    let last = day_of_year(&mut form, "year_end_until", "最後の日");
    let link = form.time("link_until", "全国システムの終わりの時刻");
    let found = from.zip(until).zip(first.zip(last)).zip(link).map(|(((from, until), year_end), link)| {
        UsualDays { hours: Hours { from, until }, lunch, year_end, national_link_until: link }
    });
    form.end(found)
}

/// Shows what was typed in the form of ordinary days, where it was that form.
pub fn show_typed(form: &mut UsualDaysForm, typed: &Typed) {
    for (field, value) in [
        ("time_from", &mut form.time_from),
        ("time_until", &mut form.time_until),
        ("lunch_from", &mut form.lunch_from),
        ("lunch_until", &mut form.lunch_until),
        ("year_end_from", &mut form.year_end_from),
        ("year_end_until", &mut form.year_end_until),
        ("link_until", &mut form.link_until),
    ] {
        if let Some(entered) = typed.get(field).and_then(|values| values.first()) {
            value.clone_from(entered);
        }
    }
}

/// A line as typed.
///
/// # Errors
/// A sentence for each field that can't be read.
pub fn entry(kind: EntryKind, typed: &Typed) -> Result<CalendarEntry, Vec<FieldError>> {
    let mut form = Reader { typed, prefix: format!("{}_", kind.code()), errors: Vec::new() };
    let reason = form.text("reason").to_owned();
    let found = match kind {
        EntryKind::Closure | EntryKind::Stop => {
            let from = form.day("from", "最初の日");
            // One day is its own last day.
            let until = if form.text("until").is_empty() { from } else { form.day("until", "最後の日") };
            from.zip(until).map(|(from, until)| match kind {
                EntryKind::Closure => CalendarEntry::Closure(Closure { from, until, reason }),
                _ => CalendarEntry::Stop(Stop { from, until, reason }),
            })
        }
        EntryKind::Extra => {
            let date = form.day("from", "開ける日");
            let hours = form.span("time_from", "time_until");
            date.map(|date| CalendarEntry::Extra(ExtraOpening { date, hours, reason }))
        }
        EntryKind::Weekend => {
            let weekday = form.weekday();
            let weeks = form.weeks();
            let from = form.time("time_from", "始まりの時刻");
            let until = form.time("time_until", "終わりの時刻");
            weekday.zip(from.zip(until)).map(|(weekday, (from, until))| {
                CalendarEntry::Weekend(WeekendOpening { weekday, weeks, hours: Hours { from, until } })
            })
        }
        EntryKind::Late => {
            let weekday = form.weekday();
            let until = form.time("time_until", "終わりの時刻");
            weekday.zip(until).map(|(weekday, until)| CalendarEntry::Late(LateOpening { weekday, until }))
        }
    };
    form.end(found)
}
