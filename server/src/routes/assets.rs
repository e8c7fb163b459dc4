//! The style sheet and the small scripts.

use super::failure::no_such_page;
use crate::routes::registry::{Routes, get};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// `/assets/{name}`
pub fn routes() -> Routes {
    Routes::new().route("/assets/{name}", get(asset))
}

async fn asset(Path(name): Path<String>) -> Response {
    match app::assets::find(&format!("/assets/{name}")) {
        // Addresses carry a fingerprint of the content, so they may be kept for ever.
        Some(asset) => {
            let keep = "public, max-age=31536000, immutable";
            ([(header::CONTENT_TYPE, asset.content_type), (header::CACHE_CONTROL, keep)], asset.body)
                .into_response()
        }
        None => no_such_page().await.into_response(),
    }
}
