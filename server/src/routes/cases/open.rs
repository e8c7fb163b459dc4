//! `GET /residents/{number}/reception` and `POST /residents/{number}/cases`: a case is opened.

use crate::counter::reception::{self, WishForm};
use crate::error::Result;
use crate::office::Office;
use crate::routes::form::Posted;
use crate::routes::respond;
use crate::staff::visitor::Visitor;
use app::frame::MenuItem;
use app::pages::reception::render;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;

/// The form, with what the address already says.
pub(super) async fn get(
    State(office): State<Office>,
    visitor: Visitor,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    // The same reader as for forms: a field may be there several times.
    let form: WishForm = crate::routes::form::parse(query.unwrap_or_default().as_bytes())?;
    let page = reception::page(&office, &visitor, &number, &form).await?;
    let frame = respond::frame(&office, &visitor, MenuItem::Today).await?;
    Ok(respond::html(render(&frame, &page)))
}

pub(super) async fn post(
    State(office): State<Office>,
    Path(number): Path<String>,
    Posted { visitor, form }: Posted<WishForm>,
) -> Result<Response> {
    let wish = match form.read(&number) {
        Ok(wish) => wish,
        Err(errors) => {
            let page = reception::with_errors(&office, &visitor, &number, &form, errors).await?;
            let frame = respond::frame(&office, &visitor, MenuItem::Today).await?;
            return Ok(respond::unprocessable(render(&frame, &page)));
        }
    };
    let location = reception::open(&office, &visitor, &wish).await?;
    Ok(respond::see_other(&location))
}
