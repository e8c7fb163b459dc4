//! What holds for every address and every field, whatever page it is on. Addresses are found in the program's own text,
//! and fields on its pages, so that a new one can't be forgotten.

mod headers;
mod hostile;
mod html;
mod routes;
#[allow(dead_code)] // the counter's tests use the rest
#[path = "../counter/support.rs"]
mod support;
mod xss;
