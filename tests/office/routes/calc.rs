//! `/calc`.

use office_tests::clerk::Clerk;
use office_tests::office::Office;
use reqwest::StatusCode;

/// Each of the three questions is answered in a sentence; what is missing is told at its field.
#[tokio::test]
async fn answers_in_a_sentence() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let period = clerk.get("/calc?ask=renewal_period&expiry=R5.7.7&abroad=no").await.text;
    assert!(period.contains("令和5年4月8日(土)から令和5年7月7日(金)まで更新できます。"), "{period}");
    let abroad = clerk.get("/calc?ask=renewal_period&expiry=R5.7.7&abroad=yes").await.text;
    assert!(abroad.contains("令和4年7月8日"), "{abroad}");
    let closed = clerk.get("/calc?ask=open_day&date=2027-01-01").await.text;
    assert!(closed.contains("令和9年1月1日(金)は閉まっています"), "{closed}");
    let missing = clerk.get("/calc?ask=validity&birth=S55.10.10").await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        missing.text.contains("日付を入れてください。") && missing.text.contains("S55.10.10"),
        "{}",
        missing.text
    );
}
