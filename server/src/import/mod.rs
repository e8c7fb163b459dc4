//! Files that come in: residents and cards, as the core systems export them.
//!
//! A file is read twice at most: once to check it (nothing is written; the report says what would happen) and once to
//! take it (one transaction with its audit row, so that a file is in or it isn't). Reading goes bytes → text
//! ([`encoding`]) → rows ([`rows`]) → columns ([`header`]) → residents or cards ([`residents`], [`cards`]); what the
//! store makes of them is in [`take_residents`] and [`take_cards`]; [`engine`] runs it all.

pub mod cards;
pub mod cell;
pub mod encoding;
pub mod engine;
pub mod header;
pub mod individual_number;
pub mod jobs;
pub mod reader;
pub mod report;
pub mod residents;
pub mod rows;
pub mod take_cards;
pub mod take_residents;
#[cfg(test)]
mod tests;
pub mod words;

pub use engine::{Mode, Source, run};
pub use report::{Progress, Report};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// One resident a row.
    Residents,
    /// One card with its two certificates a row.
    Cards,
}

impl FileKind {
    /// The stored form, and the word on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Residents => "residents",
            Self::Cards => "cards",
        }
    }

    /// Reads the stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "residents" => Some(Self::Residents),
            "cards" => Some(Self::Cards),
            _ => None,
        }
    }

    /// What people call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Residents => "住民",
            Self::Cards => "カード",
        }
    }

    /// The columns a file of this kind has, in the order of the office's specification.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Residents => residents::COLUMNS,
            Self::Cards => cards::COLUMNS,
        }
    }
}
