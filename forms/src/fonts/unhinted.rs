//! Leaving out of a font file what paper does not need.
//!
//! Hinting instructions bend outlines to the pixels of small screens. A printer has no use for them, and in BIZ UD
//! they are a third of the file. What is left is a plain TrueType file with the same outlines and advances.

/// Tables that hold nothing but hinting, and glyph names that nothing asks for (PDF has its own).
const LEFT_OUT: [&[u8; 4]; 4] = [b"cvt ", b"fpgm", b"prep", b"post"];

/// A table of the file: its tag and its bytes.
type Table = ([u8; 4], Vec<u8>);

/// The same font without hints, or `None` where the file is not built as expected (then it is embedded as it is).
pub(super) fn unhinted(font: &[u8]) -> Option<Vec<u8>> {
    let mut tables = tables(font)?;
    let long = u16_at(find(&tables, *b"head")?, 50)? == 1;
    let offsets = offsets(find(&tables, *b"loca")?, long)?;
    let (glyphs, offsets) = glyphs_without_hints(find(&tables, *b"glyf")?, &offsets)?;
    for (tag, bytes) in &mut tables {
        match &*tag {
            b"glyf" => bytes.clone_from(&glyphs),
            b"loca" => *bytes = offsets.iter().flat_map(|o| o.to_be_bytes()).collect(),
            // indexToLocFormat: long offsets.
            b"head" => bytes.get_mut(50..52)?.copy_from_slice(&1_u16.to_be_bytes()),
            _ => {}
        }
    }
    tables.retain(|(tag, _)| !LEFT_OUT.contains(&tag));
    file(tables)
}

pub(super) fn tables(font: &[u8]) -> Option<Vec<Table>> {
    let count = usize::from(u16_at(font, 4)?);
    (0..count)
        .map(|at| {
            let record = font.get(12 + 16 * at..28 + 16 * at)?;
            let offset = usize::try_from(u32_at(record, 8)?).ok()?;
            let length = usize::try_from(u32_at(record, 12)?).ok()?;
            Some((record[..4].try_into().ok()?, font.get(offset..offset + length)?.to_vec()))
        })
        .collect()
}

pub(super) fn find(tables: &[Table], tag: [u8; 4]) -> Option<&[u8]> {
    tables.iter().find(|(t, _)| *t == tag).map(|(_, bytes)| bytes.as_slice())
}

fn offsets(loca: &[u8], long: bool) -> Option<Vec<usize>> {
    let size = if long { 4 } else { 2 };
    loca.chunks_exact(size)
        .map(|entry| {
            if long {
                usize::try_from(u32_at(entry, 0)?).ok()
            } else {
                Some(2 * usize::from(u16_at(entry, 0)?))
            }
        })
        .collect()
}

fn glyphs_without_hints(glyf: &[u8], offsets: &[usize]) -> Option<(Vec<u8>, Vec<u32>)> {
    let mut bytes = Vec::with_capacity(glyf.len());
    let mut starts = vec![0];
    for pair in offsets.windows(2) {
        let glyph = glyf.get(pair[0]..pair[1])?;
        if !glyph.is_empty() {
            bytes.extend(glyph_without_hints(glyph)?);
            bytes.resize(bytes.len().next_multiple_of(4), 0);
        }
        starts.push(u32::try_from(bytes.len()).ok()?);
    }
    Some((bytes, starts))
}

fn glyph_without_hints(glyph: &[u8]) -> Option<Vec<u8>> {
    let contours = i16::from_be_bytes(glyph.get(..2)?.try_into().ok()?);
    match usize::try_from(contours) {
        Ok(contours) => {
            let length_at = 10 + 2 * contours;
            let instructions = usize::from(u16_at(glyph, length_at)?);
            let mut bare = glyph.get(..length_at)?.to_vec();
            bare.extend([0, 0]);
            bare.extend(glyph.get(length_at + 2 + instructions..)?);
            Some(bare)
        }
        Err(_) => composite_without_hints(glyph),
    }
}

/// A glyph made of other glyphs: its instructions stand after the last part and are announced by flags.
fn composite_without_hints(glyph: &[u8]) -> Option<Vec<u8>> {
    const WORDS: u16 = 0x0001;
    const SCALE: u16 = 0x0008;
    const MORE: u16 = 0x0020;
    const TWO_SCALES: u16 = 0x0040;
    const MATRIX: u16 = 0x0080;
    const INSTRUCTIONS: u16 = 0x0100;
    let mut bare = glyph.to_vec();
    let mut at = 10;
    loop {
        let flags = u16_at(&bare, at)?;
        bare.get_mut(at..at + 2)?.copy_from_slice(&(flags & !INSTRUCTIONS).to_be_bytes());
        at += 4 + if flags & WORDS == 0 { 2 } else { 4 };
        at += match flags {
            f if f & SCALE != 0 => 2,
            f if f & TWO_SCALES != 0 => 4,
            f if f & MATRIX != 0 => 8,
            _ => 0,
        };
        if flags & MORE == 0 {
            bare.truncate(at);
            return Some(bare);
        }
    }
}

/// Puts tables together: directory, contents at multiples of four, checksums.
pub(super) fn file(tables: Vec<Table>) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let power = count.checked_ilog2()?;
    let search = 16_u16.checked_shl(power)?;
    let mut directory = vec![0, 1, 0, 0];
    for value in [count, search, u16::try_from(power).ok()?, count * 16 - search] {
        directory.extend(value.to_be_bytes());
    }
    let mut contents: Vec<u8> = Vec::new();
    let base = 12 + 16 * tables.len();
    for (tag, mut bytes) in tables {
        let length = u32::try_from(bytes.len()).ok()?;
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        directory.extend(tag);
        directory.extend(checksum(&bytes).to_be_bytes());
        directory.extend(u32::try_from(base + contents.len()).ok()?.to_be_bytes());
        directory.extend(length.to_be_bytes());
        contents.extend(bytes);
    }
    directory.extend(contents);
    Some(directory)
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks_exact(4).fold(0, |sum, word| sum.wrapping_add(u32_at(word, 0).unwrap_or(0)))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

pub(super) fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    Some(i16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{FontPaths, Typeface};
    use subsetter::GlyphRemapper;

    // The outlines and advances of every kept glyph are those of the file it came from.
    #[test]
    fn outlines_stay() {
        struct Points(Vec<f32>);
        impl ttf_parser::OutlineBuilder for Points {
            fn move_to(&mut self, x: f32, y: f32) {
                self.0.extend([x, y]);
            }
            fn line_to(&mut self, x: f32, y: f32) {
                self.0.extend([x, y]);
            }
            fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
                self.0.extend([x1, y1, x, y]);
            }
            fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
            fn close(&mut self) {}
        }
        let paths = FontPaths::default();
        for path in [paths.names, paths.text, paths.headings] {
            let typeface = Typeface::read(&path).expect("installed by make setup");
            let whole = typeface.parsed().expect("parsed");
            let mut remapper = GlyphRemapper::new();
            let ids: Vec<_> =
                "渡邉邊髙﨑令和8年11月ABCがぱ".chars().filter_map(|c| whole.glyph_index(c)).collect();
            for id in &ids {
                remapper.remap(id.0);
            }
            let subset = subsetter::subset(typeface.bytes(), 0, &remapper).expect("subset");
            let small = unhinted(&subset).expect("a usual file");
            assert!(small.len() < subset.len());
            let small = ttf_parser::RawFace::parse(&small, 0).map(|_| small.clone()).expect("a font file");
            // ttf-parser wants a cmap-less file too; it parses with head, hhea and maxp alone.
            let small = ttf_parser::Face::parse(&small, 0).expect("a font");
            for id in ids {
                let new = ttf_parser::GlyphId(remapper.get(id.0).expect("kept"));
                let outline = |face: &ttf_parser::Face<'_>, id| {
                    let mut points = Points(Vec::new());
                    face.outline_glyph(id, &mut points);
                    points.0
                };
                assert_eq!(outline(&whole, id), outline(&small, new));
                assert_eq!(whole.glyph_hor_advance(id), small.glyph_hor_advance(new));
            }
        }
    }
}
