//! The characters a document uses of one face.

use std::collections::HashMap;

/// Numbers every pair of glyph and text that a document shows.
///
/// Two texts may look the same (邉 and 邉 with the selector of its usual form share a glyph). Each gets a code of its
/// own, so that what is copied out of the PDF is the text that went in, selector included.
#[derive(Debug, Default)]
pub(crate) struct UsedGlyphs {
    codes: HashMap<(u16, Box<str>), u16>,
    list: Vec<UsedGlyph>,
}

/// One code of a document's font.
#[derive(Debug, Clone)]
pub(crate) struct UsedGlyph {
    /// Glyph in the whole font.
    pub(crate) glyph: u16,
    /// Advance in thousandths of an em.
    pub(crate) advance: f32,
    /// The text it stands for.
    pub(crate) text: Box<str>,
}

impl UsedGlyphs {
    /// The code of this glyph for this text; codes count from 1, for 0 is .notdef.
    pub(crate) fn code(&mut self, glyph: u16, advance: f32, text: &str) -> Option<u16> {
        if let Some(code) = self.codes.get(&(glyph, Box::from(text))) {
            return Some(*code);
        }
        let code = u16::try_from(self.list.len() + 1).ok()?;
        self.codes.insert((glyph, text.into()), code);
        self.list.push(UsedGlyph { glyph, advance, text: text.into() });
        Some(code)
    }

    /// All codes in order, the first being code 1.
    pub(crate) fn list(&self) -> &[UsedGlyph] {
        &self.list
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
