//! 封筒の宛名: a 長形3号 envelope without a window, printed lying (235 × 120 mm).

use rules::barcode::customer_barcode;
use serde::{Deserialize, Serialize};

use crate::address::postal_code;
use crate::barcode::{self, BarcodeSize, CLEAR_MM};
use crate::fonts::{Composer, Family};
use crate::layout::{Align, Area, Size, TextBox, VAlign};
use crate::office::{Addressee, OfficeText};
use crate::page::Page;
use crate::pdf::{Binder, Properties};
use crate::wording::office_values;
use crate::{Fonts, FormError, Paper, PrintOptions, Printed, marks};

/// One envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// To whom.
    pub addressee: Addressee,
    /// Who sends it, and where it comes back to.
    pub office: OfficeText,
}

/// 長形3号, lying.
const PAPER: Size = Size { width: 235.0, height: 120.0 };
/// The upper right corner is the post's, for stamp and postmark (70 × 35 mm).
const LABEL: Area = Area::new(20.0, 12.0, 30.0, 7.5);
const BADGE: Area = Area::new(54.0, 12.0, 24.0, 7.5);
const BLOCK: Area = Area::new(62.0, 38.0, 120.0, 46.0);
const SENDER: Area = Area::new(20.0, 91.0, 150.0, 17.0);
/// As large as the post takes, for there is room.
const BARCODE_POINTS: f32 = 10.0;

/// Prints envelopes in the order given, one a page.
///
/// # Errors
/// [`FormError::Nothing`] without envelopes; others of fonts or of the PDF.
pub fn print(envelopes: &[Envelope], fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let first = envelopes.first().ok_or(FormError::Nothing)?;
    let properties = Properties { title: Paper::Envelope.label().to_owned(), author: first.office.author() };
    let mut composer = Composer::new(fonts)?;
    Printed::bind(|out| {
        let mut binder = Binder::on(out, options, PAPER)?;
        for envelope in envelopes {
            let wording = options.wordings.current(Paper::Envelope);
            composer.for_person(&envelope.addressee.name);
            let mut page = Page::new(&mut composer, wording, office_values(&envelope.office));
            marks::training_badge(&mut page.sheet, page.composer, BADGE, options)?;
            draw(&mut page, envelope)?;
            let sheet = page.sheet;
            binder.page(&[], &sheet)?;
        }
        binder.end(fonts, composer, &properties)
    })
}

fn draw(page: &mut Page<'_, '_>, envelope: &Envelope) -> Result<(), FormError> {
    page.sheet.frame(LABEL, 0.4);
    let style = TextBox::new(LABEL, Family::Headings, 13.0).align(Align::Centre).valign(VAlign::Middle);
    page.words(style, "表示")?;
    let to = &envelope.addressee;
    let first = Area::new(BLOCK.x, BLOCK.y, BLOCK.width, 6.0);
    if let Some(code) = postal_code(&to.postal_code) {
        page.put(TextBox::new(first, Family::Numbers, 14.0), &code)?;
    }
    let size = BarcodeSize::new(BARCODE_POINTS);
    let bars_top = BLOCK.bottom() - CLEAR_MM - size.height_mm();
    let name = Area::new(BLOCK.x, bars_top - CLEAR_MM - 11.0, BLOCK.width, 11.0);
    let top = first.bottom() + 1.6;
    let address = Area::new(BLOCK.x, top, BLOCK.width, name.y - 1.0 - top);
    let building = to.building.as_deref().map(str::trim).filter(|b| !b.is_empty());
    let text = building.map_or_else(|| to.address.clone(), |b| format!("{}\n{b}", to.address));
    page.put(TextBox::new(address, Family::Names, 13.0).smallest(8.0).leading(1.25), &text)?;
    let own = Area { width: name.width - 12.0, ..name };
    let style = TextBox::new(own, Family::Names, 21.0).smallest(10.0).leading(1.15).valign(VAlign::Middle);
    let set = page.put(style, &to.name)?;
    let sama = Area { x: set.right + 3.0, width: 9.0, ..name };
    page.put(TextBox::new(sama, Family::Names, set.size.clamp(13.0, 19.0)).valign(VAlign::Middle), "様")?;
    let whole = building.map_or_else(|| to.address.clone(), |b| format!("{} {b}", to.address));
    if let Ok(code) = customer_barcode(&to.postal_code, &whole) {
        barcode::draw(&mut page.sheet, &code, size, BLOCK.x, bars_top);
    }
    sender(page, &envelope.office)
}

fn sender(page: &mut Page<'_, '_>, office: &OfficeText) -> Result<(), FormError> {
    let postal = postal_code(&office.postal_code).unwrap_or_default();
    let lines =
        format!("{} {}\n{postal} {}　電話 {}", office.ward, office.department, office.address, office.phone);
    let set = page.put(TextBox::new(SENDER, Family::Text, 10.0).leading(1.35), &lines)?;
    let y = set.bottom + 1.2;
    let area = Area { y, height: (SENDER.bottom() - y).max(0.5), ..SENDER };
    page.words(TextBox::new(area, Family::Text, 9.0), "差出人の添え書き")?;
    Ok(())
}
