//! The layer that is one person's alone.

use rules::wareki;

use super::place::{NUMBER, QR};
use super::{NoticeLetter, address};
use crate::fonts::{Composer, Family};
use crate::layout::{Sheet, TextBox};
use crate::{FormError, PrintOptions, qr};

pub(super) fn draw(
    composer: &mut Composer<'_>,
    letter: &NoticeLetter,
    options: &PrintOptions,
) -> Result<Sheet, FormError> {
    let mut sheet = Sheet::default();
    composer.for_person(&letter.addressee.name);
    address::draw(&mut sheet, composer, &letter.addressee, &options.envelope)?;
    qr::draw(&mut sheet, &letter.token, QR.x, QR.y, QR.width)?;
    let lines = format!("文書番号 {}\n{}", letter.document_number(), wareki::long(letter.issued));
    TextBox::new(NUMBER, Family::Numbers, 10.0).put(&mut sheet, composer, &lines)?;
    Ok(sheet)
}
