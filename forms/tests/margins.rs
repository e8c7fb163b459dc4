//! What office printers cannot print on: the outer ten millimetres of every paper stay white.

mod common;

use common::poppler::Paper;
use common::{fonts, samples};

const DPI: u32 = 100;

#[test]
fn the_edge_stays_white() {
    for (name, printed) in samples(fonts()).expect("samples") {
        let paper = Paper::of(&printed);
        for page in 1..=printed.pages {
            let (width, height, pixels) = paper.picture(page, DPI);
            // 9.7 mm: a line that is drawn along the border itself may darken the pixel beside it.
            let edge = usize::try_from(DPI * 97 / 2540).expect("a few pixels");
            for (at, pixel) in pixels.iter().enumerate() {
                let (x, y) = (at % width, at / width);
                let outside = x < edge || y < edge || x >= width - edge || y >= height - edge;
                assert!(
                    !outside || *pixel > 250,
                    "{name}, page {page}: something at {x}, {y} of {width} × {height}"
                );
            }
        }
    }
}
