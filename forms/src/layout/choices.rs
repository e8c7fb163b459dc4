//! Boxes to tick, side by side.

use super::{Area, Sheet, TextBox, VAlign};
use crate::FormError;
use crate::fonts::{Composer, Family};

/// A line of choices; each box is drawn, so that its size never depends on a font.
pub(crate) struct Choices {
    pub(crate) area: Area,
    /// Points.
    pub(crate) size: f32,
}

impl Choices {
    /// Draws the choices from left to right, ticked where they hold.
    pub(crate) fn put(
        &self,
        sheet: &mut Sheet,
        composer: &mut Composer<'_>,
        choices: &[(&str, bool)],
    ) -> Result<(), FormError> {
        const SIDE: f32 = 3.6;
        let mut x = self.area.x;
        let mut left = choices.len();
        for (label, ticked) in choices {
            let square = Area::new(x, self.area.y + (self.area.height - SIDE) / 2.0, SIDE, SIDE);
            sheet.frame(square, 0.25);
            if *ticked {
                let at = |across: f32, down: f32| (square.x + across * SIDE, square.y + down * SIDE);
                sheet.rule(at(0.18, 0.5), at(0.42, 0.8), 0.5, 0.0);
                sheet.rule(at(0.42, 0.8), at(0.88, 0.1), 0.5, 0.0);
            }
            // The last takes what is left; the others their share, so that none runs into the next.
            let room = self.area.right() - square.right() - 1.5;
            let share = if left > 1 {
                room - (SIDE + 6.0) * f32::from(u16::try_from(left - 1).unwrap_or(1))
            } else {
                room
            };
            let area = Area { x: square.right() + 1.5, width: share, ..self.area };
            let set = TextBox::new(area, Family::Text, self.size)
                .leading(1.35)
                .valign(VAlign::Middle)
                .put(sheet, composer, label)?;
            x = set.right + 6.0;
            left -= 1;
        }
        Ok(())
    }
}
