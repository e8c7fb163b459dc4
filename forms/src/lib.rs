//! Paper: what the counter prints and posts, as PDF.
//!
//! A sheet is a view struct ([`notice::NoticeLetter`], [`certificate_copy::CertificateCopy`],
//! [`application::Application`]) in and bytes out.
//! The view structs hold everything the sheet says, so that the office stores them as JSON and prints the same
//! sheet again years later.
//!
//! The way of a sheet: `notice` and its neighbours place text and boxes on a `layout::Sheet` in millimetres,
//! with glyphs chosen by `fonts`; `pdf` turns finished sheets into one document with one subset a typeface.
//! Drawing happens in this crate only.

mod address;
pub mod application;
pub mod barcode;
pub mod certificate_copy;
pub mod code;
pub mod contents;
mod counter_form;
pub mod daily_report;
pub mod envelope;
mod error;
mod fonts;
pub mod inquiry;
mod layout;
mod letterhead;
mod marks;
pub mod notice;
mod office;
mod options;
mod page;
mod pdf;
pub mod pin_application;
mod qr;
pub mod receipt;
pub mod reception_slip;
mod register;
mod reply;
pub mod samples;
pub mod test_sheet;
mod wording;

pub use error::FormError;
pub use fonts::{Fallback, FallbackReason, FontPaths, Fonts};
pub use office::{Addressee, OfficeText};
pub use options::{PrintOptions, WindowEnvelope};
pub use pdf::{Bound, Printed};
pub use wording::{Fault, Field, Paper, Wording, Wordings, check as check_wording};
