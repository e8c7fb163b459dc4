//! The log of requests: method, pattern, status, time, who. Nothing of what was asked or answered.
//!
//! The pattern of the address is logged (`/residents/{number}`) and never the address itself: numbers of people and
//! words of searches stand in addresses. `docs/logging.md` tells what is logged where.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// Where the request's visitor is noted once they are known.
#[derive(Clone, Debug, Default)]
pub struct Asker(Arc<OnceLock<i64>>);

impl Asker {
    /// Notes the number of the member of staff who asks.
    pub fn is(&self, staff_id: i64) {
        let _ = self.0.set(staff_id);
    }
}

/// Logs each request when its answer begins: pages at info, what a page brings along at debug.
pub async fn requests(mut request: Request, next: Next) -> Response {
    let asker = Asker::default();
    request.extensions_mut().insert(asker.clone());
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let begun = Instant::now();
    let response = next.run(request).await;
    let path = path.as_deref().unwrap_or("(no such page)");
    let status = response.status().as_u16();
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let staff = asker.0.get().copied();
    if path.starts_with("/assets/") || path == "/station/events" {
        tracing::debug!(%method, path, status, ms, staff, "request");
    } else {
        tracing::info!(%method, path, status, ms, staff, "request");
    }
    response
}
