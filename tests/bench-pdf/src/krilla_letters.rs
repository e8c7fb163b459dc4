//! The letters by krilla: each page in full, one font object a face for the whole document.

use std::sync::{Arc, LazyLock};
use std::time::Instant;

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::text::{Font, TextDirection};

use crate::letters;
use crate::scene::{FONTS, Line, Scene, blocks};

static FACES: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let face = |(_, path): &(&str, &str)| {
        Font::new(Arc::new(std::fs::read(path).expect("a font")).into(), 0).expect("a usable font")
    };
    FONTS.iter().map(face).collect()
});

pub fn print(scene: &Scene, count: u32) -> (Vec<u8>, f64) {
    let faces = &*FACES;
    let letters: Vec<_> = (1..=count)
        .map(|number| {
            let own = letters::own(number);
            (scene.own(&own), blocks(&own))
        })
        .collect();
    let begun = Instant::now();
    let mut document = Document::new();
    for (own, blocks) in &letters {
        let mut page = document.start_page_with(PageSettings::from_wh(595.28, 841.89).expect("a size"));
        let mut surface = page.surface();
        surface.set_fill(Some(Fill { paint: luma::Color::black().into(), ..Fill::default() }));
        for Line { x, y, size, font, text } in scene.shared.iter().chain(own) {
            let at = Point::from_xy(*x, *y);
            surface.draw_text(at, faces[*font].clone(), *size, text, false, TextDirection::Auto);
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
