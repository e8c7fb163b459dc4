//! `/login` and `/logout`.

use super::client::{Address, own_path, with};
use super::form::{Posted, parse};
use super::respond::{bare_frame, html, see_other, unprocessable, with_session};
use super::visitor;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get, post};
use crate::staff::login::{self, Arrival};
use crate::staff::proof::Given;
use crate::staff::session;
use crate::{store, training};
use app::components::{Choice, FieldError, FormErrors};
use app::pages::login::{LoginPage, render};
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use serde::Deserialize;

/// `/login`, `/logout`
pub fn routes() -> Routes {
    Routes::new().route("/login", get(show).post(enter)).route("/logout", post(leave))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    next: String,
    kept: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Credentials {
    login: String,
    password: String,
    code: String,
    station: String,
    next: String,
    kept: String,
}

async fn show(
    State(office): State<Office>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response> {
    if visitor::find(&office, &headers).await?.is_some() {
        return Ok(see_other(&way_on(&wanted.next, &wanted.kept)));
    }
    let page = LoginPage { next: own_path(&wanted.next), kept: wanted.kept, ..LoginPage::default() };
    Ok(html(form(&office, page).await?))
}

async fn enter(
    State(office): State<Office>,
    address: Address,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response> {
    let sent: Credentials = parse(&body)?;
    let login_name = sent.login.trim().to_owned();
    let arrival = Arrival {
        given: Given { login: login_name.clone(), password: sent.password, code: sent.code },
        station_id: sent.station.parse::<i64>().ok(),
        address: address.0,
        earlier: visitor::session_token(&headers),
    };
    match login::log_in(&office, arrival).await {
        Ok(token) => with_session(see_other(&way_on(&sent.next, &sent.kept)), &token),
        Err(Error::Refused(refusal)) => {
            let page = LoginPage {
                login: login_name,
                next: own_path(&sent.next),
                kept: sent.kept,
                errors: errors(&refusal),
                station: sent.station,
                ..LoginPage::default()
            };
            Ok(unprocessable(form(&office, page).await?))
        }
        Err(error) => Err(error),
    }
}

/// A form that waits for its sender comes before the page that was wanted.
fn way_on(next: &str, kept: &str) -> String {
    match (own_path(next), kept) {
        (_, kept) if !kept.is_empty() => with("/kept", "kept", kept),
        (path, _) if path.is_empty() => "/".to_owned(),
        (path, _) => path,
    }
}

async fn leave(
    State(office): State<Office>,
    Posted { visitor, .. }: Posted<serde::de::IgnoredAny>,
) -> Result<Response> {
    login::log_out(&office, &visitor.token, &visitor.login).await?;
    let mut response = see_other("/login");
    let gone = session::no_cookie(session::STAFF_COOKIE);
    let gone = HeaderValue::from_str(&gone).map_err(Error::internal)?;
    response.headers_mut().append(header::SET_COOKIE, gone);
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
