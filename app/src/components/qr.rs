//! A QR code on the screen, for a device that is held in front of it.

use leptos::prelude::*;

/// Blank modules around a code.
const QUIET: usize = 4;

/// Draws the dark modules, a row each. `label` says to screen readers what the code is for.
pub fn qr_code(rows: &[Vec<bool>], label: &str) -> AnyView {
    let side = rows.len() + 2 * QUIET;
    let dark = rows.iter().enumerate().flat_map(|(y, row)| {
        row.iter().enumerate().filter(|(_, dark)| **dark).map(move |(x, _)| (x + QUIET, y + QUIET))
    });
    let path: String = dark.map(|(x, y)| format!("M{x} {y}h1v1h-1z")).collect();
    view! {
        <svg class="qr" role="img" aria-label=label.to_owned() viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges">
            <path d=path/>
        </svg>
    }
    .into_any()
}
