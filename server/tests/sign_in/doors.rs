//! Wrong passwords: what they cost, and that they tell nothing.

use crate::support::{Browser, Page, Ward};
use crate::{pass, password, told};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use chrono::TimeDelta;
use server::front::Arrived;

const WRONG: &str = "職員番号、パスワード、確認コードのどれかが違います。";
const CLOSED: &str = "まで使えません。";
const LOGIN: i64 = 10;

async fn knock(browser: &mut Browser, login: &str, password: &str, from: &str) -> Page {
    let body =
        serde_html_form::to_string([("login", login), ("password", password), ("station", "1")]).unwrap();
    let mut request = Request::post("/login")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    if !from.is_empty() {
        let address = from.parse().unwrap();
        request.extensions_mut().insert(Arrived { address, secure: true });
    }
    browser.send(request).await
}

/// A thousand wrong passwords at one account are five that were looked at; the door opens again by itself, to the right
/// one, and an account that doesn't exist behaves the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_at_one_account() {
    let ward = Ward::open().await;
    for login in ["sato", "nobody-of-that-name"] {
        let mut browser = ward.browser();
        for number in 0..1000 {
            let page = knock(&mut browser, login, &format!("wrong {number}"), "").await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            let told = if number < 5 { WRONG } else { CLOSED };
            assert!(page.text.contains(told), "{login} {number}: {}", page.text);
        }
    }
    assert_eq!(told(&ward, LOGIN, "失敗").await, 10);
    let mut browser = ward.browser();
    assert!(
        knock(&mut browser, "sato", &password(), "").await.text.contains(CLOSED),
        "the right one waits, too"
    );
    ward.office.clock().put_forward(TimeDelta::seconds(31));
    assert_eq!(knock(&mut browser, "sato", &password(), "").await.status, StatusCode::SEE_OTHER);
    assert!(
        knock(&mut ward.browser(), "sato", "wrong", "").await.text.contains(WRONG),
        "counting starts anew"
    );
}

/// Each further wrong one closes the door for longer, and never for more than a quarter of an hour.
#[tokio::test(flavor = "multi_thread")]
async fn never_for_good() {
    let ward = Ward::open().await;
    let mut browser = ward.browser();
    for _ in 0..5 {
        knock(&mut browser, "sato", "wrong", "").await;
    }
    for seconds in [30, 60, 120, 240, 480, 900, 900] {
        ward.office.clock().put_forward(TimeDelta::seconds(seconds - 3));
        assert!(knock(&mut browser, "sato", &password(), "").await.text.contains(CLOSED), "{seconds}");
        ward.office.clock().put_forward(TimeDelta::seconds(4));
        assert!(knock(&mut browser, "sato", "wrong", "").await.text.contains(WRONG), "{seconds}");
    }
    pass(&ward, 16);
    assert_eq!(knock(&mut browser, "sato", &password(), "").await.status, StatusCode::SEE_OTHER);
}

/// A thousand logins from one address are fifty that were looked at; another address isn't held up by them.
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_from_one_address() {
    let ward = Ward::open().await;
    let mut browser = ward.browser();
    let mut looked_at = 0;
    for number in 0..1000 {
        let page = knock(&mut browser, &format!("guess-{number}"), "password1234", "10.0.0.7").await;
        looked_at += usize::from(page.text.contains(WRONG));
    }
    assert_eq!(looked_at, 50);
    assert!(knock(&mut browser, "sato", &password(), "10.0.0.7").await.text.contains(CLOSED));
    assert_eq!(knock(&mut browser, "sato", &password(), "10.0.0.8").await.status, StatusCode::SEE_OTHER);
    let remembered = server::store::sign_in_tries::count(ward.office.store().read()).await.unwrap();
    assert_eq!(remembered, 52, "fifty logins and two addresses: who is turned away leaves nothing behind");
}

/// Tries at the same time are counted before they are looked at.
#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_are_many() {
    let ward = Ward::open().await;
    let tries = (0..40).map(|_| {
        let mut browser = ward.browser();
        tokio::spawn(async move { knock(&mut browser, "sato", "wrong", "").await.text.contains(WRONG) })
    });
    let mut looked_at = 0;
    for one in tries.collect::<Vec<_>>() {
        looked_at += usize::from(one.await.unwrap());
    }
    assert_eq!(looked_at, 5);
}

/// What was typed into the field for the login is not written down: it may be a password.
#[tokio::test(flavor = "multi_thread")]
async fn the_trail_keeps_no_password() {
    let ward = Ward::open().await;
    let mut browser = ward.browser();
    knock(&mut browser, "typed-into-the-wrong-field", "x", "").await;
    let bytes = ward.database_bytes();
    assert!(!bytes.windows(15).any(|part| part == b"typed-into-the-"), "a login as typed is in the database");
}
