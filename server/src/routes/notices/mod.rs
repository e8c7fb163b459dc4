//! `/notices`: the months and the campaigns, and one month's people as things stand.

mod glyphs;
mod index;
mod lists;
mod month;

use crate::office::Office;
use axum::Router;
use axum::routing::get;

/// `/notices`, `/notices/{expiring}`
pub fn routes() -> Router<Office> {
    Router::new().route("/notices", get(index::show)).route("/notices/{expiring}", get(month::show))
}
