//! From marks in millimetres to the operators of a page.

use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, FontId, Greyscale, LineDashPattern, LinePoint, Op, PaintMode,
    PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, Rect, TextItem, TextMatrix, XObjectId,
    XObjectTransform,
};

use super::font_objects::resource_name;
use crate::fonts::Glyph;
use crate::layout::{Area, Cells, Line, MM_PER_PT, Mark, PAGE_HEIGHT, PAGE_WIDTH, Sheet, Size};
use crate::{FormError, PrintOptions};

/// Name of a shared sheet among a page's resources.
pub(super) fn shared_name(index: usize) -> String {
    format!("S{index}")
}

/// The content of a page or of a shared sheet, as printpdf writes it.
pub(super) fn bytes(sheet: &Sheet, shared: &[usize], frame: &Frame) -> Result<Vec<u8>, FormError> {
    let mut document = PdfDocument::new("");
    let (width, height) = (printpdf::Mm(PAGE_WIDTH), printpdf::Mm(PAGE_HEIGHT));
    document.pages.push(PdfPage::new(width, height, ops(sheet, shared, frame)));
    let save = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        // Operators of our own for codes made of many cells; nothing here comes from outside.
        secure: false,
        image_optimization: None,
    };
    // A document of this one page holds this one stream: fonts and shared sheets are none of its resources.
    let mut objects = document.to_lopdf_document(&save, &mut Vec::new()).objects;
    let content = objects.values_mut().find_map(|object| object.as_stream_mut().ok());
    content
        .map(|stream| std::mem::take(&mut stream.content))
        .ok_or_else(|| FormError::Pdf("printpdf made no content".to_owned()))
}

/// Where the sheet lies on the paper.
pub(super) struct Frame {
    height: f32,
    right: f32,
    down: f32,
}

impl Frame {
    pub(super) fn of(options: &PrintOptions, size: Size) -> Self {
        Self { height: size.height, right: options.shift_right_mm, down: options.shift_down_mm }
    }

    pub(super) fn x(&self, mm: f32) -> f32 {
        points(mm + self.right)
    }

    pub(super) fn y(&self, mm: f32) -> f32 {
        points(self.height - mm - self.down)
    }

    fn rect(&self, area: Area, mode: PaintMode) -> Rect {
        Rect {
            x: Pt(self.x(area.x)),
            y: Pt(self.y(area.bottom())),
            width: Pt(points(area.width)),
            height: Pt(points(area.height)),
            mode: Some(mode),
            winding_order: None,
        }
    }

    fn point(&self, (x, y): (f32, f32)) -> LinePoint {
        LinePoint { p: Point { x: Pt(self.x(x)), y: Pt(self.y(y)) }, bezier: false }
    }
}

/// Millimetres to points, to a hundredth of a point: finer than any printer, shorter than nine digits.
fn points(mm: f32) -> f32 {
    hundredths(mm / MM_PER_PT)
}

fn hundredths(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

/// The operators that show a sheet, over a shared one where there is one.
fn ops(sheet: &Sheet, shared: &[usize], frame: &Frame) -> Vec<Op> {
    let mut pen = Pen { frame, ops: Vec::with_capacity(sheet.marks.len() * 4), state: State::default() };
    for index in shared {
        let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
        pen.ops.push(Op::UseXobject { id: XObjectId(shared_name(*index)), transform });
    }
    for mark in &sheet.marks {
        pen.mark(mark);
    }
    pen.text_off();
    pen.ops
}

/// What has been set already, so that it is not set again.
#[derive(Default)]
struct State {
    in_text: bool,
    font: Option<(String, f32)>,
    fill: f32,
    stroke: f32,
    width: Option<f32>,
    dash: Option<f32>,
    tracking: f32,
}

struct Pen<'a> {
    frame: &'a Frame,
    ops: Vec<Op>,
    state: State,
}

impl Pen<'_> {
    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Text { x, baseline, line, grey, turn } => self.text(*x, *baseline, line, *grey, *turn),
            Mark::Fill { area, grey } => {
                self.text_off();
                self.fill(*grey);
                let rectangle = self.frame.rect(*area, PaintMode::Fill);
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Mark::Grid { x, y, cell, blocks } => self.grid(*x, *y, *cell, blocks),
            Mark::Code { x, y, side, modules } => {
                let many = u16::try_from(modules.len()).map_or(1.0, f32::from);
                self.grid(*x, *y, side / many, &squares(modules));
            }
            Mark::Frame { area, width, grey } => {
                self.text_off();
                self.stroke(*grey, *width, None);
                let rectangle = self.frame.rect(*area, PaintMode::Stroke);
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Mark::Rule { from, to, width, grey, dash } => {
                self.text_off();
                self.stroke(*grey, *width, *dash);
                let points = vec![self.frame.point(*from), self.frame.point(*to)];
                self.ops.push(Op::DrawLine { line: printpdf::Line { points, is_closed: false } });
            }
        }
    }

    fn text(&mut self, x: f32, baseline: f32, line: &Line, grey: f32, turn: f32) {
        if !self.state.in_text {
            self.ops.push(Op::StartTextSection);
            self.state.in_text = true;
        }
        self.fill(grey);
        let tracking = hundredths(line.tracking * line.size / 1000.0);
        if tracking.to_bits() != self.state.tracking.to_bits() {
            self.ops.push(Op::SetCharacterSpacing { multiplier: tracking });
            self.state.tracking = tracking;
        }
        let (sine, cosine) = turn.to_radians().sin_cos();
        let mut along = 0.0;
        for run in line.glyphs.chunk_by(|a, b| a.face == b.face) {
            let font = (resource_name(run[0].face), line.size);
            if self.state.font.as_ref() != Some(&font) {
                let handle = PdfFontHandle::External(FontId(font.0.clone()));
                self.ops.push(Op::SetFont { font: handle, size: Pt(hundredths(font.1)) });
                self.state.font = Some(font);
            }
            let (dx, dy) = (along * cosine, along * sine);
            let matrix = [
                hundredths(line.stretch * cosine),
                hundredths(line.stretch * sine),
                hundredths(-sine),
                hundredths(cosine),
                self.frame.x(x + dx),
                self.frame.y(baseline - dy),
            ];
            self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix) });
            let codes = run.iter().map(|g: &Glyph| Codepoint::new(g.code, 0.0)).collect();
            self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(codes)] });
            let advance: f32 = run.iter().map(|g| g.advance + line.tracking).sum();
            along += advance * line.stretch * line.size * MM_PER_PT / 1000.0;
        }
    }

    /// One path for all cells, in units of a cell, so that no hairline shows between neighbours.
    fn grid(&mut self, x: f32, y: f32, cell: f32, blocks: &[Cells]) {
        self.text_off();
        self.fill(0.0);
        let unit = cell / MM_PER_PT;
        let matrix = [unit, 0.0, 0.0, -unit, self.frame.x(x), self.frame.y(y)];
        self.ops.push(Op::SaveGraphicsState);
        self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        for block in blocks {
            let value = block.map(|n| DictItem::Int(i64::from(n))).to_vec();
            self.ops.push(Op::Unknown { key: "re".to_owned(), value });
        }
        self.ops.push(Op::Unknown { key: "f".to_owned(), value: Vec::new() });
        self.ops.push(Op::RestoreGraphicsState);
    }

    fn text_off(&mut self) {
        if self.state.in_text {
            self.ops.push(Op::EndTextSection);
            self.state.in_text = false;
        }
    }

    fn fill(&mut self, grey: f32) {
        if grey.to_bits() != self.state.fill.to_bits() {
            self.ops.push(Op::SetFillColor { col: shade(grey) });
            self.state.fill = grey;
        }
    }

    fn stroke(&mut self, grey: f32, width: f32, dash: Option<f32>) {
        if grey.to_bits() != self.state.stroke.to_bits() {
            self.ops.push(Op::SetOutlineColor { col: shade(grey) });
            self.state.stroke = grey;
        }
        if self.state.width != Some(width) {
            self.ops.push(Op::SetOutlineThickness { pt: Pt(points(width)) });
            self.state.width = Some(width);
        }
        if self.state.dash != dash {
            let pattern = dash.map(|mm| vec![points(mm), points(mm)]).unwrap_or_default();
            self.ops.push(Op::SetLineDashPattern {
                dash: LineDashPattern { offset: 0.0, pattern: pattern.into() },
            });
            self.state.dash = dash;
        }
    }
}

/// The dark modules of a code as blocks, neighbours in a row together.
fn squares(modules: &[u64]) -> Vec<Cells> {
    let mut blocks = Vec::new();
    for (row, bits) in (0_u16..).zip(modules) {
        let mut column = 0_u16;
        while usize::from(column) < modules.len() {
            let rest = bits << column;
            let light = u16::try_from(rest.leading_zeros()).unwrap_or(64);
            let dark = u16::try_from((rest << light.min(63)).leading_ones()).unwrap_or(0);
            if light < 64 && dark > 0 {
                blocks.push([column + light, row, dark, 1]);
            }
            column = column.saturating_add(light + dark).min(64);
            if light >= 64 {
                break;
            }
        }
    }
    blocks
}

fn shade(grey: f32) -> Color {
    Color::Greyscale(Greyscale { percent: grey, icc_profile: None })
}
