use super::{office, refusals, residents, taken, today, try_run};
use crate::import::{FileKind, Mode};
use crate::store;
use rules::kinds::{ResidentKind, ResidentStatus, Sex};

const KIND: FileKind = FileKind::Residents;

/// What goes in comes out, every code point of it.
#[tokio::test]
async fn a_record_is_kept_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path()).await;
    let name = "渡\u{E0101}邉\u{E010F}　𠮷子";
    let row: &[(&str, &str)] = &[
        ("氏名", name),
        ("氏名カナ", "ワタナベ　ヨシコ"),
        ("旧氏", "髙﨑"),
        ("通称", "ヨシコ"),
        ("生年月日", "昭和55年10月10日"),
        ("性別", "女"),
        ("郵便番号", "〒０００－０００１"),
        ("方書", "\"ザ・タワー, \"\"東棟\"\" 1001\""),
        ("住民種別", "外国人"),
        ("在留資格", "留学"),
        ("在留期間満了日", "R9.3.31"),
        ("支援措置", "有"),
    ];
    let report = taken(&office, KIND, &residents(&[row])).await;
    assert_eq!((report.added, report.refused.len()), (1, 0), "{report:?}");
    let found = store::residents::find(office.store().read(), "10001").await.unwrap().unwrap();
    assert_eq!(found.name, name);
    assert_eq!((found.old_surname.as_deref(), found.alias.as_deref()), (Some("髙﨑"), Some("ヨシコ")));
    assert_eq!(found.birth.to_string(), "1980-10-10");
    assert_eq!((found.sex, found.kind, found.suppressed), (Sex::Female, ResidentKind::Foreign, true));
    assert_eq!(found.postal_code, "0000001");
    assert_eq!(found.building.as_deref(), Some("ザ・タワー, \"東棟\" 1001"));
    assert_eq!(found.stay_until.unwrap().to_string(), "2027-03-31");
}

/// Columns may stand in any order; dates come in every form.
#[tokio::test]
async fn columns_in_any_order_and_dates_in_every_form() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path()).await;
    let dates = ["1980-10-10", "19801010", "S55.10.10", "昭和55年10月10日", "1980/10/10"];
    let rows: Vec<Vec<(&str, &str)>> = dates.iter().map(|date| vec![("生年月日", *date)]).collect();
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let text: String = residents(&rows)
        .lines()
        .map(|line| line.split(',').rev().collect::<Vec<_>>().join(",") + "\n")
        .collect();
    let report = taken(&office, KIND, &text).await;
    assert_eq!((report.added, report.refused.len()), (5, 0), "{report:?}");
    for number in 10_001..=10_005 {
        let found =
            store::residents::find(office.store().read(), &number.to_string()).await.unwrap().unwrap();
        assert_eq!(found.birth.to_string(), "1980-10-10");
    }
}

/// Each bad row is named as the spreadsheet shows it, with its column and a sentence; the good ones are taken.
#[tokio::test]
async fn bad_rows_are_named_and_good_ones_taken() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path()).await;
    let text = residents(&[
        &[],
        &[("生年月日", "2025-02-30")],
        &[("生年月日", "2027-01-01")],
        &[("生年月日", "")],
        &[("氏名", "")],
        &[("性別", "おとこ")],
        &[("郵便番号", "123")],
        &[("住所", " ")],
        &[("異動事由", "引越")],
        &[("宛名番号", "10001")],
        &[("異動事由", "死亡"), ("異動日", "2027-01-01")],
        &[("在留期間満了日", "2027-01-01")],
        &[("支援措置", "たぶん")],
        &[("宛名番号", "宛名")],
        &[],
    ]);
    let text = text.replacen("10002,", "10002,,", 0) + "短い,行\r\n";
    let report = taken(&office, KIND, &text).await;
    let found: Vec<(u64, &str)> = report.refused.iter().map(|row| (row.row, row.column)).collect();
    let expected = [
        (3, "生年月日"),
        (4, "生年月日"),
        (5, "生年月日"),
        (6, "氏名"),
        (7, "性別"),
        (8, "郵便番号"),
        (9, "住所"),
        (10, "異動事由"),
        (11, "宛名番号"),
        (12, "異動日"),
        (13, "在留期間満了日"),
        (14, "支援措置"),
        (15, "宛名番号"),
        (17, "行全体"),
    ];
    assert_eq!(found, expected, "{:?}", refusals(&report));
    assert_eq!((report.rows, report.added), (16, 2));
    for (_, _, sentence) in refusals(&report) {
        assert!(sentence.ends_with('。') && !sentence.contains('!'), "{sentence}");
    }
    assert!(
        refusals(&report)[8].2.contains("2行目"),
        "a duplicate names the first: {:?}",
        refusals(&report)[8]
    );
    assert!(refusals(&report)[7].2.contains("転入") && refusals(&report)[7].2.contains("死亡"));
    assert_eq!(store::residents::count(office.store().read()).await.unwrap(), 2);
}

/// The same file again says that nothing changes; a changed row says what, column by column.
#[tokio::test]
async fn importing_again_says_what_changed() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path()).await;
    let text = residents(&[&[], &[], &[("支援措置", "1")]]);
    taken(&office, KIND, &text).await;
    let again = taken(&office, KIND, &text).await;
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 3));

    let moved = [("住所", "訓練市みほん区桜木二丁目1番1号"), ("異動事由", "転居"), ("異動日", "R8.11.1")];
    let text = residents(&[&[], &moved, &[("支援措置", "1"), ("住所", "訓練市みほん区秘密1番")]]);
    let changed = taken(&office, KIND, &text).await;
    assert_eq!((changed.added, changed.changed, changed.unchanged), (0, 2, 1));
    let fields: Vec<(&str, &str, &str)> =
        changed.changes[0].fields.iter().map(|f| (f.column, f.from.as_str(), f.to.as_str())).collect();
    assert_eq!(changed.changes[0].row, 3);
    assert!(
        fields.contains(&("住所", "訓練市みほん区本町一丁目2番3号", "訓練市みほん区桜木二丁目1番1号")),
        "{fields:?}"
    );
    assert!(fields.contains(&("異動日", "", "R8.11.1")), "{fields:?}");
    let hidden = format!("{:?}", changed.changes[1]);
    assert!(
        !hidden.contains("秘密") && !hidden.contains("本町"),
        "nothing of people under support measures: {hidden}"
    );

    let found = store::residents::find(office.store().read(), "10002").await.unwrap().unwrap();
    assert_eq!(found.version, 2);
    let by_new = store::search::Prefix::new("桜木二丁目1-1");
    assert_eq!(store::search::beginning_with(office.store().read(), &by_new, 10).await.unwrap(), ["10002"]);
    let by_old = store::search::Prefix::new("本町一丁目");
    assert_eq!(store::search::beginning_with(office.store().read(), &by_old, 10).await.unwrap(), ["10001"]);
}

/// A check writes nothing and says the same as the take.
#[tokio::test]
async fn a_check_writes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path()).await;
    let text = residents(&[&[], &[("生年月日", "いつか")]]);
    let checked = try_run(&office, KIND, text.as_bytes(), Mode::Check).await.unwrap();
    assert_eq!((checked.added, checked.refused.len()), (1, 1));
    assert_eq!(store::residents::count(office.store().read()).await.unwrap(), 0);
    assert!(store::imports::newest(office.store().read(), 5).await.unwrap().is_empty());
    let done = taken(&office, KIND, &text).await;
    assert_eq!(checked, done);
    let noted = store::imports::newest(office.store().read(), 5).await.unwrap();
    assert_eq!(
        (noted[0].added, noted[0].refused, noted[0].file_sha256.as_str()),
        (1, 1, done.sha256.as_str())
    );
}

/// Another file than the checked one isn't taken, not even in part.
#[tokio::test]
async fn only_the_checked_file_is_taken() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path()).await;
    let mode = Mode::Take { actor: "sato".into(), staff_id: None, checked: Some("0".repeat(64)) };
    let refused = try_run(&office, KIND, residents(&[&[]]).as_bytes(), mode).await.unwrap_err();
    assert_eq!(refused.code, "M-1409");
    assert_eq!(store::residents::count(office.store().read()).await.unwrap(), 0);
}

/// Moves: done ones count, announced ones don't yet.
#[tokio::test]
async fn moves_count_from_their_day() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path()).await;
    let tomorrow = today().succ_opt().unwrap().to_string();
    let text = residents(&[
        &[("異動事由", "転出"), ("異動日", "2026-11-24")],
        &[("異動事由", "転出"), ("異動日", &tomorrow)],
        &[("異動事由", "国外転出"), ("異動日", "2026-01-01"), ("郵便番号", "")],
        &[("異動事由", "死亡"), ("異動日", "2026-01-01")],
    ]);
    let report = taken(&office, KIND, &text).await;
    assert_eq!(report.refused, [], "{report:?}");
    for (number, status) in [
        ("10001", ResidentStatus::MovedOut),
        ("10002", ResidentStatus::Resident),
        ("10003", ResidentStatus::MovedAbroad),
        ("10004", ResidentStatus::Dead),
    ] {
        let found = store::residents::find(office.store().read(), number).await.unwrap().unwrap();
        assert_eq!(found.status, status, "{number}");
    }
}
