//! What holds for every address and every field, whatever page it is on. Addresses are those that
//! are registered, and fields those on the pages, so that a new one can't be forgotten.

mod headers;
mod hostile;
mod html;
#[allow(dead_code)] // the counter's tests use the rest
#[path = "../counter/support.rs"]
mod support;
mod xss;
