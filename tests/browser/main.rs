//! The renewal, the proxy's two visits and a notice campaign in a real browser, with a picture at each step.

mod accessibility;
mod campaign;
mod pictures;
mod renewal;
mod two_visits;
