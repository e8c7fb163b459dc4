//! Identity documents: how many of which class, and their own dates.

use rules::NaiveDate;
use rules::identity::{Class, Document, Requirement, ShownDocument, check, class_on};

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

const TODAY: NaiveDate = day(2026, 11, 24);

fn shown(document: Document) -> ShownDocument {
    ShownDocument { document, issued: None, expires: None, agrees: true }
}

fn enough(requirement: Requirement, documents: &[Document]) -> bool {
    let shown: Vec<_> = documents.iter().copied().map(shown).collect();
    check(requirement, &shown, "代理人", false, TODAY).is_ok()
}

/// 大阪狭山市, 国立市, 太宰府市: counts of A and B.
#[test]
fn counts_of_documents() {
    use Document::{DrivingLicence as A, EligibilityCertificate as B, Passport as A2, PensionBook as B2};
    let rows = [
        (Requirement::OnePhoto, &[A][..], true),
        (Requirement::OnePhoto, &[B, B2], false),
        (Requirement::OnePhoto, &[], false),
        (Requirement::OnePhotoOrTwoPlain, &[B, B2], true),
        (Requirement::OnePhotoOrTwoPlain, &[B], false),
        (Requirement::OnePhotoOrTwoPlain, &[B, B], false),
        (Requirement::OnePhotoOrTwoPlain, &[A], true),
        (Requirement::TwoWithPhoto, &[A], false),
        (Requirement::TwoWithPhoto, &[A, A], false),
        (Requirement::TwoWithPhoto, &[A, A2], true),
        (Requirement::TwoWithPhoto, &[A, B], true),
        (Requirement::TwoWithPhoto, &[B, B2], false),
        (Requirement::OneOfAny, &[B], true),
        (Requirement::OneOfAny, &[A], true),
        (Requirement::OneOfAny, &[], false),
    ];
    for (requirement, documents, expected) in rows {
        assert_eq!(enough(requirement, documents), expected, "{requirement:?} {documents:?}");
    }
}

/// 日南市: 運転経歴証明書 from 2012-04-01.
#[test]
fn driving_record_by_day_of_issue() {
    for (issued, class) in
        [(Some(day(2012, 4, 1)), Class::A), (Some(day(2012, 3, 31)), Class::B), (None, Class::B)]
    {
        let record = ShownDocument { issued, ..shown(Document::DrivingRecord) };
        assert_eq!(class_on(&record, TODAY), Ok(class));
    }
}

/// 電波新聞: paper insurance cards until 2025-12-01; 特定在留カード from 2026-06-14.
#[test]
fn documents_with_a_first_or_last_day() {
    let insurance = shown(Document::InsuranceCard);
    assert_eq!(class_on(&insurance, day(2025, 12, 1)), Ok(Class::B));
    assert!(class_on(&insurance, day(2025, 12, 2)).is_err());
    let card = shown(Document::SpecifiedResidenceCard);
    assert!(class_on(&card, day(2026, 6, 13)).is_err());
    assert_eq!(class_on(&card, day(2026, 6, 14)), Ok(Class::A));
}

/// 志布志市: unexpired, agreeing; expiring today still counts.
#[test]
fn expired_and_disagreeing_documents_are_not_taken() {
    let licence = shown(Document::DrivingLicence);
    assert!(class_on(&ShownDocument { expires: Some(TODAY), ..licence }, TODAY).is_ok());
    assert!(class_on(&ShownDocument { expires: TODAY.pred_opt(), ..licence }, TODAY).is_err());
    assert!(class_on(&ShownDocument { issued: Some(TODAY), ..licence }, TODAY).is_ok());
    assert!(class_on(&ShownDocument { issued: TODAY.succ_opt(), ..licence }, TODAY).is_err());
    let other_address = ShownDocument { agrees: false, ..licence };
    let complaints = check(Requirement::OnePhoto, &[other_address], "本人", true, TODAY).unwrap_err();
    assert_eq!(complaints.len(), 2);
    assert!(complaints[0].contains("一致しません"));
    assert!(complaints[1].contains("本人の顔写真付き"));
}

/// 志布志市: 顔写真証明書 and two of B, for the principal only.
#[test]
fn face_photo_certificates_help_principals_only() {
    let papers = [Document::FacePhotoCertificate, Document::PensionBook, Document::PatientCard].map(shown);
    assert!(check(Requirement::OnePhoto, &papers, "本人", true, TODAY).is_ok());
    assert!(check(Requirement::OnePhoto, &papers, "代理人", false, TODAY).is_err());
    assert!(check(Requirement::OnePhoto, &papers[..2], "本人", true, TODAY).is_err());
    assert!(check(Requirement::OnePhoto, &papers[1..], "本人", true, TODAY).is_err());
    assert!(check(Requirement::TwoWithPhoto, &papers, "本人", true, TODAY).is_err());
}
