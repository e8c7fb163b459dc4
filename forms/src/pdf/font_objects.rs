//! Fonts as PDF objects: composite fonts with codes of our own.

use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use crate::FormError;
use crate::fonts::{Composer, FaceId, FontProgram, Fonts, UsedGlyphs};

/// Width a code has where none is given: that of nearly all Japanese characters.
const USUAL_WIDTH: f32 = 1000.0;

/// The name of a face among a page's resources.
pub(super) fn resource_name(face: FaceId) -> String {
    format!("F{}", face as usize)
}

/// Embeds every face the document uses. Returns each with its resource name.
pub(super) fn add(
    document: &mut Document,
    fonts: &Fonts,
    composer: &Composer<'_>,
) -> Result<Vec<(String, ObjectId)>, FormError> {
    let mut ids = Vec::new();
    for face in FaceId::ALL {
        let used = composer.used(face);
        if !used.is_empty() {
            let program = FontProgram::cut(fonts, face, used)?;
            ids.push((resource_name(face), font(document, face, program, used)));
        }
    }
    Ok(ids)
}

fn font(document: &mut Document, face: FaceId, program: FontProgram, used: &UsedGlyphs) -> ObjectId {
    let name = Object::Name(program.name.into_bytes());
    let length = i64::try_from(program.bytes.len()).unwrap_or(i64::MAX);
    let file = document.add_object(Stream::new(dictionary! { "Length1" => length }, program.bytes));
    let map = document.add_object(Stream::new(Dictionary::new(), program.code_to_glyph));
    let to_unicode = document.add_object(Stream::new(Dictionary::new(), to_unicode(used).into_bytes()));
    let metrics = program.metrics;
    let serif = matches!(face, FaceId::Names | FaceId::Text);
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name.clone(),
        // Symbolic, for the codes are ours; serif for the two Mincho faces.
        "Flags" => 4 + if serif { 2 } else { 0 },
        "FontBBox" => metrics.bounds.map(Object::from).to_vec(),
        "ItalicAngle" => 0,
        "Ascent" => metrics.ascent,
        "Descent" => metrics.descent,
        "CapHeight" => metrics.cap_height,
        "StemV" => if metrics.bold { 140 } else { 80 },
        "FontFile2" => file,
    });
    let descendant = document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => name.clone(),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::String(b"Adobe".to_vec(), StringFormat::Literal),
            "Ordering" => Object::String(b"Identity".to_vec(), StringFormat::Literal),
            "Supplement" => 0,
        },
        "FontDescriptor" => descriptor,
        "DW" => Object::Real(USUAL_WIDTH),
        "W" => widths(used),
        "CIDToGIDMap" => map,
    });
    document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => name,
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(descendant)],
        "ToUnicode" => to_unicode,
    })
}

/// The widths that differ from the usual one, neighbours together.
fn widths(used: &UsedGlyphs) -> Vec<Object> {
    let unusual: Vec<(i64, f32)> =
        (1_i64..).zip(used.list()).map(|(code, g)| (code, g.advance)).filter(|(_, w)| *w != USUAL_WIDTH).collect();
    let mut list = Vec::new();
    for group in unusual.chunk_by(|a, b| a.0 + 1 == b.0) {
        list.push(Object::Integer(group[0].0));
        list.push(Object::Array(group.iter().map(|(_, width)| Object::Real(*width)).collect()));
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
