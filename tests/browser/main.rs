//! The renewal, the proxy's two visits, a notice campaign and a paper's words in a real browser, with a picture at each
//! step.

mod accessibility;
mod campaign;
mod pictures;
mod renewal;
mod sign_in;
mod two_visits;
mod wordings;
