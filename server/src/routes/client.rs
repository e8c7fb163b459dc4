//! The browser at the other end: where it is, how it came, which page it was on.

use super::table;
use crate::office::Office;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, header};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

/// Where the browser is, if that tells anything. A proxy on this machine says for whom it asks; what comes from this
/// machine itself is nobody in particular.
#[derive(Clone, Copy, Debug)]
pub struct Address(pub Option<IpAddr>);

impl Address {
    /// The browser's address, from a request's parts.
    pub fn of(extensions: &Extensions, headers: &HeaderMap) -> Self {
        let Some(ConnectInfo(peer)) = extensions.get::<ConnectInfo<SocketAddr>>() else { return Self(None) };
        if !peer.ip().is_loopback() {
            return Self(Some(peer.ip()));
        }
        // The last one is what our own proxy saw; those before it are what it was told.
        let told = headers.get_all("x-forwarded-for").iter().next_back();
        let last = told.and_then(|value| value.to_str().ok()).and_then(|list| list.rsplit(',').next());
        Self(last.and_then(|text| text.trim().parse().ok()))
    }
}

impl FromRequestParts<Office> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _office: &Office) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions, &parts.headers))
    }
}

/// True when the proxy in front of us says that the browser came over TLS.
pub fn came_over_tls(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|value| value == "https")
}

/// The way back, if it is one of our own addresses; empty otherwise.
pub fn own_path(next: &str) -> String {
    let own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if own { next.to_owned() } else { String::new() }
}

/// The page from which a form came, or the one above it where that can't be opened; `/` when nobody says.
pub fn page_before(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let (Some(from), Some(host)) = (text(header::REFERER), text(header::HOST)) else { return "/".to_owned() };
    let rest = from.split_once("://").and_then(|(_, rest)| rest.strip_prefix(host)).unwrap_or_default();
    match own_path(rest) {
        path if path.is_empty() => "/".to_owned(),
        path => table::nearest_page(&path),
    }
}

/// An address with one more thing to know.
pub fn with(address: &str, name: &str, value: &str) -> String {
    // A slash means nothing in a query, and people read addresses.
    let pair = serde_html_form::to_string([(name, value)]).unwrap_or_default().replace("%2F", "/");
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{pair}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    /// The way back never leads to another site.
    #[test]
    fn leads_back_only_to_our_own_pages() {
        assert_eq!(own_path("/residents/123"), "/residents/123");
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "residents", ""] {
            assert_eq!(own_path(foreign), "", "{foreign}");
        }
    }

    /// The page before is ours or none; a form's own address leads to the page it stood on.
    #[test]
    fn knows_the_page_before() {
        let before = |from: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("office:8080"));
            headers.insert(header::REFERER, HeaderValue::from_static(from));
            page_before(&headers)
        };
        assert_eq!(before("http://office:8080/settings?saved=1"), "/settings?saved=1");
        assert_eq!(before("http://office:8080/cases/R8-000001/identity"), "/cases/R8-000001");
        assert_eq!(before("http://evil.example/settings"), "/");
        assert_eq!(before("http://office:8080"), "/");
        assert_eq!(page_before(&HeaderMap::new()), "/");
    }

    /// The address of a browser is the proxy's word only where the proxy is on this machine.
    #[test]
    fn believes_the_proxy_on_this_machine_only() {
        let address = |peer: &str, told: Option<&'static str>| {
            let (mut extensions, mut headers) = (Extensions::new(), HeaderMap::new());
            extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
            if let Some(told) = told {
                headers.insert("x-forwarded-for", HeaderValue::from_static(told));
            }
            Address::of(&extensions, &headers).0.map(|address| address.to_string())
        };
        assert_eq!(address("10.0.0.7:1", Some("10.9.9.9")).as_deref(), Some("10.0.0.7"));
        assert_eq!(address("127.0.0.1:1", Some("1.2.3.4, 10.0.0.8")).as_deref(), Some("10.0.0.8"));
        assert_eq!(address("127.0.0.1:1", None), None);
    }
}
