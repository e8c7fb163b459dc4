//! The headers of every answer.

use super::support::{Browser, Ward};
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use server::routes;
use std::collections::BTreeSet;

/// Stands for a parameter of an address that is nobody's.
const NOBODY: &str = "0";

fn check(about: &str, headers: &HeaderMap) {
    let text =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let policy = text("content-security-policy");
    for wanted in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
        assert!(policy.contains(wanted), "{about}: {policy}");
    }
    assert!(
        !policy.contains("unsafe") && !policy.contains('*') && !policy.contains("data:"),
        "{about}: {policy}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(text(name), value, "{about}: {name}");
    }
    assert!(text("permissions-policy").contains("camera=()"), "{about}");
    assert!(text("server").is_empty() && text("x-powered-by").is_empty(), "{about}: says what it is made of");
    let kept = text("cache-control");
    if about.contains(" /assets/") && kept != "no-store" {
        assert_eq!(kept, "public, max-age=31536000, immutable", "{about}");
    } else {
        assert_eq!(kept, "no-store", "{about}");
    }
}

async fn ask(browser: &Browser, method: &Method, path: &str) -> StatusCode {
    let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
    if path == "/station/events" && method == Method::GET {
        // It never ends; its headers are looked at below.
        return StatusCode::OK;
    }
    let answer = browser.raw(request).await;
    let about = format!("{method} {path} → {}", answer.status());
    check(&about, answer.headers());
    let error = answer.status().is_client_error() || answer.status().is_server_error();
    if error && method != Method::HEAD {
        let page = String::from_utf8_lossy(answer.body()).into_owned();
        let sentence = page.contains("M-1") || page.contains("class=\"field__error\"");
        assert!(page.contains("</html>") && sentence, "{about} comes without a sentence: {page}");
    }
    assert_ne!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR, "{about}");
    answer.status()
}

/// Whatever is asked, by whom, and however it ends: all headers are there, and every failure is a page with a sentence.
#[tokio::test]
async fn every_answer_is_dressed() {
    let ward = Ward::open().await;
    let mut browsers = vec![ward.browser()];
    for login in ["sato", "takahashi", "tanaka", "ito", "yamamoto"] {
        browsers.push(ward.log_in(login, 1).await);
    }
    let routes = routes::all();
    let addresses: BTreeSet<&str> = routes.registered().iter().map(|(_, pattern)| pattern.as_str()).collect();
    assert!(addresses.len() > 70 && addresses.contains("/login"), "{addresses:?}");
    let (mut found, mut wrong_method) = (0, 0);
    for address in addresses {
        let path: String = address
            .split('/')
            .map(|part| if part.starts_with('{') { NOBODY } else { part })
            .collect::<Vec<_>>()
            .join("/");
        for browser in &browsers {
            for method in
                [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS]
            {
                let status = ask(browser, &method, &path).await;
                found += usize::from(status == StatusCode::OK);
                wrong_method += usize::from(status == StatusCode::METHOD_NOT_ALLOWED);
            }
        }
    }
    assert!(found > 50 && wrong_method > 200, "{found} {wrong_method}");
    for asset in app::assets::all() {
        assert_eq!(ask(&browsers[0], &Method::GET, asset.path).await, StatusCode::OK);
    }
    for path in ["/nothing", "/assets/nothing.js", "/%00", "/cases/%2e%2e", "/settings/stations/x/here"] {
        assert!(ask(&browsers[1], &Method::GET, path).await.is_client_error(), "{path}");
    }
    assert_eq!(ask(&browsers[2], &Method::GET, "/settings/paper/test-sheet.pdf").await, StatusCode::OK);
    let events = browsers[1].raw_head("/station/events").await;
    check("GET /station/events", &events);
}
