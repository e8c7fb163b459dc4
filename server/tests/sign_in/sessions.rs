//! Tokens, time-outs, and the end of an account's sessions.

use crate::support::{Browser, Page, Ward};
use crate::{answer, csrf, pass, password, token};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use futures_util::StreamExt;

fn is_out(page: &Page) -> bool {
    page.status == StatusCode::SEE_OTHER && page.location.starts_with("/login") && page.text.is_empty()
}

/// A token that somebody else has put into the browser never becomes a session, and each login brings a new one.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_never_chosen_by_somebody_else() {
    let ward = Ward::open().await;
    let planted = ("madoguchi_session".to_owned(), "0".repeat(64));
    let mut browser = ward.browser();
    browser.cookies.push(planted.clone());
    let fields = [("login", "sato"), ("password", &password()), ("station", "1")];
    assert_eq!(browser.post("/login", &fields).await.status, StatusCode::SEE_OTHER);
    let first = token(&browser);
    assert!(first != planted.1 && first.len() == 64);
    let mut attacker = ward.browser();
    attacker.cookies.push(planted);
    assert!(is_out(&attacker.get("/").await));
    assert_eq!(browser.post("/login", &fields).await.status, StatusCode::SEE_OTHER);
    assert_ne!(token(&browser), first);
    attacker.cookies = vec![("madoguchi_session".to_owned(), first)];
    assert!(is_out(&attacker.get("/").await), "logging in again ends the session that was there");
    let hash = server::staff::session::token_hash(&token(&browser));
    assert!(ward.database_bytes().windows(32).any(|part| part == hash), "its hash is stored");
    let plain = token(&browser);
    assert!(!ward.database_bytes().windows(64).any(|part| part == plain.as_bytes()), "and it is not");
}

/// A quarter of an hour without a click ends the session, a click puts that off, and what pages do by themselves doesn't.
#[tokio::test(flavor = "multi_thread")]
async fn an_idle_session_ends() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    for _ in 0..3 {
        pass(&ward, 14);
        assert_eq!(clerk.get("/").await.status, StatusCode::OK);
    }
    let page = clerk.get("/session").await;
    assert!(page.text.contains("操作がないと"), "{}", page.text);
    for _ in 0..2 {
        pass(&ward, 7);
        let request = Request::get("/").header("x-by-itself", "1").body(Body::empty()).unwrap();
        assert_eq!(clerk.send(request).await.status, StatusCode::OK);
        drop(clerk.listen("/station/events").await);
    }
    pass(&ward, 2);
    assert!(
        is_out(&clerk.get("/").await),
        "fourteen minutes of pages that asked by themselves, and two more"
    );
    assert!(is_out(&clerk.get("/").await), "it stays ended");
}

/// Ten hours end any session, however busy it was; the button that puts the end off says no more.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_day_ends() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    for _ in 0..42 {
        pass(&ward, 14);
        assert_eq!(clerk.submit("/session", "/session", &[]).await.location, "/session");
    }
    let page = clerk.get("/session").await;
    assert!(page.text.contains("延ばせません") && !page.text.contains("業務を続ける"), "{}", page.text);
    pass(&ward, 13);
    assert!(is_out(&clerk.get("/").await));
}

/// An account that is closed is gone at once: its sessions, the counter's events that it listens to, its kept forms.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_is_gone_at_once() {
    let ward = Ward::open().await;
    let (mut here, mut there) = (ward.log_in("sato", 1).await, ward.log_in("sato", 2).await);
    let mut events = here.listen("/station/events").await;
    assert!(events.next().await.is_some(), "what the reader sees now");
    let mut administrator = ward.log_in("yamamoto", 1).await;
    let id = server::store::staff::by_login(ward.office.store().read(), "sato").await.unwrap().unwrap().id;
    let token = csrf(&mut administrator).await;
    let fields = [("csrf", token.as_str()), ("id", &*id.to_string())];
    let page = administrator.post("/settings/staff/close", &fields).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    assert!(is_out(&here.get("/").await) && is_out(&there.get("/").await));
    ward.lay(1, "renewable").await;
    assert!(events.next().await.is_none(), "a name is told to nobody");
}

async fn post_from(browser: &mut Browser, page: &str, action: &str, fields: &[(&str, &str)]) -> Page {
    let request = Request::post(action)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::HOST, "office")
        .header(header::REFERER, format!("http://office{page}"))
        .body(Body::from(serde_html_form::to_string(fields).unwrap()))
        .unwrap();
    browser.send(request).await
}

/// A form that came after the end of its session waits for its sender, and for nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_an_ended_session_is_not_lost() {
    let ward = Ward::open().await;
    let mut supervisor = ward.log_in("takahashi", 1).await;
    let old = csrf(&mut supervisor).await;
    pass(&ward, 16);
    let fields = [("csrf", old.as_str()), ("reply_days", "21")];
    let led = post_from(&mut supervisor, "/settings", "/settings", &fields).await;
    assert!(
        is_out(&led) && led.location.contains("next=/settings") && led.location.contains("kept="),
        "{led:?}"
    );
    let page = supervisor.get(&led.location).await;
    assert!(page.text.contains("送った内容はまだ使われていません"), "{}", page.text);
    // Somebody else at the same browser gets nothing of it.
    let mut other = supervisor.clone();
    let fields = [("login", "yamamoto"), ("password", &password()), ("station", "1")];
    let answered = answer(&mut other, &page, "業務を始める", &fields).await;
    assert_eq!(other.get(&answered.location).await.status, StatusCode::CONFLICT);
    let fields = [("login", "takahashi"), ("password", &password()), ("station", "1")];
    let answered = answer(&mut supervisor, &page, "業務を始める", &fields).await;
    let waiting = supervisor.get(&answered.location).await;
    assert!(waiting.text.contains("送った内容が残っています"), "{}", waiting.text);
    let saved = answer(&mut supervisor, &waiting, "送った内容で続ける", &[]).await;
    assert_eq!(saved.location, "/settings?saved=1", "{}", saved.text);
    assert_eq!(ward.office.rulebook().settings.deadlines.reply_days, 21);
    let again = answer(&mut supervisor, &waiting, "送った内容で続ける", &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "it has acted once");
}

/// A page that stayed open while its clerk logged in again elsewhere still acts, after a question.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_from_before_the_login_acts_after_a_question() {
    let ward = Ward::open().await;
    let mut supervisor = ward.log_in("takahashi", 1).await;
    let old = csrf(&mut supervisor).await;
    let mut supervisor = {
        let fields = [("login", "takahashi"), ("password", &password()), ("station", "1")];
        assert_eq!(supervisor.post("/login", &fields).await.status, StatusCode::SEE_OTHER);
        supervisor
    };
    let led =
        post_from(&mut supervisor, "/settings", "/settings", &[("csrf", &old), ("reply_days", "22")]).await;
    assert!(led.location.starts_with("/kept?"), "{led:?}");
    let waiting = supervisor.get(&led.location).await;
    let saved = answer(&mut supervisor, &waiting, "送った内容で続ける", &[]).await;
    assert_eq!(saved.location, "/settings?saved=1", "{}", saved.text);
    let forged =
        post_from(&mut supervisor, "/settings", "/settings", &[("csrf", "made up"), ("reply_days", "23")])
            .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN, "a token that was never theirs opens nothing");
}

/// A PIN that was typed is kept nowhere, and neither is a form without its session's token.
#[tokio::test(flavor = "multi_thread")]
async fn secrets_and_forgeries_never_wait() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let old = csrf(&mut clerk).await;
    pass(&ward, 16);
    let pin = [("csrf", old.as_str()), ("kind", "authentication"), ("value", "8064")];
    for (action, fields) in
        [("/calc/pin", &pin[..]), ("/residents/1/open", &[("csrf", "made up"), ("reason", "x")])]
    {
        let led = clerk.post(action, fields).await;
        assert!(is_out(&led) && !led.location.contains("kept"), "{action}: {led:?}");
    }
}
