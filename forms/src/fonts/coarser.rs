//! Outlines on a coarser grid, for the program's own words.
//!
//! BIZ UD draws on a grid of 2,048 to an em. A grid of 300 moves no point by more than a seventh of a dot at 10.5 points
//! and 600 dots an inch, which no printer shows, and the outlines take a quarter less. Names are left as they are.

use super::unhinted::{file, find, i16_at, tables, u16_at, u32_at};

/// Steps to an em.
const UNITS: u16 = 300;

/// On the curve, x, y.
type Point = (bool, i32, i32);

/// The same font on the coarser grid, or `None` where the file is not built as expected (then it stays as it is).
pub(super) fn coarser(font: &[u8]) -> Option<Vec<u8>> {
    let mut tables = tables(font)?;
    let from = u16_at(find(&tables, *b"head")?, 18)?;
    let scale = move |value: i32| -> i32 {
        let (value, from, to) = (i64::from(value), i64::from(from), i64::from(UNITS));
        // To the nearest; halves away from zero.
        let half = if value < 0 { -from / 2 } else { from / 2 };
        i32::try_from((value * to + half) / from).unwrap_or(0)
    };
    let metrics = usize::from(u16_at(find(&tables, *b"hhea")?, 34)?);
    let loca = find(&tables, *b"loca")?;
    let offsets: Vec<usize> =
        (0..loca.len() / 4).map(|at| usize::try_from(u32_at(loca, 4 * at)?).ok()).collect::<Option<_>>()?;
    let glyf = find(&tables, *b"glyf")?;
    let (mut glyphs, mut starts) = (Vec::with_capacity(glyf.len()), vec![0_u8; 4]);
    for pair in offsets.windows(2) {
        let glyph = glyf.get(pair[0]..pair[1])?;
        if !glyph.is_empty() {
            glyphs.extend(Outline::read(glyph)?.scaled(scale).bytes()?);
            glyphs.resize(glyphs.len().next_multiple_of(4), 0);
        }
        starts.extend(u32::try_from(glyphs.len()).ok()?.to_be_bytes());
    }
    let rescale = |bytes: &mut [u8], at: usize| -> Option<()> {
        let value = i16::try_from(scale(i32::from(i16_at(bytes, at)?))).ok()?;
        bytes.get_mut(at..at + 2)?.copy_from_slice(&value.to_be_bytes());
        Some(())
    };
    for (tag, bytes) in &mut tables {
        match &*tag {
            b"glyf" => bytes.clone_from(&glyphs),
            b"loca" => bytes.clone_from(&starts),
            b"head" => {
                bytes.get_mut(18..20)?.copy_from_slice(&UNITS.to_be_bytes());
                (36..44).step_by(2).try_for_each(|at| rescale(bytes, at))?;
            }
            b"hhea" => (4..18).step_by(2).try_for_each(|at| rescale(bytes, at))?,
            // Advance and bearing in pairs, then bearings alone: all of them lengths of two bytes.
            b"hmtx" if bytes.len() >= 4 * metrics => {
                (0..bytes.len() / 2).try_for_each(|at| rescale(bytes, 2 * at))?;
            }
            _ => {}
        }
    }
    file(tables)
}

/// A glyph that is drawn, not made of others.
struct Outline {
    contours: Vec<Vec<Point>>,
}

impl Outline {
    const ON: u8 = 0x01;
    const REPEAT: u8 = 0x08;

    fn read(glyph: &[u8]) -> Option<Self> {
        let count = usize::try_from(i16_at(glyph, 0)?).ok()?;
        let ends: Vec<usize> =
            (0..count).map(|at| u16_at(glyph, 10 + 2 * at).map(usize::from)).collect::<Option<_>>()?;
        let points = ends.last().map_or(0, |last| last + 1);
        let mut at = 12 + 2 * count + usize::from(u16_at(glyph, 10 + 2 * count)?);
        let mut flags = Vec::with_capacity(points);
        while flags.len() < points {
            let flag = *glyph.get(at)?;
            at += 1;
            flags.push(flag);
            if flag & Self::REPEAT != 0 {
                flags.extend(std::iter::repeat_n(flag, usize::from(*glyph.get(at)?)));
                at += 1;
            }
        }
        let xs = coordinates(glyph, &mut at, &flags, 0x02, 0x10)?;
        let ys = coordinates(glyph, &mut at, &flags, 0x04, 0x20)?;
        let all: Vec<Point> =
            flags.iter().zip(xs).zip(ys).map(|((flag, x), y)| (flag & Self::ON != 0, x, y)).collect();
        let mut contours = Vec::with_capacity(count);
        let mut start = 0;
        for end in ends {
            contours.push(all.get(start..=end)?.to_vec());
            start = end + 1;
        }
        Some(Self { contours })
    }

    fn scaled(mut self, scale: impl Fn(i32) -> i32) -> Self {
        for contour in &mut self.contours {
            for point in contour.iter_mut() {
                *point = (point.0, scale(point.1), scale(point.2));
            }
            *contour = needed(contour);
        }
        self
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        let all = || self.contours.iter().flatten();
        let edge = |pick: fn(&Point) -> i32, least: bool| {
            let values = all().map(pick);
            let value = if least { values.min() } else { values.max() };
            i16::try_from(value.unwrap_or(0)).ok()
        };
        let mut bytes = i16::try_from(self.contours.len()).ok()?.to_be_bytes().to_vec();
        for value in
            [edge(|p| p.1, true)?, edge(|p| p.2, true)?, edge(|p| p.1, false)?, edge(|p| p.2, false)?]
        {
            bytes.extend(value.to_be_bytes());
        }
        let mut end = 0;
        for contour in &self.contours {
            end += contour.len();
            bytes.extend(u16::try_from(end.checked_sub(1)?).ok()?.to_be_bytes());
        }
        // No instructions.
        bytes.extend([0, 0]);
        let (mut flags, mut xs, mut ys) = (Vec::new(), Vec::new(), Vec::new());
        let (mut x, mut y) = (0, 0);
        for (on, to_x, to_y) in all() {
            let flag =
                u8::from(*on) | step(to_x - x, 0x02, 0x10, &mut xs)? | step(to_y - y, 0x04, 0x20, &mut ys)?;
            flags.push(flag);
            (x, y) = (*to_x, *to_y);
        }
        for run in flags.chunk_by(|a, b| a == b) {
            for run in run.chunks(256) {
                match u8::try_from(run.len() - 1) {
                    Ok(more @ 2..) => bytes.extend([run[0] | Self::REPEAT, more]),
                    _ => bytes.extend(run),
                }
            }
        }
        bytes.extend(xs);
        bytes.extend(ys);
        Some(bytes)
    }
}

fn coordinates(glyph: &[u8], at: &mut usize, flags: &[u8], short: u8, same: u8) -> Option<Vec<i32>> {
    let mut value = 0;
    flags
        .iter()
        .map(|flag| {
            if flag & short != 0 {
                let by = i32::from(*glyph.get(*at)?);
                *at += 1;
                value += if flag & same != 0 { by } else { -by };
            } else if flag & same == 0 {
                value += i32::from(i16_at(glyph, *at)?);
                *at += 2;
            }
            Some(value)
        })
        .collect()
}

/// Writes one step of a coordinate and returns what its flag says about it.
fn step(by: i32, short: u8, same: u8, bytes: &mut Vec<u8>) -> Option<u8> {
    if by == 0 {
        return Some(same);
    }
    if let Ok(small) = u8::try_from(by.abs()) {
        bytes.push(small);
        return Some(if by > 0 { short | same } else { short });
    }
    bytes.extend(i16::try_from(by).ok()?.to_be_bytes());
    Some(0)
}

/// The points of a contour without those that say nothing on the coarser grid: the same place twice, the middle of a
/// straight line, and the middle between two control points, which a renderer puts there by itself.
fn needed(contour: &[Point]) -> Vec<Point> {
    let count = contour.len();
    let kept: Vec<Point> = (0..count)
        .filter(|at| {
            let (before, here, after) =
                (contour[(at + count - 1) % count], contour[*at], contour[(at + 1) % count]);
            let double = before.0 && (before.1, before.2) == (here.1, here.2);
            let level = (here.1 - before.1) * (after.2 - here.2) == (here.2 - before.2) * (after.1 - here.1);
            let straight = before.0 && after.0 && level;
            let implied =
                !before.0 && !after.0 && 2 * here.1 == before.1 + after.1 && 2 * here.2 == before.2 + after.2;
            !(here.0 && (double || straight || implied))
        })
        .map(|at| contour[at])
        .collect();
    // A contour that has shrunk to a line stays as it was: it is drawn as nothing either way.
    if kept.len() < 3 { contour.to_vec() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::unhinted::unhinted;
    use crate::fonts::{FontPaths, Typeface};
    use std::io::Write as _;
    use subsetter::GlyphRemapper;

    /// How large a font is in a document.
    fn packed(bytes: &[u8]) -> usize {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory").len()
    }

    /// Every glyph keeps its extent and its advance to within a step of the grid, and the file gets smaller.
    #[test]
    fn glyphs_keep_their_shape() {
        let paths = FontPaths::default();
        for path in [paths.text, paths.numbers, paths.headings] {
            let typeface = Typeface::read(&path).expect("installed by make setup");
            let whole = typeface.parsed().expect("parsed");
            let mut remapper = GlyphRemapper::new();
            let ids: Vec<_> = "電子証明書の有効期限が近づいています。令和8年11月ABCIi%"
                .chars()
                .filter_map(|c| whole.glyph_index(c))
                .collect();
            for id in &ids {
                remapper.remap(id.0);
            }
            let subset = subsetter::subset(typeface.bytes(), 0, &remapper).expect("subset");
            let fine = unhinted(&subset).expect("a usual file");
            let coarse = coarser(&fine).expect("a usual file");
            let (small, large) = (packed(&coarse), packed(&fine));
            assert!(small * 10 < large * 9, "{small} of {large}");
            let coarse = ttf_parser::Face::parse(&coarse, 0).expect("a font");
            let part =
                |face: &ttf_parser::Face<'_>, value: i16| f32::from(value) / f32::from(face.units_per_em());
            let step = 1.0 / f32::from(UNITS);
            for id in ids {
                let new = ttf_parser::GlyphId(remapper.get(id.0).expect("kept"));
                let advance = |face: &ttf_parser::Face<'_>, id| {
                    f32::from(face.glyph_hor_advance(id).expect("an advance"))
                        / f32::from(face.units_per_em())
                };
                assert!((advance(&whole, id) - advance(&coarse, new)).abs() <= step);
                match (whole.glyph_bounding_box(id), coarse.glyph_bounding_box(new)) {
                    (Some(a), Some(b)) => {
                        for (a, b) in
                            [(a.x_min, b.x_min), (a.y_min, b.y_min), (a.x_max, b.x_max), (a.y_max, b.y_max)]
                        {
                            assert!((part(&whole, a) - part(&coarse, b)).abs() <= step);
                        }
                    }
                    (a, b) => assert_eq!(a.is_some(), b.is_some()),
                }
            }
        }
    }
}
