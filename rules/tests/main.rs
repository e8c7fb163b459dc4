//! The rules from outside, in one binary: it links once. `counter/` is the other.

mod barcode;
mod calc;
mod campaign;
mod case_states;
mod fold;
mod holidays;
mod house;
mod identity;
mod lists;
mod naive_model;
mod notice;
mod office_calendar;
mod period;
mod questions;
mod settings;
mod validity;
mod wareki;

/// 1, so that everything runs; `make mutants` sets it higher, where each mutant runs every test and the tables find
/// what the thinned walks may pass over.
pub(crate) fn step() -> usize {
    std::env::var("RULES_TEST_STEP").map_or(1, |step| step.parse().expect("a number"))
}
