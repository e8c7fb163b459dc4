//! Squares for PINs, and how to write what looks alike.

use rules::kinds::PinKind;

use crate::FormError;
use crate::fonts::Family;
use crate::layout::{Align, Area, TextBox, VAlign};
use crate::letterhead::{LEFT, WIDTH};
use crate::page::Page;

const LABEL: f32 = 44.0;
/// One square of a PIN of letters and digits.
const SQUARE: f32 = 8.0;
const HEIGHT: f32 = 8.2;
const STEP: f32 = 9.8;
/// Width of the legend at the right.
const LEGEND: f32 = 58.0;

/// Draws a row for each PIN. Returns the lower edge.
pub(super) fn draw(page: &mut Page<'_, '_>, pins: &[PinKind], y: f32) -> Result<f32, FormError> {
    let y = page.heading(Area::new(LEFT, y, WIDTH, 5.0), "3 暗証番号")?;
    let how = Area::new(LEFT + 2.0, y - 0.6, WIDTH - LEGEND - 6.0, 13.0);
    page.words(TextBox::new(how, Family::Text, 9.5).leading(1.3), "暗証番号の書き方")?;
    legend(page, LEFT + WIDTH - LEGEND, y - 5.4)?;
    let mut y = y + 13.4;
    let (long, short): (Vec<PinKind>, Vec<PinKind>) =
        pins.iter().partition(|pin| **pin == PinKind::Signature);
    for pin in long {
        row(page, LEFT, y, pin, 16, SQUARE)?;
        y += STEP;
    }
    for pair in short.chunks(2) {
        for (at, pin) in pair.iter().enumerate() {
            let x = if at == 0 { LEFT } else { LEFT + WIDTH / 2.0 + 4.0 };
            row(page, x, y, *pin, 4, SQUARE)?;
        }
        y += STEP;
    }
    Ok(y - STEP + HEIGHT)
}

fn row(
    page: &mut Page<'_, '_>,
    x: f32,
    y: f32,
    pin: PinKind,
    many: u16,
    square: f32,
) -> Result<(), FormError> {
    let form = if many > 4 { "英字と数字 6から16文字" } else { "数字 4桁" };
    let name = pin.label().trim_end_matches("暗証番号");
    let label = Area::new(x, y, LABEL, HEIGHT);
    let text = format!("{name}\n{form}");
    page.put(TextBox::new(label, Family::Headings, 9.0).leading(1.3).valign(VAlign::Middle), &text)?;
    page.squares(Area::new(x + LABEL, y, square * f32::from(many), HEIGHT), many);
    Ok(())
}

/// Zero and O, one and I, as they are to be written.
fn legend(page: &mut Page<'_, '_>, x: f32, y: f32) -> Result<(), FormError> {
    const SIDE: f32 = 9.0;
    let step = LEGEND / 4.0;
    for (at, (sign, name)) in
        [("0", "ゼロ"), ("O", "オー"), ("1", "イチ"), ("I", "アイ")].into_iter().enumerate()
    {
        let left = x + step * f32::from(u16::try_from(at).unwrap_or_default()) + (step - SIDE);
        let square = Area::new(left, y, SIDE, SIDE);
        page.sheet.frame(square, 0.3);
        // Mincho has an I with its two strokes; the stroke through the zero is drawn.
        let family = if sign == "I" { Family::Text } else { Family::Numbers };
        let style = TextBox::new(square, family, 17.0).align(Align::Centre).valign(VAlign::Middle);
        page.put(style, sign)?;
        if sign == "0" {
            let (left, right) = (square.x + 2.9, square.right() - 2.9);
            page.sheet.rule((left, square.bottom() - 1.8), (right, square.y + 1.8), 0.35, 0.0);
        }
        let below = Area::new(left - 2.0, square.bottom() + 0.6, SIDE + 4.0, 3.6);
        page.put(TextBox::new(below, Family::Headings, 8.5).align(Align::Centre), name)?;
    }
    Ok(())
}
