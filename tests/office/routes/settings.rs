//! `/settings`.

use card::virtual_card::profiles;
use office_tests::clerk::{Clerk, hidden_fields};
use office_tests::office::{Office, today};
use reqwest::StatusCode;
use rules::{NaiveDate, period, wareki};

/// A change is in force at once, and the page and the trail say who made it.
#[tokio::test]
async fn a_change_is_in_force_and_on_record() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "takahashi").await;
    let ask = "/calc?ask=renewal_period&expiry=2027-02-10";
    assert!(clerk.get(ask).await.text.contains("令和8年11月11日"));
    let fields = [("window_start", "same_day"), ("office_ward", "見本区")];
    let saved = clerk.submit("/settings", "/settings", &fields).await;
    assert_eq!(saved.location.as_deref(), Some("/settings?saved=2"), "{}", saved.text);
    assert!(clerk.get(ask).await.text.contains("令和8年11月10日"));
    let page = clerk.get("/settings").await.text;
    assert!(page.contains("見本区") && page.contains("高橋</a></small>"), "{page}");
    let trail = clerk.get("/audit?kind=70").await.text;
    assert!(trail.contains("設定「更新期間の初日」を"), "{trail}");
    assert_eq!(super::trail::verify(office.data()).0, Some(0));
}

/// What can't be is told at its field with what was entered, and nothing of the form is taken.
#[tokio::test]
async fn refuses_what_cannot_be() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "takahashi").await;
    let fields = [("reply_days", "三十"), ("office_ward", "見本区"), ("office_phone", "")];
    let page = clerk.submit("/settings", "/settings", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.text.contains("value=\"三十\"") && page.text.contains("電話番号を入れてください。"),
        "{}",
        page.text
    );
    assert!(!clerk.get("/settings").await.text.contains("value=\"見本区\""));
}

/// Two people at once: the second sees that the first was quicker.
#[tokio::test]
async fn the_second_sees_the_first() {
    let office = Office::training();
    let one = Clerk::log_in(office.address(), "takahashi").await;
    let other = Clerk::log_in(office.address(), "yamamoto").await;
    let seen = hidden_fields(&other.get("/settings").await.text, "/settings");
    one.submit("/settings", "/settings", &[("fee_renewal", "200")]).await;
    let stale =
        [("csrf", seen["csrf"].as_str()), ("version", seen["version"].as_str()), ("fee_renewal", "300")];
    let page = other.send("/settings", &stale).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.text);
    assert!(one.get("/settings").await.text.contains("value=\"200\""));
}

/// What is decided here shows at the counter at once, on pages that were open already as well.
#[tokio::test]
async fn a_change_shows_at_the_counter() {
    let office = Office::training();
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let counter = Clerk::log_in(office.address(), "sato").await;
    let person = profiles::find("early", today()).expect("a sample person");
    let (path, end) =
        (format!("/residents/{}", person.resident_number), person.person.certificates[0].expires);
    let from = period::first_day(end, false);
    let span = |from| format!("更新期間 {} から {} まで", wareki::short(from), wareki::short(end));
    let days = |from: NaiveDate| format!("あと{}日で更新できます", (from - today()).num_days());
    let before = counter.get(&path).await.words();
    assert!(before.contains(&span(from)) && before.contains(&days(from)), "{before}");
    supervisor.submit("/settings", "/settings", &[("window_start", "same_day")]).await;
    let earlier = from.pred_opt().expect("a day before");
    let after = counter.get(&path).await.words();
    assert!(after.contains(&span(earlier)) && after.contains(&days(earlier)), "{after}");

    // A clerk may look at what is decided, and may not decide.
    let csrf = hidden_fields(&counter.get("/").await.text, "/logout").remove("csrf").expect("a token");
    let refused = counter.send("/settings", &[("csrf", &csrf), ("window_start", "day_after")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.words());
    assert!(counter.get(&path).await.words().contains(&span(earlier)));
}
