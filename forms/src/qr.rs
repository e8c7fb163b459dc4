//! The QR code that finds a letter's case again.

use qrcode::bits::encode_auto;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::ec::construct_codewords;
use qrcode::types::QrError;
use qrcode::{Color, EcLevel};

use crate::FormError;
use crate::layout::{Mark, Sheet};

/// Blank modules around a code.
const QUIET: u16 = 4;

/// Draws `text` as a QR code that fills a square of `side` millimetres, its quiet zone included.
pub(crate) fn draw(sheet: &mut Sheet, text: &str, x: f32, y: f32, side: f32) -> Result<(), FormError> {
    let modules = modules(text).map_err(|e| FormError::Qr(e.to_string()))?;
    let many = u16::try_from(modules.len()).map_err(|e| FormError::Qr(e.to_string()))?;
    let cell = side / f32::from(many + 2 * QUIET);
    let quiet = f32::from(QUIET) * cell;
    let side = cell * f32::from(many);
    sheet.marks.push(Mark::Code { x: x + quiet, y: y + quiet, side, modules });
    Ok(())
}

/// The dark modules of a code, a row each, the leftmost in the highest bit.
///
/// What is encoded is random, so one mask is as good as another: trying all eight for the prettiest would take longer
/// than the rest of the letter.
fn modules(text: &str) -> Result<Vec<u64>, QrError> {
    let level = EcLevel::M;
    let bits = encode_auto(text.as_bytes(), level)?;
    let version = bits.version();
    let (data, correction) = construct_codewords(&bits.into_bytes(), version, level)?;
    let mut canvas = Canvas::new(version, level);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    canvas.apply_mask(MaskPattern::Checkerboard);
    let width = usize::try_from(version.width()).map_err(|_| QrError::InvalidVersion)?;
    let colours = canvas.into_colors();
    let row = |row: &[Color]| {
        row.iter().enumerate().fold(0_u64, |bits, (at, colour)| match colour {
            Color::Dark => bits | 1 << (63 - at),
            Color::Light => bits,
        })
    };
    Ok(colours.chunks(width).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code;

    /// A decoder that has nothing to do with the encoder reads the codes of a thousand letters and their reply forms.
    #[test]
    fn every_code_is_read_back() {
        const SCALE: usize = 4;
        let mut unread = Vec::new();
        for number in 0..1000_u128 {
            let token =
                code::token(number.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835).to_be_bytes());
            for text in [code::of_reply(&token), token] {
                let modules = modules(&text).expect("a code");
                let quiet = usize::from(QUIET);
                let size = (modules.len() + 2 * quiet) * SCALE;
                let mut picture = rqrr::PreparedImage::prepare_from_greyscale(size, size, |x, y| {
                    let (column, row) = ((x / SCALE).wrapping_sub(quiet), (y / SCALE).wrapping_sub(quiet));
                    let dark =
                        modules.get(row).is_some_and(|bits| column < 64 && bits & 1 << (63 - column) != 0);
                    if dark { 0 } else { 255 }
                });
                let read: Vec<_> = picture.detect_grids().iter().map(|g| g.decode().map(|d| d.1)).collect();
                if !matches!(read.as_slice(), [Ok(read)] if *read == text) {
                    unread.push((text, format!("{read:?}")));
                }
            }
        }
        assert!(unread.is_empty(), "{} of 2000: {:?}", unread.len(), &unread[..unread.len().min(3)]);
    }
}
