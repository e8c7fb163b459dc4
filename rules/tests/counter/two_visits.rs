//! Proxies: one visit with the notice's sealed form, two with an inquiry letter.

use rules::identity::Document;
use rules::kinds::CertificateKind::Signature;
use rules::kinds::{Applicant, CertificateStatus, PinKind};
use rules::procedure::{CounterFacts, InquiryFacts, MissingCode, NoticeForm, Procedure, ReplyForm, Route};
use rules::settings::OfficeSettings;

use super::{d, decided, decided_by, missing, paper, says, visit, with_status};

fn proxy(today: &str) -> CounterFacts {
    CounterFacts {
        applicant: Applicant::Proxy,
        notice_form: NoticeForm::Sealed,
        applicant_documents: Some(vec![paper(Document::DrivingLicence)]),
        ..visit(today)
    }
}

fn letter() -> InquiryFacts {
    InquiryFacts {
        posted: Some(d("2025-11-10")),
        deadline: d("2025-12-10"),
        reply: ReplyForm::Sealed,
        outdated: false,
        asks_pin_reset: false,
    }
}

#[test]
fn the_notices_form() {
    for (source, today, form, pins, route, words) in [
        ("桜川市, 大村市", "2025-08-01", NoticeForm::Sealed, true, Route::OneVisit, "即日"),
        ("桜川市: the last day", "2025-10-10", NoticeForm::Sealed, true, Route::OneVisit, "即日"),
        ("三原市 (E10)", "2025-10-14", NoticeForm::Sealed, true, Route::TwoVisits, "有効期限を過ぎ"),
        ("松戸市 (E11)", "2025-08-01", NoticeForm::Unsealed, true, Route::TwoVisits, "封のない"),
        ("国立市", "2025-08-01", NoticeForm::None, true, Route::TwoVisits, "照会書を本人に郵送"),
        (
            "大村市: wrong PIN on the form",
            "2025-08-01",
            NoticeForm::Sealed,
            false,
            Route::TwoVisits,
            "一致しない",
        ),
    ] {
        let mut facts = CounterFacts { notice_form: form, ..proxy(today) };
        if !pins {
            facts.pins_known.retain(|pin| *pin != PinKind::Authentication);
        }
        let decision = decided(&facts);
        assert_eq!(decision.route, route, "{source}");
        assert_eq!(decision.visits, if route == Route::OneVisit { 1 } else { 2 }, "{source}");
        assert!(says(&decision, words), "{source}: {:?}", decision.reasons);
        let expected: &[MissingCode] =
            if route == Route::OneVisit { &[] } else { &[MissingCode::InquiryLetter] };
        assert_eq!(missing(&decision), expected, "{source}");
    }
    // One of the two has expired: the form ended with it.
    let mut mixed = proxy("2025-08-01");
    mixed.certificates[0].expires = d("2025-07-31");
    let decision = decided(&mixed);
    assert_eq!((decision.procedure, decision.route), (Procedure::Renewal, Route::TwoVisits));
    // The signature certificate was revoked by a move, the other is in its period.
    let revoked = with_status(proxy("2025-08-01"), Signature, CertificateStatus::Revoked);
    assert_eq!(decided(&revoked).route, Route::OneVisit);
    let only_signature = with_status(proxy("2023-08-01"), Signature, CertificateStatus::Revoked);
    let decision = decided(&only_signature);
    assert_eq!(decision.route, Route::TwoVisits, "an issuance goes by letter");
    assert!(says(&decision, "代理人による申請は") && !says(&decision, "有効期限を過ぎ"));
}

/// 呉市: the same papers after expiry as before.
#[test]
fn after_expiry_by_setting() {
    let mut settings = OfficeSettings::default();
    settings.set("expired_with_proxy", "as_renewal").unwrap();
    assert_eq!(decided_by(&proxy("2025-11-04"), &settings).route, Route::OneVisit);
    let unsealed = CounterFacts { notice_form: NoticeForm::Unsealed, ..proxy("2025-11-04") };
    assert_eq!(decided_by(&unsealed, &settings).route, Route::TwoVisits);
    let mut mixed = proxy("2025-08-01");
    mixed.certificates[0].expires = d("2025-07-31");
    assert_eq!(decided_by(&mixed, &settings).route, Route::OneVisit);
    let revoked = with_status(proxy("2023-08-01"), Signature, CertificateStatus::Revoked);
    assert_eq!(decided_by(&revoked, &settings).route, Route::TwoVisits, "revoked is not expired");
}

/// 大阪狭山市, 富士宮市: 委任状 at the first visit; 国立市: none.
#[test]
fn delegation_at_the_first_visit() {
    let facts = proxy("2025-11-04");
    assert_eq!(missing(&decided(&facts)), [MissingCode::InquiryLetter]);
    let mut settings = OfficeSettings::default();
    settings.set("delegation", "needed").unwrap();
    assert_eq!(
        missing(&decided_by(&facts, &settings)),
        [MissingCode::Delegation, MissingCode::InquiryLetter]
    );
    let brought = CounterFacts { delegation: true, ..facts };
    assert_eq!(missing(&decided_by(&brought, &settings)), [MissingCode::InquiryLetter]);
}

/// Where the letter is, and what is missing then.
#[test]
fn the_letters_way() {
    use MissingCode::{InquiryLetter, Reply, SealedEnvelope};
    let at = |today: &str, inquiry: InquiryFacts| CounterFacts { inquiry: Some(inquiry), ..proxy(today) };
    for (source, today, inquiry, expected) in [
        ("not yet posted", "2025-11-20", InquiryFacts { posted: None, ..letter() }, &[InquiryLetter][..]),
        ("no reply yet", "2025-11-20", InquiryFacts { reply: ReplyForm::None, ..letter() }, &[Reply]),
        ("sealed, in time", "2025-11-20", letter(), &[]),
        ("the last day", "2025-12-10", letter(), &[]),
        ("a day late", "2025-12-11", letter(), &[InquiryLetter]),
        (
            "松戸市, 筑北村: opened or blank",
            "2025-11-20",
            InquiryFacts { reply: ReplyForm::Unusable, ..letter() },
            &[SealedEnvelope, InquiryLetter],
        ),
        (
            "いちき串木野市 (E1): moved meanwhile",
            "2025-11-20",
            InquiryFacts { outdated: true, ..letter() },
            &[InquiryLetter],
        ),
        (
            "closed deadline rolls over",
            "2025-12-15",
            InquiryFacts { deadline: d("2025-12-13"), ..letter() },
            &[],
        ),
        (
            "and not further",
            "2025-12-16",
            InquiryFacts { deadline: d("2025-12-13"), ..letter() },
            &[InquiryLetter],
        ),
    ] {
        let decision = decided(&at(today, inquiry));
        assert_eq!((decision.route, missing(&decision)), (Route::TwoVisits, expected.to_vec()), "{source}");
    }
    assert!(says(&decided(&at("2025-11-20", letter())), "令和7年11月10日に発送"));

    // E23: late, before expiry, by setting: a renewal without the notice's form.
    let mut settings = OfficeSettings::default();
    settings.set("late_reply", "accept").unwrap();
    let late = |today: &str| CounterFacts {
        notice_form: NoticeForm::None,
        inquiry: Some(InquiryFacts { posted: Some(d("2025-07-14")), deadline: d("2025-08-13"), ..letter() }),
        ..proxy(today)
    };
    assert!(!decided(&late("2025-09-01")).ready());
    assert!(decided_by(&late("2025-09-01"), &settings).ready());
    assert!(decided_by(&late("2025-10-10"), &settings).ready());
    assert!(!decided_by(&late("2025-10-14"), &settings).ready(), "expired meanwhile");
}

/// Wrong PIN on the reply: a new letter that asks for a reset; with that one, the principal's second document.
#[test]
fn a_reply_with_a_wrong_pin() {
    let mut facts = CounterFacts { inquiry: Some(letter()), ..proxy("2025-11-20") };
    facts.pins_known.clear();
    assert_eq!(missing(&decided(&facts)), [MissingCode::InquiryLetter]);
    facts.inquiry = Some(InquiryFacts { asks_pin_reset: true, ..letter() });
    facts.principal_documents = Some(vec![]);
    assert_eq!(missing(&decided(&facts)), [MissingCode::PrincipalIdentity], "大阪狭山市, 鹿嶋市, 日南市");
    facts.principal_documents = Some(vec![paper(Document::EligibilityCertificate)]);
    assert!(decided(&facts).ready());

    let reset = CounterFacts {
        wanted: Some(Procedure::PinReset),
        principal_documents: Some(vec![]),
        inquiry: Some(letter()),
        ..proxy("2025-11-20")
    };
    assert_eq!(missing(&decided(&reset)), [MissingCode::PrincipalIdentity]);
    let first = CounterFacts { inquiry: None, ..reset };
    let decision = decided(&first);
    assert_eq!((decision.route, missing(&decision)), (Route::TwoVisits, vec![MissingCode::InquiryLetter]));
    assert!(says(&decision, "代理人による暗証番号の再設定"));
}

/// 加西市, 酒田市: photo only; 笠岡市, 国立市: two without photo (E12).
#[test]
fn a_proxys_documents() {
    let with = |documents: &[Document]| CounterFacts {
        applicant_documents: Some(documents.iter().copied().map(paper).collect()),
        ..proxy("2025-08-01")
    };
    let plain = [Document::PensionBook, Document::PatientCard];
    assert!(decided(&with(&[Document::Passport])).ready());
    assert_eq!(missing(&decided(&with(&plain))), [MissingCode::ApplicantIdentity]);
    let mut settings = OfficeSettings::default();
    settings.set("proxy_identity", "two_without_photo").unwrap();
    assert!(decided_by(&with(&plain), &settings).ready());
    assert_eq!(missing(&decided_by(&with(&plain[..1]), &settings)), [MissingCode::ApplicantIdentity]);
    let unasked = CounterFacts { applicant_documents: None, ..with(&[]) };
    let decision = decided(&unasked);
    assert!(decision.ready() && decision.bring.iter().any(|item| item.sentence.contains("代理人の")));
}
