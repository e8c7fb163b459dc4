//! The pages, as a browser asks for them.

mod all_pages;
mod login;
mod search;
