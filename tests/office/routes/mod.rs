//! The pages, as a browser asks for them.

mod all_pages;
mod audit;
mod calc;
mod calendar_settings;
mod campaigns;
mod cases;
mod imports;
mod login;
mod notices;
mod paper;
mod residents;
mod search;
mod settings;
mod staff;
mod trail;
