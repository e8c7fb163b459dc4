//! Questions and answers without JSON: what the settings change, and what is refused.

use rules::calc::{
    Answer, CardValidityAsked, OpenDayAsked, PinAsked, PinsKnown, PinsWord, ProcedureAsked, Question,
    RenewalPeriodAsked, ValidityAsked, WarekiAsked, answer,
};
use rules::calendar::Calendar;
use rules::kinds::{Applicant, CertificateKind, PinKind};
use rules::procedure::{MissingCode, NoticeForm, Procedure, Route};
use rules::settings::OfficeSettings;
use rules::{NaiveDate, RuleError};

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ask_by(question: &Question, settings: &OfficeSettings) -> Result<Answer, RuleError> {
    answer(question, settings, &Calendar::new(settings.calendar.clone()))
}

fn ask(question: &Question) -> Result<Answer, RuleError> {
    ask_by(question, &OfficeSettings::default())
}

fn procedure(today: &str) -> ProcedureAsked {
    ProcedureAsked {
        today: d(today),
        birth: d("1980-10-10"),
        kind: None,
        issued: Some(d("2020-12-01")),
        card_expiry: Some(d("2030-10-10")),
        current_expiry: Some(d("2025-10-10")),
        authentication_expiry: None,
        stay_until: None,
        received: None,
        abroad: false,
        applicant: None,
        notice_form: None,
        pins_known: PinsKnown::default(),
        pins_locked: vec![],
        face_only: false,
        ward: false,
        status: None,
        wanted: None,
        resident_kind: None,
        suppressed: false,
        principal_present: false,
        delegation: false,
        residence_change_today: false,
        consent_to_shorter: false,
        signature_allowed: false,
        card_face_outdated: false,
        card_unusable: false,
        representation: None,
        applicant_documents: None,
        principal_documents: None,
        inquiry: None,
    }
}

fn decided(
    asked: ProcedureAsked,
) -> Result<(Procedure, Route, Vec<MissingCode>, Vec<CertificateKind>), RuleError> {
    match ask(&Question::Procedure(Box::new(asked)))? {
        Answer::Procedure(found) => Ok((
            found.procedure,
            found.route,
            found.missing.iter().map(|missing| missing.code).collect(),
            found.certificates.iter().map(|certificate| certificate.kind).collect(),
        )),
        other => panic!("{other:?}"),
    }
}

#[test]
fn procedures() {
    use CertificateKind::{Authentication as A, Signature as S};
    let base = || procedure("2025-08-01");
    let with = |change: fn(&mut ProcedureAsked)| {
        let mut asked = base();
        change(&mut asked);
        decided(asked).unwrap()
    };
    assert_eq!(with(|_| ()), (Procedure::Renewal, Route::OneVisit, vec![], vec![S, A]));
    assert_eq!(with(|q| q.kind = Some(S)).3, [S]);
    assert_eq!(with(|q| q.kind = Some(A)).3, [A]);
    assert_eq!(with(|q| q.face_only = true).3, [A]);
    let mut ward = base();
    (ward.ward, ward.applicant) = (true, Some(Applicant::LegalRepresentative));
    assert_eq!(decided(ward).unwrap().3, [A]);
    assert_eq!(with(|q| q.current_expiry = None), (Procedure::Issuance, Route::OneVisit, vec![], vec![S, A]));
    assert_eq!(with(|q| q.today = "2025-07-10".parse().unwrap()).2, [MissingCode::Consent]);
    assert_eq!(with(|q| q.pins_known = PinsKnown::All(false)).2, [MissingCode::PinReset]);
    assert_eq!(with(|q| q.pins_known = PinsKnown::These(PinKind::ALL.to_vec())).2, []);
    assert_eq!(with(|q| q.pins_known = PinsKnown::Word(PinsWord::None)).2, [MissingCode::PinReset]);
    assert_eq!(with(|q| q.pins_known = PinsKnown::Word(PinsWord::All)).2, []);
    assert_eq!(with(|q| q.pins_locked = vec![PinKind::Signature]).2, [MissingCode::PinReset]);
    let mut proxy = base();
    (proxy.applicant, proxy.notice_form) = (Some(Applicant::Proxy), Some(NoticeForm::Sealed));
    assert_eq!(decided(proxy.clone()).unwrap().1, Route::OneVisit);
    proxy.notice_form = None;
    assert_eq!(decided(proxy).unwrap().1, Route::TwoVisits);
    // Born on the day itself.
    assert!(decided(ProcedureAsked { birth: d("2025-08-01"), ..base() }).is_ok());
    // Where the signature certificate ends earlier, the authentication certificate's own day counts.
    let mut early = base();
    early.authentication_expiry = Some(d("2027-10-10"));
    assert_eq!(decided(early).unwrap().3, [S]);
}

/// Each field of a question reaches the decision.
#[test]
fn every_field_counts() {
    use rules::identity::{Document, ShownDocument};
    use rules::procedure::{InquiryFacts, ReplyForm, Representation, RepresentationRole};
    let whole = |asked: ProcedureAsked| match ask(&Question::Procedure(Box::new(asked))) {
        Ok(Answer::Procedure(found)) => found,
        other => panic!("{other:?}"),
    };
    let paper = |document| ShownDocument { document, issued: None, expires: None, agrees: true };
    let base = || procedure("2025-08-01");
    let reset = || ProcedureAsked { wanted: Some(Procedure::PinReset), ..base() };
    let early = || procedure("2025-07-10");
    let proxy = || ProcedureAsked { applicant: Some(Applicant::Proxy), ..base() };
    let household = || ProcedureAsked {
        applicant: Some(Applicant::HouseholdMember),
        notice_form: Some(NoticeForm::Sealed),
        ..procedure("2025-11-04")
    };
    let guardian = || ProcedureAsked { applicant: Some(Applicant::LegalRepresentative), ..base() };
    let power = Representation {
        role: RepresentationRole::AdultGuardian,
        known_to_office: false,
        proof_issued: Some(d("2025-07-01")),
        powers_listed: false,
    };
    let letter = InquiryFacts {
        posted: Some(d("2025-07-14")),
        deadline: d("2025-08-13"),
        reply: ReplyForm::Sealed,
        outdated: false,
        asks_pin_reset: false,
    };
    let rows = [
        ("wanted", base(), reset()),
        ("card_unusable", base(), ProcedureAsked { card_unusable: true, ..base() }),
        ("suppressed", base(), ProcedureAsked { suppressed: true, ..base() }),
        ("stay_until", base(), ProcedureAsked { stay_until: Some(d("2025-09-01")), ..base() }),
        ("ward", base(), ProcedureAsked { ward: true, ..base() }),
        ("abroad", procedure("2025-01-10"), ProcedureAsked { abroad: true, ..procedure("2025-01-10") }),
        ("consent_to_shorter", early(), ProcedureAsked { consent_to_shorter: true, ..early() }),
        ("principal_documents", reset(), ProcedureAsked { principal_documents: Some(vec![]), ..reset() }),
        (
            "applicant_documents",
            proxy(),
            ProcedureAsked { applicant_documents: Some(vec![paper(Document::StudentCard)]), ..proxy() },
        ),
        ("inquiry", proxy(), ProcedureAsked { inquiry: Some(letter), ..proxy() }),
        (
            "residence_change_today",
            household(),
            ProcedureAsked { residence_change_today: true, ..household() },
        ),
        (
            "delegation",
            ProcedureAsked { residence_change_today: true, ..household() },
            ProcedureAsked { residence_change_today: true, delegation: true, ..household() },
        ),
        ("representation", guardian(), ProcedureAsked { representation: Some(power), ..guardian() }),
        (
            "signature_allowed",
            ProcedureAsked { ward: true, wanted: Some(Procedure::Issuance), ..guardian() },
            ProcedureAsked {
                ward: true,
                wanted: Some(Procedure::Issuance),
                signature_allowed: true,
                ..guardian()
            },
        ),
    ];
    for (field, without, with) in rows {
        assert_ne!(whole(without), whole(with), "{field}");
    }
    let by = |key: &str, value: &str, asked: ProcedureAsked| {
        let mut settings = OfficeSettings::default();
        settings.set(key, value).unwrap();
        ask_by(&Question::Procedure(Box::new(asked)), &settings)
    };
    let outdated = ProcedureAsked { card_face_outdated: true, ..reset() };
    assert_ne!(
        by("reset_identity", "one_more_if_outdated", reset()),
        by("reset_identity", "one_more_if_outdated", outdated)
    );
    let represented = || ProcedureAsked { representation: Some(power), ..guardian() };
    let together = ProcedureAsked { principal_present: true, ..represented() };
    assert_ne!(
        by("representative_visit", "with_principal", represented()),
        by("representative_visit", "with_principal", together)
    );
}

#[test]
fn states_that_stand_out() {
    let with =
        |status: &str| decided(ProcedureAsked { status: Some(status.into()), ..procedure("2025-08-01") });
    for (status, procedure, route) in [
        ("resident", Procedure::Renewal, Route::OneVisit),
        ("active", Procedure::Renewal, Route::OneVisit),
        ("valid", Procedure::Renewal, Route::OneVisit),
        ("expired", Procedure::Issuance, Route::OneVisit),
        ("revoked", Procedure::Issuance, Route::OneVisit),
        ("suspended", Procedure::LiftSuspension, Route::OneVisit),
        ("abolished", Procedure::CardReissue, Route::Diverted),
        ("dead", Procedure::Nothing, Route::Refused),
        ("moved_out", Procedure::OutOfJurisdiction, Route::Refused),
        ("moved_abroad", Procedure::OutOfJurisdiction, Route::Refused),
        ("deleted", Procedure::OutOfJurisdiction, Route::Refused),
    ] {
        let found = with(status).unwrap();
        assert_eq!((found.0, found.1), (procedure, route), "{status}");
    }
    assert_eq!(with("suspended").unwrap().3, [CertificateKind::Signature]);
    assert!(matches!(with("asleep"), Err(RuleError::UnknownCode { .. })));
}

#[test]
fn contradictions_in_procedures() {
    let code = |change: fn(&mut ProcedureAsked)| {
        let mut asked = procedure("2025-08-01");
        change(&mut asked);
        decided(asked).map_err(|error| error.code())
    };
    assert_eq!(code(|q| q.birth = "2025-08-02".parse().unwrap()), Err("birth_after_issue"));
    assert_eq!(code(|q| q.issued = "2025-10-11".parse().ok()), Err("expiry_before_issue"));
    assert!(code(|q| q.issued = "2025-10-10".parse().ok()).is_ok());
    assert_eq!(code(|q| q.card_expiry = None), Err("lacking"));
    for change in [
        (|q| q.today = "2500-01-01".parse().unwrap()) as fn(&mut ProcedureAsked),
        |q| q.stay_until = "2500-01-01".parse().ok(),
        |q| q.received = "1500-01-01".parse().ok(),
    ] {
        assert_eq!(code(change), Err("date_out_of_range"));
    }
    let dead = ProcedureAsked { status: Some("dead".into()), card_expiry: None, ..procedure("2025-08-01") };
    assert!(decided(dead).is_ok(), "no card is needed to say that");
}

#[test]
fn settings_change_answers() {
    let mut settings = OfficeSettings::default();
    settings.set("window_start", "same_day").unwrap();
    settings.set("signature_cap", "not_applied").unwrap();
    settings.set("leap_birthday", "march_1").unwrap();
    let period = Question::RenewalPeriod(RenewalPeriodAsked { expiry: d("2025-10-10"), abroad: false });
    let from = |answer| match answer {
        Ok(Answer::RenewalPeriod(period)) => period.from,
        other => panic!("{other:?}"),
    };
    assert_eq!(from(ask(&period)), d("2025-07-11"));
    assert_eq!(from(ask_by(&period, &settings)), d("2025-07-10"));
    let abroad = Question::RenewalPeriod(RenewalPeriodAsked { expiry: d("2025-10-10"), abroad: true });
    assert_eq!(from(ask(&abroad)), d("2024-10-11"));
    let validity = Question::Validity(ValidityAsked {
        kind: CertificateKind::Signature,
        birth: d("2000-02-29"),
        issued: d("2022-06-01"),
        card_expiry: d("2030-02-28"),
        current_expiry: None,
        authentication_expiry: Some(d("2025-02-28")),
        abroad: false,
    });
    let expiry = |answer| match answer {
        Ok(Answer::Validity(validity)) => validity.expiry,
        other => panic!("{other:?}"),
    };
    assert_eq!(expiry(ask(&validity)), d("2025-02-28"));
    assert_eq!(expiry(ask_by(&validity, &settings)), d("2027-03-01"));
    let card = Question::CardValidity(CardValidityAsked {
        birth: d("2000-02-29"),
        received: d("2022-06-01"),
        issued: d("2022-06-20"),
        stay_until: None,
    });
    let day = |answer| match answer {
        Ok(Answer::CardValidity(card)) => (card.expiry, card.wareki),
        other => panic!("{other:?}"),
    };
    assert_eq!(day(ask(&card)), (d("2032-02-29"), "令和14年2月29日".to_owned()));
    assert_eq!(day(ask_by(&card, &settings)).0, d("2032-02-29"));
}

#[test]
fn small_questions() {
    let far = Question::OpenDay(OpenDayAsked { date: d("3000-01-01") });
    assert!(matches!(ask(&far), Err(RuleError::DateOutOfRange { .. })));
    let far = Question::RenewalPeriod(RenewalPeriodAsked { expiry: d("3000-01-01"), abroad: false });
    assert!(matches!(ask(&far), Err(RuleError::DateOutOfRange { .. })));
    for (date, text) in [(None, None), (Some(d("2025-10-10")), Some("R7.10.10".to_owned()))] {
        let question = Question::Wareki(WarekiAsked { date, text });
        assert!(matches!(ask(&question), Err(RuleError::Lacking { .. })));
    }
    for asked in [
        WarekiAsked { date: Some(d("2025-10-10")), text: None },
        WarekiAsked { date: None, text: Some("令和7年10月10日".to_owned()) },
    ] {
        match ask(&Question::Wareki(asked)) {
            Ok(Answer::Wareki(answer)) => assert_eq!(
                (answer.date, answer.long.as_str(), answer.short.as_str()),
                (d("2025-10-10"), "令和7年10月10日", "R7.10.10")
            ),
            other => panic!("{other:?}"),
        }
    }
    let far = Question::Wareki(WarekiAsked { date: Some(d("3000-01-01")), text: None });
    assert!(ask(&far).is_err());
    let pin = PinAsked { kind: PinKind::Signature, value: "KAERU7".into() };
    assert!(!format!("{pin:?} {:?}", Question::Pin(pin.clone())).contains("KAERU7"), "a PIN in Debug output");
    assert!(format!("{pin:?}").contains("Signature"));
    match ask(&Question::Pin(pin)) {
        Ok(Answer::Pin(answer)) => assert!(answer.ok && answer.reason.is_none() && answer.warning.is_none()),
        other => panic!("{other:?}"),
    }
}

/// Every error has a sentence and a code of its own.
#[test]
fn errors_speak() {
    let day = d("2025-10-10");
    let text = || "x".to_owned();
    let all = [
        RuleError::ImpossibleDate { text: text() },
        RuleError::UnreadableDate { text: text() },
        RuleError::UnreadableTime { text: text() },
        RuleError::UnreadableDayOfYear { text: text() },
        RuleError::OutsideEra { text: text(), era: "平成", date: day },
        RuleError::DateOutOfRange { date: day },
        RuleError::BirthAfterIssue { birth: day, issued: day },
        RuleError::ExpiryBeforeIssue { what: "カードの有効期限", issued: day, expiry: day },
        RuleError::IssueBeforeReceipt { received: day, issued: day },
        RuleError::SignatureOutlivesAuthentication { signature: day, authentication: day },
        RuleError::UnknownCode { what: "状態", text: text() },
        RuleError::PostalCode { text: text() },
        RuleError::RepresentativePostalCode { text: text() },
        RuleError::Lacking { what: "カード" },
        RuleError::SettingValue { key: text(), value: text(), accepts: "選んでください。".into() },
    ];
    let codes: std::collections::BTreeSet<_> = all.iter().map(RuleError::code).collect();
    assert_eq!(codes.len(), all.len());
    for error in all {
        assert!(error.sentence().ends_with('。'), "{error}");
    }
}
