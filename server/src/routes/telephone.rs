//! `/telephone`: what may be said on the telephone.

use super::respond::{frame, html};
use super::visitor::Visitor;
use crate::counter::telephone;
use crate::error::Result;
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use app::frame::MenuItem;
use app::pages::telephone::render;
use axum::extract::State;
use axum::response::Response;

/// `/telephone`
pub fn routes() -> Routes {
    Routes::new().route("/telephone", get(show))
}

async fn show(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    let page = telephone::page(&office, &visitor)?;
    let mut frame = frame(&office, &visitor, MenuItem::Today).await?;
    frame.telephone = true;
    Ok(html(render(&frame, &page)))
}
