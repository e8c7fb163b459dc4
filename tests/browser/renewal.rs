//! From login to closing, as a clerk and a resident see it on two screens.

use card::virtual_card::{
    TRAINING_AUTHENTICATION_PIN, TRAINING_RESIDENT_REGISTER_PIN, TRAINING_SIGNATURE_PIN, profiles,
};
use office_tests::browser::{Browser, pictures};
use office_tests::office::Office;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// Clicks the button whose words begin with these.
pub async fn press(browser: &Browser, words: &str) {
    let path = format!("//button[starts-with(normalize-space(.), '{words}')]");
    let button = browser
        .driver
        .query(By::XPath(path))
        .first()
        .await
        .unwrap_or_else(|_| panic!("no button 「{words}」"));
    button.scroll_into_view().await.expect("the button is on the page");
    button.click().await.expect("the button can be pressed");
}

/// Waits until the page shows some words, reloading as a page without script would.
pub async fn until(browser: &Browser, words: &str) {
    let begun = Instant::now();
    loop {
        // Between two pages there is no body.
        let body = browser.driver.find(By::Tag("body")).await;
        let text = match body {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        };
        if text.contains(words) {
            return;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "the page never said 「{words}」:\n{text}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Fills in the field with this name.
pub async fn fill(browser: &Browser, name: &str, value: &str) {
    let field = browser.driver.query(By::Css(format!("[name='{name}']"))).first().await.expect("the field");
    field.send_keys(value).await.expect("the field takes keys");
}

/// Ticks the box with this name; what floats at the foot of the window must not cover it.
pub async fn tick(browser: &Browser, name: &str) {
    let tick = browser.driver.query(By::Css(format!("[name='{name}']"))).first().await.expect("the box");
    tick.scroll_into_view().await.expect("the box is on the page");
    tick.click().await.expect("the box can be ticked");
}

/// Opens an address of the office.
pub async fn go(browser: &Browser, office: &Office, path: &str) {
    browser.driver.goto(format!("{}{path}", office.address())).await.expect("the page opens");
}

/// Logs in through the form.
pub async fn log_in(browser: &Browser, office: &Office, login: &str) {
    let accounts = server::training::accounts();
    let account = accounts.iter().find(|account| account.login == login).expect("the account");
    go(browser, office, "/login").await;
    fill(browser, "login", login).await;
    fill(browser, "password", &account.password).await;
    press(browser, "業務を始める").await;
    until(browser, "終わっていない受付").await;
}

/// Waits for the end of the update, gives copy and card back, and closes the case; a picture of each.
pub async fn hand_over(browser: &Browser, office: &Office, case: &str, names: [&str; 2]) {
    let begun = Instant::now();
    while browser.driver.find(By::Css("[name='card_returned']")).await.is_err() {
        assert!(begun.elapsed() < Duration::from_mins(1), "the update did not end");
        tokio::time::sleep(Duration::from_millis(300)).await;
        go(browser, office, case).await;
    }
    browser.picture(names[0]).await;
    tick(browser, "copy_given").await;
    tick(browser, "card_returned").await;
    press(browser, "受付を完了する").await;
    until(browser, "完了").await;
    browser.picture(names[1]).await;
}

/// The whole renewal of a sample resident: reception, identity, application, PINs at the pad, update, hand-over.
#[tokio::test]
async fn a_renewal_from_login_to_closing() {
    let office = Office::training();
    let browser = Browser::open(&pictures("renewal")).await;
    go(&browser, &office, "/login").await;
    browser.picture("01-login").await;
    log_in(&browser, &office, &server::training::accounts()[0].login).await;
    browser.picture("02-today").await;

    go(&browser, &office, "/station/reader").await;
    browser.picture("03-reader").await;
    let today = office_tests::office::today();
    let person = profiles::find("renewable", today).expect("the profile");
    let lay = "//form[input[@name='card' and @value='sample:renewable']]//button";
    browser.driver.query(By::XPath(lay)).first().await.expect("the sample card").click().await.unwrap();
    // The chip in the header leads to the card's person.
    let chip =
        browser.driver.query(By::Css(".header a[href^='/residents/']")).first().await.expect("the chip");
    chip.click().await.unwrap();
    until(&browser, "リーダのカードと同じです").await;
    browser.picture("04-resident").await;
    press(&browser, "電子証明書を更新する").await;

    until(&browser, "本人確認").await;
    browser.picture("05-identity").await;
    let address = browser.driver.current_url().await.unwrap();
    let case = address.path().to_owned();
    browser
        .driver
        .query(By::Css("[value='individual_number_card']"))
        .first()
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    press(&browser, "本人と確認した").await;
    until(&browser, "新しい満了日").await;
    browser.picture("06-application").await;
    press(&browser, "この内容で申請を受ける").await;

    // The second screen.
    let clerk = browser.driver.window().await.unwrap();
    let pad = browser.driver.new_tab().await.unwrap();
    browser.driver.switch_to_window(pad.clone()).await.unwrap();
    go(&browser, &office, "/pinpad").await;
    browser.picture("07-pad-pairing").await;
    browser
        .driver
        .query(By::Css("form[action='/pinpad/here'] button"))
        .first()
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    until(&browser, "お待ちください").await;
    browser.picture("08-pad-waiting").await;

    browser.driver.switch_to_window(clerk.clone()).await.unwrap();
    go(&browser, &office, &case).await;
    browser.picture("09-ask-for-pins").await;
    let ask = format!("form[action='{case}/pins'] button");
    browser.driver.query(By::Css(ask)).first().await.unwrap().click().await.unwrap();
    browser.picture("10-pins-awaited").await;

    browser.driver.switch_to_window(pad.clone()).await.unwrap();
    go(&browser, &office, "/pinpad").await;
    fill(&browser, "signature", TRAINING_SIGNATURE_PIN).await;
    fill(&browser, "authentication", TRAINING_AUTHENTICATION_PIN).await;
    fill(&browser, "resident_register", TRAINING_RESIDENT_REGISTER_PIN).await;
    browser.picture("11-pad-entered").await;
    browser
        .driver
        .query(By::Css("form[action='/pinpad/pins'] button"))
        .first()
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    browser.picture("12-pad-done").await;

    browser.driver.switch_to_window(clerk).await.unwrap();
    go(&browser, &office, &case).await;
    until(&browser, "カードを更新する").await;
    browser.picture("13-update-check").await;
    let source = browser.driver.source().await.unwrap();
    assert!(!source.contains(TRAINING_SIGNATURE_PIN), "the clerk's page never sees a PIN");
    press(&browser, "カードを更新する").await;
    browser.picture("14-updating").await;
    hand_over(&browser, &office, &case, ["15-result", "16-closed"]).await;

    go(&browser, &office, &format!("/residents/{}", person.resident_number)).await;
    until(&browser, "履歴").await;
    browser.picture("17-resident-after").await;
    browser.close().await;
}
