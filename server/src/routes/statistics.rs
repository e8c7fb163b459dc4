//! `/statistics`: numbers about many days.

use super::respond::{attachment, frame, html, unprocessable};
use super::visitor::Visitor;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::routes::registry::{Routes, get};
use crate::statistics::{self, Asked, Format};
use app::frame::MenuItem;
use app::pages::statistics::{render, render_forecast};
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;

/// `/statistics` and what is below it.
pub fn routes() -> Routes {
    Routes::new()
        .route("/statistics", get(show))
        .route("/statistics/forecast", get(forecast))
        .route("/statistics/export/{format}", get(export))
}

async fn show(
    State(office): State<Office>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let page = statistics::page(&office, &visitor, &asked).await?;
    let text = render(&frame(&office, &visitor, MenuItem::Statistics).await?, &page);
    Ok(if page.errors.0.is_empty() { html(text) } else { unprocessable(text) })
}

async fn forecast(State(office): State<Office>, visitor: Visitor) -> Result<Response> {
    let page = statistics::forecast_page(&office, &visitor).await?;
    Ok(html(render_forecast(&frame(&office, &visitor, MenuItem::Statistics).await?, &page)))
}

async fn export(
    State(office): State<Office>,
    visitor: Visitor,
    Path(format): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (format, kind) = match format.as_str() {
        "xlsx" => (Format::Workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "csv" => (Format::Csv, "text/csv; charset=utf-8"),
        _ => return Err(Refusal::not_found("その形式では書き出せません。").into()),
    };
    let (name, bytes) = statistics::export(&office, &visitor, &asked, format).await?;
    Ok(attachment(kind, &name, Body::from(bytes)))
}
