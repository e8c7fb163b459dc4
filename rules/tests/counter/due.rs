//! The principal with a card: what is due on which day.

use rules::kinds::CertificateKind::{Authentication, Signature};
use rules::kinds::{CardStatus, CertificateStatus, PinKind};
use rules::procedure::{CounterFacts, MissingCode, Procedure, Route};
use rules::settings::OfficeSettings;
use rules::validity::ExpiryBasis;

use super::{certificate, d, decided, decided_by, missing, says, visit, warns, with_status};

/// One row a day around the borders.
#[test]
fn days_around_the_period() {
    for (source, today, procedure, route, consent_missing, new_expiry) in [
        ("江戸川区: a day early", "2025-07-10", Procedure::Renewal, Route::OneVisit, true, "2029-10-10"),
        ("練馬区: the first day", "2025-07-11", Procedure::Renewal, Route::OneVisit, false, "2030-10-10"),
        ("春日井市: the last day", "2025-10-10", Procedure::Renewal, Route::OneVisit, false, "2030-10-10"),
        ("江戸川区: the day after", "2025-10-11", Procedure::Issuance, Route::OneVisit, false, "2030-10-10"),
        (
            "三原市: a year later, free any time",
            "2026-10-12",
            Procedure::Issuance,
            Route::OneVisit,
            false,
            "2030-10-10",
        ),
    ] {
        let decision = decided(&visit(today));
        assert_eq!((decision.procedure, decision.route, decision.visits), (procedure, route, 1), "{source}");
        assert_eq!(missing(&decision).contains(&MissingCode::Consent), consent_missing, "{source}");
        let kinds: Vec<_> = decision.certificates.iter().map(|certificate| certificate.kind).collect();
        assert_eq!(kinds, [Signature, Authentication], "{source}");
        for certificate in &decision.certificates {
            assert_eq!(certificate.new_expiry, d(new_expiry), "{source}");
            assert_eq!(certificate.old_expiry, Some(d("2025-10-10")), "{source}");
            assert_eq!(certificate.shortened, consent_missing, "{source}");
        }
        assert_eq!(
            decision.pins_needed,
            [PinKind::Signature, PinKind::Authentication, PinKind::ResidentRegister]
        );
        assert_eq!(decision.ready(), !consent_missing, "{source}");
        for reason in &decision.reasons {
            assert!(reason.sentence.ends_with('。') && !reason.source.is_empty(), "{source}: {reason:?}");
        }
    }
}

/// 江戸川区: 1年短くなります, with both dates; consent is the way through.
#[test]
fn a_year_is_lost_by_coming_early() {
    let early = visit("2025-07-10");
    let decision = decided(&early);
    assert!(says(&decision, "1年短くなります"), "{:?}", decision.reasons);
    assert!(says(&decision, "令和11年10月10日") && says(&decision, "令和12年10月10日"));
    assert!(says(&decision, "あと1日"));
    assert_eq!(decision.shorter.len(), 2);
    assert_eq!(decision.shorter[0].today, d("2029-10-10"));
    assert_eq!(decision.shorter[0].in_period, d("2030-10-10"));
    assert_eq!(decision.shorter[0].from, d("2025-07-11"));
    let agreed = decided(&CounterFacts { consent_to_shorter: true, ..early });
    assert!(agreed.ready(), "{:?}", agreed.missing);
    assert_eq!(agreed.shorter.len(), 2, "what is lost is still said");
    assert_eq!(agreed.certificates[0].basis, ExpiryBasis::FifthBirthday);
    assert!(decided(&visit("2025-07-11")).shorter.is_empty());
}

/// 江戸川区: what is lost is told in days where it is less than a year, and not at all where the card ends first anyway.
#[test]
fn a_card_that_ends_soon_loses_less() {
    let mut early = visit("2025-07-10");
    early.card.as_mut().unwrap().expires = d("2030-03-01");
    let decision = decided(&early);
    assert!(says(&decision, "142日短くなります"), "{:?}", decision.reasons);
    early.card.as_mut().unwrap().expires = d("2028-10-10");
    let capped = decided(&early);
    assert!(capped.shorter.is_empty() && capped.ready(), "{:?}", capped.missing);
    assert!(!warns(&capped, "データの誤り"), "both certificates end on one day");
}

/// Certificates with different last days each wait for their own period.
#[test]
fn what_waiting_gains_for_each() {
    let mut settings = OfficeSettings::default();
    settings.set("signature_cap", "not_applied").unwrap();
    let mut facts = visit("2025-05-01");
    facts.certificates[1].expires = d("2026-10-10");
    let decision = decided_by(&facts, &settings);
    let gains: Vec<_> =
        decision.shorter.iter().map(|loss| (loss.kind, loss.today, loss.in_period, loss.from)).collect();
    assert_eq!(
        gains,
        [
            (Signature, d("2029-10-10"), d("2030-10-10"), d("2025-07-11")),
            (Authentication, d("2029-10-10"), d("2030-10-10"), d("2026-07-11")),
        ]
    );
}

/// 宇治市, 金沢市: one valid certificate in its period takes what has ended with it, and leaves the other alone.
#[test]
fn certificates_that_stand_differently() {
    let revoked = with_status(visit("2025-08-01"), Signature, CertificateStatus::Revoked);
    let both = decided(&revoked);
    assert_eq!(both.procedure, Procedure::Renewal);
    assert_eq!(both.certificates.len(), 2);
    assert_eq!(both.certificates[0].basis, ExpiryBasis::CardExpiry.min(both.certificates[0].basis));

    // いちき串木野市: revoked by a move, long before the period: only the signature certificate is issued again,
    // and it ends with the authentication certificate (阿見町).
    let moved = with_status(visit("2023-08-01"), Signature, CertificateStatus::Revoked);
    let decision = decided(&moved);
    assert_eq!(decision.procedure, Procedure::Issuance);
    assert_eq!(decision.certificates.len(), 1);
    assert_eq!(decision.certificates[0].kind, Signature);
    assert_eq!(decision.certificates[0].new_expiry, d("2025-10-10"));
    assert_eq!(decision.certificates[0].basis, ExpiryBasis::AuthenticationExpiry);
    assert_eq!(decision.pins_needed, [PinKind::Signature, PinKind::ResidentRegister]);
    // 湖南市 and others omit the cap.
    let mut settings = OfficeSettings::default();
    settings.set("signature_cap", "not_applied").unwrap();
    let uncapped = decided_by(&moved, &settings);
    assert_eq!(uncapped.certificates[0].new_expiry, d("2027-10-10"));

    // Only the authentication certificate is in its period.
    let mut facts = visit("2025-08-01");
    facts.certificates[0] = certificate(Signature, "2024-12-01", "2029-10-10");
    let decision = decided(&facts);
    assert_eq!(decision.certificates.iter().map(|c| c.kind).collect::<Vec<_>>(), [Authentication]);
    assert!(warns(&decision, "データの誤り"), "E20: {:?}", decision.warnings);
}

/// 多賀城市: a signature certificate that was never wanted isn't written unasked.
#[test]
fn a_signature_certificate_nobody_wanted() {
    let mut facts = visit("2025-11-04");
    facts.certificates.remove(0);
    let decision = decided(&facts);
    assert_eq!(decision.certificates.iter().map(|c| c.kind).collect::<Vec<_>>(), [Authentication]);
    assert_eq!(decision.pins_needed, [PinKind::Authentication, PinKind::ResidentRegister]);
    facts.wanted = Some(Procedure::Issuance);
    facts.pins_known = vec![PinKind::Authentication, PinKind::ResidentRegister];
    let asked = decided(&facts);
    assert_eq!(asked.certificates.len(), 2);
    assert!(asked.ready(), "its PIN is set for the first time: {:?}", asked.missing);
    // No certificates at all: both.
    facts.certificates.clear();
    facts.wanted = None;
    let first = decided(&facts);
    assert_eq!((first.procedure, first.certificates.len()), (Procedure::Issuance, 2));
    assert!(first.certificates.iter().all(|c| c.old_expiry.is_none() && !c.shortened));
}

/// 箕面市, 高岡市, 塩竈市: a card that ends in the same window is renewed itself.
#[test]
fn the_cards_own_renewal() {
    let mut facts = visit("2030-07-10");
    for found in &mut facts.certificates {
        (found.issued, found.expires) = (d("2025-08-01"), d("2030-10-10"));
    }
    let before = decided(&facts);
    assert_eq!((before.procedure, before.route), (Procedure::Nothing, Route::Refused), "金沢市");
    assert!(says(&before, "令和12年7月11日から"));
    facts.today = d("2030-07-11");
    let due = decided(&facts);
    assert_eq!((due.procedure, due.route, due.visits), (Procedure::CardRenewal, Route::Diverted, 0));
    assert!(due.certificates.is_empty() && !due.ready());
    facts.wanted = Some(Procedure::Renewal);
    assert_eq!(decided(&facts).procedure, Procedure::CardRenewal);
    facts.wanted = Some(Procedure::CardRenewal);
    assert_eq!(decided(&facts).route, Route::Diverted);
    facts.today = d("2030-07-10");
    assert_eq!(decided(&facts).route, Route::Refused);
    // Its certificates have ended and nobody asked for new ones: the card is due all the same.
    let mut ended = visit("2030-08-01");
    ended.wanted = None;
    assert_eq!(decided(&ended).procedure, Procedure::CardRenewal);
    ended.wanted = Some(Procedure::Issuance);
    assert_eq!(decided(&ended).procedure, Procedure::Issuance);
}

/// 川崎市, 佐倉市: a limited stay ends card and certificates together.
#[test]
fn limited_stay() {
    let mut facts = visit("2026-01-15");
    facts.stay_until = Some(d("2026-03-31"));
    facts.card.as_mut().unwrap().expires = d("2026-03-31");
    for found in &mut facts.certificates {
        found.expires = d("2026-03-31");
    }
    let decision = decided(&facts);
    assert_eq!(decision.procedure, Procedure::CardRenewal);
    assert!(says(&decision, "窓口で期限を延長"));
    assert!(warns(&decision, "令和8年3月31日に満了"));
    // E15: the stay was extended, the card was not.
    facts.stay_until = Some(d("2029-03-31"));
    assert!(warns(&decided(&facts), "長くなっています"));
    facts.stay_until = Some(d("2026-03-31"));
    facts.today = d("2025-12-28");
    assert!(!warns(&decided(&facts), "満了します"), "four months before");
    facts.stay_until = None;
    facts.today = d("2026-01-15");
    assert!(!says(&decided(&facts), "在留"));
}

/// 世田谷区: a year for people abroad; 湖南市's loose first day changes what is taken in, not what the card will say.
#[test]
fn other_first_days() {
    let mut facts = visit("2024-10-11");
    facts.abroad = true;
    facts.resident_status = rules::kinds::ResidentStatus::MovedAbroad;
    let abroad = decided(&facts);
    assert_eq!((abroad.procedure, abroad.certificates[0].new_expiry), (Procedure::Renewal, d("2030-10-10")));
    assert!(abroad.ready());

    let mut settings = OfficeSettings::default();
    settings.set("window_start", "same_day").unwrap();
    let loose = decided_by(&visit("2025-07-10"), &settings);
    assert!(says(&loose, "更新期間内") && loose.certificates[0].shortened);
    assert_eq!(missing(&loose), [MissingCode::Consent]);
}

/// 新見市, 福知山市: a fee where the office takes one; nothing by default.
#[test]
fn fees() {
    assert_eq!(decided(&visit("2025-08-01")).fee, 0);
    assert!(decided(&visit("2025-08-01")).bring.is_empty());
    let mut settings = OfficeSettings::default();
    settings.set("fee_renewal", "200").unwrap();
    settings.set("fee_issuance", "300").unwrap();
    let renewal = decided_by(&visit("2025-08-01"), &settings);
    assert_eq!(renewal.fee, 200);
    assert!(renewal.bring.iter().any(|item| item.sentence.contains("200円")));
    assert_eq!(decided_by(&visit("2025-11-04"), &settings).fee, 300);
    let mut refused = visit("2025-08-01");
    refused.adult_ward = true;
    assert_eq!(decided_by(&refused, &settings).fee, 0, "nothing is written");
}

/// 葛城市, 八代市, 松伏町: a lost card costs 800 and 200 yen, by setting; the sum is said with its parts.
#[test]
fn what_a_lost_card_costs() {
    let lost = CounterFacts { wanted: Some(Procedure::CardReissue), ..visit("2025-08-01") };
    let mut abolished = visit("2025-08-01");
    abolished.card.as_mut().unwrap().status = CardStatus::Abolished;
    let told = |facts: &CounterFacts, settings: &OfficeSettings| {
        decided_by(facts, settings).bring.into_iter().map(|item| item.sentence).collect::<Vec<_>>()
    };
    let mut settings = OfficeSettings::default();
    for facts in [&lost, &abolished] {
        let sentences = told(facts, &settings);
        assert_eq!(sentences.len(), 1, "{sentences:?}");
        for words in ["カードが800円", "電子証明書が200円", "あわせて1000円"] {
            assert!(sentences[0].contains(words), "{sentences:?}");
        }
    }
    settings.set("fee_lost_card", "0").unwrap();
    assert!(told(&lost, &settings)[0].contains("あわせて200円"));
    settings.set("fee_lost_card_certificates", "0").unwrap();
    assert!(told(&lost, &settings)[0].contains("手数料はかかりません"));
    // 足利市: a full or unreadable card is replaced free of charge, so nothing is said of a fee.
    let full = CounterFacts { card_unusable: true, ..visit("2025-08-01") };
    assert!(told(&full, &OfficeSettings::default()).is_empty());
}

/// What was asked for and isn't there.
#[test]
fn wishes_that_do_not_fit_the_day() {
    let asked = |today: &str, wanted| {
        let mut facts = visit(today);
        facts.wanted = Some(wanted);
        decided(&facts)
    };
    let issuance = asked("2025-08-01", Procedure::Issuance);
    assert_eq!(issuance.route, Route::Refused);
    assert!(says(&issuance, "有効な証明書があります"));
    let renewal = asked("2025-10-14", Procedure::Renewal);
    assert_eq!(renewal.route, Route::Refused);
    assert!(says(&renewal, "発行の手続き") && says(&renewal, "有効期限を過ぎ"));
    let mut revoked = with_status(visit("2025-08-01"), Signature, CertificateStatus::Revoked);
    revoked = with_status(revoked, Authentication, CertificateStatus::Revoked);
    revoked.wanted = Some(Procedure::Renewal);
    assert!(says(&decided(&revoked), "有効な電子証明書がありません"));
    let lift = asked("2025-08-01", Procedure::LiftSuspension);
    assert_eq!((lift.route, lift.procedure), (Route::Refused, Procedure::LiftSuspension));
    let reissue = asked("2025-08-01", Procedure::CardReissue);
    assert_eq!((reissue.route, reissue.procedure), (Route::Diverted, Procedure::CardReissue));
    let revocation = asked("2025-08-01", Procedure::Revocation);
    assert!(revocation.ready() && says(&revocation, "署名用電子証明書と利用者証明用電子証明書を失効"));
    assert!(revocation.pins_needed.is_empty());
    assert_eq!(asked("2025-11-04", Procedure::Revocation).route, Route::Refused);
    for nothing_special in [Procedure::Nothing, Procedure::OutOfJurisdiction] {
        assert_eq!(asked("2025-08-01", nothing_special).procedure, Procedure::Renewal);
    }
}
