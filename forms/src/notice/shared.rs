//! The layer that all letters of an office share.

use rules::kinds::CertificateKind;

use super::address::postal_code;
use super::place::{BADGE, BRING, DEADLINE, LEAD, LEFT, MAYOR, NOTES, PINS, SENDER, TITLE, WHERE, WIDTH};
use super::{NoticeFees, NoticeLetter, words};
use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, Mark, Sheet, TextBox, VAlign};
use crate::{FormError, OfficeText, PrintOptions, marks};

/// What decides how this layer looks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Look {
    office: OfficeText,
    signature: bool,
    face_only: bool,
    fees: NoticeFees,
}

impl Look {
    pub(super) fn of(letter: &NoticeLetter) -> Self {
        Self {
            office: letter.office.clone(),
            signature: letter.certificates.iter().any(|c| c.kind == CertificateKind::Signature),
            face_only: letter.face_only,
            fees: letter.fees,
        }
    }

    pub(super) fn draw(
        &self,
        composer: &mut Composer<'_>,
        options: &PrintOptions,
    ) -> Result<Sheet, FormError> {
        let mut sheet = Sheet::default();
        composer.for_person(&self.office.department);
        marks::training(&mut sheet, composer, BADGE, options)?;
        marks::folds(&mut sheet, options);
        self.sender(&mut sheet, composer)?;
        TextBox::new(TITLE, Family::Headings, 19.0).align(Align::Centre).put(
            &mut sheet,
            composer,
            words::TITLE,
        )?;
        sheet.rule((LEFT, 77.0), (LEFT + WIDTH, 77.0), 0.5, 0.0);
        TextBox::new(LEAD, Family::Text, 11.0).leading(1.6).put(
            &mut sheet,
            composer,
            &words::lead(self.fees.renewal),
        )?;
        self.what_to_bring(&mut sheet, composer)?;
        self.pins(&mut sheet, composer)?;
        self.place(&mut sheet, composer)?;
        notes(&mut sheet, composer, self.fees.issuance)?;
        Ok(sheet)
    }

    /// The PINs that are typed at the counter.
    fn pin_rows(&self) -> Vec<(&'static str, &'static str)> {
        match (self.face_only, self.signature) {
            (true, _) => Vec::new(),
            (false, false) => vec![words::PIN_AUTHENTICATION, words::PIN_RESIDENT_REGISTER],
            (false, true) => {
                vec![words::PIN_SIGNATURE, words::PIN_AUTHENTICATION, words::PIN_RESIDENT_REGISTER]
            }
        }
    }

    /// Who writes, which is also where the letter comes back to.
    fn sender(&self, sheet: &mut Sheet, composer: &mut Composer<'_>) -> Result<(), FormError> {
        let office = &self.office;
        TextBox::new(MAYOR, Family::Text, 13.0).put(sheet, composer, &office.mayor)?;
        let postal = postal_code(&office.postal_code).unwrap_or_default();
        let lines = format!("{}\n{postal} {}\n電話 {}", office.department, office.address, office.phone);
        TextBox::new(SENDER, Family::Text, 9.5).leading(1.45).put(sheet, composer, &lines)?;
        Ok(())
    }

    fn what_to_bring(&self, sheet: &mut Sheet, composer: &mut Composer<'_>) -> Result<(), FormError> {
        sheet.fill(DEADLINE, 0.93);
        let label = Area::new(DEADLINE.x + 4.0, DEADLINE.y, 32.0, DEADLINE.height);
        TextBox::new(label, Family::Headings, 13.0).valign(VAlign::Middle).put(
            sheet,
            composer,
            words::DEADLINE,
        )?;
        sheet.rule((BRING.x, BRING.y), (BRING.right(), BRING.y), 0.35, 0.0);
        let heading = Area::new(BRING.x + 4.0, BRING.y + 2.6, 60.0, 5.0);
        TextBox::new(heading, Family::Headings, 11.5).put(sheet, composer, words::BRING)?;

        let mut y = heading.bottom() + 1.6;
        for (at, (who, what)) in words::visitors(self.pin_rows().len()).into_iter().enumerate() {
            if at > 0 {
                let (from, to) = ((BRING.x + 4.0, y), (BRING.right() - 4.0, y));
                sheet.marks.push(Mark::Rule { from, to, width: 0.15, grey: 0.4, dash: Some(0.8) });
                y += 1.8;
            }
            // Each takes what it needs of what is left; the last may shrink to stay in the box.
            let left = BRING.bottom() - 1.5 - y;
            let who = TextBox::new(Area::new(BRING.x + 4.0, y, 41.0, left), Family::Headings, 10.0)
                .leading(1.4)
                .put(sheet, composer, who)?;
            let area = Area::new(BRING.x + 46.0, y, BRING.width - 49.0, left);
            let what = TextBox::new(area, Family::Text, 10.5).leading(1.4).put(sheet, composer, &what)?;
            y = who.bottom.max(what.bottom) + 1.8;
        }
        let whole = Area { y: DEADLINE.y, height: DEADLINE.height + BRING.height, ..BRING };
        sheet.frame(whole, 0.7);
        Ok(())
    }

    fn pins(&self, sheet: &mut Sheet, composer: &mut Composer<'_>) -> Result<(), FormError> {
        let mut y = heading(sheet, composer, words::PINS, PINS)?;
        if self.face_only {
            let area = Area { y, height: PINS.bottom() - y, ..PINS };
            TextBox::new(area, Family::Text, 10.5).put(sheet, composer, words::NO_PIN)?;
            return Ok(());
        }
        for (name, form) in self.pin_rows() {
            for (x, width, text) in [(0.5, 40.0, name), (41.5, 46.5, form)] {
                let area = Area::new(PINS.x + x, y, width, 4.0);
                TextBox::new(area, Family::Text, 10.0).valign(VAlign::Middle).put(sheet, composer, text)?;
            }
            y += 5.0;
            sheet.rule((PINS.x, y), (PINS.right(), y), 0.15, 0.4);
            y += 1.0;
        }
        let area = Area { y: y + 1.0, height: PINS.bottom() - y - 1.0, ..PINS };
        TextBox::new(area, Family::Text, 9.5).leading(1.4).put(sheet, composer, words::PIN_FORGOTTEN)?;
        Ok(())
    }

    fn place(&self, sheet: &mut Sheet, composer: &mut Composer<'_>) -> Result<(), FormError> {
        let mut y = heading(sheet, composer, words::WHERE, WHERE)?;
        let office = &self.office;
        let contact = format!("{}\n電話 {}", office.department, office.phone);
        let rows = [
            ("場所", office.place.as_str()),
            ("時間", office.hours.as_str()),
            ("休み", office.closed.as_str()),
            ("問い合わせ", contact.as_str()),
            ("サイト", office.website.as_str()),
        ];
        let mut rest = rows.iter().filter(|(_, text)| !text.is_empty()).count();
        for (label, text) in rows.into_iter().filter(|(_, text)| !text.is_empty()) {
            rest -= 1;
            // Each may take all but one line for each that follows.
            let following = u16::try_from(rest).map_or(0.0, f32::from) * 5.6;
            let height = (WHERE.bottom() - y - following).max(4.0);
            let label_area = Area::new(WHERE.x, y + 0.1, 20.0, 4.0);
            TextBox::new(label_area, Family::Headings, 9.5).put(sheet, composer, label)?;
            let set =
                TextBox::new(Area::new(WHERE.x + 20.0, y, WHERE.width - 20.0, height), Family::Text, 10.0)
                    .leading(1.35)
                    .put(sheet, composer, text)?;
            y = set.bottom + 1.7;
        }
        Ok(())
    }
}

fn notes(sheet: &mut Sheet, composer: &mut Composer<'_>, fee: u16) -> Result<(), FormError> {
    let mut y = heading(sheet, composer, words::NOTES, NOTES)?;
    for note in words::note_lines(fee) {
        TextBox::new(Area::new(NOTES.x, y, 4.0, 5.0), Family::Text, 10.0).put(sheet, composer, "・")?;
        let area = Area::new(NOTES.x + 4.0, y, NOTES.width - 4.0, (NOTES.bottom() - y).max(4.0));
        let set = TextBox::new(area, Family::Text, 10.0).leading(1.35).put(sheet, composer, &note)?;
        y = set.bottom + 1.3;
    }
    Ok(())
}

/// A heading with a bar before it at the top of an area. Returns where what it heads begins.
fn heading(sheet: &mut Sheet, composer: &mut Composer<'_>, text: &str, area: Area) -> Result<f32, FormError> {
    sheet.fill(Area::new(area.x, area.y, 1.4, 4.6), 0.0);
    TextBox::new(Area::new(area.x + 3.0, area.y, area.width - 3.0, 4.6), Family::Headings, 11.5)
        .valign(VAlign::Middle)
        .put(sheet, composer, text)?;
    Ok(area.y + 6.8)
}
