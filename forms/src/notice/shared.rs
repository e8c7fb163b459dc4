//! The layers that all letters of an office share: the notice itself, and the reply form under its own number.

use rules::kinds::{CertificateKind, PinKind};

use super::place::{BADGE, BRING, DEADLINE, LEAD, LEFT, NOTES, PINS, TITLE, WHERE, WIDTH};
use super::{NoticeFees, NoticeLetter, words};
use crate::fonts::{Composer, Family};
use crate::layout::{Area, Mark, Sheet, TextBox, VAlign};
use crate::page::Page;
use crate::reply::{Asked, Reply};
use crate::wording::Wording;
use crate::{FormError, OfficeText, PrintOptions, letterhead, marks};

/// What decides how these layers look.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Look {
    office: OfficeText,
    signature: bool,
    authentication: bool,
    face_only: bool,
    fees: NoticeFees,
    reply_form: bool,
    wording: Option<String>,
}

impl Look {
    pub(super) fn of(letter: &NoticeLetter) -> Self {
        let has = |kind| letter.certificates.iter().any(|c| c.kind == kind);
        Self {
            office: letter.office.clone(),
            signature: has(CertificateKind::Signature),
            authentication: has(CertificateKind::Authentication),
            face_only: letter.face_only,
            fees: letter.fees,
            reply_form: letter.reply_form,
            wording: letter.wording.clone(),
        }
    }

    /// True for letters that look like this; cheaper than making their look.
    pub(super) fn fits(&self, letter: &NoticeLetter) -> bool {
        let has = |kind| letter.certificates.iter().any(|c| c.kind == kind);
        self.signature == has(CertificateKind::Signature)
            && self.authentication == has(CertificateKind::Authentication)
            && self.face_only == letter.face_only
            && self.fees == letter.fees
            && self.reply_form == letter.reply_form
            && self.wording == letter.wording
            && self.office == letter.office
    }

    fn page<'p, 'f>(&self, composer: &'p mut Composer<'f>, wording: &'p Wording) -> Page<'p, 'f> {
        composer.for_person(&self.office.department);
        let values = words::values(&self.office, self.fees, self.pin_rows().len(), wording);
        Page::new(composer, wording, values)
    }

    /// The notice.
    pub(super) fn draw(
        &self,
        composer: &mut Composer<'_>,
        wording: &Wording,
        options: &PrintOptions,
    ) -> Result<Sheet, FormError> {
        let mut page = self.page(composer, wording);
        marks::training(&mut page.sheet, page.composer, BADGE, options)?;
        marks::folds(&mut page.sheet, options);
        letterhead::sender(&mut page, &self.office, options)?;
        page.title(TITLE, 19.0, "題名")?;
        page.sheet.rule((LEFT, 77.0), (LEFT + WIDTH, 77.0), 0.5, 0.0);
        page.words(TextBox::new(LEAD, Family::Text, 11.0).leading(1.6), "前文")?;
        self.what_to_bring(&mut page)?;
        self.pins(&mut page)?;
        self.place(&mut page)?;
        let y = page.heading(NOTES, words::NOTES)?;
        page.bullets(Area { y, height: NOTES.bottom() - y, ..NOTES }, 10.0, "お知らせ")?;
        Ok(page.sheet)
    }

    /// The reply form, without what is one person's.
    pub(super) fn draw_reply(
        &self,
        composer: &mut Composer<'_>,
        wording: &Wording,
        options: &PrintOptions,
    ) -> Result<Sheet, FormError> {
        let mut page = self.page(composer, wording);
        let asked = |label: &str, wanted| Asked { label: label.to_owned(), wanted };
        let mut pins = Vec::new();
        if !self.face_only {
            pins.extend(self.signature.then_some(PinKind::Signature));
            pins.extend([PinKind::Authentication, PinKind::ResidentRegister]);
        }
        let reply = Reply {
            asked: vec![
                asked("署名用電子証明書の更新", self.signature),
                asked("利用者証明用電子証明書の更新", self.authentication),
            ],
            pins,
            intent_is_choice: false,
        };
        reply.shared(&mut page, options)?;
        Ok(page.sheet)
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

    fn what_to_bring(&self, page: &mut Page<'_, '_>) -> Result<(), FormError> {
        page.sheet.fill(DEADLINE, 0.93);
        let label = Area::new(DEADLINE.x + 4.0, DEADLINE.y, 32.0, DEADLINE.height);
        page.put(TextBox::new(label, Family::Headings, 13.0).valign(VAlign::Middle), words::DEADLINE)?;
        page.sheet.rule((BRING.x, BRING.y), (BRING.right(), BRING.y), 0.35, 0.0);
        let heading = Area::new(BRING.x + 4.0, BRING.y + 2.6, 60.0, 5.0);
        page.put(TextBox::new(heading, Family::Headings, 11.5), words::BRING)?;

        let mut y = heading.bottom() + 1.6;
        for (at, (who, section)) in words::VISITORS.into_iter().enumerate() {
            let section = if at == 2 && !self.reply_form { words::WITHOUT_REPLY } else { section };
            if at > 0 {
                let (from, to) = ((BRING.x + 4.0, y), (BRING.right() - 4.0, y));
                page.sheet.marks.push(Mark::Rule { from, to, width: 0.15, grey: 0.4, dash: Some(0.8) });
                y += 1.8;
            }
            // Each takes what it needs of what is left; the last may shrink to stay in the box.
            let left = (BRING.bottom() - 1.5 - y).max(0.5);
            let who_area = Area::new(BRING.x + 4.0, y, 41.0, left);
            let who = page.put(TextBox::new(who_area, Family::Headings, 10.0).leading(1.4), who)?;
            let area = Area::new(BRING.x + 46.0, y, BRING.width - 49.0, left);
            let what = page.words(TextBox::new(area, Family::Text, 10.5).leading(1.4), section)?;
            y = who.bottom.max(what.bottom) + 1.8;
        }
        let whole = Area { y: DEADLINE.y, height: DEADLINE.height + BRING.height, ..BRING };
        page.sheet.frame(whole, 0.7);
        Ok(())
    }

    fn pins(&self, page: &mut Page<'_, '_>) -> Result<(), FormError> {
        let mut y = page.heading(PINS, words::PINS)?;
        if self.face_only {
            let area = Area { y, height: PINS.bottom() - y, ..PINS };
            page.words(TextBox::new(area, Family::Text, 10.5), "暗証番号がないカード")?;
            return Ok(());
        }
        for (name, form) in self.pin_rows() {
            for (x, width, text) in [(0.5, 40.0, name), (41.5, 46.5, form)] {
                let area = Area::new(PINS.x + x, y, width, 4.0);
                page.put(TextBox::new(area, Family::Text, 10.0).valign(VAlign::Middle), text)?;
            }
            y += 5.0;
            page.sheet.rule((PINS.x, y), (PINS.right(), y), 0.15, 0.4);
            y += 1.0;
        }
        let area = Area { y: y + 1.0, height: PINS.bottom() - y - 1.0, ..PINS };
        page.words(TextBox::new(area, Family::Text, 9.5).leading(1.4), "暗証番号を忘れたとき")?;
        Ok(())
    }

    fn place(&self, page: &mut Page<'_, '_>) -> Result<(), FormError> {
        let y = page.heading(WHERE, words::WHERE)?;
        letterhead::place(page, Area { y, height: WHERE.bottom() - y, ..WHERE }, &self.office)
    }
}
