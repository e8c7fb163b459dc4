//! The training office: a made-up ward with residents, cards, counters and staff.
//!
//! Everything is drawn from a seeded generator, so the same seed and day make the same ward. The sample people whose
//! virtual cards lie in the training office's box come from `card`, with exactly their numbers, so that a laid card is
//! recognised.

mod csv;
mod day;
mod generator;
mod lives;
mod names;
mod people;
mod places;
mod samples;
mod staff;
#[cfg(test)]
mod tests;
mod ward;

pub use csv::write_csv;
pub use day::opening_day;
pub use generator::{Entry, Generator};
pub use lives::CardLife;
pub use staff::accounts;
pub use ward::{open_ward, populate};

/// How many residents the training ward has, beside the sample people.
pub const RESIDENTS: usize = 2000;
