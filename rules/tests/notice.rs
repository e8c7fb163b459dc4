//! Who gets a renewal notice.

use rules::NaiveDate;
use rules::kinds::{CardKind, CardStatus, CertificateKind, CertificateStatus, ResidentStatus};
use rules::notice::{NotNoticedReason as R, NoticeFacts, ends_in_same_window, expiring, notice_target};
use rules::procedure::{CardFacts, CertificateFacts};
use rules::settings::OfficeSettings;

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn facts() -> NoticeFacts {
    let certificate = |kind| CertificateFacts {
        kind,
        issued: d("2021-06-01"),
        expires: d("2027-02-15"),
        status: CertificateStatus::Valid,
    };
    NoticeFacts {
        today: d("2026-11-24"),
        month: d("2027-02-01"),
        last_month: None,
        status: ResidentStatus::Resident,
        suppressed: false,
        registered_elsewhere: false,
        stay_until: None,
        card: Some(CardFacts {
            kind: CardKind::Individual,
            face_only: false,
            expires: d("2032-02-15"),
            status: CardStatus::Active,
        }),
        certificates: vec![
            certificate(CertificateKind::Signature),
            certificate(CertificateKind::Authentication),
        ],
        already_noticed: false,
        renewed: false,
    }
}

fn outcome(change: impl FnOnce(&mut NoticeFacts)) -> Option<R> {
    let mut facts = facts();
    change(&mut facts);
    notice_target(&facts, &OfficeSettings::default()).err().map(|not| {
        assert_eq!((not.code, not.sentence), (not.reason.code(), not.reason.label()));
        not.reason
    })
}

#[test]
fn reasons_against_a_notice() {
    assert_eq!(outcome(|_| ()), None);
    for (source, got, expected) in [
        ("鴻巣市: the dead", outcome(|f| f.status = ResidentStatus::Dead), R::Dead),
        ("志賀町: moved out", outcome(|f| f.status = ResidentStatus::MovedOut), R::MovedOut),
        ("struck off", outcome(|f| f.status = ResidentStatus::Deleted), R::MovedOut),
        ("豊見城市: abroad", outcome(|f| f.status = ResidentStatus::MovedAbroad), R::MovedAbroad),
        ("総務省: 支援措置", outcome(|f| f.suppressed = true), R::Suppressed),
        (
            "箕面市: the card too",
            outcome(|f| f.card.as_mut().unwrap().expires = d("2027-02-15")),
            R::CardRenewal,
        ),
        ("no card", outcome(|f| f.card = None), R::NoValidCertificate),
        (
            "card abolished",
            outcome(|f| f.card.as_mut().unwrap().status = CardStatus::Abolished),
            R::NoValidCertificate,
        ),
        (
            "card stopped",
            outcome(|f| f.card.as_mut().unwrap().status = CardStatus::Suspended),
            R::NoValidCertificate,
        ),
        (
            "card ended",
            outcome(|f| f.card.as_mut().unwrap().expires = d("2026-11-23")),
            R::NoValidCertificate,
        ),
        ("no certificate", outcome(|f| f.certificates.clear()), R::NoValidCertificate),
        (
            "revoked",
            outcome(|f| f.certificates.iter_mut().for_each(|c| c.status = CertificateStatus::Revoked)),
            R::NoValidCertificate,
        ),
        (
            "suspended",
            outcome(|f| f.certificates.iter_mut().for_each(|c| c.status = CertificateStatus::Suspended)),
            R::NoValidCertificate,
        ),
        ("another month", outcome(|f| f.month = d("2027-03-15")), R::NoValidCertificate),
        ("the same month of another year", outcome(|f| f.month = d("2028-02-15")), R::NoValidCertificate),
        ("already expired", outcome(|f| f.today = d("2027-02-16")), R::NoValidCertificate),
        ("already noticed", outcome(|f| f.already_noticed = true), R::AlreadyNoticed),
    ] {
        assert_eq!(got, Some(expected), "{source}");
    }
    assert_eq!(outcome(|f| f.today = d("2027-02-15")), None, "the last day");
    assert_eq!(outcome(|f| f.month = d("2027-02-28")), None, "any day of the month names it");
    assert_eq!(outcome(|f| f.certificates.truncate(1)), None, "one certificate is enough");
    assert_eq!(
        outcome(|f| f.registered_elsewhere = true),
        None,
        "豊川市: J-LIS leaves them out, the office need not"
    );
    // The gravest first.
    assert_eq!(outcome(|f| (f.suppressed, f.status) = (true, ResidentStatus::Dead)), Some(R::Dead));
    assert_eq!(outcome(|f| (f.suppressed, f.already_noticed) = (true, true)), Some(R::Suppressed));
}

#[test]
fn certificates_on_the_letter() {
    let mut facts = facts();
    assert_eq!(expiring(&facts).count(), 2);
    facts.certificates[0].expires = d("2027-03-01");
    assert_eq!(expiring(&facts).map(|c| c.kind).collect::<Vec<_>>(), [CertificateKind::Authentication]);
}

/// Renewed already, or registered elsewhere where the office leaves those out; graver reasons come first.
#[test]
fn renewed_or_living_elsewhere() {
    let renewed = |f: &mut NoticeFacts| {
        f.certificates.clear();
        f.renewed = true;
    };
    assert_eq!(outcome(renewed), Some(R::Renewed));
    assert_eq!(outcome(|f| f.renewed = true), None, "the other certificate still ends");
    assert_eq!(outcome(|f| (f.status, f.renewed) = (ResidentStatus::Dead, true)), Some(R::Dead));
    let mut settings = OfficeSettings::default();
    settings.set("notices_elsewhere", "leave_out").unwrap();
    let ask = |facts: &NoticeFacts| notice_target(facts, &settings).err().map(|not| not.reason);
    assert_eq!(ask(&facts()), None);
    let elsewhere = NoticeFacts { registered_elsewhere: true, ..facts() };
    assert_eq!(ask(&elsewhere), Some(R::RegisteredElsewhere));
    assert_eq!(ask(&NoticeFacts { suppressed: true, ..elsewhere }), Some(R::Suppressed));
}

/// A run about several months lists what ends in any of them, and nothing beside them.
#[test]
fn several_months() {
    let mut facts = facts();
    facts.certificates[0].expires = d("2027-04-30");
    assert_eq!(expiring(&facts).count(), 1);
    facts.last_month = Some(d("2027-04-01"));
    assert_eq!(expiring(&facts).count(), 2);
    facts.month = d("2027-03-31");
    assert_eq!(expiring(&facts).map(|c| c.kind).collect::<Vec<_>>(), [CertificateKind::Signature]);
    facts.last_month = Some(d("2027-03-01"));
    assert_eq!(expiring(&facts).count(), 0);
}

/// 豊川市, 練馬区, うるま市: an office that writes only to those J-LIS leaves out.
#[test]
fn those_whom_jlis_leaves_out() {
    let mut settings = OfficeSettings::default();
    settings.set("notices_to", "left_out_by_jlis").unwrap();
    let ask = |facts: &NoticeFacts| notice_target(facts, &settings).err().map(|not| not.reason);
    assert_eq!(ask(&facts()), Some(R::JlisSends));
    assert_eq!(ask(&NoticeFacts { registered_elsewhere: true, ..facts() }), None);
    assert_eq!(ask(&NoticeFacts { stay_until: Some(d("2028-01-01")), ..facts() }), None);
}

/// 高岡市, 金沢市, 箕面市: the card's own period has begun by the certificate's last day.
#[test]
fn cards_in_the_same_window() {
    for (certificate, card, same) in [
        ("2027-02-15", "2027-02-15", true),
        ("2027-02-15", "2027-05-14", true),
        ("2027-02-15", "2027-05-15", false),
        ("2027-02-15", "2032-02-15", false),
    ] {
        assert_eq!(ends_in_same_window(d(certificate), d(card)), same, "{card}");
    }
}
