//! 有効期限通知書: one letter a person, A4, folded in three for a window envelope; on its back or on a second sheet the
//! reply form with which a proxy needs one visit only.
//!
//! A page has layers: what the office says to all (`shared`), what it says to all with the same dates (`dates`), and
//! what is this person's alone (`personal`). The first two are drawn once a run.

mod dates;
mod letter;
mod personal;
mod place;
mod shared;
mod words;

use std::borrow::Borrow;
use std::io::Write;

pub use letter::{NoticeCertificate, NoticeFees, NoticeLetter};

use crate::fonts::Composer;
use crate::pdf::{Binder, Bound, Properties};
use crate::wording::Wording;
use crate::{Fonts, FormError, Paper, PrintOptions, Printed};
use shared::Look;

/// What the document is called, whatever the office calls it on the sheet.
const TITLE: &str = "電子証明書の有効期限通知書";

/// Prints letters in the order given, one page each (two with their reply forms), with one set of fonts for the whole file.
///
/// # Errors
/// [`FormError::Nothing`] without letters; [`FormError::Window`] when the envelope leaves no room for an address.
pub fn print(letters: &[NoticeLetter], fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    Printed::bind(|out| print_to(out, letters, fonts, options))
}

/// As [`print()`], but each page goes to `out` as soon as it is laid out, and letters are asked for one by one, so that
/// a run of any size needs little memory. After an error `out` holds a beginning that is no document.
pub fn print_to<W: Write, L: Borrow<NoticeLetter>>(
    out: W,
    letters: impl IntoIterator<Item = L>,
    fonts: &Fonts,
    options: &PrintOptions,
) -> Result<Bound, FormError> {
    let mut letters = letters.into_iter().peekable();
    let first = letters.peek().ok_or(FormError::Nothing)?.borrow();
    let (first_number, author) = (first.document_number(), first.office.author());
    let mut last_number = first_number.clone();

    let mut composer = Composer::new(fonts)?;
    let mut binder = Binder::begin(out, options)?;
    let mut layers = Layers::default();
    for letter in letters {
        let letter = letter.borrow();
        let wording = options.wordings.of(Paper::Notice, letter.wording.as_deref())?;
        let look = layers.look(letter, wording, &mut composer, &mut binder, options)?;
        let dates = layers.dates(letter, &mut composer, &mut binder)?;
        let own = personal::draw(&mut composer, letter, wording, options)?;
        binder.page(&[look, dates], &own)?;
        if letter.reply_form {
            let under = layers.reply(letter, wording, &mut composer, &mut binder, options)?;
            let own = personal::draw_reply(&mut composer, letter, wording)?;
            binder.page(&[under], &own)?;
        }
        last_number = letter.document_number();
    }
    // The title names no person.
    let title = if first_number == last_number {
        format!("{TITLE} {first_number}")
    } else {
        format!("{TITLE} {first_number} から {last_number}")
    };
    binder.end(fonts, composer, &Properties { title, author })
}

/// The layers drawn so far and their indices in the document.
#[derive(Default)]
struct Layers {
    looks: Vec<(Look, usize)>,
    replies: Vec<(Look, usize)>,
    dates: Vec<(Vec<NoticeCertificate>, usize)>,
}

impl Layers {
    /// The notice under a letter, drawn now where it is the first to need it.
    fn look<W: Write>(
        &mut self,
        letter: &NoticeLetter,
        wording: &Wording,
        composer: &mut Composer<'_>,
        binder: &mut Binder<'_, W>,
        options: &PrintOptions,
    ) -> Result<usize, FormError> {
        if let Some((_, index)) = self.looks.iter().find(|(look, _)| look.fits(letter)) {
            return Ok(*index);
        }
        let look = Look::of(letter);
        let index = binder.share(&look.draw(composer, wording, options)?)?;
        self.looks.push((look, index));
        Ok(index)
    }

    /// The reply form under a letter's second page.
    fn reply<W: Write>(
        &mut self,
        letter: &NoticeLetter,
        wording: &Wording,
        composer: &mut Composer<'_>,
        binder: &mut Binder<'_, W>,
        options: &PrintOptions,
    ) -> Result<usize, FormError> {
        if let Some((_, index)) = self.replies.iter().find(|(look, _)| look.fits(letter)) {
            return Ok(*index);
        }
        let look = Look::of(letter);
        let index = binder.share(&look.draw_reply(composer, wording, options)?)?;
        self.replies.push((look, index));
        Ok(index)
    }

    /// The dates under a letter.
    fn dates<W: Write>(
        &mut self,
        letter: &NoticeLetter,
        composer: &mut Composer<'_>,
        binder: &mut Binder<'_, W>,
    ) -> Result<usize, FormError> {
        if let Some((_, index)) = self.dates.iter().find(|(known, _)| *known == letter.certificates) {
            return Ok(*index);
        }
        let sheet = dates::draw(composer, &letter.certificates)?;
        let index = binder.share(&sheet)?;
        self.dates.push((letter.certificates.clone(), index));
        Ok(index)
    }
}
