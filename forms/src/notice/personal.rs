//! The layers that are one person's alone.

use super::NoticeLetter;
use crate::fonts::Composer;
use crate::layout::Sheet;
use crate::page::Page;
use crate::wording::{Values, Wording};
use crate::{FormError, PrintOptions, code, letterhead, reply};

/// The notice's.
pub(super) fn draw(
    composer: &mut Composer<'_>,
    letter: &NoticeLetter,
    wording: &Wording,
    options: &PrintOptions,
) -> Result<Sheet, FormError> {
    composer.for_person(&letter.addressee.name);
    let mut page = Page::new(composer, wording, Values::default());
    let number = letter.document_number();
    letterhead::personal(&mut page, &letter.addressee, &number, letter.issued, &letter.token, options)?;
    Ok(page.sheet)
}

/// The reply form's.
pub(super) fn draw_reply(
    composer: &mut Composer<'_>,
    letter: &NoticeLetter,
    wording: &Wording,
) -> Result<Sheet, FormError> {
    let mut page = Page::new(composer, wording, Values::default());
    let until = letter.certificates.iter().map(|c| c.expires).min();
    let number = letter.document_number();
    reply::personal(&mut page, &letter.addressee.name, &number, until, &code::of_reply(&letter.token))?;
    Ok(page.sheet)
}
