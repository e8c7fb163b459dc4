//! One module a page: its view model, plain data the server fills, and `render`, the whole document.

pub mod audit;
pub mod calc;
pub mod calendar_settings;
pub mod case;
pub mod error;
pub mod home;
pub mod imports;
pub mod login;
pub mod message;
pub mod notice_run;
pub mod notices_index;
pub mod notices_month;
pub mod paper_settings;
pub mod parts;
pub mod pinpad;
pub mod reader_panel;
pub mod resident;
pub mod search;
pub mod settings;
pub mod staff_settings;
pub mod stations_settings;
pub mod suppressed;
pub mod wording;
