//! The calendar of national holidays and of the office.

use chrono::{Datelike, NaiveTime, Weekday};
use rules::NaiveDate;
use rules::calendar::{
    Calendar, Closure, DayMonth, ExtraOpening, Hours, LateOpening, MaintenanceRule, OfficeCalendar, Stop,
    WeekdayName, WeekendOpening, holiday,
};

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn t(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap()
}

fn of_year(year: i32) -> Vec<String> {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .unwrap()
        .iter_days()
        .take_while(|day| day.year() == year)
        .filter(|day| holiday(*day).is_some())
        .map(|day| format!("{}/{}", day.month(), day.day()))
        .collect()
}

/// Years as the Cabinet Office announced them, the moved and single holidays of 2019 to 2021 included.
#[test]
fn whole_years() {
    for (year, expected) in [
        (1973, "1/1 1/15 2/11 3/21 4/29 4/30 5/3 5/5 9/15 9/23 9/24 10/10 11/3 11/23"),
        (1988, "1/1 1/15 2/11 3/20 3/21 4/29 5/3 5/4 5/5 9/15 9/23 10/10 11/3 11/23"),
        (1989, "1/1 1/2 1/15 1/16 2/11 2/24 3/21 4/29 5/3 5/4 5/5 9/15 9/23 10/10 11/3 11/23 12/23"),
        (
            2019,
            "1/1 1/14 2/11 3/21 4/29 4/30 5/1 5/2 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14 10/22 11/3 11/4 11/23",
        ),
        (2020, "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23"),
        (2021, "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23"),
        (
            2025,
            "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24",
        ),
        (2026, "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23"),
        (2027, "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23"),
    ] {
        assert_eq!(of_year(year).join(" "), expected, "{year}");
    }
}

/// Each change of the law, on both sides of its first day.
#[test]
fn changes_of_the_law() {
    for (date, name) in [
        ("1948-07-19", None),
        ("1948-01-01", None),
        ("1948-09-23", Some("秋分の日")),
        ("1949-01-01", Some("元日")),
        ("1955-01-15", Some("成人の日")),
        ("1955-09-24", Some("秋分の日")),
        ("1959-04-10", Some("皇太子明仁親王の結婚の儀")),
        ("1965-09-15", None),
        ("1965-09-20", None), // a third Monday
        ("1965-10-11", None), // a second Monday
        ("1966-09-15", Some("敬老の日")),
        ("1965-10-10", None),
        ("1966-10-10", Some("体育の日")),
        ("1966-02-11", None),
        ("1967-02-11", Some("建国記念の日")),
        ("1973-02-12", None),
        ("1973-04-30", Some("振替休日")),
        ("1985-05-04", None),
        ("1986-05-04", None), // a Sunday
        ("1987-05-04", Some("振替休日")),
        ("1988-05-04", Some("国民の休日")),
        ("1988-04-29", Some("天皇誕生日")),
        ("1989-04-29", Some("みどりの日")),
        ("1988-12-23", None),
        ("1989-12-23", Some("天皇誕生日")),
        ("1989-02-24", Some("昭和天皇の大喪の礼")),
        ("1990-11-12", Some("即位礼正殿の儀")),
        ("1993-06-09", Some("皇太子徳仁親王の結婚の儀")),
        ("1995-07-20", None),
        ("1996-07-20", Some("海の日")),
        ("2002-07-20", Some("海の日")),
        ("2003-07-21", Some("海の日")),
        ("2003-07-20", None),
        ("1999-01-15", Some("成人の日")),
        ("2000-01-15", None),
        ("2000-01-10", Some("成人の日")),
        ("1999-10-10", Some("体育の日")),
        ("2000-10-09", Some("体育の日")),
        ("2002-09-15", Some("敬老の日")),
        ("2002-09-16", Some("振替休日")),
        ("2003-09-15", Some("敬老の日")),
        ("2004-09-20", Some("敬老の日")),
        ("2004-09-15", None),
        ("2006-04-29", Some("みどりの日")),
        ("2007-04-29", Some("昭和の日")),
        ("2006-05-04", Some("国民の休日")),
        ("2007-05-04", Some("みどりの日")),
        ("2003-05-06", None), // 5/4 was a Sunday, not yet a holiday
        ("2008-05-06", Some("振替休日")),
        ("2009-05-06", Some("振替休日")),
        ("2009-09-22", Some("国民の休日")),
        ("2015-09-22", Some("国民の休日")),
        ("2032-09-21", Some("国民の休日")),
        ("2015-08-11", None),
        ("2016-08-11", Some("山の日")),
        ("2018-12-23", Some("天皇誕生日")),
        ("2018-12-24", Some("振替休日")),
        ("2019-12-23", None),
        ("2019-02-23", None),
        ("2020-02-23", Some("天皇誕生日")),
        ("2019-04-30", Some("国民の休日")),
        ("2019-05-01", Some("休日(即位の日)")),
        ("2019-10-14", Some("体育の日")),
        ("2019-10-22", Some("休日(即位礼正殿の儀)")),
        ("2020-07-20", None),
        ("2020-07-24", Some("スポーツの日")),
        ("2020-10-12", None),
        ("2020-08-11", None),
        ("2021-08-08", Some("山の日")),
        ("2021-08-09", Some("振替休日")),
        ("2021-10-11", None),
        ("2022-10-10", Some("スポーツの日")),
        ("2022-07-18", Some("海の日")),
    ] {
        assert_eq!(holiday(d(date)), name, "{date}");
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a few ten thousand days")]
fn whole_days(days: f64) -> chrono::Duration {
    chrono::Duration::days(days.floor() as i64)
}

/// Mean equinoxes by Meeus' polynomials with the periodic terms: astronomy instead of the printed formula.
fn equinox_by_astronomy(year: i32, autumn: bool) -> (u32, f64) {
    const TERMS: [(f64, f64, f64); 24] = [
        (485.0, 324.96, 1934.136),
        (203.0, 337.23, 32964.467),
        (199.0, 342.08, 20.186),
        (182.0, 27.85, 445_267.112),
        (156.0, 73.14, 45036.886),
        (136.0, 171.52, 22518.443),
        (77.0, 222.54, 65928.934),
        (74.0, 296.72, 3034.906),
        (70.0, 243.58, 9037.513),
        (58.0, 119.81, 33718.147),
        (52.0, 297.17, 150.678),
        (50.0, 21.02, 2281.226),
        (45.0, 247.54, 29929.562),
        (44.0, 325.15, 31555.956),
        (29.0, 60.93, 4443.417),
        (18.0, 155.12, 67555.328),
        (17.0, 288.79, 4562.452),
        (16.0, 198.04, 62894.029),
        (14.0, 199.76, 31436.921),
        (12.0, 95.39, 14577.848),
        (12.0, 287.11, 31931.756),
        (12.0, 320.81, 34777.259),
        (9.0, 227.73, 1222.114),
        (8.0, 15.45, 16859.074),
    ];
    let y = (f64::from(year) - 2000.0) / 1000.0;
    let mean = if autumn {
        2_451_810.217_15 + 365_242.017_67 * y - 0.115_75 * y.powi(2)
            + 0.003_37 * y.powi(3)
            + 0.000_78 * y.powi(4)
    } else {
        2_451_623.809_84 + 365_242.374_04 * y + 0.051_69 * y.powi(2)
            - 0.004_11 * y.powi(3)
            - 0.000_57 * y.powi(4)
    };
    let t = (mean - 2_451_545.0) / 36_525.0;
    let w = (35_999.373 * t - 2.47).to_radians();
    let lambda = 1.0 + 0.0334 * w.cos() + 0.0007 * (2.0 * w).cos();
    let sum: f64 = TERMS.iter().map(|(a, b, c)| a * (b + c * t).to_radians().cos()).sum();
    // Dynamical time runs about a minute ahead; Japan nine hours.
    let japan = mean + 0.000_01 * sum / lambda - 65.0 / 86_400.0 + 9.0 / 24.0;
    // Julian day 2451544.5 is 2000-01-01 0:00.
    let days = japan - 2_451_544.5;
    let date = d("2000-01-01") + whole_days(days);
    (date.day(), days - days.floor())
}

#[test]
fn equinoxes_agree_with_astronomy() {
    let mut near_midnight = 0;
    for year in 1949..=2150 {
        for (autumn, month, name) in [(false, 3, "春分の日"), (true, 9, "秋分の日")] {
            let (day, fraction) = equinox_by_astronomy(year, autumn);
            let by_rule = (18..=25)
                .find(|day| holiday(NaiveDate::from_ymd_opt(year, month, *day).unwrap()) == Some(name))
                .unwrap();
            // Within ten minutes of midnight the series cannot tell; there the Cabinet's word counts.
            if year == 2107 && autumn {
                assert_eq!((by_rule, day), (24, 23), "the one known miss of the estimate after 2099");
            } else if (0.007..0.993).contains(&fraction) {
                assert_eq!(by_rule, day, "{year} {name} {fraction}");
            } else {
                near_midnight += 1;
            }
        }
    }
    assert!(near_midnight <= 4, "{near_midnight}");
    // Beyond the forecast no day is named.
    let march_2151 = (1..=31).map(|day| NaiveDate::from_ymd_opt(2151, 3, day).unwrap());
    assert!(march_2151.into_iter().all(|day| holiday(day) != Some("春分の日")));
}

/// 3条2項 and 3項 as sentences, over all years since the reform of 2007: a Sunday holiday is always followed by
/// a day off, and no working day lies between two holidays.
#[test]
fn substitutes_and_days_between() {
    for day in d("2007-01-01").iter_days().take_while(|day| day.year() < 2100) {
        if holiday(day).is_some() && day.weekday() == Weekday::Sun {
            let next = day.iter_days().skip(1).find(|day| holiday(*day) == Some("振替休日")).unwrap();
            assert!((next - day).num_days() <= 3, "{day}");
        }
        if holiday(day).is_none() {
            let neighbours = [day.pred_opt(), day.succ_opt()].map(|other| other.and_then(holiday));
            let both = neighbours.iter().all(|name| name.is_some_and(|name| name != "振替休日"));
            assert!(!both, "{day}");
        }
    }
}

#[test]
fn ordinary_closed_days_and_their_reasons() {
    let calendar = Calendar::default();
    for (date, reason) in [
        ("2026-11-21", Some("土曜日です。")),
        ("2026-11-22", Some("日曜日です。")),
        ("2026-11-23", Some("祝日(勤労感謝の日)です。")),
        ("2026-11-24", None),
        ("2026-05-06", Some("振替休日です。")),
        ("2026-09-22", Some("国民の休日です。")),
        ("2026-12-28", None),
        ("2026-12-29", Some("年末年始の閉庁日です。")),
        ("2026-12-31", Some("年末年始の閉庁日です。")),
        ("2027-01-01", Some("年末年始の閉庁日です。")),
        ("2027-01-03", Some("年末年始の閉庁日です。")),
        ("2027-01-04", None),
    ] {
        let day = calendar.day(d(date));
        assert_eq!((day.open, day.reason.as_deref()), (reason.is_none(), reason), "{date}");
        assert_eq!(day.card_work, day.open, "{date}");
        assert_eq!(day.hours.is_empty(), !day.open);
    }
    let day = calendar.day(d("2026-12-30"));
    assert_eq!((day.previous_open, day.next_open), (Some(d("2026-12-28")), Some(d("2027-01-04"))));
    let day = calendar.day(d("2026-12-28"));
    assert_eq!((day.previous_open, day.next_open), (Some(d("2026-12-25")), Some(d("2027-01-04"))));
    assert_eq!(calendar.roll_over(d("2026-12-30")), d("2027-01-04"));
    assert_eq!(calendar.roll_over(d("2026-12-28")), d("2026-12-28"));
    assert_eq!(calendar.holiday(d("2026-11-23")), Some("勤労感謝の日"));
}

/// 足利市, 吉川市, 那珂市 against 春日井市: the days differ in months that begin on a Sunday.
#[test]
fn monthly_maintenance() {
    let sundays = OfficeCalendar {
        weekend_openings: vec![WeekendOpening {
            weekday: WeekdayName::Sunday,
            weeks: vec![],
            hours: Hours { from: t("9:00"), until: t("12:00") },
        }],
        ..OfficeCalendar::default()
    };
    let stops = |maintenance| {
        let calendar = Calendar::new(OfficeCalendar { maintenance, ..sundays.clone() });
        d("2025-01-01")
            .iter_days()
            .take_while(|day| day.year() < 2028)
            .filter(|day| calendar.is_open(*day) && !calendar.card_work(*day))
            .collect::<Vec<_>>()
    };
    let after_saturday = stops(MaintenanceRule::SundayAfterThirdSaturday);
    let third = stops(MaintenanceRule::ThirdSunday);
    assert!(stops(MaintenanceRule::None).is_empty());
    let months = |days: &[NaiveDate]| days.iter().map(|day| (day.year(), day.month())).collect::<Vec<_>>();
    // One Sunday a month; the 3rd of January 2027 and the like aside, none is swallowed by the year's end.
    assert_eq!((after_saturday.len(), third.len()), (36, 36));
    assert_eq!(months(&after_saturday), months(&third));
    let differing: Vec<_> = after_saturday
        .iter()
        .zip(&third)
        .filter(|(a, b)| a != b)
        .map(|(a, _)| (a.year(), a.month()))
        .collect();
    assert_eq!(differing, [(2025, 6), (2026, 2), (2026, 3), (2026, 11), (2027, 8)]);
    for day in &after_saturday {
        let saturday = day.pred_opt().unwrap();
        assert_eq!((saturday.day() - 1) / 7 + 1, 3, "{day}");
    }
    // 那珂市: the Sunday after the first Saturday as well; the 3rd of January 2027 is closed anyway.
    let twice = stops(MaintenanceRule::SundayAfterFirstAndThirdSaturday);
    let added: Vec<_> = twice.iter().filter(|day| !after_saturday.contains(day)).collect();
    assert_eq!((twice.len(), added.len()), (71, 35));
    for day in added {
        let saturday = day.pred_opt().unwrap();
        assert_eq!((saturday.weekday(), (saturday.day() - 1) / 7 + 1), (Weekday::Sat, 1), "{day}");
    }
    let calendar = Calendar::new(sundays);
    let day = calendar.day(d("2026-11-22"));
    assert!(day.open && !day.card_work);
    assert!(day.reason.is_some_and(|reason| reason.contains("休日開庁")));
    assert!(calendar.stop_reason(d("2026-11-22")).is_some_and(|reason| reason.contains("保守")));
    assert_eq!(calendar.next_card_work(d("2026-11-21")), Some(d("2026-11-24")));
}

/// Closures, single openings, late evenings, lunch, stops of the national systems.
#[test]
fn the_offices_own_days_and_hours() {
    let office = OfficeCalendar {
        closures: vec![Closure {
            from: d("2026-11-25"), until: d("2026-11-26"), reason: "庁舎点検".into()
        }],
        extra_openings: vec![
            ExtraOpening { date: d("2026-11-28"), hours: None, reason: "臨時開庁".into() },
            ExtraOpening {
                date: d("2026-12-30"),
                hours: Some(Hours { from: t("9:00"), until: t("11:00") }),
                reason: "年末開庁".into(),
            },
            ExtraOpening { date: d("2026-11-25"), hours: None, reason: "取消し".into() },
        ],
        weekend_openings: vec![WeekendOpening {
            weekday: WeekdayName::Saturday,
            weeks: vec![2, 4],
            hours: Hours { from: t("9:00"), until: t("12:00") },
        }],
        late_openings: vec![LateOpening { weekday: WeekdayName::Thursday, until: t("19:30") }],
        lunch: Some(Hours { from: t("12:00"), until: t("13:00") }),
        card_work_stops: vec![Stop {
            from: d("2026-12-07"),
            until: d("2026-12-08"),
            reason: "システム更改".into(),
        }],
        ..OfficeCalendar::default()
    };
    let calendar = Calendar::new(office.clone());
    assert_eq!(calendar.office(), &office);
    for (date, open) in [
        ("2026-11-24", true),
        ("2026-11-25", false), // a closure wins over an opening
        ("2026-11-26", false),
        ("2026-11-27", true),
        ("2026-11-28", true),
        ("2026-11-14", true),
        ("2026-11-07", false),
        ("2026-12-12", true),
        ("2026-12-26", true),
        ("2026-12-30", true),
        ("2027-01-09", true),
        ("2027-01-02", false),
    ] {
        assert_eq!(calendar.is_open(d(date)), open, "{date}");
    }
    let hours = |date: &str| {
        calendar
            .hours(d(date))
            .iter()
            .map(|h| format!("{}-{}", h.from.format("%H:%M"), h.until.format("%H:%M")))
            .collect::<Vec<_>>()
    };
    assert_eq!(hours("2026-11-24"), ["08:30-12:00", "13:00-17:15"]);
    assert_eq!(hours("2026-12-03"), ["08:30-12:00", "13:00-19:30"]);
    assert_eq!(hours("2026-11-14"), ["09:00-12:00"]);
    assert_eq!(hours("2026-12-30"), ["09:00-11:00"]);
    assert_eq!(hours("2026-11-28"), ["08:30-12:00", "13:00-17:15"]);
    assert!(hours("2026-11-22").is_empty());
    for (time, open) in [
        ("8:29", false),
        ("8:30", true),
        ("11:59", true),
        ("12:00", false),
        ("13:00", true),
        ("17:14", true),
        ("17:15", false),
    ] {
        assert_eq!(calendar.is_open_at(d("2026-11-24"), t(time)), open, "{time}");
    }
    let stopped = calendar.day(d("2026-12-07"));
    assert!(stopped.open && !stopped.card_work);
    assert_eq!(
        stopped.reason.as_deref(),
        Some("システム更改のため、電子証明書の手続きはできません。"),
        "a reason becomes a sentence"
    );
    assert!(
        calendar.card_work(d("2026-12-09"))
            && !calendar.card_work(d("2026-12-08"))
            && calendar.card_work(d("2026-12-04"))
    );
    assert_eq!(calendar.day(d("2026-11-26")).reason.as_deref(), Some("庁舎点検"));
    assert_eq!(calendar.day(d("2026-11-28")).reason.as_deref(), Some("臨時開庁"));
    // 青梅市: the national link ends at 20:00.
    let late = Calendar::new(OfficeCalendar {
        late_openings: vec![LateOpening { weekday: WeekdayName::Thursday, until: t("21:00") }],
        ..OfficeCalendar::default()
    });
    assert!(late.is_open_at(d("2026-12-03"), t("20:00")));
    assert!(!late.card_work_at(d("2026-12-03"), t("20:00")));
    assert!(late.card_work_at(d("2026-12-03"), t("19:59")));
    assert!(!late.card_work_at(d("2026-12-02"), t("19:59")));
    let ends = |calendar: &Calendar, date: &str| {
        calendar.card_work_hours(d(date)).iter().map(|hours| hours.until).collect::<Vec<_>>()
    };
    assert_eq!(ends(&late, "2026-12-03"), [t("20:00")], "a Thursday until 21:00");
    assert_eq!(ends(&late, "2026-12-02"), [t("17:15")]);
    assert_eq!(ends(&calendar, "2026-11-24"), [t("12:00"), t("17:15")]);
    assert!(ends(&calendar, "2026-12-07").is_empty(), "システム更改");
    assert!(ends(&calendar, "2026-11-22").is_empty(), "a Sunday");
    let short_link = Calendar::new(OfficeCalendar { national_link_until: t("12:00"), ..office.clone() });
    assert_eq!(ends(&short_link, "2026-11-24"), [t("12:00")], "nothing is left of the afternoon");
    let at_lunch = Calendar::new(OfficeCalendar { national_link_until: t("13:00"), ..office.clone() });
    assert_eq!(ends(&at_lunch, "2026-11-24"), [t("12:00")], "the link ends as the afternoon begins");
    assert!(!short_link.card_work_at(d("2026-11-24"), t("12:00")));
    assert!(!short_link.card_work_at(d("2026-11-24"), t("14:00")));
    assert!(short_link.card_work_at(d("2026-11-24"), t("8:30")));
    assert!(!short_link.card_work_at(d("2026-11-24"), t("8:29")));
    // Lunch at either end of a day leaves one span.
    for (from, until, expected) in [
        ("8:30", "13:00", "08:30-12:00"),
        ("12:00", "17:15", "13:00-17:15"),
        ("8:30", "11:00", "08:30-11:00"),
    ] {
        let half_day = Calendar::new(OfficeCalendar {
            hours: Hours { from: t(from), until: t(until) },
            lunch: Some(Hours { from: t("12:00"), until: t("13:00") }),
            ..OfficeCalendar::default()
        });
        let spans: Vec<String> = half_day
            .hours(d("2026-11-24"))
            .iter()
            .map(|h| format!("{}-{}", h.from.format("%H:%M"), h.until.format("%H:%M")))
            .collect();
        assert_eq!(spans, [expected]);
    }
    // A closure of the same days each year that does not cross the year's end.
    let summer = Calendar::new(OfficeCalendar {
        year_end: (DayMonth { month: 8, day: 13 }, DayMonth { month: 8, day: 14 }),
        ..OfficeCalendar::default()
    });
    for (date, open) in [
        ("2026-08-12", true),
        ("2026-08-13", false),
        ("2026-08-14", false),
        ("2026-08-17", true),
        ("2026-12-29", true),
    ] {
        assert_eq!(summer.is_open(d(date)), open, "{date}");
    }
    // A late opening never shortens a day, and a day without a lunch break has one span.
    let early = Calendar::new(OfficeCalendar {
        late_openings: vec![LateOpening { weekday: WeekdayName::Thursday, until: t("16:00") }],
        ..OfficeCalendar::default()
    });
    assert_eq!(early.hours(d("2026-12-03")), [Hours { from: t("8:30"), until: t("17:15") }]);
}

/// Open days as a walk over a century finds them: neighbours, roll-over, and no stretch longer than a
/// year's end with a weekend on each side or the long week of 2019.
#[test]
fn open_days_by_walking() {
    let calendar = Calendar::default();
    let mut last_open = d("1954-12-28");
    let mut waiting: Vec<NaiveDate> = Vec::new();
    let last_year = if super::step() == 1 { 2099 } else { 1975 };
    for day in d("1955-01-01").iter_days().take_while(|day| day.year() <= last_year) {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let year_end = (day.month(), day.day()) >= (12, 29) || (day.month(), day.day()) <= (1, 3);
        let open = !weekend && !year_end && holiday(day).is_none();
        let found = calendar.day(day);
        assert_eq!(found.open, open, "{day}");
        if day.year() > 1955 {
            assert_eq!(found.previous_open, Some(last_open), "{day}");
        }
        waiting.push(day);
        if open {
            for closed in waiting.drain(..) {
                assert_eq!(calendar.roll_over(closed), day, "{closed}");
            }
            assert!((day - last_open).num_days() <= 11, "{day}");
            last_open = day;
        }
    }
}

/// An office that stays shut for years names no open day instead of searching for ever.
#[test]
fn an_office_that_never_opens() {
    let calendar = Calendar::new(OfficeCalendar {
        closures: vec![Closure { from: d("1900-01-01"), until: d("2199-12-31"), reason: "廃止".into() }],
        ..OfficeCalendar::default()
    });
    let day = calendar.day(d("2026-11-24"));
    assert_eq!((day.open, day.next_open, day.previous_open), (false, None, None));
    assert_eq!(calendar.roll_over(d("2026-11-24")), d("2026-11-24"));
    assert_eq!(calendar.next_card_work(d("2026-11-24")), None);
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        let _ = Calendar::default().day(day);
    }
}
