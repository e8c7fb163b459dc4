//! What happens at the counter, procedure by procedure.

pub mod calendar;
pub mod case;
pub mod facts;
pub mod once;
pub mod reception;
pub mod renewal;
pub mod resident;
pub mod search;
pub mod settings;
pub mod today;
