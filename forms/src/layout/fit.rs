//! Text that always fits its box.
//!
//! The rule, in this order: as large as it can be with words and numbers whole; then with words broken; then narrower
//! letters; then, for the clerk
//! to see, smaller than is easy to read. Nothing is cut off and nothing sticks out.

use super::line::{Line, em};
use super::wrap::wrap;
use super::{Area, MM_PER_PT, Sheet};
use crate::FormError;
use crate::fonts::{Composer, FallbackReason, Family, Glyph, clusters};

/// Part of an em above the baseline that a Japanese character fills.
const ASCENT: f32 = 0.88;
/// Narrowest letters that still read well.
const NARROWEST: f32 = 0.7;

/// A box for text and how text stands in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextBox {
    pub(crate) area: Area,
    pub(crate) family: Family,
    /// Points, when there is room.
    pub(crate) size: f32,
    /// Points, the smallest that is easy to read.
    pub(crate) smallest: f32,
    /// Distance of baselines, in ems.
    pub(crate) leading: f32,
    pub(crate) align: Align,
    pub(crate) valign: VAlign,
}

/// Where lines stand across the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// Where the block stands down the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VAlign {
    Top,
    Middle,
    Bottom,
}

/// What became of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placed {
    /// Size it was set in, points.
    pub(crate) size: f32,
    /// Lower edge of the last line, millimetres from the top of the sheet.
    pub(crate) bottom: f32,
    /// Right edge of the longest line.
    pub(crate) right: f32,
}

impl TextBox {
    /// Running text from the top left of an area.
    pub(crate) fn new(area: Area, family: Family, size: f32) -> Self {
        Self {
            area,
            family,
            size,
            smallest: size * 0.7,
            leading: 1.5,
            align: Align::Left,
            valign: VAlign::Top,
        }
    }

    pub(crate) fn smallest(self, smallest: f32) -> Self {
        Self { smallest, ..self }
    }

    pub(crate) fn leading(self, leading: f32) -> Self {
        Self { leading, ..self }
    }

    pub(crate) fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub(crate) fn valign(self, valign: VAlign) -> Self {
        Self { valign, ..self }
    }

    /// Sets `text` into the box on `sheet`.
    pub(crate) fn put(
        &self,
        sheet: &mut Sheet,
        composer: &mut Composer<'_>,
        text: &str,
    ) -> Result<Placed, FormError> {
        let parts: Vec<&str> = clusters(text).collect();
        let glyphs = composer.glyphs(text, self.family)?;
        let fit = self.fit(&parts, &glyphs);
        if fit.size < self.smallest - 0.01 {
            composer.note(text, text, FallbackReason::TooLong);
        }
        Ok(self.draw(sheet, &glyphs, &fit))
    }

    fn fit(&self, parts: &[&str], glyphs: &[Glyph]) -> Fit {
        let advances: Vec<f32> = glyphs.iter().map(|g| g.advance).collect();
        let try_at = |size: f32, stretch: f32, whole: bool| {
            let wrapped = wrap(parts, &advances, self.area.width / (em(size) * stretch));
            if whole && wrapped.torn {
                return None;
            }
            let fit = Fit { size, stretch, lines: wrapped.lines };
            // Only a box narrower than one character can be overrun sideways.
            let sideways = fit
                .lines
                .iter()
                .map(|r| advances[r.clone()].iter().sum::<f32>() * em(size) * stretch)
                .all(|width| width <= self.area.width + 0.01);
            (sideways && fit.height(self.leading) <= self.area.height + 0.01).then_some(fit)
        };
        for whole in [true, false] {
            let mut size = self.size;
            while size >= self.smallest {
                if let Some(fit) = try_at(size, 1.0, whole) {
                    return fit;
                }
                size -= 0.5;
            }
        }
        let mut stretch = 0.95;
        while stretch >= NARROWEST {
            if let Some(fit) = try_at(self.smallest, stretch, false) {
                return fit;
            }
            stretch -= 0.05;
        }
        let mut size = self.smallest;
        loop {
            size *= 0.93;
            if let Some(fit) = try_at(size, NARROWEST, false) {
                return fit;
            }
        }
    }

    fn draw(&self, sheet: &mut Sheet, glyphs: &[Glyph], fit: &Fit) -> Placed {
        let pitch = fit.size * self.leading * MM_PER_PT;
        let free = self.area.height - fit.height(self.leading);
        let top = self.area.y
            + match self.valign {
                VAlign::Top => 0.0,
                VAlign::Middle => free / 2.0,
                VAlign::Bottom => free,
            };
        let mut baseline = top + fit.size * ASCENT * MM_PER_PT;
        let mut right = self.area.x;
        for range in &fit.lines {
            let line = Line { stretch: fit.stretch, ..Line::new(glyphs[range.clone()].to_vec(), fit.size) };
            let free = self.area.width - line.width();
            let x = self.area.x
                + match self.align {
                    Align::Left => 0.0,
                    Align::Centre => free / 2.0,
                    Align::Right => free,
                };
            right = right.max(x + line.width());
            if !line.glyphs.is_empty() {
                sheet.text(x, baseline, line);
            }
            baseline += pitch;
        }
        Placed { size: fit.size, bottom: top + fit.height(self.leading), right }
    }
}

struct Fit {
    size: f32,
    stretch: f32,
    lines: Vec<std::ops::Range<usize>>,
}

impl Fit {
    /// From the top of the first line to the bottom of the last.
    fn height(&self, leading: f32) -> f32 {
        let more = u16::try_from(self.lines.len().saturating_sub(1)).map_or(f32::MAX, f32::from);
        (1.0 + more * leading) * self.size * MM_PER_PT
    }
}
