use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use rules::period::first_day;

use super::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

fn authentication_ends(profile: &Profile) -> NaiveDate {
    profile.person.certificate(CertificateKind::Authentication).expect("every sample has one").expires
}

/// Whatever the day, each sample is in the case its name promises: every day of four years, leap day and all.
#[test]
fn every_sample_stays_in_its_case() {
    for today in day(2026, 1, 1).iter_days().take(4 * 366) {
        for profile in all(today) {
            let end = authentication_ends(&profile);
            let from = first_day(end, false);
            let card = profile.person.card_expires;
            match profile.name {
                "early" => assert!(today < from, "{today}"),
                "expired" => assert!(end < today && today < card, "{today}"),
                "last-day" => assert!((end - today).num_days().abs() <= 1, "{today}"),
                _ => assert!(from <= today && today <= end, "{} on {today}: {from} to {end}", profile.name),
            }
            match profile.name {
                "card-ends" | "minor" | "limited-stay" => {
                    assert_eq!(card, end, "{} on {today}", profile.name);
                }
                _ => assert!((card - end).num_days() > 4 * 365, "{} on {today}", profile.name),
            }
            let issued = profile.person.certificates[0].issued;
            assert!(profile.card_issued <= issued && issued < today);
        }
    }
}

#[test]
fn numbers_are_fixed_and_nobody_shares_one() {
    let profiles = all(day(2026, 11, 22));
    assert_eq!(profiles[0].resident_number, "9900000001");
    assert_eq!(profiles[0].person.card_number, "999010000000001");
    assert_eq!(profiles[0].person.certificates[0].serial, "4D000011");
    let mut seen = BTreeSet::new();
    for profile in &profiles {
        assert!(seen.insert(profile.name.to_owned()));
        assert!(seen.insert(profile.resident_number.clone()));
        assert!(seen.insert(profile.person.card_number.clone()));
        for certificate in &profile.person.certificates {
            assert!(seen.insert(certificate.serial.clone()));
        }
    }
    let later = all(day(2027, 3, 1).checked_add_days(Days::new(7)).expect("a date"));
    for (one, other) in profiles.iter().zip(&later) {
        assert_eq!((one.name, &one.resident_number), (other.name, &other.resident_number));
    }
}

#[test]
fn the_names_of_the_command_line_are_there() {
    for name in [
        "renewable",
        "early",
        "expired",
        "card-ends",
        "minor",
        "face-only",
        "signature-locked",
        "auth-locked",
        "last-try",
        "suspended",
        "signature-revoked",
        "limited-stay",
        "variation-selectors",
        "old-token",
        "unreadable",
    ] {
        assert_eq!(find(name, day(2026, 11, 22)).expect("a profile").name, name);
    }
    assert!(find("nobody", day(2026, 11, 22)).is_none());
}
