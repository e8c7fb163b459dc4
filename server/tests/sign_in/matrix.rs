//! Every address × every role, nobody, the PIN pad, another office's session, another site, and a proof that is too old.

use crate::support::{Browser, Page, Ward};
use crate::{answer, csrf, pass, password, token};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use rules::kinds::Role;
use server::routes;
use server::routes::registry::Verb;
use server::routes::table::{Row, TABLE, Whom};
use std::collections::BTreeSet;

const STAFF: [(&str, Role); 5] = [
    ("sato", Role::Clerk),
    ("takahashi", Role::Supervisor),
    ("tanaka", Role::BackOffice),
    ("ito", Role::Auditor),
    ("yamamoto", Role::Administrator),
];

/// What became of a request.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    /// Sent to the login page, without a word.
    LogIn,
    /// This role may not.
    Forbidden,
    /// The form carries no token of this session.
    NoToken,
    /// Another site's form.
    Foreign,
    /// Led to the page that asks for a proof.
    Prove,
    /// The handler answered.
    Reached(StatusCode),
}

fn seen(page: &Page) -> Seen {
    match page.status {
        StatusCode::SEE_OTHER if page.location.starts_with("/login") && page.text.is_empty() => Seen::LogIn,
        StatusCode::SEE_OTHER if page.location.starts_with("/step-up") => Seen::Prove,
        StatusCode::FORBIDDEN if page.text.contains("M-1403") => Seen::Forbidden,
        StatusCode::FORBIDDEN if page.text.contains("M-1002") => Seen::NoToken,
        StatusCode::FORBIDDEN if page.text.contains("M-1003") => Seen::Foreign,
        status => Seen::Reached(status),
    }
}

/// An address of this pattern at which nothing is.
fn address(row: &Row) -> String {
    let filled = row.pattern.split('/').map(|part| match part {
        "{reception}" => "R8-999999",
        "{number}" => "0000000000",
        "{id}" => "999",
        part if part.starts_with('{') => "nothing",
        part => part,
    });
    filled.collect::<Vec<_>>().join("/")
}

/// Sends what the row takes: a form with this token, or a file's form.
async fn ask(browser: &mut Browser, row: &Row, token: &str, site: Option<&str>) -> Page {
    let mut request = match row.verb {
        Verb::Get => Request::get(address(row)),
        Verb::Post => Request::post(address(row)),
    };
    if let Some(site) = site {
        request = request.header("sec-fetch-site", site);
    }
    let (kind, body) = if row.pattern == "/imports" {
        let part =
            format!("--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--x--\r\n");
        ("multipart/form-data; boundary=x", part)
    } else {
        ("application/x-www-form-urlencoded", format!("csrf={token}"))
    };
    // An answer that goes on for ever is only begun.
    if row.pattern == "/station/events" && browser.get("/session").await.status == StatusCode::OK {
        drop(browser.listen(&address(row)).await);
        return Page { status: StatusCode::OK, location: String::new(), text: String::new() };
    }
    let body = if row.verb == Verb::Get { Body::empty() } else { Body::from(body) };
    browser.send(request.header(header::CONTENT_TYPE, kind).body(body).unwrap()).await
}

/// The same browser, logged in again where the last request has ended or hidden its session.
async fn alive(ward: &Ward, browser: Browser, login: &str) -> Browser {
    let mut browser = browser;
    if browser.get("/session").await.status == StatusCode::OK { browser } else { ward.log_in(login, 1).await }
}

/// An address without a row can't be reached, and a row without an address says nothing.
#[test]
fn the_table_is_what_is_registered() {
    let name = |verb: Verb, pattern: &str| format!("{verb:?} {pattern}");
    let all = routes::all();
    let registered: BTreeSet<_> =
        all.registered().iter().map(|(verb, pattern)| name(*verb, pattern)).collect();
    let rows: BTreeSet<_> = TABLE.iter().map(|row| name(row.verb, row.pattern)).collect();
    let missing: Vec<_> = registered.difference(&rows).collect();
    assert!(missing.is_empty(), "add a row to server/src/routes/table.rs for each of {missing:#?}");
    let idle: Vec<_> = rows.difference(&registered).collect();
    assert!(idle.is_empty(), "nothing is registered in server/src/routes for {idle:#?}");
}

/// Nobody, a PIN pad and a session of another office see the login page and what is open to everybody.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_of_this_office() {
    let (ward, other) = (Ward::open().await, Ward::open().await);
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    let mut pad = clerk.clone();
    pad.cookies.retain(|(name, _)| name == "madoguchi_pad");
    assert_eq!(pad.cookies.len(), 1);
    let mut stranger = ward.browser();
    stranger.cookies.clone_from(&other.log_in("yamamoto", 1).await.cookies);
    for row in TABLE {
        for (who, browser) in
            [("nobody", &mut ward.browser()), ("another office", &mut stranger), ("pad", &mut pad)]
        {
            let got = seen(&ask(browser, row, "", None).await);
            let right = match (row.whom, row.verb) {
                (Whom::Staff | Whom::Any(_), _) => got == Seen::LogIn,
                (Whom::Pad, Verb::Post) if who == "pad" => got == Seen::NoToken,
                (Whom::Everybody | Whom::Pad, _) => {
                    matches!(got, Seen::Reached(status) if !status.is_server_error())
                }
            };
            assert!(right, "{who}: {row:?}: {got:?}");
            if row.verb == Verb::Post {
                let foreign = seen(&ask(browser, row, "", Some("cross-site")).await);
                assert_eq!(foreign, Seen::Foreign, "{who}: {row:?}");
            }
        }
    }
}

/// Each role reaches what the table allows it and nothing else; no form acts without the session's token or from another
/// site's page. What the table allows is never refused by the procedure behind it.
#[tokio::test(flavor = "multi_thread")]
async fn every_address_for_every_role() {
    let ward = Ward::open().await;
    let (mut reached, mut refused) = (0, 0);
    for (login, role) in STAFF {
        let mut browser = ward.log_in(login, 1).await;
        for row in TABLE.iter().filter(|row| matches!(row.whom, Whom::Staff | Whom::Any(_))) {
            let allowed = row.allows(role);
            let first = seen(&ask(&mut browser, row, "", None).await);
            let expected = match (allowed, row.verb) {
                (false, _) => Some(Seen::Forbidden),
                (true, Verb::Post) => Some(Seen::NoToken),
                (true, Verb::Get) => None,
            };
            match expected {
                Some(expected) => assert_eq!(first, expected, "{login}: {row:?}"),
                None => assert!(
                    matches!(first, Seen::Reached(status) if !status.is_server_error()),
                    "{login}: {row:?}: {first:?}"
                ),
            }
            if row.verb == Verb::Post {
                let token = csrf(&mut browser).await;
                let foreign = ask(&mut browser, row, &token, Some("cross-site")).await;
                assert_eq!(seen(&foreign), Seen::Foreign, "{login}: {row:?}");
                let second = seen(&ask(&mut browser, row, &token, Some("same-origin")).await);
                let right = match second {
                    Seen::Forbidden => !allowed,
                    // Who has just ended their session is led to the login page.
                    Seen::LogIn => row.pattern == "/logout",
                    Seen::Reached(status) => allowed && !status.is_server_error(),
                    _ => false,
                };
                assert!(right, "{login}: {row:?}: {second:?}");
                browser = alive(&ward, browser, login).await;
            }
            if allowed { reached += 1 } else { refused += 1 }
        }
    }
    assert!(reached > 150 && refused > 150, "{reached} reached, {refused} refused");
}

/// What the words of the rules of the house say, held against the table by name.
#[test]
fn roles_keep_to_their_rooms() {
    let row = |verb, pattern| routes::table::find(verb, pattern).unwrap();
    for (verb, pattern, who) in [
        (Verb::Get, "/residents/{number}", &[Role::Clerk, Role::Supervisor, Role::BackOffice][..]),
        (Verb::Post, "/cases/{reception}/update", &[Role::Clerk, Role::Supervisor]),
        (Verb::Get, "/audit", &[Role::Supervisor, Role::Auditor]),
        (Verb::Post, "/settings/staff", &[Role::Administrator]),
        (Verb::Post, "/settings", &[Role::Supervisor, Role::Administrator]),
        (Verb::Post, "/campaigns/{id}/release", &[Role::Supervisor, Role::BackOffice]),
        (Verb::Post, "/imports/{id}/take", &[Role::BackOffice, Role::Administrator]),
    ] {
        let allowed: Vec<Role> =
            Role::ALL.iter().copied().filter(|&role| row(verb, pattern).allows(role)).collect();
        assert_eq!(allowed, who, "{pattern}");
    }
    for (verb, pattern) in [
        (Verb::Post, "/cases/{reception}/update"),
        (Verb::Post, "/cases/{reception}/resume"),
        (Verb::Get, "/campaigns/{id}/{file}"),
        (Verb::Post, "/settings"),
        (Verb::Post, "/settings/staff/second-factor"),
        (Verb::Post, "/settings/sign-in"),
    ] {
        assert!(row(verb, pattern).fresh, "{pattern}");
    }
}

/// Every address that asks for a fresh proof leads to the page for it when the proof is old, and then acts.
#[tokio::test(flavor = "multi_thread")]
async fn an_old_proof_opens_nothing_that_asks_for_one() {
    let ward = Ward::open().await;
    let mut walked = 0;
    for row in TABLE.iter().filter(|row| row.fresh) {
        let (login, _) = STAFF.into_iter().find(|(_, role)| row.allows(*role)).unwrap();
        let mut browser = ward.log_in(login, 1).await;
        let page_token = csrf(&mut browser).await;
        let fresh = seen(&ask(&mut browser, row, &page_token, None).await);
        pass(&ward, 11);
        let led = ask(&mut browser, row, &page_token, None).await;
        assert_eq!(seen(&led), Seen::Prove, "{row:?}");
        let before = token(&browser);
        let asked = browser.get(&led.location).await;
        assert!(asked.text.contains("本人の確認"), "{}", asked.text);
        let wrong = answer(&mut browser, &asked, "確かめて続ける", &[("password", "wrong")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{row:?}");
        assert!(wrong.text.contains("パスワードか確認コードが違います。"), "{}", wrong.text);
        let mut done = answer(&mut browser, &wrong, "確かめて続ける", &[("password", &password())]).await;
        assert_ne!(token(&browser), before, "a proof brings another token");
        if row.verb == Verb::Get {
            assert_eq!(done.location, address(row));
            done = browser.get(&done.location).await;
        }
        assert_eq!(seen(&done), fresh, "{row:?}: it acts as it would have: {}", done.text);
        let mut old = ward.browser();
        old.cookies.push(("madoguchi_session".to_owned(), before));
        assert_eq!(seen(&old.get("/").await), Seen::LogIn, "the former token opens nothing");
        walked += 1;
    }
    assert!(walked > 12, "{walked}");
}
