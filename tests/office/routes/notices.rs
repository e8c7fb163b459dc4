//! `/notices`, `/notices/{expiring}`: the months and one month's people, as things stand.

use super::campaigns::{count, order};
use office_tests::clerk::Clerk;
use office_tests::office::Office;
use reqwest::StatusCode;

const DAY: &str = "2026-11-24";
const MONTH: &str = "/notices/2027-01";

/// A month that is due leads to a campaign, and the month knows of it.
#[tokio::test]
async fn a_month_leads_to_its_campaign() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    assert!(clerk.get("/notices").await.text.contains("作る時期です"));
    let month = clerk.get(MONTH).await.text;
    assert!(month.contains("/campaigns/new?first=2027-01"), "{month}");
    let form = clerk.get("/campaigns/new?first=2027-01").await.text;
    assert!(form.contains("value=\"2027-01\"") && form.contains("value=\"R8.11.24\""), "{form}");
    assert_eq!(order(&clerk, "2027-01").await, "/campaigns/1");
    let month = clerk.get(MONTH).await.words();
    assert!(month.contains("第1回"), "{month}");
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
    for path in ["/notices", MONTH, "/campaigns/new", "/campaigns/1", "/campaigns/1/all.pdf"] {
        assert_eq!(clerk.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(
        clerk.get("/returns").await.status,
        StatusCode::OK,
        "letters that come back are the counter's too"
    );
}

/// Everybody of the month is on one of the two lists, and everybody who is left out is counted under one reason.
#[tokio::test]
async fn the_counts_add_up() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    let index = clerk.get("/notices").await.words();
    for (month, label) in [("2026-12", "令和8年12月"), ("2027-01", "令和9年1月"), ("2027-02", "令和9年2月")]
    {
        let page = clerk.get(&format!("/notices/{month}")).await;
        let words = page.words();
        let (included, excluded) = (count(&words, "通知書を送る人"), count(&words, "除いた人"));
        assert!(included > 0 && excluded > 0, "{month}: {words}");
        let reasons = words.split_once("除いた人").unwrap().1.split_once("氏名 理由").unwrap().0;
        let numbers =
            reasons.split_whitespace().filter_map(|word| word.strip_suffix('人')?.parse::<usize>().ok());
        assert_eq!(numbers.sum::<usize>(), 2 * excluded, "the heading and the reasons: {reasons}");
        let line =
            index.split_once(label).expect("a line for the month").1.split_once("更新できます。").unwrap().1;
        let cells: Vec<&str> = line.split_whitespace().take(3).collect();
        let (people, left) = ((included + excluded).to_string(), included.to_string());
        assert_eq!(cells, [people.as_str(), "0", left.as_str()], "{month}");
        assert_eq!(page.text.matches("class=\"person\"").count(), included, "{month}: a line for each");
    }
}
