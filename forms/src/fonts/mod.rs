//! Typefaces: which glyph stands for which registered character.
//!
//! Names and addresses are set in IPAmj Mincho, which knows the Moji_Joho variation sequences, running text in BIZ
//! UD Mincho, headings and numbers in BIZ UD Gothic. A character is looked for along a chain of faces; what no face
//! has is shown as 〓, and every such case is listed for the clerk as a [`Fallback`].

mod check;
mod clusters;
mod coarser;
mod composer;
mod fallback;
mod paths;
mod program;
mod typeface;
mod unhinted;
mod used;

use std::sync::Arc;

pub(crate) use clusters::clusters;
pub(crate) use composer::{Composer, Glyph};
pub use fallback::{Fallback, FallbackReason};
pub use paths::FontPaths;
pub(crate) use program::FontProgram;
pub(crate) use typeface::Typeface;
pub(crate) use used::UsedGlyphs;

use crate::FormError;

/// The four typefaces, read once and shared by every document.
#[derive(Clone)]
pub struct Fonts {
    faces: Arc<[Typeface; FaceId::COUNT]>,
}

impl Fonts {
    /// Reads the four files. IPAmj Mincho alone is 46 MB, so do this once, at start.
    ///
    /// # Errors
    /// [`FormError::FontUnreadable`] or [`FormError::FontUnusable`] names the first file that fails.
    pub fn load(paths: &FontPaths) -> Result<Self, FormError> {
        let faces = [
            Typeface::read(&paths.names)?,
            Typeface::read(&paths.text)?,
            Typeface::read(&paths.numbers)?,
            Typeface::read(&paths.headings)?,
        ];
        Ok(Self { faces: Arc::new(faces) })
    }

    pub(crate) fn face(&self, id: FaceId) -> &Typeface {
        &self.faces[id as usize]
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.faces.iter().map(Typeface::postscript_name)).finish()
    }
}

/// One of the four faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum FaceId {
    /// IPAmj Mincho.
    Names,
    /// BIZ UD Mincho.
    Text,
    /// BIZ UD Gothic.
    Numbers,
    /// BIZ UD Gothic Bold.
    Headings,
}

impl FaceId {
    pub(crate) const COUNT: usize = 4;
    pub(crate) const ALL: [Self; Self::COUNT] = [Self::Names, Self::Text, Self::Numbers, Self::Headings];
}

/// What a text is for, which decides in what order the faces are asked for a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    /// Names and addresses of residents.
    Names,
    /// Running text.
    Text,
    /// Numbers, dates and labels.
    Numbers,
    /// Headings and what must be seen first.
    Headings,
}

impl Family {
    pub(crate) fn chain(self) -> [FaceId; 2] {
        match self {
            Self::Names => [FaceId::Names, FaceId::Text],
            Self::Text => [FaceId::Text, FaceId::Names],
            Self::Numbers => [FaceId::Numbers, FaceId::Names],
            Self::Headings => [FaceId::Headings, FaceId::Names],
        }
    }
}
