//! The header row: which column is where.

use super::individual_number;
use super::rows::Record;

/// Where each column of a kind of file stands in this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    places: Vec<usize>,
    width: usize,
    /// Columns of the file that nobody asked for.
    pub unused: Vec<String>,
}

/// Why a header can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderFault {
    /// A column of individual numbers.
    IndividualNumber(String),
    /// No column is one of ours.
    Unknown,
    /// These are missing.
    Missing(Vec<&'static str>),
    /// This one is there twice.
    Twice(&'static str),
}

impl Layout {
    /// Finds `columns` in a header row, in any order.
    ///
    /// # Errors
    /// When a column is missing, there twice, or one that must not be there.
    pub fn find(header: &Record, columns: &[&'static str]) -> Result<Self, HeaderFault> {
        let names: Vec<&str> = header.cells().map(clean).collect();
        if let Some(name) = names.iter().find(|name| individual_number::is_forbidden_name(name)) {
            return Err(HeaderFault::IndividualNumber((*name).to_owned()));
        }
        let (mut places, mut missing) = (Vec::with_capacity(columns.len()), Vec::new());
        for &column in columns {
            let mut found = names.iter().enumerate().filter(|(_, name)| **name == column);
            match (found.next(), found.next()) {
                (Some((place, _)), None) => places.push(place),
                (Some(_), Some(_)) => return Err(HeaderFault::Twice(column)),
                (None, _) => missing.push(column),
            }
        }
        if missing.len() == columns.len() {
            return Err(HeaderFault::Unknown);
        }
        if !missing.is_empty() {
            return Err(HeaderFault::Missing(missing));
        }
        let unused = names.iter().filter(|name| !name.is_empty() && !columns.contains(name));
        let unused = unused.map(|name| (*name).to_owned()).collect();
        Ok(Self { places, width: names.len(), unused })
    }

    /// The place of the `index`-th column of the kind.
    pub fn place(&self, index: usize) -> usize {
        self.places[index]
    }

    /// How many cells a row has.
    pub fn width(&self) -> usize {
        self.width
    }
}

/// A column's name without the white space and marks that spreadsheets put around it.
pub fn clean(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
}
