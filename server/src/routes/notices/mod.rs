//! `/notices`: the months and the campaigns, and one month's people as things stand.

mod glyphs;
mod index;
mod lists;
mod month;

use crate::routes::registry::{Routes, get};

/// `/notices`, `/notices/{expiring}`
pub fn routes() -> Routes {
    Routes::new().route("/notices", get(index::show)).route("/notices/{expiring}", get(month::show))
}
