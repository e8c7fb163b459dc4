//! The pages, as a browser asks for them.

mod all_pages;
mod audit;
mod calc;
mod login;
mod notices;
mod search;
mod settings;
