//! `/audit`.

use office_tests::clerk::Clerk;
use office_tests::office::Office;
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
    let own = auditor.get("/audit?actor=ito&from=R8.11.24&until=2026-11-24").await.text;
    assert!(own.contains("伊藤さんがログイン") && !own.contains("佐藤さんがログイン"), "{own}");
    let before = auditor.get("/audit?until=2026-11-23").await.text;
    assert!(before.contains("合う記録はありません。"), "{before}");
    let none = auditor.get("/audit?from=yesterday").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text.contains("日付として読めません"), "{}", none.text);
}
