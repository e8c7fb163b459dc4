//! `GET /cases/{reception}`

use super::{Again, case_page};
use crate::error::Result;
use crate::office::Office;
use crate::routes::respond;
use crate::staff::visitor::Visitor;
use app::frame::MenuItem;
use axum::extract::{Path, State};
use axum::response::Response;

pub(super) async fn get(
    State(office): State<Office>,
    visitor: Visitor,
    Path(reception): Path<String>,
) -> Result<Response> {
    let page = case_page(&office, &visitor, &reception, &Again::default()).await?;
    let frame = respond::frame(&office, &visitor, MenuItem::Today).await?;
    Ok(respond::html(app::pages::case::render(&frame, &page)))
}
