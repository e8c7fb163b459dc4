//! Forms that come in: only from our own pages, only with the session's token.

use super::plain;
use super::visitor::Visitor;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

/// The code of the refusal of a form whose token isn't the session's.
pub const OLD_PAGE: &str = "M-1002";

/// A form that a visitor sent, its token checked.
#[derive(Clone, Debug)]
pub struct Posted<T> {
    /// Who sent it.
    pub visitor: Visitor,
    /// What it says.
    pub form: T,
}

impl<T: DeserializeOwned> FromRequest<Office> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, office: &Office) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, office).await?;
        let bytes = Bytes::from_request(Request::from_parts(parts, body), office).await.map_err(|error| {
            let large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
            Error::from(if large { too_large() } else { too_slow() }).into_response()
        })?;
        check_token(&bytes, &visitor.csrf).map_err(IntoResponse::into_response)?;
        Ok(Self { visitor, form: parse(&bytes).map_err(IntoResponse::into_response)? })
    }
}

/// A form's fields as a value, without control characters.
///
/// # Errors
/// A refusal when a field is missing or isn't of its kind: our own pages never send that.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_html_form::from_bytes(&plain::fields(bytes)).map_err(|error| {
        tracing::debug!(%error, "form");
        Refusal::input("送られた内容を読み取れませんでした。", "前のページに戻り、もう一度送ってください。")
            .into()
    })
}

/// Refuses a form whose token isn't the session's.
///
/// # Errors
/// A refusal that says the page is out of date.
pub fn check_token(bytes: &[u8], expected: &str) -> Result<()> {
    #[derive(serde::Deserialize)]
    struct Token {
        #[serde(default)]
        csrf: String,
    }
    let sent = serde_html_form::from_bytes::<Token>(bytes).map(|token| token.csrf).unwrap_or_default();
    same_token(&sent, expected)
}

/// Refuses a token that isn't the session's.
///
/// # Errors
/// A refusal that says the page is out of date.
pub fn same_token(sent: &str, expected: &str) -> Result<()> {
    if bool::from(sent.as_bytes().ct_eq(expected.as_bytes())) {
        return Ok(());
    }
    Err(Refusal::new(
        403,
        OLD_PAGE,
        "このページは、ログインし直す前のものです。",
        "送られた内容は使っていません。",
        "ページを開き直して、もう一度操作してください。",
    )
    .into())
}

/// Turns away anything but reading that another site's page sent.
pub async fn refuse_other_sites(request: Request, next: Next) -> Response {
    let reading = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reading || from_here(request.headers()) {
        return next.run(request).await;
    }
    Error::from(Refusal::new(
        403,
        "M-1003",
        "ほかのサイトからの操作は受け付けません。",
        "何も変わっていません。",
        "窓口の画面から操作してください。",
    ))
    .into_response()
}

/// Browsers say where a form comes from; a client that says nothing isn't a browser and carries no cookie by accident.
fn from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
    }
}

/// A form has more than anybody writes.
pub fn too_large() -> Refusal {
    Refusal::new(
        413,
        "M-1413",
        "送られた内容が大きすぎます。",
        "何も変わっていません。",
        "文章を短くして送ってください。",
    )
}

/// A form stopped on its way.
pub fn too_slow() -> Refusal {
    Refusal::new(
        408,
        "M-1408",
        "内容が最後まで届きませんでした。",
        "何も変わっていません。",
        "通信を確かめて、もう一度送ってください。",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|&(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    /// Another site's form is turned away, by either of the two headers browsers send.
    #[test]
    fn knows_where_a_form_comes_from() {
        assert!(from_here(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!from_here(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!from_here(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(from_here(&headers(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")])));
        assert!(!from_here(&headers(&[("origin", "http://evil.example"), ("host", "127.0.0.1:8080")])));
        assert!(!from_here(&headers(&[("origin", "null"), ("host", "127.0.0.1:8080")])));
    }

    /// A form without the session's token is refused.
    #[test]
    fn wants_the_sessions_token() {
        assert!(check_token(b"a=1&csrf=abc", "abc").is_ok());
        assert!(check_token(b"a=1&csrf=abd", "abc").is_err());
        assert!(check_token(b"a=1", "abc").is_err());
    }
}
