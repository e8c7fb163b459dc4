//! What happens at the counter, procedure by procedure.

pub mod calendar;
pub mod case;
pub mod closing;
pub mod decision;
pub mod facts;
pub mod inquiry;
pub mod once;
pub mod reception;
pub mod resident;
pub mod search;
pub mod settings;
pub mod telephone;
pub mod today;
pub mod visit;
pub mod words;
pub mod work;
