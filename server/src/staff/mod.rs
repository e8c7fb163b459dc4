//! Who works here: accounts, passwords, sessions, and what each role may do.

pub mod accounts;
pub mod first;
pub mod login;
pub mod password;
pub mod permissions;
pub mod session;
pub mod visitor;
