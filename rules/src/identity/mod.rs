//! Identity documents: class A (photo, by an authority), class B, and their own dates (日南市, 名古屋市).

mod check;
mod list;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use check::{Requirement, check, class_on};
pub use list::{Class, Document};

/// A document as it lies on the counter. Originals only (太宰府市, 上尾市).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownDocument {
    /// Which.
    pub document: Document,
    /// Day of issue, where the document's rule asks for it.
    pub issued: Option<NaiveDate>,
    /// Last day; `None` where it has none.
    pub expires: Option<NaiveDate>,
    /// All it says agrees with the resident register (志布志市).
    pub agrees: bool,
}
