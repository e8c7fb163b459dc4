//! `/`: what waits today.

use super::respond::{frame, html};
use super::visitor::Visitor;
use crate::counter::today;
use crate::error::Result;
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use app::frame::MenuItem;
use app::pages::home::render;
use axum::extract::State;
use axum::response::Response;

/// `/`
pub fn routes() -> Routes {
    Routes::new().route("/", get(show))
}

async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    let frame = frame(&office, &visitor, MenuItem::Today).await?;
    Ok(html(render(&frame, &today::page(&office, &visitor).await?)))
}
