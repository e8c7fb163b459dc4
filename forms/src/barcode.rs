//! Japan Post's customer barcode, drawn to size.
//!
//! Dimensions as in 日本郵便「郵便番号・バーコードマニュアル」, for a size of `a` points (8 ≦ a ≦ 11.5): long bar
//! 3.6·a/10 mm, timing bar 1.2·a/10 mm, pitch 1.2·a/10 mm, bar and space 0.6·a/10 mm each.

use rules::barcode::CustomerBarcode;

use crate::layout::{Cells, Mark, Sheet};

/// Blank that must stay around the code on all sides, also to the frame of a window.
pub const CLEAR_MM: f32 = 2.0;

/// Bars of a whole code: start, 7 + 13 + 1 characters of three bars, stop.
const BARS: f32 = 67.0;

/// The size a barcode takes on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BarcodeSize {
    unit: f32,
}

impl BarcodeSize {
    /// The size for `points`; what lies outside 8 to 11.5 is brought inside, for the post takes nothing else.
    pub fn new(points: f32) -> Self {
        Self { unit: points.clamp(8.0, 11.5) / 10.0 }
    }

    /// From the first bar's left edge to the last bar's right edge, millimetres.
    pub fn width_mm(self) -> f32 {
        ((BARS - 1.0) * 1.2 + 0.6) * self.unit
    }

    /// Height of a long bar, millimetres.
    pub fn height_mm(self) -> f32 {
        3.6 * self.unit
    }

    /// Width of a bar, which all other dimensions are whole multiples of, millimetres.
    fn cell_mm(self) -> f32 {
        0.6 * self.unit
    }
}

/// The bars in widths of a bar: one wide, one apart, six high where long and two where short.
fn bars(code: &CustomerBarcode) -> Vec<Cells> {
    (0_u16..)
        .zip(code.bars.chars())
        .map(|(at, bar)| {
            let (top, height) = match bar {
                '1' => (0, 6),
                '2' => (0, 4),
                '3' => (2, 4),
                _ => (2, 2),
            };
            [2 * at, top, 1, height]
        })
        .collect()
}

/// Draws the code with its top left corner at `x`, `y`.
pub(crate) fn draw(sheet: &mut Sheet, code: &CustomerBarcode, size: BarcodeSize, x: f32, y: f32) {
    sheet.marks.push(Mark::Grid { x, y, cell: size.cell_mm(), blocks: bars(code) });
}
