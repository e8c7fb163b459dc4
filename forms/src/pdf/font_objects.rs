//! Fonts as PDF objects: composite fonts with codes of our own.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::file::{Effort, File, Number};
use crate::FormError;
use crate::fonts::{Composer, FaceId, FontProgram, Fonts, UsedGlyphs};

/// Width a code has where none is given: that of nearly all Japanese characters.
const USUAL_WIDTH: f32 = 1000.0;

/// The name of a face among a page's resources.
pub(super) fn resource_name(face: FaceId) -> String {
    format!("F{}", face as usize)
}

/// Embeds every face the document uses. Returns the dictionary that names them.
pub(super) fn write<W: Write>(
    file: &mut File<W>,
    fonts: &Fonts,
    composer: &Composer<'_>,
) -> Result<String, FormError> {
    let mut names = String::new();
    for face in FaceId::ALL {
        let used = composer.used(face);
        if !used.is_empty() {
            let program = FontProgram::cut(fonts, face, used)?;
            let font = font(file, face, &program, used).map_err(|e| FormError::Pdf(e.to_string()))?;
            let _ = write!(names, "/{} {font} 0 R", resource_name(face));
        }
    }
    Ok(format!("<<{names}>>"))
}

fn font<W: Write>(
    file: &mut File<W>,
    face: FaceId,
    program: &FontProgram,
    used: &UsedGlyphs,
) -> io::Result<Number> {
    let name = &program.name;
    let outlines = file.reserve();
    file.stream(outlines, &format!("/Length1 {}", program.bytes.len()), &program.bytes, Effort::Thorough)?;
    let map = file.reserve();
    file.stream(map, "", &program.code_to_glyph, Effort::Thorough)?;
    let texts = file.reserve();
    file.stream(texts, "", to_unicode(used).as_bytes(), Effort::Thorough)?;
    let metrics = program.metrics;
    // Symbolic, for the codes are ours; serif for the two Mincho faces.
    let flags = if matches!(face, FaceId::Names | FaceId::Text) { 6 } else { 4 };
    let [left, bottom, right, top] = metrics.bounds;
    let descriptor = file.reserve();
    file.object(
        descriptor,
        format!(
            "<</Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{left} {bottom} {right} {top}]\
             /ItalicAngle 0/Ascent {}/Descent {}/CapHeight {}/StemV {}/FontFile2 {outlines} 0 R>>",
            metrics.ascent,
            metrics.descent,
            metrics.cap_height,
            if metrics.bold { 140 } else { 80 },
        ),
    )?;
    let descendant = file.reserve();
    file.object(
        descendant,
        format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
             /FontDescriptor {descriptor} 0 R/DW {USUAL_WIDTH}/W[{}]/CIDToGIDMap {map} 0 R>>",
            widths(used)
        ),
    )?;
    let font = file.reserve();
    file.object(
        font,
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H\
             /DescendantFonts[{descendant} 0 R]/ToUnicode {texts} 0 R>>"
        ),
    )?;
    Ok(font)
}

/// The widths that differ from the usual one, neighbours together.
fn widths(used: &UsedGlyphs) -> String {
    let all = (1_u32..).zip(used.list()).map(|(code, glyph)| (code, glyph.advance));
    let unusual: Vec<_> = all.filter(|(_, width)| (width - USUAL_WIDTH).abs() > 0.01).collect();
    let mut list = String::new();
    for group in unusual.chunk_by(|a, b| a.0 + 1 == b.0) {
        let _ = write!(list, "{}[", group[0].0);
        for (_, width) in group {
            let _ = write!(list, "{} ", (width * 10.0).round() / 10.0);
        }
        list.push(']');
    }
    list
}

/// What each code says when it is copied: the registered text, selector included.
fn to_unicode(used: &UsedGlyphs) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) \
         /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let codes: Vec<_> = (1_u16..).zip(used.list()).collect();
    // A block may hold no more than a hundred entries.
    for block in codes.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", block.len());
        for (code, glyph) in block {
            let _ = write!(map, "<{code:04X}> <");
            for unit in glyph.text.encode_utf16() {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}
