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

pub mod application;
pub mod barcode;
pub mod certificate_copy;
mod error;
mod fonts;
mod layout;
mod marks;
pub mod notice;
mod office;
mod options;
mod pdf;
mod qr;

pub use error::FormError;
pub use fonts::{Fallback, FallbackReason, FontPaths, Fonts};
pub use office::{Addressee, OfficeText};
pub use options::{PrintOptions, WindowEnvelope};
pub use pdf::{Bound, Printed};
