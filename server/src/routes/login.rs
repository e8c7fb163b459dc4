//! `/login` and `/logout`.

use super::form::{Posted, parse};
use super::respond::{bare_frame, html, see_other, unprocessable};
use super::visitor;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::{login, session};
use crate::{store, training};
use app::components::{Choice, FieldError, FormErrors};
use app::pages::login::{LoginPage, render};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use axum::routing::{get, post};

use serde::Deserialize;

/// `/login`, `/logout`
pub fn routes() -> Router<Office> {
    Router::new().route("/login", get(show).post(enter)).route("/logout", post(leave))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Credentials {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    station: String,
    #[serde(default)]
    next: String,
}

async fn show(
    State(office): State<Office>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response> {
    if visitor::find(&office, &headers).await?.is_some() {
        return Ok(see_other("/"));
    }
    let page = LoginPage { next: own_path(&wanted.next), ..LoginPage::default() };
    Ok(html(form(&office, page).await?))
}

async fn enter(State(office): State<Office>, body: Bytes) -> Result<Response> {
    let sent: Credentials = parse(&body)?;
    let station = sent.station.parse::<i64>().ok();
    let login_name = sent.login.trim().to_owned();
    match login::log_in(&office, &login_name, sent.password, station).await {
        Ok(token) => {
            let next = own_path(&sent.next);
            let mut response = see_other(if next.is_empty() { "/" } else { &next });
            let cookie = session::cookie(session::STAFF_COOKIE, &token);
            response.headers_mut().append(header::SET_COOKIE, header_value(&cookie)?);
            Ok(response)
        }
        Err(Error::Refused(refusal)) => {
            let page = LoginPage {
                login: login_name,
                next: own_path(&sent.next),
                errors: errors(&refusal),
                station: sent.station,
                ..LoginPage::default()
            };
            Ok(unprocessable(form(&office, page).await?))
        }
        Err(error) => Err(error),
    }
}

async fn leave(
    State(office): State<Office>,
    Posted { visitor, .. }: Posted<serde::de::IgnoredAny>,
) -> Result<Response> {
    login::log_out(&office, &visitor.token, &visitor.login).await?;
    let mut response = see_other("/login");
    response
        .headers_mut()
        .append(header::SET_COOKIE, header_value(&session::no_cookie(session::STAFF_COOKIE))?);
    Ok(response)
}

async fn form(office: &Office, mut page: LoginPage) -> Result<String> {
    let stations = store::stations::all(office.store().read()).await?;
    page.stations = stations.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect();
    if office.mode().is_training() {
        page.training_accounts = training::accounts();
    }
    Ok(render(&bare_frame(office), &page))
}

fn errors(refusal: &Refusal) -> FormErrors {
    FormErrors(vec![FieldError {
        field: "password".to_owned(),
        code: refusal.code.to_owned(),
        sentence: format!("{}{}", refusal.sentence, refusal.what_now),
    }])
}

/// The way back after logging in, if it is one of our own addresses.
fn own_path(next: &str) -> String {
    let own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if own { next.to_owned() } else { String::new() }
}

fn header_value(text: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(text).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    /// The way back never leads to another site.
    #[test]
    fn leads_back_only_to_our_own_pages() {
        assert_eq!(own_path("/residents/123"), "/residents/123");
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "residents", ""] {
            assert_eq!(own_path(foreign), "", "{foreign}");
        }
    }
}
