//! Cutting a face down to what a document uses.

use subsetter::GlyphRemapper;

use super::coarser::coarser;
use super::unhinted::unhinted;
use super::{FaceId, Fonts, UsedGlyphs};
use crate::FormError;

/// A face as it is embedded: outlines of the used glyphs only, and where each code points.
pub(crate) struct FontProgram {
    /// `ABCDEF+Name`, the tag saying that this is a subset.
    pub(crate) name: String,
    /// The font file.
    pub(crate) bytes: Vec<u8>,
    /// CIDToGIDMap: two bytes a code, code 0 included.
    pub(crate) code_to_glyph: Vec<u8>,
    /// Metrics in thousandths of an em.
    pub(crate) metrics: Metrics,
}

/// What a font descriptor says, in thousandths of an em.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Metrics {
    pub(crate) ascent: i64,
    pub(crate) descent: i64,
    pub(crate) cap_height: i64,
    pub(crate) bounds: [i64; 4],
    pub(crate) bold: bool,
}

impl FontProgram {
    pub(crate) fn cut(fonts: &Fonts, id: FaceId, used: &UsedGlyphs) -> Result<Self, FormError> {
        let typeface = fonts.face(id);
        let mut remapper = GlyphRemapper::new();
        let mut code_to_glyph = vec![0, 0];
        for used in used.list() {
            code_to_glyph.extend(remapper.remap(used.glyph).to_be_bytes());
        }
        let subset = subsetter::subset(typeface.bytes(), 0, &remapper)
            .map_err(|e| FormError::Subset(format!("{}: {e}", typeface.postscript_name())))?;
        let bytes = unhinted(&subset).unwrap_or(subset);
        // The forms of names are the register's, to the last point; the program's own words need no more than paper shows.
        let bytes = match id {
            FaceId::Names => bytes,
            _ => coarser(&bytes).unwrap_or(bytes),
        };
        let name = format!("{}+{}", tag(used), typeface.postscript_name());
        Ok(Self { name, bytes, code_to_glyph, metrics: metrics(&typeface.parsed()?) })
    }
}

/// Six letters that depend on nothing but the characters used, so that the same sheet gives the same file.
fn tag(used: &UsedGlyphs) -> String {
    // FNV-1a: a name tag needs no more.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for glyph in used.list() {
        for byte in glyph.glyph.to_be_bytes().into_iter().chain(glyph.text.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (0..6)
        .map(|_| {
            let letter = char::from(b'A' + u8::try_from(hash % 26).unwrap_or(0));
            hash /= 26;
            letter
        })
        .collect()
}

fn metrics(face: &ttf_parser::Face<'_>) -> Metrics {
    let scale = |units: i16| i64::from(units) * 1000 / i64::from(face.units_per_em());
    let bounds = face.global_bounding_box();
    Metrics {
        ascent: scale(face.ascender()),
        descent: scale(face.descender()),
        cap_height: scale(face.capital_height().unwrap_or_else(|| face.ascender())),
        bounds: [scale(bounds.x_min), scale(bounds.y_min), scale(bounds.x_max), scale(bounds.y_max)],
        bold: face.is_bold(),
    }
}
