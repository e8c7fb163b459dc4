//! What happens at the counter, procedure by procedure.

pub mod facts;
pub mod today;
