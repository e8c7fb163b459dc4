//! `/login`, `/logout`, and what happens to those who aren't logged in.

use office_tests::clerk::Clerk;
use office_tests::office::Office;
use reqwest::StatusCode;

/// Nobody sees anything before logging in; the way back is kept, and never leads to another site.
#[tokio::test]
async fn opens_only_to_staff() {
    let office = Office::training();
    let nobody = Clerk::nobody(office.address());
    for path in
        ["/", "/search?q=x", "/residents/1", "/notices", "/imports", "/settings", "/audit", "/station/reader"]
    {
        let page = nobody.get(path).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.location.unwrap().starts_with("/login"), "{path}");
        assert!(page.text.is_empty(), "{path}");
    }
    let wrong = nobody
        .send("/login", &[("login", "nobody"), ("password", "wrong"), ("next", "//evil.example")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("職員番号、パスワード、確認コードのどれかが違います。"));
    assert!(!wrong.text.contains("evil.example"));
}

/// Four wrong passwords cost nothing, the fifth closes the door, even for the right one.
#[tokio::test]
async fn closes_after_wrong_passwords() {
    let office = Office::training();
    let account = server::training::accounts().remove(0);
    let nobody = Clerk::nobody(office.address());
    for _ in 0..5 {
        let page = nobody.send("/login", &[("login", &account.login), ("password", "wrong")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = nobody.send("/login", &[("login", &account.login), ("password", &account.password)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("まで使えません。"), "{}", page.text);
}

/// After logging out the old cookie opens nothing.
#[tokio::test]
async fn logging_out_ends_the_session() {
    let office = Office::training();
    let login = server::training::accounts().remove(0).login;
    let clerk = Clerk::log_in(office.address(), &login).await;
    assert_eq!(clerk.get("/").await.status, StatusCode::OK);
    assert_eq!(clerk.submit("/", "/logout", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.get("/").await.status, StatusCode::SEE_OTHER);
}

/// A form without the session's token, or from another site, changes nothing.
#[tokio::test]
async fn forms_come_only_from_our_pages() {
    let office = Office::training();
    let login = server::training::accounts().remove(0).login;
    let clerk = Clerk::log_in(office.address(), &login).await;
    let forged = clerk.send("/logout", &[("csrf", "0000")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert!(forged.text.contains("M-1002"));
    let foreign = reqwest::Client::new()
        .post(format!("{}/login", office.address()))
        .header("origin", "http://evil.example")
        .form(&[("login", "a")])
        .send()
        .await
        .unwrap();
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    assert_eq!(clerk.get("/").await.status, StatusCode::OK);
}

/// Staff accounts stand on the login page of a training office, and on no other.
#[tokio::test]
async fn accounts_are_shown_in_training_only() {
    let training = Office::training();
    let page = Clerk::nobody(training.address()).get("/login").await.text;
    for account in server::training::accounts() {
        assert!(page.contains(&account.password), "{}", account.login);
    }
    assert!(page.contains("訓練"));
    let live = Office::start(&[]);
    let page = Clerk::nobody(live.address()).get("/login").await.text;
    for account in server::training::accounts() {
        assert!(!page.contains(&account.password), "{}", account.login);
    }
    assert!(!page.contains("訓練"));
}
