//! The proxy's two visits and a re-inquiry after a wrong PIN, on a PC that runs no script.

use crate::renewal::{fill, go, hand_over, log_in, press, tick, until};
use card::virtual_card::{TRAINING_AUTHENTICATION_PIN, TRAINING_RESIDENT_REGISTER_PIN, profiles};
use office_tests::browser::{Browser, pictures};
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::Office;
use std::time::Duration;
use thirtyfour::prelude::*;

async fn choose(browser: &Browser, name: &str, value: &str) {
    let css = format!("[name='{name}'][value='{value}']");
    let found = browser.driver.query(By::Css(css)).first().await;
    let found = found.unwrap_or_else(|_| panic!("no {name} {value}"));
    found.scroll_into_view().await.unwrap();
    found.click().await.unwrap();
}

/// Opens what is folded under these words.
async fn unfold(browser: &Browser, words: &str) {
    let path = format!("//summary[contains(normalize-space(.), '{words}')]");
    let summary = browser.driver.query(By::XPath(path)).first().await;
    let summary = summary.unwrap_or_else(|_| panic!("nothing folded under 「{words}」"));
    summary.scroll_into_view().await.unwrap();
    summary.click().await.unwrap();
}

/// Makes the letter, prints it and notes that it was posted.
async fn post_letter(browser: &Browser, name: &str) {
    until(browser, "照会書の発送待ち").await;
    browser.picture(&format!("{name}-to-make")).await;
    press(browser, "照会書を作る").await;
    until(browser, "照会書を開いて印刷する").await;
    browser.picture(&format!("{name}-made")).await;
    press(browser, "発送を記録する").await;
    until(browser, "回答待ち").await;
    browser.picture(&format!("{name}-awaiting")).await;
}

/// The second visit up to the PINs: the reply, who came, the application.
async fn second_visit(browser: &Browser, name: &str, principal_too: bool) {
    choose(browser, "reply", "sealed").await;
    tick(browser, "complete").await;
    press(browser, "回答書を受け取る").await;
    until(browser, "2回目の来庁です").await;
    browser.picture(&format!("{name}-evidence")).await;
    choose(browser, "applicant_documents", "driving_licence").await;
    choose(browser, "named_in_reply", "yes").await;
    if principal_too {
        choose(browser, "documents", "passport").await;
    }
    press(browser, "確認した").await;
    until(browser, "申請内容の確認").await;
    browser.picture(&format!("{name}-application")).await;
    press(browser, "この内容で申請を受ける").await;
    until(browser, "暗証番号の入力").await;
}

/// Presses a button and waits until its page has gone: another address asked for at once would overtake the answer.
async fn leave_by(browser: &Browser, button: By) {
    let button = browser.driver.query(button).first().await.expect("the button");
    button.click().await.expect("the button can be pressed");
    button.wait_until().stale().await.expect("the answer comes");
}

/// Fills the pad in its own tab; `fields` are names and values.
async fn at_the_pad(browser: &Browser, office: &Office, case: &str, fields: &[(&str, &str)]) {
    let ask = format!("form[action='{case}/pins'] button");
    leave_by(browser, By::Css(ask)).await;
    go(browser, office, "/pinpad").await;
    until(browser, "暗証番号").await;
    for (name, value) in fields {
        fill(browser, name, value).await;
    }
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
}

/// A step of a case and what its form says.
type Step = (&'static str, &'static [(&'static str, &'static str)]);

/// The colleague at the next window has requests of her own, each at another point of its way.
async fn others_wait(office: &Office) {
    let clerk = Clerk::log_in(office.address(), "suzuki").await;
    let ways: [(&str, &str, &str, &[Step]); 4] = [
        ("last-try", "代理　花子", "長女", &[]),
        ("variation-selectors", "代理　次郎", "兄", &[("inquiry-letter", &[])]),
        ("last-day", "代理　三郎", "孫", &[("inquiry-letter", &[]), ("posted", &[])]),
        (
            "old-token",
            "代理　京子",
            "妻",
            &[("inquiry-letter", &[]), ("posted", &[]), ("returned", &[("returned", "unknown")])],
        ),
    ];
    for (profile, name, relation, steps) in ways {
        let person = profiles::find(profile, office_tests::office::today()).expect("the profile");
        let resident = format!("/residents/{}", person.resident_number);
        let who = [
            ("procedure", "renewal"),
            ("applicant", "proxy"),
            ("third_name", name),
            ("third_relation", relation),
        ];
        let opened = clerk.submit(&format!("{resident}/reception"), &format!("{resident}/cases"), &who).await;
        let case = Journey::at(&clerk, &opened.location.expect("a case has an address"));
        case.step("identity", &[("applicant_documents", "driving_licence"), ("notice_form", "none")]).await;
        for (step, fields) in steps {
            let page = case.step(step, fields).await;
            assert!(page.location.is_some(), "{profile}, {step}: {}", page.words());
        }
    }
}

/// First visit, letter, post, reply, second visit, a wrong PIN, the re-inquiry with a reset, a new second visit, done.
#[tokio::test]
async fn two_visits_and_a_re_inquiry_without_script() {
    let office = Office::training();
    let browser = Browser::open_without_script(&pictures("two-visits")).await;
    log_in(&browser, &office, &server::training::accounts()[0].login).await;
    go(&browser, &office, "/station/reader").await;
    let lay = "//form[input[@name='card' and @value='sample:renewable']]//button";
    leave_by(&browser, By::XPath(lay)).await;
    go(&browser, &office, "/pinpad").await;
    leave_by(&browser, By::Css("form[action='/pinpad/here'] button")).await;

    let person = profiles::find("renewable", office_tests::office::today()).expect("the profile");
    go(&browser, &office, &format!("/residents/{}", person.resident_number)).await;
    let way = By::XPath("//a[contains(., '代理人の来庁')]");
    let other = browser.driver.query(way).first().await.expect("the way for proxies");
    other.click().await.unwrap();
    until(&browser, "来た人").await;
    choose(&browser, "applicant", "proxy").await;
    unfold(&browser, "本人でない人が来た").await;
    fill(&browser, "third_name", "代理　太郎").await;
    fill(&browser, "third_relation", "長男").await;
    choose(&browser, "procedure", "renewal").await;
    browser.picture("01-reception").await;
    press(&browser, "受け付ける").await;
    until(&browser, "来た人の確認").await;
    let case = browser.driver.current_url().await.unwrap().path().to_owned();
    browser.picture("02-evidence-asked").await;
    press(&browser, "確認した").await;
    until(&browser, "代理人の顔写真付きの本人確認書類").await;
    browser.picture("03-evidence-missing").await;
    choose(&browser, "applicant_documents", "driving_licence").await;
    press(&browser, "確認した").await;
    post_letter(&browser, "04-letter").await;
    others_wait(&office).await;
    go(&browser, &office, "/proxies").await;
    for name in ["太郎(長男)", "花子(長女)", "次郎(兄)", "三郎(孫)", "京子(妻)"] {
        until(&browser, &format!("代理　{name}")).await;
    }
    browser.picture("05-board").await;

    go(&browser, &office, &case).await;
    second_visit(&browser, "06-second", false).await;
    let known = [
        ("signature", "WRONG999X"),
        ("authentication", TRAINING_AUTHENTICATION_PIN),
        ("resident_register", TRAINING_RESIDENT_REGISTER_PIN),
    ];
    at_the_pad(&browser, &office, &case, &known).await;
    browser.picture("07-pad-wrong").await;
    go(&browser, &office, &case).await;
    press(&browser, "入力を取りやめる").await;
    until(&browser, "暗証番号が一致しません").await;
    browser.picture("08-mismatch").await;
    post_letter(&browser, "09-letter").await;
    second_visit(&browser, "10-second", true).await;
    let reset = [
        ("authentication", TRAINING_AUTHENTICATION_PIN),
        ("resident_register", TRAINING_RESIDENT_REGISTER_PIN),
        ("new_signature", "REPLY77XY"),
        ("again_signature", "REPLY77XY"),
    ];
    at_the_pad(&browser, &office, &case, &reset).await;
    go(&browser, &office, &case).await;
    until(&browser, "カードを更新する").await;
    browser.picture("11-update").await;
    press(&browser, "カードを更新する").await;
    hand_over(&browser, &office, &case, ["12-result", "13-closed"]).await;
    browser.close().await;
}
