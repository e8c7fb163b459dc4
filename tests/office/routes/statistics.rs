//! `/statistics`: numbers on the screen and in files that other programs read.

use super::campaigns;
use calamine::{Data, Reader, Xlsx};
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::Office;
use reqwest::StatusCode;
use std::io::Cursor;

const DAY: &str = "2026-11-24";

/// A renewal and a withdrawn case at a counter whose name looks like a formula.
async fn a_day(office: &Office) -> Clerk {
    let clerk = Clerk::log_in(office.address(), "sato").await;
    Journey::open_pad(&clerk).await;
    let case = Journey::up_to_update(&clerk, "renewable").await;
    case.update().await;
    case.hand_over().await;
    let other = Journey::receive(&clerk, "early").await;
    other.step("withdraw", &[("reason_withdraw", "本人が取りやめた")]).await;
    clerk
}

/// What was done stands in the tables, and the presets lead to their days.
#[tokio::test]
async fn a_day_in_numbers() {
    let office = Office::training_on(DAY);
    let clerk = a_day(&office).await;
    assert_eq!(clerk.get("/statistics").await.status, StatusCode::FORBIDDEN);
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let page = supervisor.get("/statistics").await;
    let words = page.words();
    assert!(words.contains("令和8年11月1日(日)から令和8年11月30日(月)まで"), "{words}");
    assert!(words.contains("計 2 100.0% 1 1 0"), "{words}");
    assert!(words.contains("本人 2 100.0% 1 1 0") && words.contains("1番窓口 2 100.0%"), "{words}");
    assert!(words.contains("受付から本人確認の記録まで 1 "), "{words}");
    assert!(
        !words.contains("職員別") && !words.contains("佐藤"),
        "nobody is counted unless the office says so"
    );
    let none = supervisor.get("/statistics?from=R8.4.1&until=R8.4.30").await.words();
    assert!(none.contains("この期間に数えるものはありません。"), "{none}");
    let wrong = supervisor.get("/statistics?from=2026-11-30&until=2026-11-01").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.words().contains("最後の日が最初の日より前です"), "{}", wrong.words());

    supervisor.submit("/settings", "/settings", &[("clerk_statistics", "shown")]).await;
    let words = supervisor.get("/statistics").await.words();
    assert!(words.contains("職員別") && words.contains("佐藤 2"), "{words}");
}

/// A notice and a certificate issued since: one of the people has renewed.
#[tokio::test]
async fn notices_and_what_became_of_them() {
    let office = Office::training_on(DAY);
    let campaign = campaigns::printed(&office, "2027-01").await;
    let back = Clerk::log_in(office.address(), "tanaka").await;
    // At the post: what is only printed would be void once she has renewed.
    let posted = back.submit(&campaign, &format!("{campaign}/post"), &[("posted_on", DAY)]).await;
    assert!(posted.location.is_some(), "{}", posted.words());
    let path = "/statistics";
    let page = loop {
        let words = back.get(path).await.words();
        if words.contains("令和9年1月") {
            break words;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    let row = page.split("令和9年1月 ").nth(1).unwrap();
    let numbers: Vec<u64> =
        row.split_whitespace().take(3).map(|word| word.replace(',', "").parse().unwrap()).collect();
    assert!(numbers[0] > 0 && numbers[1] == 0 && numbers[0] == numbers[2], "{numbers:?}");
    // The one who renews today is counted, if the notice went to her.
    let clerk = Clerk::log_in(office.address(), "sato").await;
    Journey::open_pad(&clerk).await;
    let case = Journey::up_to_update(&clerk, "renewable").await;
    case.update().await;
    case.hand_over().await;
    let after = back.get(path).await.words();
    let resident = card::virtual_card::profiles::find("renewable", DAY.parse().unwrap()).unwrap();
    let expires = resident.person.certificates.iter().map(|one| one.expires).min().unwrap();
    let renewed = u64::from(expires.to_string().starts_with("2027-01"));
    assert!(
        after.contains(&format!("令和9年1月 {} {renewed} {}", numbers[0], numbers[0] - renewed)),
        "{after}"
    );
}

/// The forecast is a picture with its sentence, and the table under it has 36 months that add up.
#[tokio::test]
async fn what_expires_in_the_next_months() {
    let office = Office::training_on(DAY);
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let page = supervisor.get("/statistics/forecast").await;
    assert_eq!(page.text.matches("class=\"chart__bar\"").count(), 36, "{}", page.text);
    let words = page.words();
    assert!(words.contains("最も多いのは"), "{words}");
    let bytes = supervisor.bytes("/statistics/export/xlsx?from=2026-11-01&until=2026-11-30").await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let cells = book.worksheet_range("満了の見込み").unwrap();
    let count = |row: u32, column: u32| match cells.get_value((row, column)) {
        Some(Data::Float(many)) => *many,
        other => panic!("{row} {column}: {other:?}"),
    };
    for column in 1..=3 {
        let sum: f64 = (3..39).map(|row| count(row, column)).sum();
        assert!((sum - count(39, column)).abs() < 0.5 && sum > 0.0, "column {column}: {sum}");
    }
}

/// Files are read back by another library: same numbers, no formula, and the trail says who took them.
#[tokio::test]
async fn files_carry_the_same_numbers() {
    let office = Office::training_on(DAY);
    let administrator = Clerk::log_in(office.address(), "yamamoto").await;
    let fields = [("name_1", "=1+1番窓口"), ("reader_kind_1", "simulated"), ("update_path_1", "relay")];
    let saved = administrator.submit("/settings/stations", "/settings/stations/1", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.words());
    a_day(&office).await;
    let back = Clerk::log_in(office.address(), "tanaka").await;
    let query = "from=2026-11-24&until=2026-11-24";
    let csv = back.bytes(&format!("/statistics/export/csv?{query}")).await;
    assert!(csv.starts_with("\u{FEFF}表,行,項目,値\r\n".as_bytes()));
    let text = String::from_utf8(csv).unwrap();
    assert!(
        text.contains("手続き別,計,受付,2\r\n") && text.contains("窓口別,'=1+1番窓口,受付,2\r\n"),
        "{text}"
    );
    for line in text.trim_start_matches('\u{FEFF}').lines() {
        for cell in line.split(',') {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t']), "{line}");
        }
    }
    let bytes = back.bytes(&format!("/statistics/export/xlsx?{query}")).await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names, ["手続き別", "来た方別", "窓口別", "時間帯別", "時間", "通知と更新", "満了の見込み"]);
    let cells = book.worksheet_range("窓口別").unwrap();
    assert_eq!(cells.get_value((3, 0)), Some(&Data::String("=1+1番窓口".to_owned())));
    assert_eq!(cells.get_value((3, 1)), Some(&Data::Float(2.0)));
    assert!(names.iter().all(|name| book.worksheet_formula(name).unwrap().is_empty()));
    let auditor = Clerk::log_in(office.address(), "ito").await;
    assert!(auditor.get("/audit?kind=77").await.words().contains("集計を書き出しました(xlsx)"));
    assert_eq!(auditor.get("/statistics/export/csv").await.status, StatusCode::FORBIDDEN);
    assert_eq!(back.get("/statistics/export/pdf").await.status, StatusCode::NOT_FOUND);
}
