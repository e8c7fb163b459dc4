//! The pages, as a browser asks for them.

mod all_pages;
mod audit;
mod calc;
mod calendar_settings;
mod campaigns;
mod cases;
mod closing;
mod imports;
mod log;
mod login;
mod notices;
mod paper;
mod residents;
mod search;
mod setting_history;
mod settings;
mod staff;
mod statistics;
mod telephone;
mod trail;
