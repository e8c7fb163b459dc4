//! Who works here: accounts, proofs, sessions, and what each role may do.

pub mod accounts;
pub mod first;
pub mod four_eyes;
pub mod kept;
pub mod login;
pub mod password;
pub mod password_rules;
pub mod permissions;
pub mod policy;
pub mod proof;
pub mod recovery;
pub mod second_factor;
pub mod session;
pub mod step_up;
pub mod totp;
pub mod tries;
mod vault;
pub mod visitor;
