//! Who is asking: the member of staff behind a request's cookie.

use super::respond::see_other;
use crate::error::Result;
use crate::office::Office;
use crate::staff::session;
pub use crate::staff::visitor::Visitor;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::response::Response;

/// The visitor behind a request's cookies, if their session lives. For pages that everybody may open; on all others the
/// guard has found them.
///
/// # Errors
/// When the database refuses.
pub async fn find(office: &Office, headers: &HeaderMap) -> Result<Option<Visitor>> {
    match session_token(headers) {
        Some(token) => Visitor::find(office, &token).await,
        None => Ok(None),
    }
}

/// The token of the session that a browser says it has.
pub fn session_token(headers: &HeaderMap) -> Option<String> {
    cookie(headers, session::STAFF_COOKIE)
}

/// Whom the guard has let through.
impl FromRequestParts<Office> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _office: &Office) -> Result<Self, Response> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| see_other("/login"))
    }
}

/// The value of one cookie, by its plain name.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| {
            pair.trim().split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
        })
}
