//! The browser at the other end: where it is, how it came, which page it was on.

use super::table;
use crate::front::Arrived;
use crate::office::Office;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, header};
use std::convert::Infallible;
use std::net::IpAddr;

/// Where the browser is, as the gate found it. What comes from this machine itself is nobody in particular.
#[derive(Clone, Copy, Debug)]
pub struct Address(pub Option<IpAddr>);

impl Address {
    /// The browser's address, from what the gate put into a request.
    pub fn of(extensions: &Extensions) -> Self {
        let arrived = extensions.get::<Arrived>().map(|arrived| arrived.address);
        Self(arrived.filter(|address| !address.is_loopback()))
    }
}

impl FromRequestParts<Office> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _office: &Office) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
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
}
