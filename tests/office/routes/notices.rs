//! `/notices`, `/notices/{expiring}`, `/notices/runs/{id}.pdf`.

use office_tests::clerk::Clerk;
use office_tests::office::Office;
use reqwest::StatusCode;

const DAY: &str = "2026-11-24";
const MONTH: &str = "/notices/2027-01";

/// Letters are made at one press, printed as often as wanted, and nobody gets a second one by pressing again.
#[tokio::test]
async fn makes_a_month_once() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    assert!(clerk.get("/notices").await.text.contains("作る時期です"));

    let made = clerk.submit(MONTH, MONTH, &[]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    assert_eq!(made.location.as_deref(), Some("/notices/2027-01?run=1"));
    let page = clerk.get("/notices/2027-01?run=1").await.text;
    assert!(page.contains("通知書を作りました。") && page.contains("/notices/runs/1.pdf"), "{page}");
    let first = clerk.bytes("/notices/runs/1.pdf").await;
    assert!(first.starts_with(b"%PDF-"));

    let again = clerk.submit(MONTH, MONTH, &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("何も作っていません。"), "{}", again.text);
    assert_eq!(clerk.get("/notices/runs/2.pdf").await.status, StatusCode::NOT_FOUND);
}

/// The same form sent twice does its work once, also when it asks for new letters in place of old ones.
#[tokio::test]
async fn a_second_press_does_nothing() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    clerk.submit(MONTH, MONTH, &[]).await;
    let hidden = office_tests::clerk::hidden_fields(&clerk.get(MONTH).await.text, MONTH);
    let mut fields: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("again", "yes"));
    let one = clerk.send(MONTH, &fields).await;
    let other = clerk.send(MONTH, &fields).await;
    assert_eq!(one.location.as_deref(), Some("/notices/2027-01?run=2"));
    assert_eq!(other.location, one.location);
    assert_eq!(clerk.get("/notices/runs/3.pdf").await.status, StatusCode::NOT_FOUND);
    // The letters of the first run are void now: printing them again would send two to each.
    assert_eq!(clerk.get("/notices/runs/1.pdf").await.status, StatusCode::GONE);
    assert!(clerk.bytes("/notices/runs/2.pdf").await.starts_with(b"%PDF-"));
}

/// A month may be typed as people do; what is none is told at the field, and an address that is none isn't there.
#[tokio::test]
async fn finds_another_month() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "takahashi").await;
    let found = clerk.get("/notices?month=R9.5").await;
    assert_eq!(found.location.as_deref(), Some("/notices/2027-05"));
    let early = clerk.get("/notices/2027-05").await.text;
    assert!(early.contains("まだ早い月です"), "{early}");
    let none = clerk.get("/notices?month=someday").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text.contains("年月として読めません"), "{}", none.text);
    assert_eq!(clerk.get("/notices/2027-13").await.status, StatusCode::NOT_FOUND);
}

/// Whoever may not make notices sees neither the lists nor the letters.
#[tokio::test]
async fn is_not_for_everyone() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "sato").await;
    for path in ["/notices", MONTH, "/notices/runs/1.pdf"] {
        assert_eq!(clerk.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}
