//! Searches, a resident's page, lists of work and statistics, in a small ward and a large one.

use crate::figures::{median_and_p99, ms, ratio, row};
use office_tests::clerk::Clerk;
use office_tests::office::Office;
use std::time::{Duration, Instant};

/// Requests of each kind.
const REQUESTS: usize = 300;

const SEARCHES: [(&str, &str); 4] = [
    ("search by kanji prefix", "/search?q=%E4%BD%90%E8%97%A4"),
    ("search by kana and birthday", "/search?q=%E3%82%B5%E3%83%88%E3%82%A6+S55.10.10"),
    ("search by birthday", "/search?q=%E6%98%AD%E5%92%8C55%E5%B9%B410%E6%9C%8810%E6%97%A5"),
    ("search by reception number", "/search?q=R8-000001"),
];

/// Pages of those who look after the counter.
const OVERSIGHT: [(&str, &str); 4] = [
    ("lists of work", "/work"),
    ("closing of the day", "/closing"),
    ("statistics of a month", "/statistics"),
    ("forecast of 36 months", "/statistics/forecast"),
];

/// Prints median and p99 of each in both wards, and how many times the large one takes.
pub fn measure(small: &Office, large: &Office, size: usize) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let login = server::training::accounts().remove(0).login;
        let clerks = both(small, large, &login).await;
        let resident = first_resident(&clerks.0).await;
        let mut pages: Vec<_> = SEARCHES.iter().map(|&(name, path)| (name, path.to_owned())).collect();
        pages.push(("resident page", resident));
        compare(&clerks, &pages, size).await;
        let supervisors = both(small, large, "takahashi").await;
        let pages: Vec<_> = OVERSIGHT.iter().map(|&(name, path)| (name, path.to_owned())).collect();
        compare(&supervisors, &pages, size).await;
    });
}

/// The same member of staff in both wards.
async fn both(small: &Office, large: &Office, login: &str) -> (Clerk, Clerk) {
    (Clerk::log_in(small.address(), login).await, Clerk::log_in(large.address(), login).await)
}

async fn compare((small, large): &(Clerk, Clerk), pages: &[(&str, String)], size: usize) {
    for (name, path) in pages {
        let (few, few_p99) = median_and_p99(times(small, path).await);
        let (many, many_p99) = median_and_p99(times(large, path).await);
        let figure = format!(
            "2,000: {} (p99 {}); {size}: {} (p99 {}); ratio {}",
            ms(few),
            ms(few_p99),
            ms(many),
            ms(many_p99),
            ratio(many, few)
        );
        row(name, &figure);
    }
}

async fn times(clerk: &Clerk, path: &str) -> Vec<Duration> {
    let mut times = Vec::with_capacity(REQUESTS);
    for _ in 0..REQUESTS {
        let begun = Instant::now();
        let page = clerk.get(path).await;
        times.push(begun.elapsed());
        assert!(
            !page.status.is_server_error() && !page.status.is_client_error() || path.contains("R8-"),
            "{path}"
        );
    }
    times
}

/// The page of somebody a search finds; the sample people are in both wards.
async fn first_resident(clerk: &Clerk) -> String {
    let today = office_tests::office::today();
    let number = card::virtual_card::profiles::find("renewable", today).expect("the profile").resident_number;
    let path = format!("/residents/{number}");
    assert!(clerk.get(&path).await.status.is_success());
    path
}
