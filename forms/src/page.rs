//! A sheet that is being filled: its marks, the glyphs, and the words it takes from its wording.

use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, Choices, Placed, Sheet, Table, TextBox, VAlign};
use crate::pdf::{Binder, Properties};
use crate::wording::{Values, Wording, office_values};
use crate::{Fonts, FormError, OfficeText, Paper, PrintOptions, Printed, marks, qr};

/// One sheet under construction.
pub(crate) struct Page<'p, 'f> {
    pub(crate) sheet: Sheet,
    pub(crate) composer: &'p mut Composer<'f>,
    wording: &'p Wording,
    /// What the fields of the wording say.
    pub(crate) values: Values,
}

impl<'p, 'f> Page<'p, 'f> {
    pub(crate) fn new(composer: &'p mut Composer<'f>, wording: &'p Wording, values: Values) -> Self {
        Self { sheet: Sheet::default(), composer, wording, values }
    }

    /// Sets a text of the program's own or of the register.
    pub(crate) fn put(&mut self, style: TextBox, text: &str) -> Result<Placed, FormError> {
        style.put(&mut self.sheet, self.composer, text)
    }

    /// A section of the wording, filled in.
    pub(crate) fn text(&self, section: &str) -> String {
        self.wording.filled(section, &self.values)
    }

    /// Sets a section of the wording; what does not come out is noted for that section.
    pub(crate) fn words(&mut self, style: TextBox, section: &'static str) -> Result<Placed, FormError> {
        let text = self.text(section);
        self.of_section(section, |page| page.put(style, &text))
    }

    fn of_section<T>(
        &mut self,
        section: &'static str,
        draw: impl FnOnce(&mut Self) -> Result<T, FormError>,
    ) -> Result<T, FormError> {
        self.composer.in_section(Some(section));
        let drawn = draw(self);
        self.composer.in_section(None);
        drawn
    }

    /// Sets a section whose lines are items of a list; `mark` gives what stands before the nth. Returns the lower edge.
    pub(crate) fn list(
        &mut self,
        area: Area,
        size: f32,
        section: &'static str,
        mark: impl Fn(usize) -> String,
    ) -> Result<f32, FormError> {
        let text = self.text(section);
        let indent = size * 0.42;
        self.of_section(section, |page| {
            let mut y = area.y;
            for (at, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
                page.put(TextBox::new(Area::new(area.x, y, indent, 5.0), Family::Text, size), &mark(at))?;
                // A list that is too long ends in a place without height, and is noted as too long.
                let height = (area.bottom() - y).max(0.5);
                let item = Area::new(area.x + indent, y, area.width - indent, height);
                let set = page.put(TextBox::new(item, Family::Text, size).leading(1.35), line)?;
                y = set.bottom + size * 0.12;
            }
            Ok(y)
        })
    }

    /// A list with dots.
    pub(crate) fn bullets(&mut self, area: Area, size: f32, section: &'static str) -> Result<f32, FormError> {
        self.list(area, size, section, |_| "・".to_owned())
    }

    /// The title over the whole width, with a rule under it.
    pub(crate) fn title(&mut self, area: Area, size: f32, section: &'static str) -> Result<(), FormError> {
        let style = TextBox::new(area, Family::Headings, size).align(Align::Centre).valign(VAlign::Middle);
        self.words(style, section)?;
        Ok(())
    }

    /// A heading with a bar before it at the top of an area. Returns where what it heads begins.
    pub(crate) fn heading(&mut self, area: Area, text: &str) -> Result<f32, FormError> {
        self.sheet.fill(Area::new(area.x, area.y, 1.4, 4.6), 0.0);
        let inside = Area::new(area.x + 3.0, area.y, area.width - 3.0, 4.6);
        self.put(TextBox::new(inside, Family::Headings, 11.5).valign(VAlign::Middle), text)?;
        Ok(area.y + 6.8)
    }

    /// Adds a row of a label and a text.
    pub(crate) fn row(
        &mut self,
        table: &mut Table,
        height: f32,
        label: &str,
        family: Family,
        text: &str,
    ) -> Result<Area, FormError> {
        let cells = [(Family::Headings, label.to_owned()), (family, text.to_owned())];
        table.row(&mut self.sheet, self.composer, height, &cells)
    }

    /// Adds a row of a label and boxes to tick.
    pub(crate) fn choices(
        &mut self,
        table: &mut Table,
        label: &str,
        choices: &[(&str, bool)],
    ) -> Result<(), FormError> {
        let area = self.row(table, 8.4, label, Family::Text, "")?;
        self.ticks(area, 11.0, choices)
    }

    /// Boxes to tick, side by side.
    pub(crate) fn ticks(&mut self, area: Area, size: f32, choices: &[(&str, bool)]) -> Result<(), FormError> {
        Choices { area, size }.put(&mut self.sheet, self.composer, choices)
    }

    /// One box to tick with a section of the wording behind it.
    pub(crate) fn tick_words(
        &mut self,
        area: Area,
        size: f32,
        section: &'static str,
    ) -> Result<(), FormError> {
        let text = self.text(section);
        self.of_section(section, |page| page.ticks(area, size, &[(text.as_str(), false)]))
    }

    /// Boxes to tick under one another, one for each line of a section. Returns the lower edge.
    pub(crate) fn tick_lines(
        &mut self,
        area: Area,
        size: f32,
        step: f32,
        section: &'static str,
    ) -> Result<f32, FormError> {
        let text = self.text(section);
        self.of_section(section, |page| {
            let mut y = area.y;
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                // More lines than there is room for end in a place without height, and are noted as too long.
                let height = (step - 0.6).min(area.bottom() - y).max(0.5);
                page.ticks(Area { y, height, ..area }, size, &[(line, false)])?;
                y += step;
            }
            Ok(y)
        })
    }

    /// Empty squares for one character each.
    pub(crate) fn squares(&mut self, area: Area, many: u16) {
        let width = area.width / f32::from(many);
        for at in 1..many {
            let x = area.x + width * f32::from(at);
            self.sheet.rule((x, area.y), (x, area.bottom()), 0.2, 0.35);
        }
        self.sheet.frame(area, 0.4);
    }

    /// What finds a letter again: its QR code at the right end of an area, and number and date beside it.
    pub(crate) fn code(&mut self, area: Area, code: &str, lines: &str) -> Result<(), FormError> {
        let side = area.height;
        qr::draw(&mut self.sheet, code, area.right() - side, area.y, side)?;
        let beside = Area::new(area.x, area.y + 2.0, area.width - side - 1.0, area.height - 4.0);
        self.put(TextBox::new(beside, Family::Numbers, 10.0), lines)?;
        Ok(())
    }
}

/// A sheet that stands alone in its file.
pub(crate) struct Single<'a> {
    pub(crate) paper: Paper,
    /// Whose name stands in the list of what did not come out as registered.
    pub(crate) who: &'a str,
    pub(crate) office: &'a OfficeText,
    /// Title of the document; names no person.
    pub(crate) title: String,
    /// Where 訓練用 stands.
    pub(crate) badge: Area,
}

impl Single<'_> {
    /// Draws the one A4 page and binds it.
    pub(crate) fn print(
        self,
        fonts: &Fonts,
        options: &PrintOptions,
        draw: impl FnOnce(&mut Page<'_, '_>) -> Result<(), FormError>,
    ) -> Result<Printed, FormError> {
        let wording = options.wordings.current(self.paper);
        let mut composer = Composer::new(fonts)?;
        composer.for_person(self.who);
        let mut page = Page::new(&mut composer, wording, office_values(self.office));
        marks::training(&mut page.sheet, page.composer, self.badge, options)?;
        draw(&mut page)?;
        let sheet = page.sheet;
        let properties = Properties { title: self.title, author: self.office.author() };
        Printed::bind(|out| {
            let mut binder = Binder::begin(out, options)?;
            binder.page(&[], &sheet)?;
            binder.end(fonts, composer, &properties)
        })
    }
}
