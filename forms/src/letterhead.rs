//! What every letter has in its first third: the address for the window, number and code, and who sends it.

use rules::wareki;

use crate::address::{self, postal_code};
use crate::fonts::Family;
use crate::layout::{Area, TextBox};
use crate::page::Page;
use crate::{Addressee, FormError, OfficeText, PrintOptions};

pub(crate) const LEFT: f32 = 16.0;
pub(crate) const WIDTH: f32 = 178.0;
/// The column beside the address window, out of sight of a sheet that slides in its envelope.
const RIGHT: f32 = 116.0;
const RIGHT_WIDTH: f32 = LEFT + WIDTH - RIGHT;

const CODE: Area = Area::new(RIGHT, 12.0, RIGHT_WIDTH, 20.0);
const MAYOR: Area = Area::new(RIGHT, 36.0, RIGHT_WIDTH, 6.0);
const SENDER: Area = Area::new(RIGHT, 43.5, RIGHT_WIDTH, 17.0);
/// Where number and code of a reply form stand.
pub(crate) const REPLY_CODE: Area = Area::new(RIGHT, 11.0, RIGHT_WIDTH, 20.0);
/// Beside the title, where a sheet is marked as made in training.
pub(crate) const BADGE: Area = Area::new(LEFT + WIDTH - 24.0, 67.0, 24.0, 7.0);

/// The part that is one person's: address, number, day, code.
pub(crate) fn personal(
    page: &mut Page<'_, '_>,
    to: &Addressee,
    number: &str,
    issued: chrono::NaiveDate,
    code: &str,
    options: &PrintOptions,
) -> Result<(), FormError> {
    address::draw(&mut page.sheet, page.composer, to, &options.envelope)?;
    page.code(CODE, code, &format!("文書番号 {number}\n{}", wareki::long(issued)))
}

/// Who writes, which is also where the letter comes back to.
pub(crate) fn sender(
    page: &mut Page<'_, '_>,
    office: &OfficeText,
    options: &PrintOptions,
) -> Result<(), FormError> {
    address::label(&mut page.sheet, page.composer, &options.envelope)?;
    page.put(TextBox::new(MAYOR, Family::Text, 13.0), &office.mayor)?;
    let postal = postal_code(&office.postal_code).unwrap_or_default();
    let lines = format!("{}\n{postal} {}\n電話 {}", office.department, office.address, office.phone);
    page.put(TextBox::new(SENDER, Family::Text, 9.5).leading(1.45), &lines)?;
    Ok(())
}

/// Where to come, when, and whom to ask.
pub(crate) fn place(page: &mut Page<'_, '_>, area: Area, office: &OfficeText) -> Result<(), FormError> {
    let contact = format!("{}\n電話 {}", office.department, office.phone);
    let rows = [
        ("場所", office.place.as_str()),
        ("時間", office.hours.as_str()),
        ("休み", office.closed.as_str()),
        ("問い合わせ", contact.as_str()),
        ("サイト", office.website.as_str()),
    ];
    let mut y = area.y;
    let mut rest = rows.iter().filter(|(_, text)| !text.is_empty()).count();
    for (label, text) in rows.into_iter().filter(|(_, text)| !text.is_empty()) {
        rest -= 1;
        // Each may take all but one line for each that follows.
        let following = u16::try_from(rest).map_or(0.0, f32::from) * 5.6;
        let height = (area.bottom() - y - following).max(4.0);
        page.put(TextBox::new(Area::new(area.x, y + 0.1, 20.0, 4.0), Family::Headings, 9.5), label)?;
        let words = Area::new(area.x + 20.0, y, area.width - 20.0, height);
        let set = page.put(TextBox::new(words, Family::Text, 10.0).leading(1.35), text)?;
        y = set.bottom + 1.7;
    }
    Ok(())
}
