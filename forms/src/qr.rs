//! The QR code that finds a letter's case again.

use qrcode::{Color, EcLevel, QrCode};

use crate::FormError;
use crate::layout::{Mark, Sheet};

/// Blank modules around a code.
const QUIET: u16 = 4;

/// Draws `text` as a QR code that fills a square of `side` millimetres, its quiet zone included.
pub(crate) fn draw(sheet: &mut Sheet, text: &str, x: f32, y: f32, side: f32) -> Result<(), FormError> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M)
        .map_err(|e| FormError::Qr(e.to_string()))?;
    let modules = u16::try_from(code.width()).map_err(|e| FormError::Qr(e.to_string()))?;
    let colours = code.to_colors();
    let mut blocks = Vec::new();
    for (row, cells) in (0_u16..).zip(colours.chunks(code.width())) {
        let mut column = 0_u16;
        for group in cells.chunk_by(|a, b| a == b) {
            let length = u16::try_from(group.len()).unwrap_or(u16::MAX);
            if group[0] == Color::Dark {
                blocks.push([column, row, length, 1]);
            }
            column += length;
        }
    }
    let cell = side / f32::from(modules + 2 * QUIET);
    let quiet = f32::from(QUIET) * cell;
    sheet.marks.push(Mark::Grid { x: x + quiet, y: y + quiet, cell, blocks });
    Ok(())
}
