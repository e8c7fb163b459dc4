//! The running office: store, counter procedures, notices, stations, audit, routes and command line.
//!
//! `server` knows every other room and nobody knows `server`. A request goes route → procedure → rules, store, card
//! or forms → view model → page, and never back.

pub mod audit;
pub mod cli;
pub mod clock;
pub mod counter;
pub mod data_dir;
pub mod error;
pub mod front;
pub mod import;
pub mod notices;
pub mod office;
pub mod paper;
pub mod rng;
pub mod routes;
pub mod spreadsheet;
pub mod staff;
pub mod stations;
pub mod statistics;
pub mod store;
pub mod training;
