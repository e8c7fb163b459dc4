//! `/settings/history`: what was changed in the settings.

use super::respond::{frame, html};
use super::settings::may_read;
use super::visitor::Visitor;
use crate::counter::settings::history;
use crate::error::Result;
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use app::frame::MenuItem;
use app::pages::setting_history::render;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

/// `/settings/history`
pub fn routes() -> Routes {
    Routes::new().route("/settings/history", get(show))
}

#[derive(Deserialize)]
#[serde(default)]
struct Asked {
    about: String,
    page: u32,
}

impl Default for Asked {
    fn default() -> Self {
        Self { about: String::new(), page: 1 }
    }
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    may_read(&visitor)?;
    let page = history::page(&office, asked.about.trim(), asked.page).await?;
    Ok(html(render(&frame(&office, &visitor, MenuItem::Settings).await?, &page)))
}
