//! One page before it is a page: what is drawn where.

use super::{Area, Line};

/// Everything drawn on one page, in drawing order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub(crate) marks: Vec<Mark>,
}

/// One thing drawn. Lengths in millimetres, grey from 0 (black) to 1 (white).
#[derive(Debug, Clone)]
pub(crate) enum Mark {
    /// A line of text whose baseline starts at a point.
    Text {
        x: f32,
        baseline: f32,
        line: Line,
        grey: f32,
        /// Counter-clockwise, degrees.
        turn: f32,
    },
    /// A filled rectangle.
    Fill { area: Area, grey: f32 },
    /// The black cells of a code, in one path and in whole cells of `cell` millimetres.
    Grid { x: f32, y: f32, cell: f32, blocks: Vec<Cells> },
    /// A square code of `side` millimetres: the dark modules of each row, the leftmost in the highest bit.
    Code { x: f32, y: f32, side: f32, modules: Vec<u64> },
    /// The outline of a rectangle.
    Frame { area: Area, width: f32, grey: f32 },
    /// A straight line.
    Rule { from: (f32, f32), to: (f32, f32), width: f32, grey: f32, dash: Option<f32> },
}

/// A black rectangle in a code, in cells from its top left corner: column, row, width, height.
pub(crate) type Cells = [u16; 4];

impl Sheet {
    pub(crate) fn text(&mut self, x: f32, baseline: f32, line: Line) {
        self.marks.push(Mark::Text { x, baseline, line, grey: 0.0, turn: 0.0 });
    }

    pub(crate) fn fill(&mut self, area: Area, grey: f32) {
        self.marks.push(Mark::Fill { area, grey });
    }

    pub(crate) fn frame(&mut self, area: Area, width: f32) {
        self.marks.push(Mark::Frame { area, width, grey: 0.0 });
    }

    pub(crate) fn rule(&mut self, from: (f32, f32), to: (f32, f32), width: f32, grey: f32) {
        self.marks.push(Mark::Rule { from, to, width, grey, dash: None });
    }
}
