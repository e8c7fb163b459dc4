//! Renewal notices (有効期限通知書): who gets one for a month, making them once and only once, printing them again.
//!
//! [`plan`] asks the register and the rules who is included and who isn't; [`make`] turns a plan into letters and one
//! PDF, all or nothing; [`run`] prints the letters of an earlier run as they were.

pub mod batch;
pub mod letter;
pub mod make;
pub mod month;
pub mod office_text;
pub mod plan;
pub mod run;

pub use month::Month;

#[cfg(test)]
mod tests;
