//! `/campaigns` and `/returns`: notice campaigns from order to post, and what the post brings back.

mod one;
mod order;
mod report;
mod returns;

use crate::routes::registry::{Routes, get, post};

/// `/campaigns`, `/campaigns/new`, `/campaigns/{id}` with its buttons and files, `/returns`, `/returns/report`
pub fn routes() -> Routes {
    Routes::new()
        .route("/campaigns", post(order::take))
        .route("/campaigns/new", get(order::show))
        .route("/campaigns/{id}", get(one::show))
        .route("/campaigns/{id}/list", post(one::make_list))
        .route("/campaigns/{id}/release", post(one::release))
        .route("/campaigns/{id}/resume", post(one::resume))
        .route("/campaigns/{id}/post", post(one::post))
        .route("/campaigns/{id}/end", post(one::end))
        .route("/campaigns/{id}/cancel", post(one::cancel))
        .route("/campaigns/{id}/letters", post(one::letters))
        .route("/campaigns/{id}/{file}", get(one::file))
        .route("/returns", get(returns::show).post(returns::scan))
        .route("/returns/report", get(report::show))
        .route("/returns/report.csv", get(report::csv))
}
