//! Pages for what didn't work: what happened, what it means, what to do now.

use super::form;
use super::respond;
use super::visitor::{self, Visitor};
use crate::error::{Error, Refusal};
use crate::office::Office;
use app::frame::MenuItem;
use app::pages::error::{ErrorPage, render};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use std::any::Any;

/// Carried by a response until [`show`] makes a page of it.
#[derive(Clone, Debug)]
struct Failure(Refusal);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let refusal = match self {
            Self::Refused(refusal) => *refusal,
            Self::Internal(details) => {
                tracing::error!(%details, "internal error");
                internal()
            }
        };
        let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, refusal.to_string()).into_response();
        response.extensions_mut().insert(Failure(refusal));
        response
    }
}

/// The code of the refusal that a response is about to show, if it is one.
pub(super) fn code_of(response: &Response) -> Option<&'static str> {
    response.extensions().get::<Failure>().map(|failure| failure.0.code)
}

/// What that refusal means.
pub(super) fn meaning_of(response: &Response) -> Option<String> {
    response.extensions().get::<Failure>().map(|failure| failure.0.meaning.clone())
}

fn internal() -> Refusal {
    Refusal::new(
        500,
        "M-1900",
        "プログラムの中で問題が起きました。",
        "この操作は途中まで行われることなく、取り消されました。",
        "もう一度お試しください。続くときは、時刻とコードをシステム担当に伝えてください。",
    )
}

/// Makes a page of every failure that passes.
pub async fn show(State(office): State<Office>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let mut response = next.run(request).await;
    let refusal = match response.extensions().get::<Failure>().cloned() {
        Some(Failure(refusal)) => Some(refusal),
        None => without_words(&response),
    };
    let Some(refusal) = refusal else { return response };
    let passed = response.extensions().get::<Visitor>().cloned();
    let page = async {
        let visitor = match passed {
            Some(visitor) => Some(visitor),
            None => visitor::find(&office, &headers).await?,
        };
        let frame = match visitor {
            Some(visitor) => respond::frame(&office, &visitor, MenuItem::Today).await?,
            None => respond::bare_frame(&office),
        };
        Ok::<_, Error>(render(&frame, &error_page(refusal)))
    };
    match page.await {
        Ok(page) => {
            let mut shown = (response.status(), Html(page)).into_response();
            // A session that got another token on the way must not lose it.
            for cookie in response.headers().get_all(header::SET_COOKIE) {
                shown.headers_mut().append(header::SET_COOKIE, cookie.clone());
            }
            // What a route may do stays known where it was asked for something else.
            if let Some(allowed) = response.headers_mut().remove(header::ALLOW) {
                shown.headers_mut().insert(header::ALLOW, allowed);
            }
            shown
        }
        Err(error) => {
            tracing::error!(error = %error.for_log(), "no page for a failure");
            response
        }
    }
}

/// The page for somebody who isn't let in far enough to be known.
pub fn to_a_stranger(office: &Office, refusal: Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Html(render(&respond::bare_frame(office), &error_page(refusal)))).into_response()
}

/// What the framework refuses by itself (an address that doesn't fit, a body that is too large) comes without a page.
fn without_words(response: &Response) -> Option<Refusal> {
    let status = response.status();
    let has_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if has_page || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let code = status.as_u16();
    Some(match code {
        408 => form::too_slow(),
        413 => form::too_large(),
        400..=499 => Refusal::new(
            code,
            "M-1401",
            "アドレスか、送られた内容を読み取れませんでした。",
            "何も変わっていません。",
            "左のメニューから開き直して、もう一度操作してください。",
        ),
        _ => internal(),
    })
}

fn error_page(refusal: Refusal) -> ErrorPage {
    ErrorPage {
        code: refusal.code.to_owned(),
        sentence: refusal.sentence,
        meaning: refusal.meaning,
        now: vec![refusal.what_now],
        way_on: None,
    }
}

/// Any address that isn't one of ours.
pub async fn no_such_page() -> Error {
    Refusal::new(
        404,
        "M-1400",
        "お探しのページはありません。",
        "何も変わっていません。",
        "左のメニューか、上の検索から開いてください。",
    )
    .into()
}

/// An address of ours, asked for something it doesn't do.
pub async fn no_such_method() -> Error {
    Refusal::new(
        405,
        "M-1405",
        "このアドレスでは、その操作を受け付けません。",
        "何も変わっていません。",
        "左のメニューから開き直して、画面のボタンで操作してください。",
    )
    .into()
}

/// A panic ends one request, not the office.
pub fn after_panic(_panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    tracing::error!("a request panicked");
    Error::Internal("panic".to_owned()).into_response()
}
