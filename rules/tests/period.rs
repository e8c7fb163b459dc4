//! First and last day of the renewal period, each row from a public page.

use rules::NaiveDate;
use rules::calendar::{Calendar, Closure, OfficeCalendar};
use rules::period::{
    MovingIn, Stage, WindowStart, due, first_day, month_of, renewal_period, renewal_period_from,
};

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 3か月前に相当する日の翌日.
#[test]
fn first_days_by_their_sources() {
    for (source, expiry, from) in [
        ("練馬区", "2023-07-07", "2023-04-08"),
        ("練馬区", "2023-05-28", "2023-03-01"),
        ("大村市", "2024-08-01", "2024-05-02"),
        ("下関市", "2022-10-15", "2022-07-16"),
        ("呉市", "2024-04-15", "2024-01-16"),
        ("鶴ヶ島市", "2024-06-15", "2024-03-16"),
        ("豊川市", "2020-04-25", "2020-01-26"),
        ("世田谷区", "2020-09-24", "2020-06-25"),
        ("練馬区: no 29 February", "2023-05-29", "2023-03-01"),
        ("練馬区: no 30 February", "2023-05-30", "2023-03-01"),
        ("練馬区: no 31 February", "2023-05-31", "2023-03-01"),
        ("練馬区: 29 February of a leap year", "2024-05-29", "2024-03-01"),
        ("練馬区: 28 February of a leap year", "2024-05-28", "2024-02-29"),
        ("練馬区: no 31 April", "2025-07-31", "2025-05-01"),
        ("練馬区: end of April", "2025-07-30", "2025-05-01"),
        ("練馬区: across the year", "2025-01-31", "2024-11-01"),
        ("練馬区: across the year", "2025-03-01", "2024-12-02"),
        ("練馬区: 31 December", "2025-03-31", "2025-01-01"),
    ] {
        assert_eq!(first_day(d(expiry), false), d(from), "{source} {expiry}");
    }
    // 世田谷区: a year for people abroad, by the same arithmetic.
    assert_eq!(first_day(d("2024-10-10"), true), d("2023-10-11"));
    assert_eq!(first_day(d("2024-02-29"), true), d("2023-03-01"));
}

/// 湖南市, 三原市: "3か月前から", read loosely.
#[test]
fn the_loose_reading_is_a_day_earlier() {
    let calendar = Calendar::default();
    let loose = |expiry: &str| renewal_period_from(d(expiry), false, WindowStart::SameDay, &calendar).from;
    assert_eq!(loose("2023-07-07"), d("2023-04-07"));
    assert_eq!(loose("2023-05-31"), d("2023-03-01"));
}

/// The last day is the expiry itself (江戸川区, 春日井市); closed days move nothing but what is shown as open.
#[test]
fn open_days_inside_the_period() {
    let calendar = Calendar::default();
    // 2026-01-03 is a Saturday inside the year-end closure; 2025-10-04 a Saturday.
    let period = renewal_period(d("2026-01-03"), false, &calendar);
    assert_eq!((period.from, period.until), (d("2025-10-04"), d("2026-01-03")));
    assert_eq!(period.first_open_day, Some(d("2025-10-06")));
    assert_eq!(period.last_open_day, Some(d("2025-12-26")));

    let shut = OfficeCalendar {
        closures: vec![Closure { from: d("2025-10-04"), until: d("2026-01-03"), reason: "移転".into() }],
        ..OfficeCalendar::default()
    };
    let period = renewal_period(d("2026-01-03"), false, &Calendar::new(shut));
    assert_eq!((period.first_open_day, period.last_open_day), (None, None));
    // One open day is both the first and the last.
    let nearly = OfficeCalendar {
        closures: vec![Closure { from: d("2025-10-07"), until: d("2026-01-03"), reason: "移転".into() }],
        ..OfficeCalendar::default()
    };
    let period = renewal_period(d("2026-01-03"), false, &Calendar::new(nearly));
    assert_eq!((period.first_open_day, period.last_open_day), (Some(d("2025-10-06")), Some(d("2025-10-06"))));
}

#[test]
fn stages_at_the_borders() {
    let period = renewal_period(d("2025-10-10"), false, &Calendar::default());
    assert_eq!(period.stage(d("2025-07-10")), Stage::Before { days: 1 });
    assert_eq!(period.stage(d("2025-07-11")), Stage::Inside { days_left: 91 });
    assert_eq!(period.stage(d("2025-10-10")), Stage::Inside { days_left: 0 });
    assert_eq!(period.stage(d("2025-10-11")), Stage::After { days: 1 });
    for (day, inside) in
        [("2025-07-10", false), ("2025-07-11", true), ("2025-10-10", true), ("2025-10-11", false)]
    {
        assert_eq!(period.contains(d(day)), inside, "{day}");
    }
    assert_eq!(month_of(d("2025-07-11")), "2025-07");
}

/// 東松山市, 佐世保市, 桜川市: 14, 30 and 90 days, a closed last day rolls over.
#[test]
fn days_after_a_move() {
    let calendar = Calendar::default();
    assert_eq!(due(d("2026-06-01"), 14, &calendar), d("2026-06-15"));
    // 2026-06-20 is a Saturday.
    assert_eq!(due(d("2026-06-06"), 14, &calendar), d("2026-06-22"));
    // 90 days after 2026-10-02 is 31 December.
    assert_eq!(due(d("2026-10-02"), 90, &calendar), d("2027-01-04"));

    let moving = MovingIn::new(d("2026-06-01"), d("2026-05-30"), Some(d("2026-06-15")), &calendar);
    assert_eq!(moving.notify_by_move, d("2026-06-15"));
    assert_eq!(moving.notify_by_departure, d("2026-06-29"));
    assert_eq!(moving.continue_by, Some(d("2026-09-14")), "13 September 2026 is a Sunday");
    assert!(moving.in_time(d("2026-06-15"), d("2026-09-14")));
    assert!(!moving.in_time(d("2026-06-15"), d("2026-09-15")));
    assert!(!moving.in_time(d("2026-06-16"), d("2026-09-14")));
    let late_departure = MovingIn::new(d("2026-06-20"), d("2026-05-01"), Some(d("2026-06-15")), &calendar);
    assert!(!late_departure.in_time(d("2026-06-02"), d("2026-06-02")), "30 days after the planned departure");
    let unnotified = MovingIn::new(d("2026-06-01"), d("2026-05-30"), None, &calendar);
    assert!(!unnotified.in_time(d("2026-06-01"), d("2026-06-01")));
}
