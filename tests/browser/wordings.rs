//! The words of a paper, with the real sheet beside them while one types.

use crate::renewal::{go, log_in, press, until};
use office_tests::browser::{Browser, pictures};
use office_tests::office::Office;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

const PAGE: &str = "/settings/paper/wording/inquiry";

/// Where the first picture of the sheet comes from, once it is another one than before.
async fn next_sheet(browser: &Browser, before: &str) -> String {
    let begun = Instant::now();
    loop {
        // While one sheet takes the other's place, the picture that was found may be gone already.
        if let Ok(sheet) = browser.driver.find(By::Css("#preview img")).await
            && let Ok(Some(source)) = sheet.attr("src").await
            && source != before
        {
            return source;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "the sheet never changed");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn text(browser: &Browser) -> WebElement {
    browser.driver.find(By::Css("[name='text']")).await.expect("the words' field")
}

/// Puts a line at the end of the words, as one types it.
async fn add_line(browser: &Browser, line: &str) {
    text(browser).await.send_keys(Key::Control + Key::End).await.expect("the field takes keys");
    text(browser).await.send_keys(&format!("\n{line}")).await.expect("the field takes keys");
}

/// The sheet follows what is typed without the page being loaded again, a field that nobody knows is named with its
/// line while the words stay, and the words that are saved are those on the sheet.
#[tokio::test]
async fn the_sheet_follows_the_typing() {
    let office = Office::training();
    let browser = Browser::open(&pictures("wordings")).await;
    log_in(&browser, &office, "takahashi").await;
    go(&browser, &office, PAGE).await;
    browser.driver.execute("document.body.dataset.same = 'page';", Vec::new()).await.expect("a mark");
    let first = next_sheet(&browser, "").await;
    browser.picture("01-words").await;

    add_line(&browser, "封じ目の署名がない回答書は、受け取れません。").await;
    let second = next_sheet(&browser, &first).await;
    browser.picture("02-typed").await;

    add_line(&browser, "{知らない欄}をお持ちください。").await;
    until(&browser, "このままでは使えません").await;
    until(&browser, "知らない欄").await;
    browser.picture("03-unknown-field").await;
    let same =
        browser.driver.execute("return document.body.dataset.same;", Vec::new()).await.expect("the mark");
    assert_eq!(same.convert::<String>().expect("a word"), "page", "the page was loaded again");
    let typed = text(&browser).await.prop("value").await.expect("a property").expect("words");
    assert!(typed.ends_with("{知らない欄}をお持ちください。"), "the words were lost:\n{typed}");

    let line = "{知らない欄}をお持ちください。".chars().count() + 1;
    for _ in 0..line {
        text(&browser).await.send_keys("" + Key::Backspace).await.expect("the field takes keys");
    }
    let third = next_sheet(&browser, "").await;
    assert_eq!(third, second, "the same words make the same sheet");
    press(&browser, "この文を使う").await;
    until(&browser, "いまの文").await;
    let kept = text(&browser).await.prop("value").await.expect("a property").expect("words");
    assert!(kept.trim_end().ends_with("封じ目の署名がない回答書は、受け取れません。"));
    browser.picture("04-saved").await;
    browser.close().await;
}
