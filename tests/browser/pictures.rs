//! A picture of every page, at an office PC's size and at 200 % zoom; none scrolls sideways.

use crate::renewal::{go, log_in, until};
use card::virtual_card::profiles;
use office_tests::browser::{Browser, pictures};
use office_tests::office::Office;

const PAGES: [(&str, &str, &str); 27] = [
    ("today", "/", "sato"),
    ("search", "/search?q=%E4%BD%90%E8%97%A4", "sato"),
    ("reader", "/station/reader", "sato"),
    ("calc", "/calc", "sato"),
    ("notices", "/notices", "takahashi"),
    ("notices-month", "/notices/2027-01", "takahashi"),
    ("campaign-new", "/campaigns/new?first=2027-01", "takahashi"),
    ("returns", "/returns", "takahashi"),
    ("returns-report", "/returns/report", "takahashi"),
    ("imports", "/imports", "tanaka"),
    ("calc-procedure", "/calc?ask=procedure", "sato"),
    ("work", "/work", "sato"),
    ("work-print", "/work?list=print", "takahashi"),
    ("telephone", "/telephone", "sato"),
    ("closing", "/closing", "takahashi"),
    ("statistics", "/statistics", "takahashi"),
    ("forecast", "/statistics/forecast", "takahashi"),
    ("setting-history", "/settings/history", "takahashi"),
    ("settings", "/settings", "takahashi"),
    ("calendar", "/settings/calendar", "takahashi"),
    ("stations", "/settings/stations", "yamamoto"),
    ("staff", "/settings/staff", "yamamoto"),
    ("sign-in-settings", "/settings/sign-in", "yamamoto"),
    ("session", "/session", "sato"),
    ("second-factor", "/second-factor", "sato"),
    ("second-factor-set-up", "/second-factor?set_up=yes", "sato"),
    ("audit", "/audit", "ito"),
];

/// Every page fits the width of its window.
#[tokio::test]
async fn no_page_scrolls_sideways() {
    let office = Office::training();
    let today = office_tests::office::today();
    for (size, width, height, zoom) in [("1366", 1366, 768, 1.0), ("200-percent", 683, 384, 2.0)] {
        let browser = Browser::open_sized(&pictures(size), width, height, zoom).await;
        let mut logged_in = String::new();
        let residents = profiles::all(today).into_iter().filter(|profile| !profile.suppressed);
        let residents = residents
            .map(|profile| (profile.name, format!("/residents/{}", profile.resident_number), "sato"));
        let pages = PAGES.iter().map(|&(name, path, login)| (name, path.to_owned(), login));
        let mut all: Vec<_> = residents.chain(pages).collect();
        all.sort_by_key(|&(_, _, login)| login);
        for (name, path, login) in all {
            if logged_in != login {
                browser.driver.delete_all_cookies().await.unwrap();
                log_in(&browser, &office, login).await;
                login.clone_into(&mut logged_in);
            }
            go(&browser, &office, &path).await;
            until(&browser, "訓練").await;
            browser.picture(name).await;
            let measure =
                "return [document.documentElement.scrollWidth, document.documentElement.clientWidth];";
            let widths = browser.driver.execute(measure, Vec::new()).await.unwrap();
            let widths: Vec<i64> = widths.convert().unwrap();
            assert!(widths[0] <= widths[1], "{path} at {size} scrolls sideways: {widths:?}");
        }
        browser.close().await;
    }
}
