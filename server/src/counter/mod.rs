//! What happens at the counter, procedure by procedure.

pub mod today;
