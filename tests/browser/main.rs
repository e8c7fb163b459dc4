//! The renewal in a real browser, with a picture at each step.

mod accessibility;
mod pictures;
mod renewal;
