//! `/residents/{number}`: one person.

use super::form::Posted;
use super::respond::{frame, html, see_other, unprocessable};
use super::visitor::Visitor;
use crate::counter::resident::{self, Seen};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get, post};
use app::components::{FieldError, FormErrors};
use app::frame::MenuItem;
use app::pages::resident::render;
use app::pages::suppressed::{SuppressedPage, render as render_suppressed};
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

/// `/residents/{number}`, `/residents/{number}/open`
pub fn routes() -> Routes {
    Routes::new().route("/residents/{number}", get(show)).route("/residents/{number}/open", post(open))
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Response> {
    let seen = resident::page(&office, &visitor, &number).await?;
    let frame = frame(&office, &visitor, MenuItem::Today).await?;
    Ok(html(match seen {
        Seen::Page(page) => render(&frame, &page),
        Seen::ReasonWanted => {
            render_suppressed(&frame, &SuppressedPage { number, ..SuppressedPage::default() })
        }
    }))
}

#[derive(Debug, Deserialize)]
struct Reason {
    #[serde(default)]
    reason: String,
}

async fn open(
    State(office): State<Office>,
    Path(number): Path<String>,
    Posted { visitor, form }: Posted<Reason>,
) -> Result<Response> {
    match resident::open_suppressed(&office, &visitor, &number, &form.reason).await {
        Ok(()) => Ok(see_other(&format!("/residents/{number}"))),
        Err(Error::Refused(refusal)) if refusal.status == 422 => {
            let error = FieldError {
                field: "reason".to_owned(),
                code: refusal.code.to_owned(),
                sentence: format!("{}{}", refusal.sentence, refusal.what_now),
            };
            let page = SuppressedPage { number, reason: form.reason, errors: FormErrors(vec![error]) };
            let frame = frame(&office, &visitor, MenuItem::Today).await?;
            Ok(unprocessable(render_suppressed(&frame, &page)))
        }
        Err(error) => Err(error),
    }
}
