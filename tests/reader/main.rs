//! The real reader service: Debian's pcscd, the vpcd driver, and cards behind it.

mod leak;
mod opensc;
mod renewal;
mod service;
