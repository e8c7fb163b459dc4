//! Finished sheets into one PDF, written as it grows.
//!
//! What is the same on many pages is drawn once and shown on each (a form XObject). Every face is embedded once, cut
//! down to what the whole document uses. A page is on its way to the disk before the next is laid out, so that a
//! hundred thousand letters need no more memory than a thousand.

mod archive;
mod binder;
mod content;
mod file;
mod font_objects;
mod stamp;

pub(crate) use binder::{Binder, Properties};

use crate::FormError;
use crate::fonts::Fallback;

/// A document ready for the printer.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The file.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// What did not come out as registered, in the order of the pages, for the clerk to look at before posting.
    pub fallbacks: Vec<Fallback>,
}

/// What is known of a document that was written somewhere else than to memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// How many pages it has.
    pub pages: usize,
    /// As in [`Printed::fallbacks`].
    pub fallbacks: Vec<Fallback>,
}

impl Printed {
    /// Binds a document in memory.
    pub(crate) fn bind(
        write: impl FnOnce(&mut Vec<u8>) -> Result<Bound, FormError>,
    ) -> Result<Self, FormError> {
        let mut pdf = Vec::new();
        let Bound { pages, fallbacks } = write(&mut pdf)?;
        Ok(Self { pdf, pages, fallbacks })
    }
}
