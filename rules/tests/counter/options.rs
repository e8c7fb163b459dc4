//! 今日できること / できないこと.

use rules::calendar::Calendar;
use rules::kinds::{CardStatus, ResidentStatus};
use rules::procedure::{CounterFacts, Procedure, TodayOption, options};
use rules::settings::OfficeSettings;

use super::{child_visit, d, visit};

fn shown(facts: &CounterFacts) -> Vec<TodayOption> {
    options(facts, &OfficeSettings::default(), &Calendar::default())
}

fn possible(facts: &CounterFacts) -> Vec<Procedure> {
    shown(facts).into_iter().filter(|option| option.possible).map(|option| option.procedure).collect()
}

fn of(facts: &CounterFacts, procedure: Procedure) -> TodayOption {
    shown(facts).into_iter().find(|option| option.procedure == procedure).unwrap()
}

const ANY_DAY: [Procedure; 3] = [Procedure::PinReset, Procedure::PinChange, Procedure::Revocation];

#[test]
fn by_the_day() {
    let with_renewal = [&[Procedure::Renewal][..], &ANY_DAY].concat();
    for (today, expected) in [
        ("2025-07-10", with_renewal.clone()),
        ("2025-07-11", with_renewal.clone()),
        ("2025-10-10", with_renewal),
        ("2025-10-14", vec![Procedure::Issuance, Procedure::PinReset, Procedure::PinChange]),
        (
            "2030-08-01",
            vec![Procedure::Issuance, Procedure::CardRenewal, Procedure::PinReset, Procedure::PinChange],
        ),
    ] {
        assert_eq!(possible(&visit(today)), expected, "{today}");
    }
}

#[test]
fn each_has_its_reason() {
    for today in ["2020-01-06", "2025-07-10", "2025-08-01", "2025-10-14", "2030-08-01", "2031-01-06"] {
        for option in shown(&visit(today)) {
            assert!(option.sentence.ends_with('。') && !option.source.is_empty(), "{option:?}");
            assert!(option.possible || option.certificates.is_empty());
        }
    }
    let early = of(&visit("2025-07-10"), Procedure::Renewal);
    assert!(early.sentence.contains("1年短くなります"), "{}", early.sentence);
    let inside = of(&visit("2025-07-11"), Procedure::Renewal);
    assert!(inside.sentence.contains("更新期間内") && inside.certificates.len() == 2);
    assert!(of(&visit("2025-08-01"), Procedure::Issuance).sentence.contains("有効な証明書があります"));
    assert!(of(&visit("2025-10-14"), Procedure::Renewal).sentence.contains("発行の手続き"));
    assert!(of(&visit("2025-08-01"), Procedure::CardRenewal).sentence.contains("令和12年7月11日から"));
    let diverted = of(&visit("2030-08-01"), Procedure::Renewal);
    assert!(!diverted.possible && diverted.certificates.is_empty());
}

/// Before anybody has said who comes, a child's screen thinks of the representative.
#[test]
fn children_come_with_their_representative() {
    let child = child_visit("2025-08-01");
    assert_eq!(possible(&child), [&[Procedure::Renewal][..], &ANY_DAY].concat());
    let renewal = of(&child, Procedure::Renewal);
    assert!(renewal.sentence.starts_with("法定代理人が申請します。"), "{}", renewal.sentence);
    assert!(of(&child, Procedure::Issuance).sentence.contains("15歳未満"));
    assert!(!of(&visit("2025-08-01"), Procedure::Renewal).sentence.contains("法定代理人"));
    let proxy = CounterFacts { applicant: rules::kinds::Applicant::Proxy, ..child };
    assert_eq!(possible(&proxy), []);
}

#[test]
fn nothing_goes_for_the_dead_and_on_stopped_days() {
    let dead = CounterFacts { resident_status: ResidentStatus::Dead, ..visit("2025-08-01") };
    assert_eq!(possible(&dead), []);
    let sunday = visit("2025-07-20");
    assert_eq!(possible(&sunday), [Procedure::PinChange], "a change is between the card and its reader");
    assert!(of(&sunday, Procedure::Renewal).sentence.contains("保守"));
    assert!(
        of(&sunday, Procedure::Issuance).sentence.contains("有効な証明書"),
        "what wouldn't go anyway says why"
    );
    let mut stopped = visit("2025-08-01");
    stopped.card.as_mut().unwrap().status = CardStatus::Suspended;
    assert_eq!(possible(&stopped), [Procedure::LiftSuspension, Procedure::Revocation]);
    let mut ended = visit("2025-08-01");
    ended.card.as_mut().unwrap().expires = d("2025-07-31");
    assert_eq!(possible(&ended), []);
}
