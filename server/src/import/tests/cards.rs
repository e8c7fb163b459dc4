use super::{cards, office, refusals, residents, taken};
use crate::import::FileKind;
use crate::office::Office;
use crate::store;
use crate::store::certificates::Certificate;
use rules::kinds::{CardStatus, CertificateKind, CertificateStatus};

const FIRST_CARD: &str = "139990000000001";

async fn office_with_people(directory: &std::path::Path, count: usize) -> Office {
    let office = office(directory).await;
    let rows: Vec<&[(&str, &str)]> = vec![&[]; count];
    taken(&office, FileKind::Residents, &residents(&rows)).await;
    office
}

async fn certificates(office: &Office, kind: CertificateKind) -> Vec<Certificate> {
    let all = store::certificates::of_card(office.store().read(), FIRST_CARD).await.unwrap();
    all.into_iter().filter(|found| found.kind == kind).collect()
}

/// Cards come in with both certificates, and again without a change.
#[tokio::test]
async fn a_card_comes_in_with_its_certificates() {
    let directory = tempfile::tempdir().unwrap();
    let office = office_with_people(directory.path(), 3).await;
    let text = cards(&[
        &[("署名用シリアル", "00:ab:cd:ef")],
        &[
            ("署名用シリアル", ""),
            ("署名用発行日", ""),
            ("署名用有効期限", ""),
            ("署名用状態", "なし"),
            ("顔認証", "1"),
        ],
        &[("署名用状態", "失効"), ("利用者証明用状態", "一時停止")],
    ]);
    let report = taken(&office, FileKind::Cards, &text).await;
    assert_eq!((report.added, report.refused.len()), (3, 0), "{report:?}");
    let signature = certificates(&office, CertificateKind::Signature).await;
    assert_eq!((signature.len(), signature[0].serial.as_str()), (1, "ABCDEF"));
    let third = store::cards::current_of_resident(office.store().read(), "10003").await.unwrap().unwrap();
    assert_eq!(
        third.status,
        CardStatus::Suspended,
        "a suspended authentication certificate is a suspended card"
    );
    let again = taken(&office, FileKind::Cards, &text).await;
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 3), "{again:?}");
}

/// What can't be is refused with its column.
#[tokio::test]
async fn impossible_cards_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    let office = office_with_people(directory.path(), 20).await;
    let text = cards(&[
        &[],
        &[("宛名番号", "99999")],
        &[("カード有効期限", "2019-01-01")],
        &[("署名用有効期限", "2030-10-11")],
        &[("署名用有効期限", "2030-10-10"), ("利用者証明用有効期限", "2030-10-09")],
        &[("署名用シリアル", "A0000000")],
        &[("カード番号", FIRST_CARD)],
        &[("署名用状態", "なし")],
        &[("署名用シリアル", "")],
        &[("利用者証明用状態", "おそらく有効")],
        &[("署名用シリアル", "XYZ")],
        &[("カード発行日", "2027-01-01")],
        &[("顔認証", "1")],
        &[("署名用発行日", "2030-12-01"), ("署名用有効期限", "2030-10-10")],
        &[("カード種別", "会員証")],
    ]);
    let report = taken(&office, FileKind::Cards, &text).await;
    let found: Vec<(u64, &str)> = report.refused.iter().map(|row| (row.row, row.column)).collect();
    let expected = [
        (3, "宛名番号"),
        (4, "カード有効期限"),
        (5, "署名用有効期限"),
        (6, "署名用有効期限"),
        (7, "署名用シリアル"),
        (8, "カード番号"),
        (9, "署名用シリアル"),
        (10, "署名用シリアル"),
        (11, "利用者証明用状態"),
        (12, "署名用シリアル"),
        (13, "カード発行日"),
        (14, "署名用シリアル"),
        (15, "署名用発行日"),
        (16, "カード種別"),
    ];
    assert_eq!(found, expected, "{:?}", refusals(&report));
    assert_eq!(report.added, 1);
    let words = refusals(&report)[8].2;
    assert!(["有効", "失効", "一時停止", "なし"].iter().all(|word| words.contains(word)), "{words}");
}

/// A card or a serial that belongs to somebody else is refused.
#[tokio::test]
async fn nobody_takes_over_anothers_card() {
    let directory = tempfile::tempdir().unwrap();
    let office = office_with_people(directory.path(), 3).await;
    taken(&office, FileKind::Cards, &cards(&[&[]])).await;
    let text = cards(&[&[("宛名番号", "10002")], &[("署名用シリアル", "A0000000")], &[]]);
    let report = taken(&office, FileKind::Cards, &text).await;
    let found: Vec<(u64, &str)> = report.refused.iter().map(|row| (row.row, row.column)).collect();
    assert_eq!(found, [(2, "カード番号"), (3, "署名用シリアル")], "{:?}", refusals(&report));
    assert_eq!(report.added, 1);
}

/// A new serial on a known card retires the old certificate; an old file doesn't bring it back.
#[tokio::test]
async fn a_new_certificate_retires_the_old_one() {
    let directory = tempfile::tempdir().unwrap();
    let office = office_with_people(directory.path(), 1).await;
    let old = [("署名用発行日", "2020-12-01"), ("署名用有効期限", "2025-10-10")];
    taken(&office, FileKind::Cards, &cards(&[&old])).await;
    let new = [("署名用シリアル", "C1")];
    let report = taken(&office, FileKind::Cards, &cards(&[&new])).await;
    assert_eq!(report.changed, 1, "{report:?}");
    assert!(
        report.changes[0].fields.iter().any(|field| field.column == "署名用シリアル" && field.to == "C1")
    );
    let held = certificates(&office, CertificateKind::Signature).await;
    assert_eq!((held[0].serial.as_str(), held[0].current), ("C1", true));
    assert_eq!((held[1].serial.as_str(), held[1].current), ("A0000000", false));
    assert_eq!((held[1].status, held[1].revoked_on), (CertificateStatus::Revoked, Some(held[0].issued)));

    let stale = taken(&office, FileKind::Cards, &cards(&[&old])).await;
    assert_eq!(refusals(&stale).len(), 1, "{stale:?}");
    assert_eq!(certificates(&office, CertificateKind::Signature).await, held);
}

/// What was revoked at the counter isn't valid again because of an older file; what a file revoked is, by a file.
#[tokio::test]
async fn a_revocation_at_the_counter_stands() {
    let directory = tempfile::tempdir().unwrap();
    let office = office_with_people(directory.path(), 1).await;
    taken(&office, FileKind::Cards, &cards(&[&[("署名用状態", "失効")]])).await;
    let corrected = taken(&office, FileKind::Cards, &cards(&[&[]])).await;
    assert_eq!((corrected.changed, corrected.refused.len()), (1, 0));

    let mut held = certificates(&office, CertificateKind::Signature).await.remove(0);
    held.status = CertificateStatus::Revoked;
    held.reason = Some("本人の届出".into());
    let mut tx = office.store().write().await.unwrap();
    store::certificates::change(&mut tx, &[&held]).await.unwrap();
    tx.commit().await.unwrap();
    let stale = taken(&office, FileKind::Cards, &cards(&[&[]])).await;
    assert_eq!(refusals(&stale)[0].1, "署名用状態", "{stale:?}");
    assert_eq!(certificates(&office, CertificateKind::Signature).await, [held]);
}

/// A certificate of the last days isn't taken away by a file that doesn't know it yet.
#[tokio::test]
async fn a_fresh_certificate_is_not_taken_away() {
    let directory = tempfile::tempdir().unwrap();
    let office = office_with_people(directory.path(), 2).await;
    let fresh = [("署名用発行日", "2026-11-20")];
    taken(&office, FileKind::Cards, &cards(&[&fresh, &[]])).await;
    let none = [("署名用シリアル", ""), ("署名用発行日", ""), ("署名用有効期限", ""), ("署名用状態", "なし")];
    let report = taken(&office, FileKind::Cards, &cards(&[&none, &none])).await;
    assert_eq!((report.changed, refusals(&report).len()), (1, 1), "{report:?}");
    assert!(certificates(&office, CertificateKind::Signature).await[0].current);
}

/// A person's newer card abolishes the older one, in whatever order they stand in the file, and again without a change.
#[tokio::test]
async fn a_newer_card_abolishes_the_older() {
    let directory = tempfile::tempdir().unwrap();
    let office = office_with_people(directory.path(), 2).await;
    let newer = [
        ("カード発行日", "2026-01-05"),
        ("カード有効期限", "2035-10-10"),
        ("署名用発行日", "2026-01-05"),
        ("利用者証明用発行日", "2026-01-05"),
    ];
    let text = cards(&[&newer, &[("宛名番号", "10001")]]);
    taken(&office, FileKind::Cards, &text).await;
    let all = store::cards::of_resident(office.store().read(), "10001").await.unwrap();
    let states: Vec<(String, CardStatus)> = all.into_iter().map(|card| (card.number, card.status)).collect();
    assert_eq!(states[0], (FIRST_CARD.into(), CardStatus::Active));
    assert_eq!(states[1].1, CardStatus::Abolished);
    let again = taken(&office, FileKind::Cards, &text).await;
    assert_eq!((again.changed, again.unchanged), (0, 2), "{again:?}");
}
