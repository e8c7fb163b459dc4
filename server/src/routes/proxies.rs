//! `/proxies`: the proxies' board.

use super::respond::{frame, html};
use super::visitor::Visitor;
use crate::counter::inquiry::board::{self, Filter};
use crate::error::Result;
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use app::frame::MenuItem;
use app::pages::proxy_board::render;
use axum::extract::{Query, State};
use axum::response::Response;

/// `/proxies`
pub fn routes() -> Routes {
    Routes::new().route("/proxies", get(show))
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(filter): Query<Filter>,
) -> Result<Response> {
    let page = board::page(&office, &visitor, &filter).await?;
    let frame = frame(&office, &visitor, MenuItem::Proxies).await?;
    Ok(html(render(&frame, &page)))
}
