//! Last days of certificates and cards, each row from a public page.

use rules::NaiveDate;
use rules::RuleError;
use rules::dates::LeapBirthday;
use rules::kinds::CertificateKind::{self, Authentication, Signature};
use rules::validity::ExpiryBasis::{self, AuthenticationExpiry, CardExpiry, FifthBirthday, SixthBirthday};
use rules::validity::{
    CardValidityQuestion, Validity, ValidityQuestion, adult_age_on, card_validity, certificate_validity,
    check_read_back,
};

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn question(kind: CertificateKind, birth: &str, issued: &str, card: &str) -> ValidityQuestion {
    ValidityQuestion {
        kind,
        birth: d(birth),
        issued: d(issued),
        card_expiry: d(card),
        current_expiry: None,
        authentication_expiry: None,
        abroad: false,
        leap_birthday: LeapBirthday::February28,
    }
}

struct Row {
    source: &'static str,
    question: ValidityQuestion,
    expiry: &'static str,
    basis: ExpiryBasis,
    shortened: bool,
}

fn row(
    source: &'static str,
    question: ValidityQuestion,
    current: &str,
    authentication: &str,
    expiry: &'static str,
    basis: ExpiryBasis,
    shortened: bool,
) -> Row {
    let optional = |text: &str| (!text.is_empty()).then(|| d(text));
    let question = ValidityQuestion {
        current_expiry: optional(current),
        authentication_expiry: optional(authentication),
        ..question
    };
    Row { source, question, expiry, basis, shortened }
}

/// Born 10 October, card of 2020-05-15 until 2029-10-10 (政府広報's example), first certificates until 2024-10-10.
#[test]
fn certificates_by_their_sources() {
    let q = |kind, issued| question(kind, "1980-10-10", issued, "2029-10-10");
    let rows = [
        row(
            "東村山市: first issue, fifth birthday",
            q(Authentication, "2020-05-15"),
            "",
            "",
            "2024-10-10",
            FifthBirthday,
            false,
        ),
        row(
            "宇治市: first day of the period, sixth birthday",
            q(Authentication, "2024-07-11"),
            "2024-10-10",
            "",
            "2029-10-10",
            SixthBirthday,
            false,
        ),
        row(
            "春日井市: the birthday itself",
            q(Authentication, "2024-10-10"),
            "2024-10-10",
            "",
            "2029-10-10",
            CardExpiry,
            false,
        ),
        row(
            "新見市: the day before the birthday",
            q(Authentication, "2024-10-09"),
            "2024-10-10",
            "",
            "2029-10-10",
            SixthBirthday,
            false,
        ),
        row(
            "江戸川区: a day early loses a year",
            q(Authentication, "2024-07-10"),
            "2024-10-10",
            "",
            "2028-10-10",
            FifthBirthday,
            true,
        ),
        row(
            "江戸川区: after expiry it is an issuance",
            q(Authentication, "2024-10-11"),
            "2024-10-10",
            "",
            "2029-10-10",
            FifthBirthday,
            false,
        ),
        row(
            "江戸川区: long after expiry the card decides",
            q(Authentication, "2026-02-01"),
            "2024-10-10",
            "",
            "2029-10-10",
            CardExpiry,
            false,
        ),
        row(
            "金沢市: the same day as the card",
            q(Signature, "2024-08-01"),
            "2024-10-10",
            "2029-10-10",
            "2029-10-10",
            SixthBirthday,
            false,
        ),
        row(
            "阿見町: never beyond the authentication certificate",
            q(Signature, "2021-06-01"),
            "",
            "2024-10-10",
            "2024-10-10",
            AuthenticationExpiry,
            false,
        ),
        row(
            "川崎市: the same day as it is no cap",
            q(Signature, "2020-05-15"),
            "",
            "2024-10-10",
            "2024-10-10",
            FifthBirthday,
            false,
        ),
        row(
            "東村山市: it does not cap an authentication certificate",
            q(Authentication, "2021-06-01"),
            "",
            "2024-10-10",
            "2025-10-10",
            FifthBirthday,
            false,
        ),
        row(
            "東村山市: card and authentication alike, the card is named",
            q(Signature, "2026-02-01"),
            "",
            "2029-10-10",
            "2029-10-10",
            CardExpiry,
            false,
        ),
    ];
    for row in rows {
        let expected = Validity { expiry: d(row.expiry), basis: row.basis, shortened: row.shortened };
        assert_eq!(certificate_validity(&row.question), Ok(expected), "{}", row.source);
    }
}

/// 世田谷区: people abroad renew within a year.
#[test]
fn abroad_the_period_is_a_year() {
    let at = |issued: &str, abroad| {
        let asked = ValidityQuestion {
            current_expiry: Some(d("2024-10-10")),
            abroad,
            ..question(Authentication, "1980-10-10", issued, "2034-10-10")
        };
        certificate_validity(&asked).unwrap()
    };
    assert_eq!(at("2023-10-11", true).basis, SixthBirthday);
    assert_eq!(at("2023-10-11", true).expiry, d("2029-10-10"));
    assert!(at("2023-10-10", true).shortened);
    assert!(at("2023-10-11", false).shortened);
}

/// Minors: 金沢市, the certificate ends with the five-year card.
#[test]
fn minors_end_with_their_card() {
    let child = question(Authentication, "2015-03-03", "2021-06-01", "2026-03-03");
    let validity = certificate_validity(&child).unwrap();
    assert_eq!((validity.expiry, validity.basis), (d("2026-03-03"), FifthBirthday));
    // Born 2015, limited stay: 川崎市.
    let stay = question(Authentication, "1990-03-03", "2024-06-01", "2025-01-31");
    assert_eq!(certificate_validity(&stay).unwrap().expiry, d("2025-01-31"));
    assert_eq!(certificate_validity(&stay).unwrap().basis, CardExpiry);
}

/// No municipality publishes it: 28 February by default, 1 March by setting, the day itself in leap years.
#[test]
fn leap_birthdays_by_setting() {
    let at = |issued: &str, leap_birthday| {
        let asked = ValidityQuestion {
            leap_birthday,
            ..question(Authentication, "2000-02-29", issued, "2040-01-01")
        };
        certificate_validity(&asked).unwrap().expiry
    };
    for (issued, february, march) in [
        ("2020-02-28", "2024-02-29", "2024-02-29"),
        ("2020-02-29", "2025-02-28", "2025-03-01"),
        ("2021-02-27", "2025-02-28", "2025-03-01"),
        ("2021-02-28", "2026-02-28", "2025-03-01"),
        ("2021-03-01", "2026-02-28", "2026-03-01"),
        ("2023-06-01", "2028-02-29", "2028-02-29"),
    ] {
        assert_eq!(at(issued, LeapBirthday::February28), d(february), "{issued}");
        assert_eq!(at(issued, LeapBirthday::March1), d(march), "{issued}");
    }
}

fn card(birth: &str, received: &str, issued: &str, stay: Option<&str>) -> Result<NaiveDate, RuleError> {
    card_validity(&CardValidityQuestion {
        birth: d(birth),
        received: d(received),
        issued: d(issued),
        stay_until: stay.map(d),
        leap_birthday: LeapBirthday::February28,
    })
}

#[test]
fn cards_by_their_sources() {
    let rows = [
        ("政府広報: issued 2020-05-15", "1980-10-10", "2020-04-20", "2020-05-15", None, "2029-10-10"),
        (
            "有効期限ブログ: issued on the birthday, ten years",
            "1980-10-10",
            "2020-09-20",
            "2020-10-10",
            None,
            "2030-10-10",
        ),
        (
            "有効期限ブログ: the day before, nine years and a day",
            "1980-10-10",
            "2020-09-20",
            "2020-10-09",
            None,
            "2029-10-10",
        ),
        ("米子市: 18 on the day of receipt", "2004-04-01", "2022-04-01", "2022-04-20", None, "2032-04-01"),
        ("宇城市: 18 the day after receipt", "2004-04-02", "2022-04-01", "2022-04-20", None, "2027-04-02"),
        ("松戸市: 19 before 1 April 2022", "2003-01-01", "2022-03-31", "2022-04-20", None, "2027-01-01"),
        ("松戸市: 20 before 1 April 2022", "2002-03-31", "2022-03-31", "2022-04-20", None, "2032-03-31"),
        ("佐倉市: the day it was made counts", "1980-10-10", "2020-09-01", "2020-10-15", None, "2030-10-10"),
        ("川崎市: limited stay", "1990-05-05", "2024-01-10", "2024-02-01", Some("2025-01-31"), "2025-01-31"),
        (
            "川崎市: a stay longer than the card",
            "1990-05-05",
            "2024-01-10",
            "2024-02-01",
            Some("2099-01-31"),
            "2033-05-05",
        ),
        (
            "米子市: a child with a limited stay",
            "2015-05-05",
            "2024-01-10",
            "2024-02-01",
            Some("2026-01-31"),
            "2026-01-31",
        ),
    ];
    for (source, birth, received, issued, stay, expiry) in rows {
        assert_eq!(card(birth, received, issued, stay), Ok(d(expiry)), "{source}");
    }
    assert_eq!((adult_age_on(d("2022-03-31")), adult_age_on(d("2022-04-01"))), (20, 18));
}

/// The card wins; a difference is an alarm that names both days.
#[test]
fn what_the_card_says_wins() {
    assert_eq!(check_read_back(Signature, d("2030-10-10"), d("2030-10-10")), Ok(()));
    let difference = check_read_back(Signature, d("2030-10-10"), d("2029-10-10")).unwrap_err();
    assert_eq!((difference.predicted, difference.on_card), (d("2030-10-10"), d("2029-10-10")));
    for words in ["署名用電子証明書", "令和12年10月10日", "令和11年10月10日", "責任者"] {
        assert!(difference.sentence.contains(words), "{}", difference.sentence);
    }
}

/// Contradicting dates are errors with a sentence, never a panic.
#[test]
fn contradictions_are_errors() {
    let ask = |birth, issued, card| certificate_validity(&question(Authentication, birth, issued, card));
    let code = |result: Result<Validity, RuleError>| result.map_err(|error| error.code());
    assert_eq!(code(ask("2025-01-02", "2025-01-01", "2030-01-01")), Err("birth_after_issue"));
    assert!(ask("2025-01-01", "2025-01-01", "2030-01-01").is_ok());
    assert_eq!(code(ask("1980-01-01", "2025-01-02", "2025-01-01")), Err("expiry_before_issue"));
    assert_eq!(ask("1980-01-01", "2025-01-01", "2025-01-01").map(|v| v.expiry), Ok(d("2025-01-01")));
    assert_eq!(code(ask("1867-12-31", "2025-01-01", "2030-01-01")), Err("date_out_of_range"));
    assert_eq!(code(ask("1980-01-01", "2200-01-01", "2200-01-01")), Err("date_out_of_range"));
    assert_eq!(code(ask("1980-01-01", "2025-01-01", "9999-01-01")), Err("date_out_of_range"));
    assert_eq!(code(ask("1980-01-01", "2199-12-31", "2199-12-31")).map(|v| v.basis), Ok(CardExpiry));

    let signature = ValidityQuestion {
        authentication_expiry: Some(d("2024-12-31")),
        ..question(Signature, "1980-01-01", "2025-01-01", "2030-01-01")
    };
    let error = certificate_validity(&signature).unwrap_err();
    assert!(error.sentence().contains("利用者証明用"), "{error}");
    let authentication = ValidityQuestion { kind: Authentication, ..signature };
    assert!(certificate_validity(&authentication).is_ok(), "it caps signature certificates only");

    assert_eq!(
        card("2025-01-02", "2025-01-01", "2025-02-01", None).map_err(|e| e.code()),
        Err("birth_after_issue")
    );
    assert_eq!(card("2025-01-01", "2025-01-01", "2025-01-01", None), Ok(d("2030-01-01")));
    assert_eq!(
        card("1980-01-01", "2025-01-02", "2025-01-01", None).map_err(|e| e.code()),
        Err("issue_before_receipt")
    );
    assert_eq!(
        card("1980-01-01", "2025-01-01", "2025-02-01", Some("2025-01-31")).map_err(|e| e.code()),
        Err("expiry_before_issue")
    );
    assert_eq!(card("1980-01-01", "2025-01-01", "2025-02-01", Some("2025-02-01")), Ok(d("2025-02-01")));
    assert!(card("1980-01-01", "2025-01-01", "2200-02-01", None).is_err());
    assert!(card("1980-01-01", "2025-01-01", "2025-02-01", Some("3000-01-01")).is_err());
}
