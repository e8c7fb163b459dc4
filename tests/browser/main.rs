//! The renewal and the proxy's two visits in a real browser, with a picture at each step.

mod accessibility;
mod pictures;
mod renewal;
mod sign_in;
mod two_visits;
