//! `/search`: finding people.

use super::respond::{frame, html, see_other};
use super::visitor::Visitor;
use crate::counter::search::{Answer, search};
use crate::error::Result;
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use app::frame::MenuItem;
use app::pages::search::render;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

/// `/search`
pub fn routes() -> Routes {
    Routes::new().route("/search", get(show))
}

#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default = "first")]
    page: u32,
}

fn first() -> u32 {
    1
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    match search(&office, &visitor, &asked.q, asked.page).await? {
        Answer::Case(number) => Ok(see_other(&format!("/cases/{number}"))),
        Answer::Letter(address) => Ok(see_other(&address)),
        Answer::People(page) => {
            let mut frame = frame(&office, &visitor, MenuItem::Today).await?;
            frame.query.clone_from(&page.query);
            Ok(html(render(&frame, &page)))
        }
    }
}
