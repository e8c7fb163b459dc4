//! Pages for what didn't work: what happened, what it means, what to do now.

use super::respond;
use super::visitor;
use crate::error::{Error, Refusal};
use crate::office::Office;
use app::frame::MenuItem;
use app::pages::error::{ErrorPage, render};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
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
    let response = next.run(request).await;
    let Some(Failure(refusal)) = response.extensions().get::<Failure>().cloned() else { return response };
    let page = async {
        let frame = match visitor::find(&office, &headers).await? {
            Some(visitor) => respond::frame(&office, &visitor, MenuItem::Today).await?,
            None => respond::bare_frame(&office),
        };
        Ok::<_, Error>(render(&frame, &error_page(refusal)))
    };
    match page.await {
        Ok(page) => (response.status(), Html(page)).into_response(),
        Err(error) => {
            tracing::error!(error = %error.for_log(), "no page for a failure");
            response
        }
    }
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

/// A panic ends one request, not the office.
pub fn after_panic(_panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    tracing::error!("a request panicked");
    Error::Internal("panic".to_owned()).into_response()
}
