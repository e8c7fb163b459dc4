//! The words of each paper, which belong to the office.
//!
//! A wording is a plain text file. `[題名]` on a line of its own begins a section, the lines under it are its text,
//! `{電話}` is a field that printing replaces, and a line that begins with `#` is a remark. Each [`Paper`] has a
//! standard wording that ships with the program; an office may put its own in its place. Every wording has an
//! identifier made from its content, so that a letter can name the one it was printed with and print again as it was.

mod check;
mod fields;
mod paper;
mod parse;
mod sections;
mod shelf;

pub use check::check;
pub use fields::Field;
pub(crate) use fields::{Values, office_values};
pub use paper::Paper;
pub use parse::Fault;
pub(crate) use sections::Section;
pub use shelf::Wordings;

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// One version of the words of one paper, read and found complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    paper: Paper,
    text: String,
    id: String,
    sections: HashMap<&'static str, Passage>,
}

/// The text of a section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Passage {
    /// Line of the file on which the text begins, from 1.
    pub(crate) line: usize,
    pub(crate) text: String,
}

impl Wording {
    /// Reads a wording.
    ///
    /// # Errors
    /// Every fault with its line, in the order of the lines.
    pub fn parse(paper: Paper, text: &str) -> Result<Self, Vec<Fault>> {
        let sections = parse::sections(paper, text)?;
        let mut hash = Sha256::new();
        hash.update(paper.code());
        hash.update([0]);
        hash.update(text);
        let mut id = String::new();
        for byte in &hash.finalize()[..16] {
            let _ = write!(id, "{byte:02x}");
        }
        Ok(Self { paper, text: text.to_owned(), id, sections })
    }

    /// The wording that ships with the program.
    pub fn standard(paper: Paper) -> Self {
        Self::parse(paper, paper.standard_text()).unwrap_or_else(|faults| {
            // Held by a test for every paper; without words there is still a sheet.
            debug_assert!(false, "{paper:?}: {faults:?}");
            Self { paper, text: String::new(), id: String::new(), sections: HashMap::new() }
        })
    }

    /// Whose words these are.
    pub fn paper(&self) -> Paper {
        self.paper
    }

    /// Names this version: the same text has the same identifier, another text another one.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The file's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A section's text with its fields filled in; empty where the section was left out.
    pub(crate) fn filled(&self, section: &str, values: &Values) -> String {
        self.sections.get(section).map_or_else(String::new, |passage| values.fill(&passage.text))
    }

    /// The line on which a section's text begins.
    pub(crate) fn line(&self, section: &str) -> usize {
        self.sections.get(section).map_or(1, |passage| passage.line)
    }
}
