//! What the law and the office say at the electronic-certificate counter.
//!
//! Pure: no I/O, no clock, no SQL, no HTML. Today, the office's settings and its calendar come in as
//! parameters; what goes out carries a Japanese sentence and the source it rests on.

#[macro_use]
mod code_enum;

pub mod applicants;
pub mod barcode;
pub mod calc;
pub mod calendar;
pub mod campaign;
pub mod case_states;
pub mod dates;
pub mod error;
pub mod fold;
pub mod identity;
pub mod kinds;
pub mod notice;
pub mod period;
pub mod pins;
pub mod procedure;
pub mod revocation;
pub mod settings;
pub mod sources;
pub mod validity;
pub mod wareki;

pub use chrono::NaiveDate;
pub use error::RuleError;
