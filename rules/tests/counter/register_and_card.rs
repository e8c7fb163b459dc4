//! Visits that end with the register or the card, and days on which nothing can be written.

use rules::calendar::{Calendar, OfficeCalendar, Stop};
use rules::kinds::CertificateKind::{Authentication, Signature};
use rules::kinds::{Applicant, CardStatus, CertificateStatus, ResidentStatus};
use rules::procedure::{CounterFacts, MissingCode, Procedure, Route, decide};
use rules::settings::OfficeSettings;

use super::{d, decided, missing, says, visit, warns, with_status};

#[test]
fn by_the_register() {
    for (source, status, abroad, procedure, words) in [
        ("鴻巣市, 池田町 (E3)", ResidentStatus::Dead, false, Procedure::Nothing, "亡くなられ"),
        ("志賀町 (E2)", ResidentStatus::MovedOut, false, Procedure::OutOfJurisdiction, "転出先"),
        ("志賀町", ResidentStatus::Deleted, false, Procedure::OutOfJurisdiction, "消除"),
        (
            "豊見城市",
            ResidentStatus::MovedAbroad,
            false,
            Procedure::OutOfJurisdiction,
            "継続利用をしていない",
        ),
    ] {
        for wanted in [None, Some(Procedure::Renewal), Some(Procedure::PinReset)] {
            let facts = CounterFacts { resident_status: status, abroad, wanted, ..visit("2025-08-01") };
            let decision = decided(&facts);
            assert_eq!(
                (decision.procedure, decision.route, decision.visits),
                (procedure, Route::Refused, 0),
                "{source}"
            );
            assert!(says(&decision, words), "{source}: {:?}", decision.reasons);
            assert!(decision.certificates.is_empty() && !decision.ready());
        }
    }
    // 豊見城市: continued abroad, the principal only.
    let abroad =
        CounterFacts { resident_status: ResidentStatus::MovedAbroad, abroad: true, ..visit("2025-08-01") };
    assert!(decided(&abroad).ready());
    for applicant in [Applicant::Proxy, Applicant::LegalRepresentative, Applicant::HouseholdMember] {
        let decision = decided(&CounterFacts { applicant, ..abroad.clone() });
        assert_eq!(decision.route, Route::Refused);
        assert!(says(&decision, "本人だけ"));
    }
}

#[test]
fn by_the_card() {
    let with = |change: fn(&mut CounterFacts)| {
        let mut facts = visit("2025-08-01");
        change(&mut facts);
        decided(&facts)
    };
    for (source, decision, words) in [
        ("no card", with(|facts| facts.card = None), "交付申請"),
        (
            "杉並区: abolished",
            with(|facts| facts.card.as_mut().unwrap().status = CardStatus::Abolished),
            "廃止",
        ),
        (
            "佐倉市: the card has ended",
            with(|facts| facts.card.as_mut().unwrap().expires = d("2025-07-31")),
            "令和7年7月31日",
        ),
        ("足利市: 追記欄満欄 (E5)", with(|facts| facts.card_unusable = true), "再交付"),
    ] {
        assert_eq!(
            (decision.procedure, decision.route),
            (Procedure::CardReissue, Route::Diverted),
            "{source}"
        );
        assert!(says(&decision, words), "{source}: {:?}", decision.reasons);
    }
    let last_day = with(|facts| facts.card.as_mut().unwrap().expires = facts.today);
    assert_eq!(last_day.procedure, Procedure::CardRenewal, "the card is good on its last day");
}

/// 葛城市, 八代市 (E4): a stopped card is lifted first, and the revoked signature certificate issued again.
#[test]
fn a_stopped_card() {
    let mut facts = with_status(visit("2025-08-01"), Signature, CertificateStatus::Revoked);
    facts = with_status(facts, Authentication, CertificateStatus::Suspended);
    facts.card.as_mut().unwrap().status = CardStatus::Suspended;
    for wanted in [None, Some(Procedure::Renewal), Some(Procedure::LiftSuspension), Some(Procedure::PinReset)]
    {
        let decision = decided(&CounterFacts { wanted, ..facts.clone() });
        assert_eq!((decision.procedure, decision.route), (Procedure::LiftSuspension, Route::OneVisit));
        assert_eq!(decision.certificates.iter().map(|c| c.kind).collect::<Vec<_>>(), [Signature]);
        assert_eq!(decision.certificates[0].new_expiry, d("2025-10-10"), "never beyond the resting one");
        assert!(says(&decision, "一時停止"));
    }
    let revoke = decided(&CounterFacts { wanted: Some(Procedure::Revocation), ..facts.clone() });
    assert_eq!(revoke.procedure, Procedure::Revocation);
    assert!(says(&revoke, "利用者証明用電子証明書を失効") && !says(&revoke, "署名用電子証明書と"));
    // Without a signature certificate only the stop is lifted.
    facts.certificates.remove(0);
    let alone = decided(&facts);
    assert!(alone.certificates.is_empty() && alone.pins_needed.is_empty() && alone.ready());
}

/// 足利市 (E18): the Sunday after the third Saturday, and the stops of J-LIS (野々市市).
#[test]
fn days_without_card_work() {
    for wanted in [Procedure::Renewal, Procedure::PinReset, Procedure::Revocation] {
        let facts = CounterFacts { wanted: Some(wanted), ..visit("2025-07-20") };
        let decision = decided(&facts);
        assert_eq!(missing(&decision), [MissingCode::CardWorkDay], "{wanted:?}");
        assert!(decision.missing[0].sentence.contains("令和7年7月22日(火)"), "{:?}", decision.missing);
    }
    let settings = OfficeSettings::default();
    let stop = Stop {
        from: d("2025-08-01"),
        until: d("2025-08-01"),
        reason: "システム障害のため手続きできません。".into(),
    };
    let calendar = Calendar::new(OfficeCalendar { card_work_stops: vec![stop], ..OfficeCalendar::default() });
    let decision = decide(&visit("2025-08-01"), &settings, &calendar);
    assert_eq!(missing(&decision), [MissingCode::CardWorkDay]);
    // An ordinary closed day is said, but stops nobody: whoever asks is there.
    let saturday = decided(&visit("2025-08-02"));
    assert!(saturday.ready() && warns(&saturday, "次の開庁日は令和7年8月4日(月)"));
    assert!(!warns(&decided(&visit("2025-08-01")), "閉庁日"));
}

/// E19: people under support measures are marked on every decision.
#[test]
fn support_measures_are_marked() {
    let facts = CounterFacts { suppressed: true, ..visit("2025-08-01") };
    assert!(warns(&decided(&facts), "支援措置"));
    assert!(!warns(&decided(&visit("2025-08-01")), "支援措置"));
}

/// Contradicting facts end in a sentence, not in a panic.
#[test]
fn contradicting_facts() {
    let facts = CounterFacts { birth: d("2025-09-01"), ..visit("2025-08-01") };
    let decision = decided(&CounterFacts { adult_ward: false, signature_allowed: true, ..facts });
    assert_eq!(decision.route, Route::Refused);
    assert!(says(&decision, "生年月日"));
}
