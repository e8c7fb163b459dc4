//! A QR code on the screen, for a device that is held in front of it.

use leptos::prelude::*;
use std::fmt::Write as _;

/// Blank modules around a code.
const QUIET: usize = 4;

/// Draws the dark modules, a row each. `label` says to screen readers what the code is for.
pub fn qr_code(rows: &[Vec<bool>], label: &str) -> AnyView {
    let side = rows.len() + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    view! {
        <svg class="qr" role="img" aria-label=label.to_owned() viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges">
            <path d=path/>
        </svg>
    }
    .into_any()
}
