//! `madoguchi import`.

use super::{refused, said};
use office_tests::office::run;
use std::fs;
use std::path::Path;

const RESIDENTS: &str = "宛名番号,世帯番号,氏名,氏名カナ,旧氏,通称,生年月日,性別,郵便番号,住所,方書,住民種別,在留資格,在留期間満了日,成年被後見人,支援措置,居所登録,異動事由,異動日\r\n";
const CARDS: &str = "宛名番号,カード番号,カード種別,顔認証,カード発行日,カード有効期限,署名用シリアル,署名用発行日,署名用有効期限,署名用状態,利用者証明用シリアル,利用者証明用発行日,利用者証明用有効期限,利用者証明用状態\r\n";

fn resident(number: &str, name: &str, birth: &str) -> String {
    format!(
        "{number},1,{name},ミホン タロウ,,,{birth},男,115-0045,東京都訓練区本町一丁目2番3号,,日本人,,,,,,,\r\n"
    )
}

fn import(data: &Path, kind: &str, text: &str, options: &[&str]) -> std::process::Output {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), text).unwrap();
    let common = ["import", kind, file.path().to_str().unwrap(), "--data", data.to_str().unwrap()];
    run(&[&common[..], options].concat())
}

/// Good rows are taken, a bad one is refused with its spreadsheet row, its column and a sentence.
#[test]
fn good_rows_are_taken_and_bad_ones_named() {
    let data = tempfile::tempdir().unwrap();
    let text = [
        RESIDENTS,
        &resident("1001", "見本 太郎", "S55.10.10"),
        &resident("1002", "見本 次郎", "1980-02-30"),
    ];
    let output = import(data.path(), "residents", &text.concat(), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let all = format!("{}{}", said(&output), String::from_utf8_lossy(&output.stdout));
    assert!(all.contains("3行") && all.contains("生年月日"), "{all}");

    let again = import(
        data.path(),
        "residents",
        &[RESIDENTS, &resident("1001", "見本 太郎", "昭和55年10月10日")].concat(),
        &[],
    );
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));

    let cards = format!(
        "{CARDS}1001,A00000000000001,個人番号カード,,2020-12-01,2030-10-10,0A01,2020-12-01,2025-10-10,有効,0B01,2020-12-01,2025-10-10,有効\r\n"
    );
    let output = import(data.path(), "cards", &cards, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

/// A dry run changes nothing.
#[test]
fn a_dry_run_only_looks() {
    let data = tempfile::tempdir().unwrap();
    let text = [RESIDENTS, &resident("1001", "見本 太郎", "19801010")].concat();
    assert_eq!(import(data.path(), "residents", &text, &["--dry-run"]).status.code(), Some(0));
    let cards = format!("{CARDS}1001,A00000000000001,個人番号カード,,2020-12-01,2030-10-10,,,,,,,,\r\n");
    let output = import(data.path(), "cards", &cards, &[]);
    assert_ne!(output.status.code(), Some(0), "the person of the dry run isn't there");
}

/// A file with the twelve-digit number is refused whole.
#[test]
fn individual_numbers_are_never_taken() {
    let data = tempfile::tempdir().unwrap();
    let header = RESIDENTS.replace("性別", "性別,個人番号");
    let row = resident("1001", "見本 太郎", "19801010").replace("男", "男,123456789018"); // made up
    let output = import(data.path(), "residents", &[header, row].concat(), &[]);
    refused(&output, "個人番号");
}

/// A wrong file, a missing file and an unknown kind each end in one sentence.
#[test]
fn wrong_files() {
    let data = tempfile::tempdir().unwrap();
    refused(&import(data.path(), "residents", "a,b,c\r\n1,2,3\r\n", &[]), "宛名番号");
    let folder = data.path().to_str().unwrap();
    refused(&run(&["import", "residents", "/nonexistent.csv", "--data", folder]), "/nonexistent.csv");
    refused(&import(data.path(), "pets", RESIDENTS, &[]), "pets");
}
