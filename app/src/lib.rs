//! Screens: view models in, whole HTML documents out.
//!
//! A page is a plain structure (`pages::resident::ResidentPage`, …) that the running office fills, and a function
//! `render` that turns it into a document. Nothing here reads a clock, a database or a card; the only thing known
//! of the rest of the house is `rules`, for its words and its Japanese dates.
//!
//! Leptos renders to strings. No page needs script: every action is a form or a link, and the two small scripts in
//! `assets/` only save keystrokes. The content security policy allows no inline script and no inline style, so
//! pictures such as the validity bar are SVG drawn with geometry attributes, and all styling is `assets/app.css`.

pub mod assets;
pub mod components;
pub mod dates;
pub mod frame;
pub mod pages;
pub mod render;
