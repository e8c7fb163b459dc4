//! Who is asking: the member of staff behind a request's cookie.

use super::log::Asker;
use crate::error::Result;
use crate::office::Office;
use crate::staff::session;
pub use crate::staff::visitor::Visitor;
use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};

/// The visitor behind a request's cookies, if their session lives.
///
/// # Errors
/// When the database refuses.
pub async fn find(office: &Office, headers: &HeaderMap) -> Result<Option<Visitor>> {
    match cookie(headers, session::STAFF_COOKIE) {
        Some(token) => Visitor::find(office, &token).await,
        None => Ok(None),
    }
}

impl FromRequestParts<Office> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Self, Response> {
        match find(office, &parts.headers).await {
            Ok(Some(visitor)) => {
                if let Some(asker) = parts.extensions.get::<Asker>() {
                    asker.is(visitor.staff_id);
                }
                Ok(visitor)
            }
            Ok(None) => Err(Redirect::to(&login_address(parts)).into_response()),
            Err(error) => Err(error.into_response()),
        }
    }
}

/// Where to log in, with the way back for pages that were only to be read.
fn login_address(parts: &Parts) -> String {
    let wanted = parts.uri.path();
    if parts.method != Method::GET || wanted == "/" {
        return "/login".to_owned();
    }
    format!("/login?next={wanted}")
}

/// The value of one cookie.
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
