use super::{office, residents, take, taken, today, try_run};
use crate::import::FileKind;
use crate::store;
use crate::training::write_csv;
use encoding_rs::SHIFT_JIS;
use std::io::Write;

const KIND: FileKind = FileKind::Residents;

/// The same file in every encoding and with both line ends.
#[tokio::test]
async fn every_encoding_reads_the_same() {
    let text = residents(&[&[("氏名", "髙橋　﨑子")], &[]]);
    let (cp932, _, lost) = SHIFT_JIS.encode(&text);
    assert!(!lost);
    let files = [
        text.clone().into_bytes(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        text.replace("\r\n", "\n").into_bytes(),
        cp932.into_owned(),
    ];
    for bytes in files {
        let directory = tempfile::tempdir().unwrap();
        let office = office(directory.path()).await;
        let report = try_run(&office, KIND, &bytes, take()).await.unwrap();
        assert_eq!((report.added, report.refused.len()), (2, 0), "{report:?}");
        let found = store::residents::find(office.store().read(), "10001").await.unwrap().unwrap();
        assert_eq!(found.name, "髙橋　﨑子");
    }
}

/// A file with the 12-digit individual number is refused whole, whether its name or its values give it away.
#[tokio::test]
async fn individual_numbers_are_refused_whole() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path()).await;
    let rows = residents(&[&[], &[], &[]]);
    let with = |head: &str, cells: [&str; 3]| {
        let mut lines = rows.lines();
        let mut text = format!("{},{head}\r\n", lines.next().unwrap());
        for (line, cell) in lines.zip(cells) {
            text.extend([line, ",", cell, "\r\n"]);
        }
        text
    };
    for text in [
        with("個人番号", ["", "", ""]),
        with("マイナンバー", ["", "", ""]),
        with("備考", ["123456789018", "123456789018", ""]),
        residents(&[&[("宛名番号", "123456789018")]]),
    ] {
        let refused = try_run(&office, KIND, text.as_bytes(), take()).await.unwrap_err();
        assert_eq!(refused.code, "M-1302", "{refused}");
        assert!(refused.sentence.contains("個人番号"), "{refused}");
    }
    assert_eq!(store::residents::count(office.store().read()).await.unwrap(), 0, "nothing was taken");
    let report = taken(&office, KIND, &with("備考", ["123456789018", "300000000001", "x"])).await;
    assert_eq!(report.added, 3, "one number that fits by chance is no column of individual numbers");
    assert_eq!(report.unused_columns, ["備考"]);
}

/// Wrong files end in one sentence that says what to do.
#[tokio::test]
async fn wrong_files_end_in_one_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path()).await;
    let all = residents(&[&[]]);
    for (bytes, words) in [
        (b"PK\x03\x04....".to_vec(), "Excel"),
        (Vec::new(), "見出し"),
        ("a,b\n1,2\n".as_bytes().to_vec(), "列名"),
        (all.replacen(",住所,", ",,", 1).into_bytes(), "住所"),
        (all.replacen(",住所,", ",氏名,", 1).into_bytes(), "氏名"),
        (all.replacen("10001,", "\"10001,", 1).into_bytes(), "2行目"),
        (super::cards(&[&[]]).into_bytes(), "ありません"),
    ] {
        let refused = try_run(&office, KIND, &bytes, take()).await.unwrap_err();
        assert!(refused.sentence.contains(words), "{refused}");
        assert!(refused.sentence.ends_with('。') && !refused.what_now.is_empty(), "{refused}");
    }
    assert_eq!(store::residents::count(office.store().read()).await.unwrap(), 0);
}

/// A whole ward's files go in, both of them, and say "unchanged" the second time. The rate is printed.
#[tokio::test]
async fn twenty_thousand_rows_go_in_and_are_unchanged_again() {
    const ROWS: usize = 20_000;
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path()).await;
    let (mut people, mut cards) = (Vec::new(), Vec::new());
    write_csv(ROWS, 7, today(), &mut people, &mut cards).unwrap();
    for (kind, bytes) in [(FileKind::Residents, &people), (FileKind::Cards, &cards)] {
        for again in [false, true] {
            let begun = std::time::Instant::now();
            let report = try_run(&office, kind, bytes, take()).await.unwrap();
            let rate = u128::from(report.rows) * 1000 / begun.elapsed().as_millis().max(1);
            let _ = writeln!(
                std::io::stderr(),
                "{} again={again}: {} rows, {rate} a second",
                kind.code(),
                report.rows
            );
            assert_eq!(report.refused, [], "{:?}", report.refused.first());
            let whole = if again { report.unchanged } else { report.added };
            assert_eq!(whole, report.rows, "{}: {:?}", report.summary(), report.changes.first());
        }
    }
    assert_eq!(store::residents::count(office.store().read()).await.unwrap(), i64::try_from(ROWS).unwrap());
}
