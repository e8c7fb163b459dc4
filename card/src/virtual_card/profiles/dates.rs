//! The dates of a sample person, found from the day the certificates are to end.

use chrono::{Datelike as _, Days, NaiveDate};
use rules::kinds::CertificateKind;
use rules::validity::{
    CardValidityQuestion, LeapBirthday, ValidityQuestion, card_validity, certificate_validity,
};

/// How a sample person's card and certificates came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    /// Certificates as old as the card: they end on the fifth birthday, the card on the tenth.
    First,
    /// Certificates renewed once: they end with the card.
    RenewedOnce,
    /// A limited stay ends both.
    Stay,
}

/// Dates that fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dates {
    pub birth: NaiveDate,
    pub card_issued: NaiveDate,
    pub card_expires: NaiveDate,
    pub issued: NaiveDate,
    pub expires: NaiveDate,
}

/// Dates for someone who turns `age` on the day the certificates end, `days` after today.
pub(super) fn of(today: NaiveDate, days: i64, age: i32, story: Story) -> Dates {
    let end = without_leap_day(shifted(today, days));
    let birth = years(end, -age);
    let (card_issued, stay_until) = match story {
        Story::First => (shifted(years(end, -5), 100), None),
        Story::RenewedOnce => (shifted(years(end, -10), 100), None),
        Story::Stay => (shifted(years(end, -2), 100), Some(end)),
    };
    let card_expires = card_validity(&CardValidityQuestion {
        birth,
        received: shifted(card_issued, -30),
        issued: card_issued,
        stay_until,
        leap_birthday: LeapBirthday::February28,
    })
    .unwrap_or(end);
    let certificate = |issued, current_expiry| {
        certificate_validity(&ValidityQuestion {
            kind: CertificateKind::Authentication,
            birth,
            issued,
            card_expiry: card_expires,
            current_expiry,
            authentication_expiry: None,
            abroad: false,
            leap_birthday: LeapBirthday::February28,
        })
        .map_or(end, |validity| validity.expiry)
    };
    let first = certificate(card_issued, None);
    let (issued, expires) = match story {
        Story::First | Story::Stay => (card_issued, first),
        Story::RenewedOnce => {
            let renewed = shifted(first, -30);
            (renewed, certificate(renewed, Some(first)))
        }
    };
    Dates { birth, card_issued, card_expires, issued, expires }
}

fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    let count = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) };
    moved.unwrap_or(day)
}

fn years(day: NaiveDate, years: i32) -> NaiveDate {
    day.with_year(day.year() + years).unwrap_or(day)
}

/// 29 February has no birthday in most years; the sample's birthday is the day before it.
fn without_leap_day(day: NaiveDate) -> NaiveDate {
    if (day.month(), day.day()) == (2, 29) { shifted(day, -1) } else { day }
}
