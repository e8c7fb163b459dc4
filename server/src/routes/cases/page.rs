//! `GET /cases/{reception}`

use super::{Again, case_page};
use crate::error::Result;
use crate::office::Office;
use crate::routes::respond;
use crate::staff::visitor::Visitor;
use app::frame::MenuItem;
use axum::extract::{Path, Query, State};
use axum::response::Response;

/// How the page was come to.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Asked {
    /// Somebody wanted to receive the person once more.
    already: Option<String>,
}

pub(super) async fn get(
    State(office): State<Office>,
    visitor: Visitor,
    Path(reception): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let again = Again { already: asked.already.is_some(), ..Again::default() };
    let page = case_page(&office, &visitor, &reception, &again).await?;
    let frame = respond::frame(&office, &visitor, MenuItem::Today).await?;
    Ok(respond::html(app::pages::case::render(&frame, &page)))
}
