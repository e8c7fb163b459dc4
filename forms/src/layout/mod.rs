//! Placing text, lines and boxes on a sheet, in millimetres from its top left corner.

mod choices;
mod fit;
mod line;
mod sheet;
mod table;
mod wrap;

pub(crate) use choices::Choices;
pub(crate) use fit::{Align, Placed, TextBox, VAlign};
pub(crate) use line::Line;
pub(crate) use sheet::{Cells, Mark, Sheet};
pub(crate) use table::Table;

/// Millimetres in a point (1/72 inch).
pub(crate) const MM_PER_PT: f32 = 25.4 / 72.0;

/// A4 upright.
pub(crate) const PAGE_WIDTH: f32 = 210.0;
/// A4 upright.
pub(crate) const PAGE_HEIGHT: f32 = 297.0;
/// What office printers may leave white at each edge, and what we keep white.
pub(crate) const EDGE: f32 = 10.0;

/// The size of a paper as it goes through the printer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Size {
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Size {
    pub(crate) const A4: Self = Self { width: PAGE_WIDTH, height: PAGE_HEIGHT };
}

/// A rectangle on the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    /// From the left edge of the sheet.
    pub(crate) x: f32,
    /// From its top edge.
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Area {
    pub(crate) const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    pub(crate) fn right(self) -> f32 {
        self.x + self.width
    }

    pub(crate) fn bottom(self) -> f32 {
        self.y + self.height
    }

    /// The same area, smaller by so much on every side.
    pub(crate) fn inset(self, by: f32) -> Self {
        Self::new(self.x + by, self.y + by, self.width - 2.0 * by, self.height - 2.0 * by)
    }
}
