//! Renewal notices (有効期限通知書): who gets one, making them once and only once, printing them again.
//!
//! [`plan`] asks the register and the rules who is included and who isn't. A [`campaign`] takes a plan through its life,
//! from a planned day to the letters that the post brings back; [`batch`] prints its files. [`make`] is the command
//! line's way: a month's letters and one PDF at once, all or nothing.

pub mod address;
pub mod batch;
pub mod campaign;
pub mod letter;
pub mod make;
pub mod month;
pub mod office_text;
pub mod plan;
pub mod reprint;
pub mod returned;
pub mod returned_lists;
pub mod span;
pub mod watch;

pub use month::Month;
pub use span::Span;

#[cfg(test)]
mod tests;
