//! The import as a browser does it.

use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::office::{Mode, Office};
use crate::routes::router;
use crate::staff::session;
use crate::store;
use crate::training;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use std::path::Path;
use std::time::Duration;
use tower::ServiceExt;

/// A browser with somebody logged in.
struct Browser {
    office: Office,
    router: Router,
    token: String,
    csrf: String,
}

/// An answer: status, where it leads, what it says.
struct Answer {
    status: StatusCode,
    location: String,
    page: String,
}

impl Browser {
    async fn of(office: &Office, router: &Router, login: &str) -> Self {
        let staff = store::staff::by_login(office.store().read(), login).await.unwrap().unwrap();
        let mut tx = office.store().write().await.unwrap();
        let token = session::begin(office, &mut tx, staff.id, None).await.unwrap();
        tx.commit().await.unwrap();
        let csrf = session::find(office, &token).await.unwrap().unwrap().csrf_token;
        Self { office: office.clone(), router: router.clone(), token, csrf }
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookie = format!("{}={}", session::STAFF_COOKIE, self.token);
        let request = request.header(header::COOKIE, cookie).body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let location =
            response.headers().get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let status = response.status();
        let page = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer {
            status,
            location: location.unwrap_or_default(),
            page: String::from_utf8(page.to_vec()).unwrap(),
        }
    }

    async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address), Body::empty()).await
    }

    async fn post(&self, address: &str, csrf: &str) -> Answer {
        let request =
            Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(format!("csrf={csrf}&once=1"))).await
    }

    /// Sends a file as the form does: the token first, then the kind, then the file.
    async fn bring(&self, csrf: &str, kind: &str, text: &str) -> Answer {
        let part = |head: &str, body: &str| {
            format!("--ZAUN\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
        };
        let body = [
            part("name=\"csrf\"", csrf),
            part("name=\"kind\"", kind),
            part("name=\"file\"; filename=\"C:\\kyuushi\\people.csv\"\r\nContent-Type: text/csv", text),
            "--ZAUN--\r\n".to_owned(),
        ];
        let request =
            Request::post("/imports").header(header::CONTENT_TYPE, "multipart/form-data; boundary=ZAUN");
        self.send(request, Body::from(body.concat())).await
    }

    /// Looks at a page until it no longer says that something is going on.
    async fn wait(&self, address: &str) -> Answer {
        for _ in 0..600 {
            let answer = self.get(address).await;
            if !answer.page.contains("取込中") {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{address} goes on and on");
    }

    fn incoming(&self) -> usize {
        std::fs::read_dir(self.office.data().path().join("incoming")).map_or(0, Iterator::count)
    }
}

async fn ward(directory: &Path) -> (Office, Router) {
    let clock = Clock::starting("2026-11-24".parse().unwrap());
    let office = Office::open(DataDir::open(directory).unwrap(), Some(Mode::Training), clock).await.unwrap();
    training::open_ward(&office).await.unwrap();
    let router = router(office.clone());
    (office, router)
}

fn files() -> (String, String) {
    let (mut people, mut cards) = (Vec::new(), Vec::new());
    training::write_csv(3000, 99, "2026-11-24".parse().unwrap(), &mut people, &mut cards).unwrap();
    (String::from_utf8(people).unwrap(), String::from_utf8(cards).unwrap())
}

/// Choose, check, take: a file larger than any form, with a row that is refused and named.
#[tokio::test]
async fn a_file_is_chosen_checked_and_taken() {
    let directory = tempfile::tempdir().unwrap();
    let (office, router) = ward(directory.path()).await;
    let browser = Browser::of(&office, &router, "tanaka").await;
    assert_eq!(browser.get("/imports").await.status, StatusCode::OK);
    let before = store::residents::count(office.store().read()).await.unwrap();
    let (mut people, _) = files();
    people = people.replace("\r\n20000", "\r\n30000");
    people.push_str(&people.lines().last().unwrap().replacen('3', "4", 1).replacen('-', "年", 1));
    assert!(people.len() > 300_000);

    let brought = browser.bring(&browser.csrf, "residents", &people).await;
    assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.page);
    let checked = browser.wait(&brought.location).await;
    assert!(checked.page.contains("people.csv") && !checked.page.contains("kyuushi"), "the file's own name");
    assert!(checked.page.contains("3002"), "the refused row is named: {}", checked.page);
    assert_eq!(
        store::residents::count(office.store().read()).await.unwrap(),
        before,
        "a check takes nothing"
    );
    assert_eq!(browser.incoming(), 1);

    let take = format!("{}/take", brought.location);
    assert_eq!(browser.post(&take, "another").await.status, StatusCode::FORBIDDEN);
    let other = Browser::of(&office, &router, "yamamoto").await;
    assert_eq!(other.post(&take, &other.csrf).await.status, StatusCode::NOT_FOUND, "another person's file");
    for _press in 0..2 {
        let answer = browser.post(&take, &browser.csrf).await;
        assert_eq!((answer.status, &answer.location), (StatusCode::SEE_OTHER, &brought.location));
    }
    let taken = browser.wait(&brought.location).await;
    assert!(taken.page.contains("取り込みました"), "{}", taken.page);
    assert_eq!(store::residents::count(office.store().read()).await.unwrap(), before + 3000);
    assert_eq!(browser.incoming(), 0, "the file is gone");
    let past = store::imports::newest(office.store().read(), 9).await.unwrap();
    assert_eq!((past.len(), past[0].taken_by.as_deref(), past[0].refused), (1, Some("田中"), 1));
    assert!(browser.get("/imports").await.page.contains("people.csv"));
}

/// Leaving a file deletes it; it can't be taken any more.
#[tokio::test]
async fn a_file_can_be_left() {
    let directory = tempfile::tempdir().unwrap();
    let (office, router) = ward(directory.path()).await;
    let browser = Browser::of(&office, &router, "tanaka").await;
    let brought = browser.bring(&browser.csrf, "cards", &files().1).await;
    browser.wait(&brought.location).await;
    let left = browser.post(&format!("{}/leave", brought.location), &browser.csrf).await;
    assert_eq!((left.status, left.location.as_str()), (StatusCode::SEE_OTHER, "/imports"));
    assert_eq!(browser.incoming(), 0);
    assert_eq!(
        browser.post(&format!("{}/take", brought.location), &browser.csrf).await.status,
        StatusCode::NOT_FOUND
    );
}

/// Who may not import, and forms that aren't ours, leave nothing behind.
#[tokio::test]
async fn strangers_bring_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let (office, router) = ward(directory.path()).await;
    let clerk = Browser::of(&office, &router, "sato").await;
    assert_eq!(clerk.get("/imports").await.status, StatusCode::FORBIDDEN);
    assert_eq!(clerk.bring(&clerk.csrf, "residents", "a").await.status, StatusCode::FORBIDDEN);
    let browser = Browser::of(&office, &router, "tanaka").await;
    assert_eq!(browser.bring("wrong", "residents", "a").await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.incoming(), 0);
}

/// A file that is none ends with what was wrong, at the form, with the kind still chosen.
#[tokio::test]
async fn a_wrong_file_says_what_is_wrong() {
    let directory = tempfile::tempdir().unwrap();
    let (office, router) = ward(directory.path()).await;
    let browser = Browser::of(&office, &router, "tanaka").await;
    for (kind, text, words) in [
        ("cards", "個人番号,宛名番号\r\n1,2\r\n", "個人番号"),
        ("cards", "PK\u{3}\u{4}", "Excel"),
        ("cards", "", "空です"),
        ("people", "a", "何の一覧"),
    ] {
        let mut answer = browser.bring(&browser.csrf, kind, text).await;
        if answer.status == StatusCode::SEE_OTHER {
            answer = browser.wait(&answer.location).await;
        }
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind} {text}");
        assert!(answer.page.contains(words), "{words}: {}", answer.page);
        assert_eq!(browser.incoming(), 0);
    }
}
