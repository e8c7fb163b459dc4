//! One module a page: its view model, plain data the server fills, and `render`, the whole document.

pub mod error;
pub mod home;
pub mod login;
pub mod message;
