//! `/audit`.

use card::virtual_card::profiles;
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::{Office, run, today};
use reqwest::StatusCode;

/// The list narrows by person, kind and day, and says when a day isn't one.
#[tokio::test]
async fn narrows_the_list() {
    let office = Office::training_on("2026-11-24");
    Clerk::log_in(office.address(), "sato").await;
    let auditor = Clerk::log_in(office.address(), "ito").await;
    let logins = auditor.get("/audit?kind=10").await.text;
    assert!(logins.contains("佐藤さんがログイン") && logins.contains("伊藤さんがログイン"), "{logins}");
    assert!(!logins.contains("訓練用の窓口を作りました。"));
    let program = auditor.get("/audit?actor=system").await.words();
    assert!(
        program.contains("訓練用の窓口を作りました。") && !program.contains("ログインしました"),
        "{program}"
    );
    let own = auditor.get("/audit?actor=ito&from=R8.11.24&until=2026-11-24").await.text;
    assert!(own.contains("伊藤さんがログイン") && !own.contains("佐藤さんがログイン"), "{own}");
    let before = auditor.get("/audit?until=2026-11-23").await.text;
    assert!(before.contains("合う記録はありません。"), "{before}");
    let none = auditor.get("/audit?from=yesterday").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text.contains("日付として読めません"), "{}", none.text);
}

/// A person, a case and how it ended narrow the list too; an unknown reception number is told at its field.
#[tokio::test]
async fn narrows_by_person_case_and_outcome() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let case = Journey::receive(&clerk, "renewable").await;
    let number = case.case.strip_prefix("/cases/").expect("a case");
    clerk.get("/residents/9900000018").await;
    let person = profiles::find("renewable", today()).expect("a sample person").resident_number;
    let auditor = Clerk::log_in(office.address(), "ito").await;

    let of_person = auditor.get(&format!("/audit?subject={person}")).await;
    assert!(of_person.words().contains("更新を受け付けました。"), "{}", of_person.words());
    assert!(!of_person.words().contains("ログインしました"), "{}", of_person.words());
    let of_case = auditor.get(&format!("/audit?case={}", number.to_lowercase())).await.words();
    assert!(of_case.contains("更新を受け付けました。") && of_case.contains("1番窓口"), "{of_case}");
    assert!(!of_case.contains("住民の画面を開きました"), "{of_case}");
    let refused = auditor.get("/audit?outcome=refused").await.words();
    assert!(refused.contains("開こうとしましたが") && !refused.contains("更新を受け付けました"), "{refused}");
    let unknown = auditor.get("/audit?case=R8-999999").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.words().contains("その受付番号の受付はありません"), "{}", unknown.words());
}

/// Each look at the trail is in the trail, with what it was narrowed by, and never with what was merely typed.
#[tokio::test]
async fn each_read_is_a_row() {
    let office = Office::training();
    let auditor = Clerk::log_in(office.address(), "ito").await;
    auditor.get("/audit?kind=10&outcome=done&subject=見本という方").await;
    let reads = auditor.get("/audit?kind=81").await.words();
    let row = "操作記録を見ました(種類 ログイン、結果 行った、登録のない宛名番号)。";
    assert!(reads.contains(row), "{reads}");
    assert!(!reads.contains("見本という方"), "{reads}");
}

/// A long list is read on in both directions, each row once and none left out.
#[tokio::test]
async fn reads_a_long_list_on() {
    let office = Office::training();
    let auditor = Clerk::log_in(office.address(), "ito").await;
    for _ in 0..130 {
        auditor.get("/audit?kind=1").await;
    }
    let numbers = |page: &str| -> Vec<i64> {
        let cells = page.split("data-head=\"番号\" class=\"end\">").skip(1);
        cells.filter_map(|cell| cell.split('<').next()?.parse().ok()).collect()
    };
    let link = |page: &str, words: &str| -> Option<String> {
        let before = page.split(words).next().filter(|before| before.len() < page.len())?;
        let href = before.rsplit("href=\"").next()?.split('"').next()?;
        Some(href.replace("&amp;", "&"))
    };
    let first = auditor.get("/audit?kind=81").await.text;
    assert_eq!(numbers(&first).len(), 100);
    assert!(link(&first, "新しい記録を見る").is_none());
    let second = auditor.get(&link(&first, "古い記録を見る").expect("older rows")).await.text;
    let (newer, older) = (numbers(&first), numbers(&second));
    assert_eq!(newer.len() + older.len(), 130);
    assert!(newer.iter().chain(&older).is_sorted_by(|a, b| a > b), "newest first, each once");
    assert!(link(&second, "古い記録を見る").is_none());
    let back = auditor.get(&link(&second, "新しい記録を見る").expect("newer rows")).await.text;
    assert_eq!(numbers(&back)[..], newer[..]);
}

/// The rows leave as a table for a spreadsheet and as JSON lines, narrowed like the list; that they left is a row.
#[tokio::test]
async fn exports_what_the_list_shows() {
    let office = Office::training();
    Clerk::log_in(office.address(), "sato").await;
    let auditor = Clerk::log_in(office.address(), "ito").await;
    let table = auditor.get("/audit/export?format=csv&kind=10").await;
    assert_eq!(table.status, StatusCode::OK);
    assert!(table.text.starts_with("\u{feff}番号,日時,種類の番号,"), "{}", table.text);
    assert_eq!(table.text.lines().count(), 3, "a head and two logins: {}", table.text);
    assert!(table.text.contains(",佐藤(sato),sato,1番窓口,"), "{}", table.text);
    let lines = auditor.get("/audit/export?format=lines").await.text;
    let rows: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    let numbers: Vec<i64> = rows.iter().map(|row| row["number"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..).take(rows.len()).collect::<Vec<i64>>(), "every row, oldest first");
    for pair in rows.windows(2) {
        assert_eq!(pair[1]["previous"], pair[0]["hash"]);
    }
    let exports = auditor.get("/audit?kind=82").await.words();
    assert!(exports.contains("操作記録をCSVで書き出しました(種類 ログイン、"), "{exports}");
    assert!(exports.contains("操作記録を検証用の形で書き出しました(条件なし、"), "{exports}");
    let clerk = Clerk::log_in(office.address(), "sato").await;
    for path in ["/audit/export?format=csv", "/audit/key", "/audit/checkpoints/1"] {
        assert_eq!(clerk.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(auditor.get("/audit/export?format=xml").await.status, StatusCode::NOT_FOUND);
}

/// A checkpoint made in the browser, saved with the public key, holds against the running office's trail.
#[tokio::test]
async fn a_checkpoint_from_the_browser_holds() {
    let office = Office::training();
    let auditor = Clerk::log_in(office.address(), "ito").await;
    assert_eq!(auditor.get("/audit/checkpoints/1").await.status, StatusCode::NOT_FOUND);
    auditor.submit("/audit", "/audit/checkpoint", &[]).await;
    let page = auditor.get("/audit").await.words();
    assert!(page.contains("第1号(") && page.contains("職員の操作"), "{page}");
    let kept = tempfile::tempdir().unwrap();
    let (file, key) = (kept.path().join("audit-checkpoint-000001.json"), kept.path().join("key.pem"));
    std::fs::write(&file, auditor.get("/audit/checkpoints/1").await.text).unwrap();
    std::fs::write(&key, auditor.get("/audit/key").await.text).unwrap();
    let text = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let data = text(office.data());
    let checked =
        run(&["audit", "verify", "--data", &data, "--checkpoint", &text(&file), "--key", &text(&key)]);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert_eq!(checked.status.code(), Some(0), "{said}");
    assert!(said.contains("外に保管した控えと一致しています") && said.contains("つながりだけを"), "{said}");
}
