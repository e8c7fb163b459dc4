//! `/work`: lists of work.

use super::respond::{frame, html};
use super::visitor::Visitor;
use crate::counter::work::{self, List};
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use app::frame::MenuItem;
use app::pages::work_lists::render;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

/// `/work`
pub fn routes() -> Routes {
    Routes::new().route("/work", get(show))
}

#[derive(Deserialize)]
struct Asked {
    list: Option<String>,
    page: Option<u32>,
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let list = match asked.list.as_deref() {
        None => List::default(),
        Some(code) => List::from_code(code)
            .ok_or_else(|| Refusal::not_found("その一覧はありません。メニューから開き直してください。"))?,
    };
    let page = work::page(&office, &visitor, list, asked.page.unwrap_or(1)).await?;
    Ok(html(render(&frame(&office, &visitor, MenuItem::Work).await?, &page)))
}
