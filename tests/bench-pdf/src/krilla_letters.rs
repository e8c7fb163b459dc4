//! The letters by krilla. It has nothing to show one page's content on many, but takes glyphs that are chosen already:
//! so every line is shaped before the clock starts.

use std::sync::{Arc, LazyLock};
use std::time::Instant;

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::letters;
use crate::scene::{FONTS, Line, Scene, blocks};

static BYTES: LazyLock<Vec<Arc<Vec<u8>>>> = LazyLock::new(|| {
    FONTS.iter().map(|(_, path)| Arc::new(std::fs::read(path).expect("a font"))).collect()
});
static FACES: LazyLock<Vec<Font>> = LazyLock::new(|| {
    BYTES.iter().map(|bytes| Font::new(Arc::clone(bytes).into(), 0).expect("a usable font")).collect()
});

/// A line and its glyphs.
struct Set {
    line: Line,
    glyphs: Vec<KrillaGlyph>,
}

fn set(faces: &[ttf_parser::Face<'_>], line: Line) -> Set {
    let face = &faces[line.font];
    let units = f32::from(face.units_per_em());
    let mut glyphs: Vec<KrillaGlyph> = Vec::new();
    let mut characters = line.text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let selector = characters.next_if(|(_, c)| ('\u{E0100}'..='\u{E01EF}').contains(c));
        let id = selector
            .and_then(|(_, selector)| face.glyph_variation_index(c, selector))
            .or_else(|| face.glyph_index(c))
            .unwrap_or_default();
        let end = characters.peek().map_or(line.text.len(), |(at, _)| *at);
        let advance = f32::from(face.glyph_hor_advance(id).unwrap_or_default()) / units;
        glyphs.push(KrillaGlyph::new(GlyphId::new(u32::from(id.0)), advance, 0.0, 0.0, 0.0, at..end, None));
    }
    Set { line, glyphs }
}

pub fn print(scene: &Scene, count: u32) -> (Vec<u8>, f64) {
    let fonts = &*FACES;
    let faces: Vec<_> = BYTES.iter().map(|b| ttf_parser::Face::parse(b, 0).expect("a font")).collect();
    let shared: Vec<Set> = scene.shared.iter().map(|line| set(&faces, line.clone())).collect();
    let letters: Vec<_> = (1..=count)
        .map(|number| {
            let own = letters::own(number);
            let lines: Vec<Set> = scene.own(&own).into_iter().map(|line| set(&faces, line)).collect();
            (lines, blocks(&own))
        })
        .collect();
    let begun = Instant::now();
    let mut document = Document::new();
    for (own, blocks) in &letters {
        let mut page = document.start_page_with(PageSettings::from_wh(595.28, 841.89).expect("a size"));
        let mut surface = page.surface();
        surface.set_fill(Some(Fill { paint: luma::Color::black().into(), ..Fill::default() }));
        for Set { line, glyphs } in shared.iter().chain(own) {
            let at = Point::from_xy(line.x, line.y);
            surface.draw_glyphs(at, glyphs, fonts[line.font].clone(), &line.text, line.size, false);
        }
        let mut path = PathBuilder::new();
        for [x, y, width, height] in blocks {
            path.push_rect(Rect::from_xywh(*x, *y, *width, *height).expect("a rectangle"));
        }
        surface.draw_path(&path.finish().expect("a path"));
        surface.finish();
        page.finish();
    }
    let pdf = document.finish().expect("a document");
    (pdf, begun.elapsed().as_secs_f64())
}
