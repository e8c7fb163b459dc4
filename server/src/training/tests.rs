//! The ward on a range of days.

use super::{Entry, Generator, RESIDENTS, open_ward, write_csv};
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::office::{Mode, Office};
use crate::store;
use chrono::{Days, NaiveDate};
use rules::calendar::{Calendar, OfficeCalendar};
use rules::kinds::{CardKind, CardStatus, CertificateKind, CertificateStatus, ResidentKind, ResidentStatus};
use rules::period::{self, Stage};
use std::collections::HashSet;

const SEED: u64 = 20_160_104;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ward(today: NaiveDate) -> Vec<Entry> {
    Generator::new(SEED, today).take(RESIDENTS).collect()
}

/// The same seed and day make the same ward, another seed another one.
#[test]
fn the_ward_follows_from_seed_and_day() {
    let today = day("2026-11-24");
    assert_eq!(ward(today), ward(today));
    let other: Vec<Entry> = Generator::new(SEED + 1, today).take(20).collect();
    assert_ne!(ward(today)[..20], other[..]);
}

/// On the day it is opened the ward holds every state that a clerk may meet.
#[test]
fn every_state_is_there() {
    for today in ["2026-11-24", "2027-02-28", "2027-09-01", "2029-06-15"].map(day) {
        let ward = ward(today);
        let calendar = Calendar::new(OfficeCalendar::default());
        let mut seen = HashSet::new();
        for Entry { resident, cards } in &ward {
            seen.insert(format!("{:?}", resident.status));
            for (there, what) in [
                (resident.suppressed, "suppressed"),
                (resident.adult_ward, "adult ward"),
                (resident.registered_elsewhere, "registered elsewhere"),
                (resident.old_surname.is_some(), "old surname"),
                (resident.alias.is_some(), "alias"),
                (
                    resident.name.contains(|c: char| ('\u{E0100}'..='\u{E01EF}').contains(&c)),
                    "variation selector",
                ),
                (
                    resident.name.contains(|c: char| ('\u{20000}'..='\u{2FFFF}').contains(&c)),
                    "beyond the basic plane",
                ),
                (resident.building.as_ref().is_some_and(|name| name.chars().count() > 30), "long building"),
                (resident.kind == ResidentKind::Foreign && resident.stay_until.is_some(), "limited stay"),
                (resident.kind == ResidentKind::Foreign && resident.stay_until.is_none(), "unlimited stay"),
                (resident.birth + Days::new(15 * 365) > today, "child"),
                (cards.is_empty(), "no card"),
                (cards.len() > 1, "second card"),
            ] {
                if there {
                    seen.insert(what.to_owned());
                }
            }
            let Some(life) = cards.last().filter(|_| resident.status == ResidentStatus::Resident) else {
                continue;
            };
            seen.insert(format!("card {:?}", life.card.status));
            for (there, what) in [
                (life.card.face_only, "face only"),
                (life.card.kind == CardKind::SpecifiedResidence, "residence card"),
                (life.card.expires < today, "card expired"),
                (
                    life.card.expires >= today && period::first_day(life.card.expires, false) <= today,
                    "card due",
                ),
                (
                    life.certificates.iter().all(|found| found.kind != CertificateKind::Signature),
                    "no signature",
                ),
                (life.certificates.iter().any(|found| !found.current), "renewed before"),
            ] {
                if there {
                    seen.insert(what.to_owned());
                }
            }
            for found in life.certificates.iter().filter(|found| found.current) {
                let renewal = period::renewal_period(found.expires, false, &calendar);
                let stage = match renewal.stage(today) {
                    Stage::Before { .. } => "before",
                    Stage::Inside { .. } => "inside",
                    Stage::After { .. } => "after",
                };
                let with_card = if found.expires == life.card.expires { " with card" } else { "" };
                seen.insert(format!("{:?} {:?} {stage}{with_card}", found.kind, found.status));
                if found.reason.as_deref() == Some("住所の変更") {
                    seen.insert("revoked by a move".to_owned());
                }
            }
        }
        let wanted = [
            "Resident",
            "MovedOut",
            "MovedAbroad",
            "Dead",
            "Deleted",
            "suppressed",
            "adult ward",
            "registered elsewhere",
            "old surname",
            "alias",
            "variation selector",
            "beyond the basic plane",
            "long building",
            "limited stay",
            "unlimited stay",
            "child",
            "no card",
            "second card",
            "card Active",
            "card Suspended",
            "card Abolished",
            "face only",
            "residence card",
            "card expired",
            "card due",
            "no signature",
            "renewed before",
            "revoked by a move",
            "Signature Valid before",
            "Signature Valid inside",
            "Signature Valid after",
            "Signature Revoked before",
            "Signature Valid before with card",
            "Signature Valid inside with card",
            "Authentication Valid before",
            "Authentication Valid inside",
            "Authentication Valid after",
            "Authentication Suspended before",
            "Authentication Valid inside with card",
        ];
        let missing: Vec<&&str> = wanted.iter().filter(|what| !seen.contains(**what)).collect();
        assert!(missing.is_empty(), "{today}: missing {missing:?}");
    }
}

/// On any day of the two years after it was opened, people stand before, inside and after their renewal period.
#[test]
fn later_days_have_people_too() {
    let opened = day("2026-11-24");
    let ward = ward(opened);
    for later in (0..730).step_by(7) {
        let today = opened + Days::new(later);
        let (mut before, mut inside, mut after) = (0, 0, 0);
        let residents = ward.iter().filter(|entry| entry.resident.status == ResidentStatus::Resident);
        let lives = residents.filter_map(|entry| entry.cards.last());
        for life in lives.filter(|life| life.card.status == CardStatus::Active && life.card.expires > today) {
            for found in life.certificates.iter().filter(|found| found.current) {
                if found.status != CertificateStatus::Valid || found.expires == life.card.expires {
                    continue;
                }
                let from = period::first_day(found.expires, false);
                *(if today < from {
                    &mut before
                } else if today <= found.expires {
                    &mut inside
                } else {
                    &mut after
                }) += 1;
            }
        }
        assert!(
            before > 20 && inside > 5 && after > 20,
            "{today}: {before} before, {inside} inside, {after} after"
        );
    }
}

/// What is drawn keeps the rules: nothing outlives its card, the signature not the authentication certificate beside
/// it, one certificate of a kind is current, and no number comes twice.
#[test]
fn what_is_drawn_keeps_the_rules() {
    let today = day("2026-11-24");
    let (mut numbers, mut serials) = (HashSet::new(), HashSet::new());
    for Entry { resident, cards } in ward(today) {
        assert!(numbers.insert(resident.number.clone()) && resident.birth <= today);
        let active = cards.iter().filter(|life| life.card.status != CardStatus::Abolished).count();
        assert!(active <= 1, "{}: {active} cards", resident.number);
        for life in cards {
            assert!(numbers.insert(life.card.number.clone()) && life.card.number.len() == 15);
            assert!(life.card.issued >= resident.birth && life.card.issued <= today);
            let current = |kind| {
                let mut found =
                    life.certificates.iter().filter(move |found| found.kind == kind && found.current);
                (found.next(), found.next())
            };
            let (signature, second) = current(CertificateKind::Signature);
            let (authentication, other) = current(CertificateKind::Authentication);
            assert!(second.is_none() && other.is_none());
            if let (Some(signature), Some(authentication)) = (signature, authentication)
                && signature.status != CertificateStatus::Revoked
            {
                assert!(signature.expires <= authentication.expires, "{}", resident.number);
            }
            for found in &life.certificates {
                assert!(serials.insert((found.kind, found.serial.clone())));
                assert!(
                    found.expires <= life.card.expires
                        && found.issued <= today
                        && found.issued <= found.expires
                );
                assert!(!(life.card.face_only && found.kind == CertificateKind::Signature));
            }
        }
    }
}

/// The ward goes into an office once, with counters, staff and the sample people.
#[tokio::test]
async fn the_ward_opens_once() {
    let directory = tempfile::tempdir().unwrap();
    let clock = Clock::starting(day("2026-11-24"));
    let office =
        Office::open(DataDir::open(directory.path()).unwrap(), Some(Mode::Training), clock).await.unwrap();
    open_ward(&office).await.unwrap();
    let read = office.store().read();
    let samples = card::virtual_card::profiles::all(office.clock().today());
    let count = store::residents::count(read).await.unwrap();
    assert_eq!(count, i64::try_from(RESIDENTS + samples.len()).unwrap());
    for sample in &samples {
        let card = store::cards::current_of_resident(read, &sample.resident_number).await.unwrap();
        assert_eq!(
            card.map(|card| card.number).as_deref(),
            Some(sample.person.card_number.as_str()),
            "{}",
            sample.name
        );
    }
    assert_eq!(store::staff::count(read).await.unwrap(), 6);
    assert_eq!(store::stations::all(read).await.unwrap().len(), 3);
    open_ward(&office).await.unwrap();
    assert_eq!(store::residents::count(read).await.unwrap(), count);
}

/// The files are the specification's columns, a row for each resident and for each current card.
#[test]
fn files_have_a_row_for_everyone() {
    let (mut people, mut cards) = (Vec::new(), Vec::new());
    write_csv(300, 1, day("2026-11-24"), &mut people, &mut cards).unwrap();
    let people = String::from_utf8(people).unwrap();
    assert_eq!(people.lines().count(), 301);
    assert!(people.starts_with("宛名番号,世帯番号,氏名,"));
    let cards = String::from_utf8(cards).unwrap();
    assert!(cards.lines().count() > 200 && cards.lines().all(|line| line.split(',').count() == 14));
}
