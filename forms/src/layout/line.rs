//! One line of composed text and its size.

use super::MM_PER_PT;
use crate::fonts::Glyph;

/// Glyphs set in one size on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) glyphs: Vec<Glyph>,
    /// Points.
    pub(crate) size: f32,
    /// Width of the characters against their natural width, 1.0 being natural.
    pub(crate) stretch: f32,
    /// Extra space after each character, in thousandths of an em.
    pub(crate) tracking: f32,
}

impl Line {
    pub(crate) fn new(glyphs: Vec<Glyph>, size: f32) -> Self {
        Self { glyphs, size, stretch: 1.0, tracking: 0.0 }
    }

    /// Width in millimetres, without the space after the last character.
    pub(crate) fn width(&self) -> f32 {
        let gaps = u16::try_from(self.glyphs.len().saturating_sub(1)).map_or(0.0, f32::from);
        (natural_width(&self.glyphs) + gaps * self.tracking) * self.stretch * em(self.size)
    }
}

/// Sum of advances, in thousandths of an em.
pub(crate) fn natural_width(glyphs: &[Glyph]) -> f32 {
    glyphs.iter().map(|g| g.advance).sum()
}

/// Millimetres in a thousandth of an em at this size.
pub(crate) fn em(size: f32) -> f32 {
    size * MM_PER_PT / 1000.0
}
