//! What an office enters into its calendar: taken as it should be, refused with a sentence, taken out again.

use chrono::NaiveTime;
use rules::NaiveDate;
use rules::calendar::{
    Calendar, CalendarEntry as Entry, CalendarFault as Fault, Closure, DayMonth, EntryKind, ExtraOpening,
    Hours, LateOpening, OfficeCalendar, Stop, UsualDays, WeekdayName, WeekendOpening, parse_day_of_year,
    parse_time, show_day_of_year, show_time,
};

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn t(text: &str) -> NaiveTime {
    parse_time(text).unwrap()
}

const TODAY: &str = "2026-11-24";

fn closure(from: &str, until: &str) -> Entry {
    Entry::Closure(Closure { from: d(from), until: d(until), reason: " 庁舎点検 ".into() })
}

fn stop(from: &str, until: &str) -> Entry {
    Entry::Stop(Stop { from: d(from), until: d(until), reason: "システム更改".into() })
}

fn extra(date: &str, hours: Option<(&str, &str)>) -> Entry {
    let hours = hours.map(|(from, until)| Hours { from: t(from), until: t(until) });
    Entry::Extra(ExtraOpening { date: d(date), hours, reason: "臨時窓口".into() })
}

fn weekend(weekday: WeekdayName, weeks: &[u32]) -> Entry {
    let hours = Hours { from: t("9:00"), until: t("12:00") };
    Entry::Weekend(WeekendOpening { weekday, weeks: weeks.to_vec(), hours })
}

fn late(weekday: WeekdayName, until: &str) -> Entry {
    Entry::Late(LateOpening { weekday, until: t(until) })
}

fn with(entries: &[Entry]) -> OfficeCalendar {
    let mut office = OfficeCalendar::default();
    for entry in entries {
        office.enter(entry.clone(), d(TODAY)).unwrap();
    }
    office
}

/// Enters `entry` after `there`; nothing may have changed when it is refused.
fn refused(there: &[Entry], entry: Entry) -> Fault {
    let mut office = with(there);
    let before = office.clone();
    let fault = office.enter(entry, d(TODAY)).unwrap_err();
    assert_eq!(office, before);
    assert!(fault.to_string().ends_with('。') && !fault.field().is_empty(), "{fault}");
    fault
}

/// Each line comes in with its key and sentence, shows in its list, opens or closes its days, and goes out again.
#[test]
fn lines_come_and_go() {
    for (entry, key, sentence, day, open, card_work) in [
        (
            closure("2026-11-25", "2026-11-26"),
            "2026-11-25_2026-11-26",
            "令和8年11月25日(水)から令和8年11月26日(木)まで 庁舎点検",
            "2026-11-26",
            false,
            false,
        ),
        (
            closure("2026-11-24", "2026-11-24"),
            "2026-11-24_2026-11-24",
            "令和8年11月24日(火) 庁舎点検",
            "2026-11-24",
            false,
            false,
        ),
        (
            stop("2026-12-07", "2026-12-08"),
            "2026-12-07_2026-12-08",
            "令和8年12月7日(月)から令和8年12月8日(火)まで システム更改",
            "2026-12-07",
            true,
            false,
        ),
        (
            extra("2026-11-28", Some(("9:00", "12:30"))),
            "2026-11-28",
            "令和8年11月28日(土) 9:00から12:30まで 臨時窓口",
            "2026-11-28",
            true,
            true,
        ),
        (extra("2026-12-30", None), "2026-12-30", "令和8年12月30日(水) 臨時窓口", "2026-12-30", true, true),
        (
            // 横浜市: the second and fourth Saturday.
            weekend(WeekdayName::Saturday, &[4, 2, 2]),
            "sat24",
            "第2・第4土曜日 9:00から12:00まで",
            "2026-12-12",
            true,
            true,
        ),
        (
            // 春日井市: every Sunday; the 22nd is the monthly stop.
            weekend(WeekdayName::Sunday, &[]),
            "sun",
            "毎週日曜日 9:00から12:00まで",
            "2026-11-22",
            true,
            false,
        ),
        // 青梅市: Thursdays until 19:30.
        (late(WeekdayName::Thursday, "19:30"), "thu", "毎週木曜日 19:30まで", "2026-11-26", true, true),
    ] {
        let office = with(std::slice::from_ref(&entry));
        let listed = office.entries(entry.kind());
        assert_eq!(listed.len(), 1, "{sentence}");
        assert_eq!((listed[0].key().as_str(), listed[0].sentence().as_str()), (key, sentence));
        assert_eq!(listed[0].reason().trim(), listed[0].reason());
        let calendar = Calendar::new(office.clone());
        let found = calendar.day(d(day));
        assert_eq!((found.open, found.card_work), (open, card_work), "{sentence}");
        for other in EntryKind::ALL.iter().filter(|kind| **kind != entry.kind()) {
            assert!(office.entries(*other).is_empty(), "{sentence}");
            assert_eq!(office.clone().take_out(*other, key), None);
        }
        let mut office = office;
        assert_eq!(office.take_out(entry.kind(), "2000-01-01"), None);
        assert_eq!(office.take_out(entry.kind(), key).as_ref(), listed.first());
        assert_eq!(office, OfficeCalendar::default(), "{sentence}");
        assert_eq!(office.take_out(entry.kind(), key), None, "{sentence}");
    }
}

/// Taking one out leaves the others.
#[test]
fn the_others_stay() {
    for (one, two) in [
        (closure("2026-11-25", "2026-11-25"), closure("2026-11-26", "2026-11-26")),
        (stop("2026-11-25", "2026-11-25"), stop("2026-11-26", "2026-11-26")),
        (extra("2026-11-28", None), extra("2026-11-29", None)),
        (weekend(WeekdayName::Saturday, &[1]), weekend(WeekdayName::Saturday, &[2])),
        (late(WeekdayName::Monday, "18:00"), late(WeekdayName::Friday, "18:00")),
    ] {
        // In the order of their days, whichever was entered first.
        let mut office = with(&[two.clone(), one.clone()]);
        let keys: Vec<_> = office.entries(one.kind()).iter().map(Entry::key).collect();
        assert_eq!(keys, [one.key(), two.key()]);
        assert!(office.take_out(one.kind(), &one.key()).is_some());
        assert_eq!(office, with(&[two]));
    }
    // Saturdays before Sundays.
    let both = with(&[weekend(WeekdayName::Sunday, &[]), weekend(WeekdayName::Saturday, &[])]);
    let keys: Vec<_> = both.entries(EntryKind::Weekend).iter().map(Entry::key).collect();
    assert_eq!(keys, ["sat", "sun"]);
}

#[test]
fn the_last_day_of_each() {
    for (entry, last) in [
        (closure("2026-11-25", "2026-11-26"), Some("2026-11-26")),
        (stop("2026-12-07", "2026-12-08"), Some("2026-12-08")),
        (extra("2026-11-28", None), Some("2026-11-28")),
        (weekend(WeekdayName::Saturday, &[]), None),
        (late(WeekdayName::Monday, "18:00"), None),
    ] {
        assert_eq!(entry.last_day(), last.map(d));
    }
}

#[test]
fn days_that_cannot_be() {
    let ends_before = |from: &str| Fault::EndsBeforeItBegins { from: d(from) };
    let past = |day: &str| Fault::Past { day: d(day) };
    for (entry, fault) in [
        (closure("2026-11-26", "2026-11-25"), ends_before("2026-11-26")),
        (stop("2026-11-26", "2026-11-25"), ends_before("2026-11-26")),
        (closure("2026-11-20", "2026-11-23"), past("2026-11-23")),
        (stop("2026-11-23", "2026-11-23"), past("2026-11-23")),
        (extra("2026-11-22", None), past("2026-11-22")),
        (closure("2026-12-01", "2027-12-02"), Fault::TooLong),
        (stop("2026-12-01", "2062-12-01"), Fault::TooLong),
    ] {
        assert_eq!(refused(&[], entry), fault);
        assert_eq!(fault.field(), "until");
    }
    // What has begun and isn't over can still be entered, and a year is not too long.
    with(&[closure("2026-11-20", "2026-11-24")]);
    with(&[closure("2026-12-01", "2027-12-01")]);
    // An ordinary Wednesday is open anyway; with hours of its own it is another matter.
    assert_eq!(refused(&[], extra("2026-11-25", None)), Fault::OpenAnyway { day: d("2026-11-25") });
    let half = with(&[extra("2026-11-25", Some(("9:00", "12:00")))]);
    assert_eq!(Calendar::new(half).hours(d("2026-11-25")), [Hours { from: t("9:00"), until: t("12:00") }]);
}

#[test]
fn reasons() {
    let reason = |text: &str| {
        Entry::Closure(Closure { from: d("2026-11-25"), until: d("2026-11-25"), reason: text.to_owned() })
    };
    for wrong in ["", "  ", "一\n二", &"長".repeat(41)] {
        assert_eq!(refused(&[], reason(wrong)), Fault::Reason, "{wrong}");
    }
    assert_eq!(Fault::Reason.field(), "reason");
    with(&[reason(&"長".repeat(40))]);
    let no_reason = Entry::Stop(Stop { from: d(TODAY), until: d(TODAY), reason: String::new() });
    assert_eq!(refused(&[], no_reason), Fault::Reason);
    let no_reason = Entry::Extra(ExtraOpening { date: d("2026-11-28"), hours: None, reason: String::new() });
    assert_eq!(refused(&[], no_reason), Fault::Reason);
}

/// One thing at a time is decided about a day; what is in the way is named.
#[test]
fn overlapping_lines() {
    let week = closure("2026-12-07", "2026-12-11");
    for (there, entry) in [
        (week.clone(), closure("2026-12-11", "2026-12-12")),
        (week.clone(), closure("2026-12-01", "2026-12-07")),
        (week.clone(), closure("2026-12-08", "2026-12-09")),
        (closure("2026-12-08", "2026-12-09"), week.clone()),
        (week.clone(), extra("2026-12-07", Some(("9:00", "10:00")))),
        (week.clone(), extra("2026-12-11", Some(("9:00", "10:00")))),
        (extra("2026-11-28", None), closure("2026-11-27", "2026-11-29")),
        (extra("2026-11-28", None), extra("2026-11-28", Some(("9:00", "10:00")))),
        (stop("2026-12-07", "2026-12-08"), stop("2026-12-08", "2026-12-08")),
        (weekend(WeekdayName::Saturday, &[2, 4]), weekend(WeekdayName::Saturday, &[4])),
        (weekend(WeekdayName::Saturday, &[]), weekend(WeekdayName::Saturday, &[1])),
        (weekend(WeekdayName::Saturday, &[1]), weekend(WeekdayName::Saturday, &[])),
        (late(WeekdayName::Thursday, "19:30"), late(WeekdayName::Thursday, "20:00")),
    ] {
        let fault = refused(std::slice::from_ref(&there), entry);
        assert_eq!(fault.field(), "from");
        let named = format!(
            "{} {}",
            there.kind().label(),
            with(std::slice::from_ref(&there)).entries(there.kind())[0].sentence()
        );
        assert_eq!(fault, Fault::Overlaps { other: named.clone() });
        assert!(fault.to_string().contains(&named), "{fault}");
    }
    // Neighbours are no obstacle, nor is a stop on a closed day.
    with(&[
        week,
        closure("2026-12-12", "2026-12-12"),
        closure("2026-12-06", "2026-12-06"),
        extra("2026-12-13", None),
        stop("2026-12-08", "2026-12-08"),
        weekend(WeekdayName::Saturday, &[1]),
        weekend(WeekdayName::Saturday, &[3]),
        weekend(WeekdayName::Sunday, &[1]),
        late(WeekdayName::Monday, "18:00"),
        late(WeekdayName::Friday, "18:00"),
    ]);
}

#[test]
fn hours_and_weekdays_that_cannot_be() {
    let backwards = Fault::ClosesBeforeItOpens { from: t("9:00") };
    assert_eq!(refused(&[], extra("2026-11-28", Some(("9:00", "9:00")))), backwards);
    assert_eq!(backwards.field(), "time_until");
    let hours = Hours { from: t("12:00"), until: t("9:00") };
    let turned = WeekendOpening { weekday: WeekdayName::Sunday, weeks: vec![], hours };
    assert_eq!(refused(&[], Entry::Weekend(turned)), Fault::ClosesBeforeItOpens { from: t("12:00") });
    for weekday in WeekdayName::ALL {
        let at_the_end = matches!(weekday, WeekdayName::Saturday | WeekdayName::Sunday);
        let mut office = OfficeCalendar::default();
        assert_eq!(office.enter(weekend(*weekday, &[]), d(TODAY)).is_ok(), at_the_end, "{weekday}");
        assert_eq!(office.enter(late(*weekday, "19:30"), d(TODAY)).is_ok(), !at_the_end, "{weekday}");
    }
    for fault in [
        refused(&[], weekend(WeekdayName::Friday, &[])),
        refused(&[], late(WeekdayName::Saturday, "19:30")),
        refused(&[], late(WeekdayName::Sunday, "19:30")),
    ] {
        assert_eq!(fault.field(), "weekday");
    }
    for week in [0, 6] {
        assert_eq!(refused(&[], weekend(WeekdayName::Sunday, &[1, week])), Fault::Week);
    }
    assert_eq!(Fault::Week.field(), "weeks");
    with(&[weekend(WeekdayName::Sunday, &[1, 2, 3, 4, 5])]);
    assert_eq!(refused(&[], late(WeekdayName::Monday, "17:15")), Fault::NotLate { until: t("17:15") });
    assert_eq!(Fault::NotLate { until: t("17:15") }.field(), "time_until");
    with(&[late(WeekdayName::Monday, "17:16")]);
}

/// 北方町, 青梅市: lunch; 愛川町: the year's end; 青梅市: the national link.
#[test]
fn ordinary_days() {
    let usual = OfficeCalendar::default().usual();
    assert_eq!((usual.hours, usual.lunch), (Hours { from: t("8:30"), until: t("17:15") }, None));
    assert_eq!(usual.year_end, (DayMonth { month: 12, day: 29 }, DayMonth { month: 1, day: 3 }));
    assert_eq!(usual.national_link_until, t("20:00"));
    let lunch = |from: &str, until: &str| UsualDays {
        lunch: Some(Hours { from: t(from), until: t(until) }),
        ..usual
    };
    let changed = UsualDays {
        hours: Hours { from: t("9:00"), until: t("17:00") },
        year_end: (DayMonth { month: 12, day: 28 }, DayMonth { month: 1, day: 4 }),
        national_link_until: t("19:00"),
        ..lunch("12:00", "13:00")
    };
    let mut office = OfficeCalendar::default();
    office.set_usual(changed).unwrap();
    assert_eq!(office.usual(), changed);
    let calendar = Calendar::new(office);
    assert_eq!(calendar.hours(d(TODAY)).len(), 2);
    assert!(!calendar.is_open(d("2026-12-28")) && !calendar.is_open(d("2027-01-04")));
    let outside = Fault::LunchOutsideHours { from: t("8:30"), until: t("17:15") };
    for (wrong, fault) in [
        (
            UsualDays { hours: Hours { from: t("17:15"), until: t("8:30") }, ..usual },
            Fault::ClosesBeforeItOpens { from: t("17:15") },
        ),
        (lunch("13:00", "12:00"), outside.clone()),
        (lunch("12:00", "12:00"), outside.clone()),
        (lunch("8:30", "9:00"), outside.clone()),
        (lunch("17:00", "17:15"), outside.clone()),
        (lunch("8:00", "9:00"), outside.clone()),
        (
            UsualDays { national_link_until: t("8:30"), ..usual },
            Fault::LinkEndsBeforeOpening { from: t("8:30") },
        ),
    ] {
        let mut office = OfficeCalendar::default();
        assert_eq!(office.set_usual(wrong), Err(fault.clone()));
        assert_eq!(office, OfficeCalendar::default());
        assert!(fault.to_string().contains("8:30") || fault.to_string().contains("17:15"), "{fault}");
    }
    assert_eq!(outside.field(), "lunch_from");
    assert_eq!(Fault::LinkEndsBeforeOpening { from: t("8:30") }.field(), "link_until");
    let mut office = OfficeCalendar::default();
    office.set_usual(lunch("8:31", "17:14")).unwrap();
    office.set_usual(UsualDays { national_link_until: t("8:31"), ..usual }).unwrap();
}

#[test]
fn times_as_people_write_them() {
    for (text, expected) in [
        ("8:30", Some("08:30")),
        ("08:30", Some("08:30")),
        ("0830", Some("08:30")),
        ("8時30分", Some("08:30")),
        ("8時半", Some("08:30")),
        ("8時", Some("08:00")),
        ("8時5分", Some("08:05")),
        ("午前8時30分", Some("08:30")),
        ("午後5時15分", Some("17:15")),
        ("午後5:15", Some("17:15")),
        ("午後12時", Some("12:00")),
        ("午後0時", Some("12:00")),
        ("0:00", Some("00:00")),
        ("23:59", Some("23:59")),
        (" \u{FF11}\u{FF17}\u{FF1A}\u{FF11}\u{FF15} ", Some("17:15")), // full width
        ("24:00", None),
        ("8:60", None),
        ("8:3", None),
        ("8:300", None),
        ("830", None),
        ("08300", None),
        ("午後13時", None),
        ("8", None),
        ("", None),
        ("正午", None),
        ("八時半", None),
        ("8時30", None),
        ("8時30分頃", None),
        ("+8:30", None),
        ("8:-1", None),
        ("108:30", None),
        (":30", None),
    ] {
        let found = parse_time(text);
        assert_eq!(
            found.as_ref().ok().map(|time| time.format("%H:%M").to_string()).as_deref(),
            expected,
            "{text}"
        );
        if let Err(error) = found {
            assert_eq!(error.code(), "unreadable_time");
            assert!(error.sentence().contains(text.trim()));
        }
    }
    assert_eq!((show_time(t("08:05")), show_time(t("17:15"))), ("8:05".to_owned(), "17:15".to_owned()));
}

#[test]
fn days_of_the_year_as_people_write_them() {
    for (text, expected) in [
        ("12/29", Some((12, 29))),
        ("1-3", Some((1, 3))),
        ("12月29日", Some((12, 29))),
        ("02/29", Some((2, 29))),
        (" \u{FF11}\u{FF12}\u{FF0F}\u{FF12}\u{FF19} ", Some((12, 29))), // full width
        ("2/30", None),
        ("13/1", None),
        ("0/1", None),
        ("12/0", None),
        ("12月29", None),
        ("29日", None),
        ("1229", None),
        ("2026/12/29", None),
        ("", None),
    ] {
        let found = parse_day_of_year(text);
        assert_eq!(found.as_ref().ok().map(|day| (day.month, day.day)), expected, "{text}");
        if let Err(error) = found {
            assert_eq!(error.code(), "unreadable_day_of_year");
        }
    }
    assert_eq!(show_day_of_year(DayMonth { month: 1, day: 3 }), "1月3日");
}
