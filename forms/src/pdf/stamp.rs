//! The content of what differs from page to page: lines of upright black text and codes, written straight away.
//!
//! printpdf writes everything that is drawn once. A page of a run adds an address, a number and two codes to it, a
//! hundred thousand times, and must not be a whole document of printpdf's each time.

use super::content::{Frame, shared_name};
use super::font_objects::resource_name;
use crate::layout::{Cells, Line, MM_PER_PT, Mark, Sheet};

/// The content of a sheet over shared ones; nothing when something else than text and codes is on it.
pub(super) fn bytes(sheet: &Sheet, shared: &[usize], frame: &Frame) -> Option<Vec<u8>> {
    let plain = |mark: &Mark| match mark {
        Mark::Text { grey, turn, line, .. } => *grey == 0.0 && *turn == 0.0 && line.tracking == 0.0,
        Mark::Grid { .. } | Mark::Code { .. } => true,
        _ => false,
    };
    if !sheet.marks.iter().all(plain) {
        return None;
    }
    let mut out = Stamp { bytes: Vec::with_capacity(2048) };
    for index in shared {
        out.bytes.push(b'/');
        out.bytes.extend(shared_name(*index).bytes());
        out.bytes.extend(b" Do\n");
    }
    out.texts(sheet, frame);
    for mark in &sheet.marks {
        match mark {
            Mark::Grid { x, y, cell, blocks } => out.grid(frame.x(*x), frame.y(*y), *cell, blocks),
            Mark::Code { x, y, side, modules } => {
                // An image of one bit a module: a sixth of what its squares would take.
                let (across, down) = (side / MM_PER_PT, -side / MM_PER_PT);
                out.bytes.extend(b"q ");
                out.numbers(&[across, 0.0, 0.0, -down, frame.x(*x), frame.y(*y) + down]);
                out.bytes.extend(b"cm\n");
                let size = modules.len();
                out.bytes.extend(format!("BI/W {size}/H {size}/IM true/D[1 0]\nID ").bytes());
                for row in modules {
                    out.bytes.extend(&row.to_be_bytes()[..size.div_ceil(8)]);
                }
                out.bytes.extend(b"\nEI Q\n");
            }
            _ => {}
        }
    }
    Some(out.bytes)
}

struct Stamp {
    bytes: Vec<u8>,
}

impl Stamp {
    fn texts(&mut self, sheet: &Sheet, frame: &Frame) {
        self.bytes.extend(b"BT\n");
        let (mut font, mut stretch) = (None, 1.0);
        let mut at = (0.0, 0.0);
        for mark in &sheet.marks {
            let Mark::Text { x, baseline, line, .. } = mark else { continue };
            let to = (frame.x(*x), frame.y(*baseline));
            self.numbers(&[to.0 - at.0, to.1 - at.1]);
            self.bytes.extend(b"Td\n");
            at = to;
            if line.stretch.to_bits() != f32::to_bits(stretch) {
                self.numbers(&[line.stretch * 100.0]);
                self.bytes.extend(b"Tz\n");
                stretch = line.stretch;
            }
            self.line(line, &mut font);
        }
        self.bytes.extend(b"ET\n");
    }

    /// The glyphs of a line; after each run the pen stands where the next begins.
    fn line(&mut self, line: &Line, font: &mut Option<(usize, u32)>) {
        for run in line.glyphs.chunk_by(|a, b| a.face == b.face) {
            let wanted = (run[0].face as usize, line.size.to_bits());
            if *font != Some(wanted) {
                self.bytes.push(b'/');
                self.bytes.extend(resource_name(run[0].face).bytes());
                self.bytes.push(b' ');
                self.numbers(&[line.size]);
                self.bytes.extend(b"Tf\n");
                *font = Some(wanted);
            }
            self.bytes.push(b'(');
            for byte in run.iter().flat_map(|glyph| glyph.code.to_be_bytes()) {
                match byte {
                    b'(' | b')' | b'\\' => self.bytes.extend([b'\\', byte]),
                    b'\r' => self.bytes.extend(b"\\r"),
                    byte => self.bytes.push(byte),
                }
            }
            self.bytes.extend(b")Tj\n");
        }
    }

    /// One path for all cells, in units of a cell, so that no hairline shows between neighbours.
    fn grid(&mut self, x: f32, y: f32, cell: f32, blocks: &[Cells]) {
        let unit = cell / MM_PER_PT;
        self.bytes.extend(format!("q {unit:.4} 0 0 {:.4} ", -unit).bytes());
        self.numbers(&[x, y]);
        self.bytes.extend(b"cm\n");
        for block in blocks {
            for number in block {
                self.whole(i64::from(*number));
                self.bytes.push(b' ');
            }
            self.bytes.extend(b"re\n");
        }
        self.bytes.extend(b"f Q\n");
    }

    /// Numbers to a hundredth, each with a space behind it.
    fn numbers(&mut self, values: &[f32]) {
        for value in values {
            #[allow(clippy::cast_possible_truncation)] // within a few metres of the paper
            let hundredths = (f64::from(*value) * 100.0).round() as i64;
            let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
            if hundredths < 0 {
                self.bytes.push(b'-');
            }
            self.whole(whole);
            if rest > 0 {
                self.bytes.push(b'.');
                self.whole(rest / 10);
                if rest % 10 > 0 {
                    self.whole(rest % 10);
                }
            }
            self.bytes.push(b' ');
        }
    }

    fn whole(&mut self, value: i64) {
        if value >= 10 {
            self.whole(value / 10);
        }
        self.bytes.push(b'0' + u8::try_from(value % 10).unwrap_or_default());
    }
}
