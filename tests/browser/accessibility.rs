//! The keyboard reaches everything, and every control says what it is.

use crate::renewal::{go, log_in, until};
use office_tests::browser::{Browser, pictures};
use office_tests::office::Office;

/// What a screen reader would stumble over: controls without a name, a page without a language or heading.
const FAULTS: &str = r"
    const faults = [];
    if (document.documentElement.lang !== 'ja') faults.push('lang');
    if (document.querySelectorAll('h1').length !== 1) faults.push('h1');
    for (const control of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
        const named = control.labels.length > 0 || control.getAttribute('aria-label') || control.getAttribute('aria-labelledby');
        if (!named) faults.push('no label: ' + control.outerHTML);
    }
    for (const control of document.querySelectorAll('button, a[href]')) {
        if (!control.textContent.trim() && !control.getAttribute('aria-label')) faults.push('no words: ' + control.outerHTML);
    }
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push('twice: ' + id);
    return faults;
";

/// Every page of the main job is free of these faults.
#[tokio::test]
async fn every_control_has_a_name() {
    let office = Office::training();
    let browser = Browser::open(&pictures("accessibility")).await;
    for (login, paths) in [
        (
            "sato",
            &[
                "/",
                "/search?q=S55",
                "/station/reader",
                "/calc",
                "/calc?ask=procedure",
                "/calc?ask=pin",
                "/pinpad",
                "/session",
                "/second-factor",
                "/second-factor?set_up=yes",
                "/work",
                "/telephone",
                "/closing",
            ][..],
        ),
        (
            "takahashi",
            &[
                "/notices",
                "/notices/2027-01",
                "/campaigns/new",
                "/returns",
                "/returns/report",
                "/settings",
                "/settings/calendar",
                "/settings/history",
                "/statistics",
                "/statistics/forecast",
                "/settings/paper",
                "/settings/paper/wording/notice",
            ][..],
        ),
        ("tanaka", &["/imports"][..]),
        ("yamamoto", &["/settings/stations", "/settings/staff", "/settings/sign-in", "/password"][..]),
        ("ito", &["/audit"][..]),
    ] {
        browser.driver.delete_all_cookies().await.unwrap();
        log_in(&browser, &office, login).await;
        for path in paths {
            go(&browser, &office, path).await;
            until(&browser, "訓練").await;
            let faults = browser.driver.execute(FAULTS, Vec::new()).await.unwrap();
            let faults: Vec<String> = faults.convert().unwrap();
            assert!(faults.is_empty(), "{path}: {faults:?}");
        }
    }
    browser.close().await;
}
