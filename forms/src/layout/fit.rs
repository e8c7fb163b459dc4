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
            if size < 0.1 {
                // A box without room at all is a mistake of the page, not of the text; do not search for ever.
                let lines = std::iter::once(0..parts.len()).collect();
                return Fit { size, stretch: NARROWEST, lines };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{FontPaths, Fonts};
    use crate::layout::Mark;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static FONTS: LazyLock<Fonts> =
        LazyLock::new(|| Fonts::load(&FontPaths::default()).expect("fonts, installed by make setup"));

    fn set(text: &str, style: TextBox) -> (Placed, Sheet, Vec<crate::Fallback>) {
        let mut composer = Composer::new(&FONTS).expect("fonts");
        let mut sheet = Sheet::default();
        let placed = style.put(&mut sheet, &mut composer, text).expect("set");
        (placed, sheet, composer.into_fallbacks())
    }

    fn style(width: f32, height: f32) -> TextBox {
        TextBox::new(Area::new(20.0, 30.0, width, height), Family::Names, 12.0).smallest(8.0)
    }

    // With room, the size is the wanted one; with less, text gets smaller before it gets narrower.
    #[test]
    fn shrinks_by_rule() {
        let (roomy, ..) = set("見本 太郎", style(60.0, 6.0));
        assert!((roomy.size - 12.0).abs() < 0.01);
        let (tight, sheet, notes) = set("見本太郎左衛門之助義経", style(34.0, 5.0));
        assert!(tight.size < 12.0 && tight.size >= 8.0, "{tight:?}");
        assert!(notes.is_empty());
        let [Mark::Text { line, .. }] = sheet.marks.as_slice() else { panic!("one line") };
        assert!((line.stretch - 1.0).abs() < 0.001);
    }

    // What can only be set too small to read easily is set all the same, and the clerk is told.
    #[test]
    fn tells_when_too_small() {
        let long = "見本".repeat(60);
        let (placed, _, notes) = set(&long, style(40.0, 5.0));
        assert!(placed.size < 8.0);
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].reason, FallbackReason::TooLong);
    }

    proptest! {
        // Nothing sticks out of its box and no character is lost, however long the text and small the box.
        #[test]
        fn stays_in_its_box(
            text in "[一-龠ぁ-んァ-ヶA-Za-z0-9、。ー・]{1,200}",
            width in 6.0_f32..120.0,
            height in 3.0_f32..40.0,
            align in prop_oneof![Just(Align::Left), Just(Align::Centre), Just(Align::Right)],
            valign in prop_oneof![Just(VAlign::Top), Just(VAlign::Middle), Just(VAlign::Bottom)],
        ) {
            let area = style(width, height).area;
            let (placed, sheet, _) = set(&text, style(width, height).align(align).valign(valign));
            let mut glyphs = 0;
            for mark in &sheet.marks {
                let Mark::Text { x, baseline, line, .. } = mark else { panic!("text only") };
                let size = line.size * MM_PER_PT;
                prop_assert!(*x >= area.x - 0.05 && x + line.width() <= area.right() + 0.05);
                prop_assert!(baseline - size * ASCENT >= area.y - 0.05);
                prop_assert!(baseline + size * (1.0 - ASCENT) <= area.bottom() + 0.05);
                glyphs += line.glyphs.len();
            }
            prop_assert_eq!(glyphs, text.chars().count());
            prop_assert!(placed.bottom <= area.bottom() + 0.05);
        }
    }
}
