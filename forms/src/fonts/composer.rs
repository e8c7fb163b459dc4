//! Choosing glyphs for the texts of one document.

use std::collections::HashMap;

use ttf_parser::GlyphId;

use super::clusters::is_selector;
use super::{FaceId, Fallback, FallbackReason, Family, Fonts, UsedGlyphs, clusters};
use crate::FormError;

/// Stands where no font has the character (geta, as printers have always used it).
const GETA: char = '〓';

/// One glyph of a composed line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glyph {
    /// The face it is in.
    pub(crate) face: FaceId,
    /// Its code in the document's subset of that face.
    pub(crate) code: u16,
    /// Its advance in thousandths of an em.
    pub(crate) advance: f32,
}

/// A glyph and what is wrong with it, if anything.
type Choice = (Glyph, Option<FallbackReason>);

/// Turns texts into glyphs, remembers which were used and which texts had to fall back.
pub(crate) struct Composer<'f> {
    faces: [ttf_parser::Face<'f>; FaceId::COUNT],
    used: [UsedGlyphs; FaceId::COUNT],
    known: HashMap<Family, HashMap<Box<str>, Choice>>,
    who: String,
    section: Option<&'static str>,
    fallbacks: Vec<Fallback>,
}

impl<'f> Composer<'f> {
    pub(crate) fn new(fonts: &'f Fonts) -> Result<Self, FormError> {
        let face = |id| fonts.face(id).parsed();
        Ok(Self {
            faces: [
                face(FaceId::Names)?,
                face(FaceId::Text)?,
                face(FaceId::Numbers)?,
                face(FaceId::Headings)?,
            ],
            used: Default::default(),
            known: HashMap::new(),
            who: String::new(),
            section: None,
            fallbacks: Vec::new(),
        })
    }

    /// From here on, what falls back is noted for this person.
    pub(crate) fn for_person(&mut self, name: &str) {
        name.clone_into(&mut self.who);
    }

    /// From here on, what falls back is noted for this section of a wording.
    pub(crate) fn in_section(&mut self, section: Option<&'static str>) {
        self.section = section;
    }

    /// The glyphs of a text, one a cluster.
    pub(crate) fn glyphs(&mut self, text: &str, family: Family) -> Result<Vec<Glyph>, FormError> {
        let mut glyphs = Vec::with_capacity(text.len() / 3 + 1);
        for cluster in clusters(text) {
            let (glyph, reason) = self.glyph(cluster, family)?;
            if let Some(reason) = reason {
                self.note(text, cluster, reason);
            }
            glyphs.push(glyph);
        }
        Ok(glyphs)
    }

    /// Notes for the clerk that a text did not come out as registered; once a person, text and character.
    pub(crate) fn note(&mut self, text: &str, character: &str, reason: FallbackReason) {
        let fallback = Fallback {
            who: self.who.clone(),
            text: text.to_owned(),
            character: character.to_owned(),
            section: self.section,
            reason,
        };
        let own = self.fallbacks.iter().rev().take_while(|f| f.who == self.who);
        if !own.into_iter().any(|f| *f == fallback) {
            self.fallbacks.push(fallback);
        }
    }

    pub(crate) fn used(&self, face: FaceId) -> &UsedGlyphs {
        &self.used[face as usize]
    }

    pub(crate) fn into_fallbacks(self) -> Vec<Fallback> {
        self.fallbacks
    }

    fn glyph(&mut self, cluster: &str, family: Family) -> Result<Choice, FormError> {
        let known = self.known.entry(family).or_default();
        if let Some(found) = known.get(cluster) {
            return Ok(*found);
        }
        let (face, id, reason) = choose(&self.faces, cluster, family);
        let parsed = &self.faces[face as usize];
        let advance = f32::from(parsed.glyph_hor_advance(id).unwrap_or(parsed.units_per_em())) * 1000.0
            / f32::from(parsed.units_per_em());
        let code = self.used[face as usize]
            .code(id.0, advance, cluster)
            .ok_or_else(|| FormError::Subset("more than 65,535 characters in one document".to_owned()))?;
        let found = (Glyph { face, code, advance }, reason);
        known.insert(cluster.into(), found);
        Ok(found)
    }
}

/// Walks the chain: first for the exact sequence, then for the bare character, then for 〓.
fn choose(
    faces: &[ttf_parser::Face<'_>; FaceId::COUNT],
    cluster: &str,
    family: Family,
) -> (FaceId, GlyphId, Option<FallbackReason>) {
    let find = |pick: &dyn Fn(&ttf_parser::Face<'_>) -> Option<GlyphId>| {
        family.chain().into_iter().find_map(|id| pick(&faces[id as usize]).map(|glyph| (id, glyph)))
    };
    let mut chars = cluster.chars();
    let Some(base) = chars.next() else { return (family.chain()[0], GlyphId(0), None) };
    let base = if base.is_control() { ' ' } else { base };
    let exact = match (chars.next(), chars.next()) {
        (None, _) => find(&|face| visible(face, base)),
        (Some(vs), None) if is_selector(vs) => find(&|face| face.glyph_variation_index(base, vs)),
        // The record keeps its two code points; only the picture is that of the composed character.
        (Some(mark), None) => unicode_normalization::char::compose(base, mark)
            .and_then(|composed| find(&|face| visible(face, composed))),
        _ => None,
    };
    if let Some((id, glyph)) = exact {
        return (id, glyph, None);
    }
    if let Some((id, glyph)) = find(&|face| visible(face, base)).filter(|_| cluster.chars().count() > 1) {
        return (id, glyph, Some(FallbackReason::BaseGlyph));
    }
    let (id, glyph) = find(&|face| face.glyph_index(GETA)).unwrap_or((family.chain()[0], GlyphId(0)));
    (id, glyph, Some(FallbackReason::NoGlyph))
}

fn visible(face: &ttf_parser::Face<'_>, c: char) -> Option<GlyphId> {
    face.glyph_index(c).filter(|glyph| glyph.0 != 0)
}
