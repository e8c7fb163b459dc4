//! Files against a real database on disk.

mod cards;
mod residents;
mod whole_file;

use super::{FileKind, Mode, Report, Source, run};
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::{Error, Refusal};
use crate::office::{self, Office};
use chrono::NaiveDate;
use std::path::Path;

/// The day on which these offices are open.
pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

/// An empty office on disk; it goes away with the directory.
pub(super) async fn office(directory: &Path) -> Office {
    let data = DataDir::open(directory).unwrap();
    Office::open(data, Some(office::Mode::Training), Clock::starting(today())).await.unwrap()
}

/// Writes a file and runs it.
pub(super) async fn try_run(
    office: &Office,
    kind: FileKind,
    bytes: &[u8],
    mode: Mode,
) -> Result<Report, Refusal> {
    let path = office.data().path().join("file.csv");
    std::fs::write(&path, bytes).unwrap();
    let source = Source { path, name: "file.csv".into(), kind };
    match run(office, &source, &mode, |_| {}).await {
        Ok(report) => Ok(report),
        Err(Error::Refused(refusal)) => Err(*refusal),
        Err(error) => panic!("{error}"),
    }
}

/// A take by the command line.
pub(super) fn take() -> Mode {
    Mode::Take { actor: "command line".into(), staff_id: None, checked: None }
}

/// Takes a file that is no nonsense as a whole.
pub(super) async fn taken(office: &Office, kind: FileKind, text: &str) -> Report {
    try_run(office, kind, text.as_bytes(), take()).await.unwrap()
}

/// A file of residents from rows that name only what matters: `column=value` pairs over a person without events.
pub(super) fn residents(rows: &[&[(&str, &str)]]) -> String {
    let usual = |column: &str, row: usize| match column {
        "宛名番号" => format!("{}", 10_001 + row),
        "世帯番号" => format!("{}", 90_001 + row),
        "氏名" => "山田　太郎".to_owned(),
        "氏名カナ" => "ヤマダ　タロウ".to_owned(),
        "生年月日" => "1980-10-10".to_owned(),
        "性別" => "男".to_owned(),
        "郵便番号" => "000-0001".to_owned(),
        "住所" => "訓練市みほん区本町一丁目2番3号".to_owned(),
        "住民種別" => "日本人".to_owned(),
        "成年被後見人" | "支援措置" | "居所登録" => "0".to_owned(),
        _ => String::new(),
    };
    file(FileKind::Residents.columns(), rows, usual)
}

/// A file of cards in the same way; the card belongs to the person of the same row of [`residents`].
pub(super) fn cards(rows: &[&[(&str, &str)]]) -> String {
    let usual = |column: &str, row: usize| match column {
        "宛名番号" => format!("{}", 10_001 + row),
        "カード番号" => format!("13999000000{:04}", row + 1),
        "カード種別" => "個人番号カード".to_owned(),
        "顔認証" => "0".to_owned(),
        "カード発行日" => "2020-12-01".to_owned(),
        "署名用シリアル" => format!("A{row:07X}"),
        "利用者証明用シリアル" => format!("B{row:07X}"),
        "署名用発行日" | "利用者証明用発行日" => "2025-10-01".to_owned(),
        "カード有効期限" | "署名用有効期限" | "利用者証明用有効期限" => {
            "2030-10-10".to_owned()
        }
        _ => "有効".to_owned(),
    };
    file(FileKind::Cards.columns(), rows, usual)
}

fn file(columns: &[&str], rows: &[&[(&str, &str)]], usual: impl Fn(&str, usize) -> String) -> String {
    let mut text = columns.join(",") + "\r\n";
    for (index, row) in rows.iter().enumerate() {
        let cell = |column: &&str| {
            let said = row.iter().find(|(name, _)| name == column);
            said.map_or_else(|| usual(column, index), |(_, value)| (*value).to_owned())
        };
        assert!(row.iter().all(|(name, _)| columns.contains(name)), "a column of the file");
        text += &(columns.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n");
    }
    text
}

/// The refused rows as row, column and the beginning of the sentence.
pub(super) fn refusals(report: &Report) -> Vec<(u64, &'static str, &str)> {
    report.refused.iter().map(|refused| (refused.row, refused.column, refused.sentence.as_str())).collect()
}
