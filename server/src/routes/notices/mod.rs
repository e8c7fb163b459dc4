//! `/notices`: the months, one month's people, and the PDFs of runs.

mod glyphs;
mod index;
mod lists;
mod month;
mod runs;

use crate::routes::registry::{Routes, get};

/// `/notices`, `/notices/{expiring}`, `/notices/runs/{id}`, `/notices/runs/{id}.pdf`, `/notices/runs/{id}/{file}`
pub fn routes() -> Routes {
    Routes::new()
        .route("/notices", get(index::show))
        .route("/notices/{expiring}", get(month::show).post(month::make))
        .route("/notices/runs/{name}", get(runs::show).post(runs::resume))
        .route("/notices/runs/{id}/{file}", get(runs::file))
}
