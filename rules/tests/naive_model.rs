//! The rules against a second model that counts days and walks calendars instead of computing.
//!
//! Every day from 1926-12-25 to 2100-12-31, more than a million cases, no mismatch.
//!
//! Mutants that no test can catch, because they change nothing:
//! * the first day of the holiday law is no holiday itself (`<` or `<=` in `holidays::named`);
//! * a JSON `null` is read as the default, which is `None` (`visit_none`, `visit_unit` in `calc::read`),
//!   and what a date that may be absent expects is never asked, because the date itself complains first (`expecting`);
//! * a number among the settings has no choices: `Vec::new()` and `vec![]` are one (`SettingValue for u16`);
//! * no date is written with twenty characters or more, so where reading gives up early is a matter of time only
//!   (`> 20` in `wareki::parse`);
//! * 住民種別 comes with a visit's facts for whoever shows them; no rule looks at it (`resident_kind` in
//!   `calc::procedure::facts`).

use chrono::{Datelike, Days};
use rules::NaiveDate;
use rules::dates::{LeapBirthday, age_on, birthday_after, day_after_corresponding};
use rules::kinds::CertificateKind;
use rules::validity::{
    CardValidityQuestion, ExpiryBasis, ValidityQuestion, card_validity, certificate_validity,
};
use rules::wareki;

const FIRST: NaiveDate = NaiveDate::from_ymd_opt(1926, 12, 25).unwrap();
const LAST: NaiveDate = NaiveDate::from_ymd_opt(2100, 12, 31).unwrap();

/// Every day; every so many-th where hundreds of mutants are run through these tests (`make mutants`).
fn days() -> impl Iterator<Item = NaiveDate> {
    FIRST.iter_days().take_while(|day| *day <= LAST).step_by(super::step())
}

/// Is `day` a birthday? Asked of one day, without any arithmetic on years.
fn is_birthday(birth: NaiveDate, day: NaiveDate, leap: LeapBirthday) -> bool {
    if (birth.month(), birth.day()) != (2, 29) {
        return (birth.month(), birth.day()) == (day.month(), day.day());
    }
    match (leap, day.leap_year()) {
        (_, true) => (day.month(), day.day()) == (2, 29),
        (LeapBirthday::February28, false) => (day.month(), day.day()) == (2, 28),
        (LeapBirthday::March1, false) => (day.month(), day.day()) == (3, 1),
    }
}

/// Walks forward day by day and counts birthdays.
fn nth_birthday_by_walking(birth: NaiveDate, from: NaiveDate, n: usize, leap: LeapBirthday) -> NaiveDate {
    from.iter_days().skip(1).filter(|day| is_birthday(birth, *day, leap)).nth(n - 1).unwrap()
}

/// The words of 練馬区: go back three months on a paper calendar, then to the next day.
fn first_day_by_words(expiry: NaiveDate, months: u32) -> NaiveDate {
    let (mut year, mut month) = (expiry.year(), expiry.month());
    for _ in 0..months {
        if month == 1 {
            (year, month) = (year - 1, 12);
        } else {
            month -= 1;
        }
    }
    match NaiveDate::from_ymd_opt(year, month, expiry.day()) {
        Some(day) => day.succ_opt().unwrap(),
        None if month == 12 => NaiveDate::from_ymd_opt(year + 1, 1, 1).unwrap(),
        None => NaiveDate::from_ymd_opt(year, month + 1, 1).unwrap(),
    }
}

/// A cheap generator, so that the births are spread and the run is the same each time.
struct Spread(u64);

impl Spread {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

#[test]
fn first_day_of_the_period_on_every_day() {
    let mut cases = 0_u64;
    for expiry in days() {
        for months in 0..=12 {
            assert_eq!(
                day_after_corresponding(expiry, months),
                first_day_by_words(expiry, months),
                "{expiry} {months}"
            );
            cases += 1;
        }
        // The words the other way round: the day before the first is at most three months away, never less than 89 days.
        let length = (expiry - day_after_corresponding(expiry, 3)).num_days();
        assert!((88..=91).contains(&length), "{expiry} {length}");
    }
    assert!(cases * super::step() as u64 > 800_000, "{cases}");
}

#[test]
fn birthdays_on_every_day() {
    let mut spread = Spread(1);
    for (index, day) in days().enumerate() {
        for leap in [LeapBirthday::February28, LeapBirthday::March1] {
            let birth = if index % 4 == 0 {
                NaiveDate::from_ymd_opt(1908 + 4 * i32::try_from(spread.next(4)).unwrap(), 2, 29).unwrap()
            } else {
                day - Days::new(spread.next(36_000))
            };
            let birth = birth.min(day);
            let next = birthday_after(birth, day, 1, leap);
            assert_eq!(next, nth_birthday_by_walking(birth, day, 1, leap), "{birth} {day}");
            // Years older on the next birthday than on the day.
            assert_eq!(age_on(birth, next, leap), age_on(birth, day, leap) + 1, "{birth} {day}");
        }
    }
}

/// Certificates as the ordinance says it, with the naive pieces: the earliest of (a), (b), (c).
#[test]
fn certificates_on_every_day() {
    let mut spread = Spread(7);
    let mut cases = 0_u64;
    let mut bases = std::collections::BTreeMap::<ExpiryBasis, u64>::new();
    for issued in days().step_by(3) {
        // One walk of eight years serves many questions of this day.
        for _ in 0..3 {
            let birth =
                (issued - Days::new(spread.next(33_000))).max(NaiveDate::from_ymd_opt(1870, 1, 1).unwrap());
            let leap = if spread.next(2) == 0 { LeapBirthday::February28 } else { LeapBirthday::March1 };
            let birthdays: Vec<NaiveDate> = {
                let first = nth_birthday_by_walking(birth, issued, 1, leap);
                let mut found = vec![first];
                for year in first.year() + 1..first.year() + 10 {
                    let day = (26..=31)
                        .filter_map(|day| NaiveDate::from_ymd_opt(year, birth.month(), day))
                        .chain((1..=25).filter_map(|day| NaiveDate::from_ymd_opt(year, birth.month(), day)))
                        .chain(NaiveDate::from_ymd_opt(year, 3, 1))
                        .find(|day| is_birthday(birth, *day, leap))
                        .unwrap();
                    found.push(day);
                }
                found
            };
            for _ in 0..10 {
                let current = match spread.next(4) {
                    0 => None,
                    1 => Some(issued + Days::new(spread.next(100))),
                    2 => Some(issued + Days::new(spread.next(1800))),
                    _ => issued.checked_sub_days(Days::new(spread.next(400))),
                };
                let card = issued + Days::new(spread.next(3650));
                let authentication = (spread.next(2) == 0).then(|| issued + Days::new(spread.next(3650)));
                let kind = if spread.next(2) == 0 {
                    CertificateKind::Signature
                } else {
                    CertificateKind::Authentication
                };
                let abroad = spread.next(8) == 0;
                let asked = ValidityQuestion {
                    kind,
                    birth,
                    issued,
                    card_expiry: card,
                    current_expiry: current,
                    authentication_expiry: authentication,
                    abroad,
                    leap_birthday: leap,
                };
                let from = current.map(|expiry| first_day_by_words(expiry, if abroad { 12 } else { 3 }));
                let inside = current.is_some_and(|expiry| issued <= expiry && from.unwrap() <= issued);
                let a = birthdays[if inside { 5 } else { 4 }];
                let b =
                    authentication.filter(|_| kind == CertificateKind::Signature).unwrap_or(NaiveDate::MAX);
                let got = certificate_validity(&asked).unwrap();
                assert_eq!(got.expiry, a.min(b).min(card), "{asked:?}");
                assert_eq!(got.shortened, from.is_some_and(|from| issued < from), "{asked:?}");
                let named = match got.basis {
                    ExpiryBasis::FifthBirthday => birthdays[4],
                    ExpiryBasis::SixthBirthday => birthdays[5],
                    ExpiryBasis::CardExpiry => card,
                    ExpiryBasis::AuthenticationExpiry => b,
                };
                assert_eq!(named, got.expiry, "{asked:?}");
                *bases.entry(got.basis).or_default() += 1;
                cases += 1;
            }
        }
    }
    assert!(cases * super::step() as u64 > 600_000, "{cases}");
    assert_eq!(bases.len(), 4, "{bases:?}");
}

#[test]
fn cards_on_every_day() {
    let mut spread = Spread(11);
    for issued in days() {
        let received = issued - Days::new(spread.next(60));
        let birth = received - Days::new(spread.next(12_000));
        let line = if received < NaiveDate::from_ymd_opt(2022, 4, 1).unwrap() { 20 } else { 18 };
        let leap = LeapBirthday::February28;
        // Old enough when so many birthdays have come.
        let came = (birth.year() + 1..=received.year())
            .filter(|year| {
                let this = (1..=31).filter_map(|day| NaiveDate::from_ymd_opt(*year, birth.month(), day));
                this.into_iter().any(|day| is_birthday(birth, day, leap) && day <= received)
            })
            .count();
        let count = if came >= line { 10 } else { 5 };
        let stay = (spread.next(3) == 0).then(|| issued + Days::new(spread.next(2000)));
        let asked = CardValidityQuestion { birth, received, issued, stay_until: stay, leap_birthday: leap };
        let expected = {
            let first = nth_birthday_by_walking(birth, issued, 1, leap);
            let year = first.year() + count - 1;
            let last = first.with_year(year).unwrap_or_else(|| NaiveDate::from_ymd_opt(year, 2, 28).unwrap());
            let last = if (birth.month(), birth.day()) == (2, 29) {
                NaiveDate::from_ymd_opt(year, 2, 29).unwrap_or(last)
            } else {
                last
            };
            stay.map_or(last, |stay| stay.min(last))
        };
        assert_eq!(card_validity(&asked), Ok(expected), "{asked:?}");
    }
}

/// Every written form of every day reads back as that day.
#[test]
fn wareki_both_ways_on_every_day() {
    let mut previous: Option<(wareki::Era, u16)> = None;
    for day in days() {
        let forms = wareki::written_forms(day);
        assert!(forms.len() >= 7, "{day}");
        for form in forms {
            assert_eq!(wareki::parse(&form), Ok(day), "{form}");
        }
        let now = wareki::era_year(day).unwrap();
        if let Some(before) = previous
            && before != now
            && super::step() == 1
        {
            let new_year = (day.month(), day.day()) == (1, 1) && now == (before.0, before.1 + 1);
            let new_era = now.1 == 1 && now.0 != before.0 && day == now.0.first_day();
            assert!(new_year || new_era, "{day}");
        }
        previous = Some(now);
    }
    assert_eq!(previous, Some((wareki::Era::Reiwa, 82)));
}
