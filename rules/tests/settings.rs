//! What the office decides, and what follows from it.

use std::collections::BTreeSet;

use rules::NaiveDate;
use rules::calendar::{Calendar, MaintenanceRule};
use rules::settings::{LateReply, OfficeSettings, SignatureForRestricted};

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn every_row_reads_writes_and_explains_itself() {
    let rows = OfficeSettings::default().describe();
    let mut keys = BTreeSet::new();
    for row in &rows {
        assert!(keys.insert(row.key), "{} twice", row.key);
        assert_eq!(row.value, row.default, "{}", row.key);
        assert!(
            row.changes.ends_with('。') && !row.label.is_empty() && !row.sources.is_empty(),
            "{}",
            row.key
        );
        let values: Vec<String> = if row.choices.is_empty() {
            vec!["1".into(), "17".into(), "24".into()]
        } else {
            assert!(row.choices.len() >= 2 && row.choices.iter().any(|choice| choice.code == row.default));
            row.choices.iter().map(|choice| choice.code.clone()).collect()
        };
        for value in values {
            let mut settings = OfficeSettings::default();
            settings.set(row.key, &value).unwrap();
            let changed = settings.describe();
            let now = changed.iter().find(|other| other.key == row.key).unwrap();
            assert_eq!((&now.value, &now.default), (&value, &row.default), "{}", row.key);
            // Nothing else moved.
            assert_eq!(
                changed.iter().zip(&rows).filter(|(a, b)| a.value != b.value).count(),
                usize::from(value != row.default)
            );
        }
        for wrong in ["", "no_such_choice", "-1", "20001", "65536", "1.5"] {
            let mut settings = OfficeSettings::default();
            let error = settings.set(row.key, wrong).unwrap_err();
            let what_to_do = if row.choices.is_empty() { "までの数字" } else { "示された中" };
            assert!(error.sentence().contains(row.label) && error.sentence().contains(what_to_do), "{error}");
            assert_eq!(settings, OfficeSettings::default());
        }
    }
    assert!(OfficeSettings::default().set("weather", "fine").is_err());
    // Every point on which municipalities disagree has its row.
    for key in [
        "window_start",
        "expiry_wording",
        "signature_cap",
        "signature_for_restricted",
        "representative_visit",
        "first_proxy_contact",
        "delegation",
        "proxy_identity",
        "representative_identity",
        "reset_identity",
        "expired_with_proxy",
        "household_same_day",
        "household_reset",
        "insurance_grace",
        "convenience_store",
        "card_face_expiry",
        "notice_timing",
        "maintenance",
        "fee_renewal",
        "fee_issuance",
        "renewal_peak",
        "online_renewal",
        "leap_birthday",
    ] {
        assert!(keys.contains(key), "{key}");
    }
}

/// A reply within a year, a proof within two; a fee may be nothing.
#[test]
fn numbers_have_limits() {
    for (key, least, most) in [("reply_days", 1, 365), ("proof_months", 1, 24), ("fee_renewal", 0, 20_000)] {
        let takes = |value: i32| OfficeSettings::default().set(key, &value.to_string());
        assert!(takes(least).is_ok() && takes(most).is_ok(), "{key}");
        for outside in [least - 1, most + 1] {
            let sentence = takes(outside).unwrap_err().sentence();
            assert!(sentence.contains(&format!("{least}から{most}まで")), "{sentence}");
        }
    }
}

#[test]
fn defaults_as_the_sources_speak() {
    let settings = OfficeSettings::default();
    assert_eq!(settings.signature_for_restricted, SignatureForRestricted::Never);
    assert_eq!(settings.calendar.maintenance, MaintenanceRule::SundayAfterThirdSaturday);
    assert_eq!((settings.fees.renewal, settings.fees.issuance), (0, 0));
    assert_eq!((settings.fees.lost_card, settings.fees.lost_card_certificates), (800, 200), "葛城市, 八代市");
    assert_eq!((settings.deadlines.reply_days, settings.deadlines.proof_months), (30, 3));
}

#[test]
fn reply_deadlines() {
    let calendar = Calendar::default();
    let settings = OfficeSettings::default();
    assert_eq!(settings.reply_deadline(d("2026-11-24"), d("2032-01-01"), &calendar), d("2026-12-24"));
    // 30 days after 1 December is 31 December.
    assert_eq!(settings.reply_deadline(d("2026-12-01"), d("2032-01-01"), &calendar), d("2027-01-04"));
    assert_eq!(
        settings.reply_deadline(d("2026-12-01"), d("2026-12-20"), &calendar),
        d("2026-12-20"),
        "the card ends"
    );
    let takes = |settings: &OfficeSettings, received: &str| {
        settings.takes_reply(d(received), d("2026-12-24"), d("2027-01-15"))
    };
    assert!(takes(&settings, "2026-12-24") && !takes(&settings, "2026-12-25"));
    let lenient = OfficeSettings { late_reply: LateReply::Accept, ..settings };
    assert!(takes(&lenient, "2026-12-25") && takes(&lenient, "2027-01-15") && !takes(&lenient, "2027-01-16"));
}

/// 越谷市, 田子町, 足立区: when notices are posted.
#[test]
fn notice_days() {
    let mut settings = OfficeSettings::default();
    for (timing, day) in
        [("three_months", "2026-11-16"), ("two_and_half_months", "2026-11-30"), ("two_months", "2026-12-15")]
    {
        settings.set("notice_timing", timing).unwrap();
        assert_eq!(settings.notice_day(d("2027-02-15")), d(day), "{timing}");
    }
}

/// 東京土建: 2025-11-10 → 2026-02-10; 多摩市: February → the end of May; otherwise no date at all.
#[test]
fn health_insurance_sentences() {
    let mut settings = OfficeSettings::default();
    assert!(settings.insurance_sentence(d("2025-11-10")).contains("3か月間"));
    settings.set("insurance_grace", "calendar_day").unwrap();
    assert!(settings.insurance_sentence(d("2025-11-10")).contains("令和8年2月10日"));
    assert!(settings.insurance_sentence(d("2025-11-30")).contains("令和8年2月28日"));
    settings.set("insurance_grace", "month_end").unwrap();
    assert!(settings.insurance_sentence(d("2026-02-10")).contains("令和8年5月31日"));
    assert!(settings.insurance_sentence(d("2025-11-10")).contains("令和8年2月28日"));
    assert!(settings.insurance_sentence(d("2026-09-10")).contains("令和8年12月31日"));
    assert!(settings.insurance_sentence(d("2027-11-30")).contains("令和10年2月29日"));
}

/// 宇治市, 金沢市, 前橋市, 鎌倉市, 平塚市, 藤井寺市, 加西市: what people are told.
#[test]
fn sentences_by_setting() {
    let with = |key: &str, value: &str| {
        let mut settings = OfficeSettings::default();
        settings.set(key, value).unwrap();
        settings
    };
    assert!(with("expiry_wording", "by_moment").expiry_sentence(true).contains("6回目"));
    assert!(with("expiry_wording", "same_as_card").expiry_sentence(true).contains("同じ日"));
    for wording in ["by_moment", "same_as_card"] {
        assert!(with("expiry_wording", wording).expiry_sentence(false).contains("5回目"));
    }
    for (store, renewal, issuance) in
        [("one_hour", "1時間", "24時間"), ("one_day", "24時間", "24時間"), ("next_day", "翌日", "翌日")]
    {
        let settings = with("convenience_store", store);
        assert!(settings.convenience_store_sentence(true).contains(renewal), "{store}");
        assert!(settings.convenience_store_sentence(false).contains(issuance), "{store}");
    }
    assert!(with("online_renewal", "not_possible").online_sentence().contains("できません"));
    assert!(with("online_renewal", "possible").online_sentence().contains("でもできます"));
    assert!(!with("first_proxy_contact", "visit").first_contact_sentence().contains("電話"));
    assert!(with("first_proxy_contact", "phone_too").first_contact_sentence().contains("電話"));
}

/// Proofs of representation: three months back from today (上尾市).
#[test]
fn oldest_proofs() {
    let settings = OfficeSettings::default();
    assert_eq!(settings.oldest_proof(d("2026-11-24")), d("2026-08-24"));
    assert_eq!(settings.oldest_proof(d("2026-05-31")), d("2026-03-01"));
}
