//! A ruled table whose first column holds labels on a grey ground.

use super::{Area, Sheet, TextBox, VAlign};
use crate::FormError;
use crate::fonts::{Composer, Family};

/// A table that grows row by row.
pub(crate) struct Table {
    top: f32,
    y: f32,
    x: f32,
    columns: Vec<f32>,
}

impl Table {
    pub(crate) fn new(x: f32, top: f32, columns: &[f32]) -> Self {
        Self { top, y: top, x, columns: columns.to_vec() }
    }

    /// Adds a row of this height; each cell shrinks its text to fit. Returns the inside of the last cell.
    pub(crate) fn row(
        &mut self,
        sheet: &mut Sheet,
        composer: &mut Composer<'_>,
        height: f32,
        cells: &[(Family, String)],
    ) -> Result<Area, FormError> {
        // The ground goes first, so that no rule lies half under it.
        if let Some(width) = self.columns.first() {
            sheet.fill(Area::new(self.x, self.y, *width, height), 0.93);
        }
        if self.y > self.top {
            sheet.rule((self.x, self.y), (self.x + self.width(), self.y), 0.2, 0.0);
        }
        let mut x = self.x;
        let mut last = Area::new(x, self.y, 0.0, height);
        for (at, ((family, text), width)) in cells.iter().zip(&self.columns).enumerate() {
            let cell = Area::new(x, self.y, *width, height);
            let size = if at == 0 {
                10.0
            } else if *family == Family::Names {
                13.0
            } else {
                11.5
            };
            let inside = Area::new(cell.x + 3.0, cell.y + 1.0, cell.width - 6.0, cell.height - 2.0);
            last = inside;
            TextBox::new(inside, *family, size)
                .smallest(size * 0.6)
                .leading(1.25)
                .valign(VAlign::Middle)
                .put(sheet, composer, text)?;
            x += width;
        }
        self.y += height;
        Ok(last)
    }

    /// Draws the outline. Returns the lower edge.
    pub(crate) fn close(self, sheet: &mut Sheet) -> f32 {
        let mut x = self.x;
        for width in &self.columns[..self.columns.len().saturating_sub(1)] {
            x += width;
            sheet.rule((x, self.top), (x, self.y), 0.2, 0.0);
        }
        sheet.frame(Area::new(self.x, self.top, self.width(), self.y - self.top), 0.35);
        self.y
    }

    fn width(&self) -> f32 {
        self.columns.iter().sum()
    }
}
