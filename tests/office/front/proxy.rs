//! Behind a proxy: whom the office believes, and under which name it answers.

use super::login;
use office_tests::office::Office;
use office_tests::wire::{Answer, request, send};

const HTTPS: (&str, &str) = ("X-Forwarded-Proto", "https");

async fn ask(office: &Office, host: &str, headers: &[(&str, &str)]) -> Answer {
    send(office.socket(), request("GET", "/login", host, headers, "").as_bytes()).await
}

/// The proxy's requests are served as over TLS; whatever can't be believed is turned away with a sentence.
#[tokio::test]
async fn believes_its_proxy_and_nobody_else() {
    let office = Office::start(&["--training", "--behind-proxy", "127.0.0.1", "--name", "window.example"]);
    let browser = ("X-Forwarded-For", "192.0.2.7");
    let page = ask(&office, "window.example", &[HTTPS, browser]).await;
    assert_eq!(page.status, 200, "{page:?}");
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
    let entered = request("POST", "/login", "window.example", &[HTTPS, browser], &login());
    let entered = send(office.socket(), entered.as_bytes()).await;
    assert!(entered.header("set-cookie").starts_with("__Host-"), "{entered:?}");
    assert_eq!(
        ask(&office, "window.example", &[("Forwarded", "for=192.0.2.7;proto=https")]).await.status,
        200
    );
    for headers in [
        &[browser][..],
        &[browser, ("X-Forwarded-Proto", "http")],
        &[browser, HTTPS, ("Forwarded", "for=192.0.2.9;proto=https")],
    ] {
        let refused = ask(&office, "window.example", headers).await;
        assert_eq!(refused.status, 403, "{headers:?}");
        assert!(refused.text.contains("M-1007") && refused.text.contains("</html>"), "{refused:?}");
    }
}

/// Somebody else than the proxy is turned away, whatever they say of themselves.
#[tokio::test]
async fn is_reached_through_the_proxy_only() {
    let office = Office::start(&["--training", "--behind-proxy", "192.0.2.1"]);
    let refused = ask(&office, office.socket(), &[HTTPS, ("X-Forwarded-For", "192.0.2.1")]).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text.contains("中継サーバからだけ"), "{}", refused.text);
}

/// Without a proxy nobody's word about the connection counts: a cookie stays what the connection is.
#[tokio::test]
async fn without_a_proxy_such_headers_mean_nothing() {
    let office = Office::training();
    let entered = request("POST", "/login", office.socket(), &[HTTPS], &login());
    let entered = send(office.socket(), entered.as_bytes()).await;
    assert_eq!(entered.status, 303);
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("madoguchi_session=") && !cookie.contains("Secure"), "{cookie}");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}

/// A name that somebody makes lead here is no name of ours.
#[tokio::test]
async fn answers_to_its_own_names_only() {
    let office = Office::training();
    for host in [office.socket(), "localhost:8080", "[::1]:8080"] {
        assert_eq!(ask(&office, host, &[]).await.status, 200, "{host}");
    }
    let refused = ask(&office, "rebound.example", &[]).await;
    assert_eq!(refused.status, 421);
    assert!(refused.text.contains("M-1008") && refused.text.contains("--name"), "{}", refused.text);
    assert!(refused.header("content-security-policy").contains("default-src 'none'"));
}
