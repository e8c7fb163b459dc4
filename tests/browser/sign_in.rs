//! The hidden screen with and without script, the end of a session, the second factor: as they look.

use crate::renewal::{fill, go, log_in, press, until};
use office_tests::browser::{Browser, pictures};
use office_tests::office::Office;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

fn password() -> String {
    server::training::accounts().remove(0).password
}

/// What stands in the field with this name.
async fn typed(browser: &Browser, name: &str) -> String {
    let field = browser.driver.query(By::Css(format!("[name='{name}']"))).first().await.expect("the field");
    field.prop("value").await.expect("a value").unwrap_or_default()
}

/// All that a person sees.
async fn seen(browser: &Browser) -> String {
    browser.driver.find(By::Tag("body")).await.expect("a page").text().await.expect("its text")
}

async fn until_gone(browser: &Browser, words: &str) {
    let begun = Instant::now();
    while seen(browser).await.contains(words) {
        assert!(begun.elapsed() < Duration::from_secs(30), "「{words}」 stayed");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn unlock(browser: &Browser, password: &str) {
    fill(browser, "unlock", password).await;
    press(browser, "画面を戻す").await;
}

/// With script F9 covers the page where it stands: nothing of it is seen, the address and what was typed stay, and the
/// password brings it back, also in another tab. The form works afterwards.
#[tokio::test]
async fn the_screen_is_hidden_in_place() {
    let office = Office::training();
    let browser = Browser::open(&pictures("sign-in")).await;
    log_in(&browser, &office, "takahashi").await;
    browser.picture("01-today").await;
    let first = browser.driver.window().await.unwrap();
    let second = browser.driver.new_tab().await.unwrap();
    browser.driver.switch_to_window(second.clone()).await.unwrap();
    go(&browser, &office, "/search?q=S55").await;
    browser.driver.switch_to_window(first).await.unwrap();
    go(&browser, &office, "/settings").await;
    let field = browser.driver.query(By::Css("[name='reply_days']")).first().await.unwrap();
    field.clear().await.unwrap();
    field.send_keys("21").await.unwrap();
    field.send_keys(Key::F9).await.unwrap();
    until(&browser, "画面を隠しています").await;
    until(&browser, "高橋さんが業務中です").await;
    let words = seen(&browser).await;
    assert!(!words.contains("設定を保存する") && !words.contains("住民をさがす"), "{words}");
    browser.picture("02-hidden").await;
    let title = browser.driver.title().await.unwrap();
    assert_eq!(title, "画面を隠しています");
    assert!(browser.driver.current_url().await.unwrap().path().ends_with("/settings"));
    browser.driver.switch_to_window(second).await.unwrap();
    until(&browser, "画面を隠しています").await;
    assert!(!seen(&browser).await.contains("検索"), "the other tab is hidden, too");
    unlock(&browser, "wrong").await;
    until(&browser, "パスワードが違います").await;
    browser.picture("03-hidden-wrong").await;
    unlock(&browser, &password()).await;
    until_gone(&browser, "画面を隠しています").await;
    let tabs = browser.driver.windows().await.unwrap();
    browser.driver.switch_to_window(tabs[0].clone()).await.unwrap();
    until_gone(&browser, "画面を隠しています").await;
    assert_eq!(typed(&browser, "reply_days").await, "21", "what was typed stayed");
    press(&browser, "設定を保存する").await;
    until(&browser, "設定を1件変えました").await;
    browser.close().await;
}

/// Without script the button leads to a page of its own, and the password back to where one was.
#[tokio::test]
async fn the_screen_is_hidden_without_script() {
    let office = Office::training();
    let browser = Browser::open_without_script(&pictures("sign-in-without-script")).await;
    log_in(&browser, &office, "sato").await;
    go(&browser, &office, "/search?q=S55").await;
    press(&browser, "画面を隠す").await;
    until(&browser, "佐藤さんが業務中です").await;
    browser.picture("01-hidden").await;
    go(&browser, &office, "/").await;
    until(&browser, "佐藤さんが業務中です").await;
    go(&browser, &office, "/search?q=S55").await;
    unlock(&browser, "wrong").await;
    until(&browser, "パスワードが違います").await;
    unlock(&browser, &password()).await;
    until(&browser, "住民をさがす").await;
    assert_eq!(browser.driver.current_url().await.unwrap().query(), Some("q=S55"));
    browser.close().await;
}

/// The second factor is set up from its picture, and the codes are on the screen once.
#[tokio::test]
async fn the_second_factor_is_set_up() {
    let office = Office::training();
    let browser = Browser::open(&pictures("second-factor")).await;
    log_in(&browser, &office, "sato").await;
    go(&browser, &office, "/session").await;
    browser.picture("01-session").await;
    go(&browser, &office, "/second-factor").await;
    press_link(&browser, "確認コードを登録する").await;
    until(&browser, "二次元コードを読み取ります").await;
    browser.picture("02-set-up").await;
    let letters = browser.driver.query(By::Css(".enrol .code")).first().await.unwrap().text().await.unwrap();
    let key = totp_rs::Secret::try_from_base32(letters.replace(' ', "")).unwrap();
    let seconds = server::clock::Clock::real().machine_seconds();
    let code = server::staff::totp::code(key.as_bytes(), seconds).unwrap();
    fill(&browser, "code", &code).await;
    press(&browser, "確認コードを登録する").await;
    until(&browser, "この画面は一度しか出ません").await;
    browser.picture("03-codes").await;
    let codes = browser.driver.find_all(By::Css(".recovery li")).await.unwrap();
    assert_eq!(codes.len(), 10);
    let recovery = codes[0].text().await.unwrap();
    press(&browser, "終了する").await;
    until(&browser, "職員の確認").await;
    fill(&browser, "login", "sato").await;
    fill(&browser, "password", &password()).await;
    fill(&browser, "code", &recovery).await;
    browser.picture("04-login").await;
    press(&browser, "業務を始める").await;
    until(&browser, "終わっていない受付").await;
    browser.close().await;
}

async fn press_link(browser: &Browser, words: &str) {
    let link = browser.driver.query(By::LinkText(words)).first().await.expect("the link");
    link.click().await.expect("the link can be followed");
}

/// Two minutes before the end a warning says so, and its button puts the end off without leaving the page.
#[tokio::test]
async fn a_warning_comes_before_the_end() {
    // The script starts once more on the same page, as if it had been made thirteen minutes ago.
    const LATER: &str = r#"
        document.getElementById("session").dataset.seconds = "100";
        const script = document.createElement("script");
        script.src = document.querySelector("script[src*='session.js']").src + "&again";
        document.head.append(script);
    "#;
    let office = Office::training();
    let browser = Browser::open(&pictures("session-end")).await;
    log_in(&browser, &office, "sato").await;
    go(&browser, &office, "/calc").await;
    assert!(!seen(&browser).await.contains("業務を続ける"));
    browser.driver.execute(LATER, Vec::new()).await.unwrap();
    until(&browser, "に業務の画面が閉じます").await;
    browser.picture("01-warning").await;
    press(&browser, "業務を続ける").await;
    until_gone(&browser, "業務を続ける").await;
    assert!(browser.driver.current_url().await.unwrap().path().ends_with("/calc"));
    browser.close().await;
}
