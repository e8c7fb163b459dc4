//! `/notices`: the months, one month's people, and the PDFs of runs.

mod glyphs;
mod index;
mod lists;
mod month;
mod runs;

use crate::office::Office;
use axum::Router;
use axum::routing::get;

/// `/notices`, `/notices/{expiring}`, `/notices/runs/{file}`
pub fn routes() -> Router<Office> {
    Router::new()
        .route("/notices", get(index::show))
        .route("/notices/{expiring}", get(month::show).post(month::make))
        .route("/notices/runs/{file}", get(runs::pdf))
}
