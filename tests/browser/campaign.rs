//! A notice campaign from the order to what the post brings back, on a PC that runs no script, with a picture of each
//! page.

use crate::renewal::{fill, go, log_in, press, until};
use office_tests::browser::{Browser, pictures};
use office_tests::office::Office;
use std::time::Duration;
use thirtyfour::prelude::*;

const DAY: &str = "2026-11-24";

/// Somebody else sits down at the same PC.
async fn change_to(browser: &Browser, office: &Office, login: &str) {
    browser.driver.delete_all_cookies().await.unwrap();
    log_in(browser, office, login).await;
}

/// Loads the campaign's page until it says something.
async fn reload_until(browser: &Browser, office: &Office, words: &str) {
    for _ in 0..600 {
        go(browser, office, "/campaigns/1").await;
        let page = browser.driver.find(By::Css("main")).await.unwrap().text().await.unwrap();
        if page.contains(words) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the campaign never says 「{words}」");
}

async fn choose(browser: &Browser, css: &str) {
    let found = browser.driver.query(By::Css(css)).first().await;
    let found = found.unwrap_or_else(|_| panic!("no {css}"));
    found.scroll_into_view().await.unwrap();
    found.click().await.unwrap();
}

/// Order, list, release by another, files, post, returned letters and their report.
#[tokio::test]
async fn a_campaign() {
    let office = Office::training_on(DAY);
    let browser = Browser::open_without_script(&pictures("campaign")).await;
    log_in(&browser, &office, "tanaka").await;
    go(&browser, &office, "/campaigns/new?first=2027-01").await;
    until(&browser, "通知の回を予定する").await;
    browser.picture("01-order").await;
    press(&browser, "この内容で予定する").await;
    reload_until(&browser, &office, "承認待ち").await;
    browser.picture("02-list-of-the-maker").await;
    choose(&browser, "a[href*='list=excluded']").await;
    until(&browser, "対象外の理由").await;
    browser.picture("03-excluded").await;

    change_to(&browser, &office, "takahashi").await;
    go(&browser, &office, "/campaigns/1").await;
    browser.picture("04-release").await;
    press(&browser, "一覧を承認し").await;
    reload_until(&browser, &office, "発送待ち").await;
    browser.picture("05-printed").await;

    change_to(&browser, &office, "tanaka").await;
    go(&browser, &office, "/").await;
    until(&browser, "印刷用ファイルができました").await;
    browser.picture("06-told-on-the-next-page").await;
    go(&browser, &office, "/campaigns/1").await;
    choose(&browser, "form[action$='/post'] button").await;
    until(&browser, "この回を終える").await;
    browser.picture("07-posted").await;

    go(&browser, &office, "/returns").await;
    for (reason, letter) in [("unknown", "通知-1"), ("refused", "通知-2")] {
        choose(&browser, &format!("[name='reason'][value='{reason}']")).await;
        fill(&browser, "scanned", letter).await;
        press(&browser, "返戻を記録する").await;
        until(&browser, "の返戻を記録しました").await;
    }
    browser.picture("08-returns").await;
    fill(&browser, "scanned", "通知-999").await;
    press(&browser, "返戻を記録する").await;
    until(&browser, "通知書はありません").await;
    browser.picture("09-returns-refused").await;
    go(&browser, &office, "/returns/report").await;
    until(&browser, "戻ってきた通知書").await;
    browser.picture("10-report").await;
    go(&browser, &office, "/campaigns/1?list=returned").await;
    choose(&browser, "[name='letter'][value='1']").await;
    choose(&browser, "[name='reason'] option[value='sent_anew']").await;
    press(&browser, "選んだ通知書を作り直す").await;
    reload_until(&browser, &office, "発送待ち").await;
    browser.picture("11-made-anew").await;
    go(&browser, &office, "/notices").await;
    browser.picture("12-notices").await;
    browser.close().await;
}
