//! The office from outside: what the tests and benches share.
//!
//! They start the real program on a data directory of their own and talk to it as people do: over HTTP, in a browser,
//! and with a card behind the real reader service.

pub mod browser;
pub mod clerk;
pub mod journey;
pub mod marked;
pub mod namespace;
pub mod office;
pub mod reader_service;
pub mod wire;
