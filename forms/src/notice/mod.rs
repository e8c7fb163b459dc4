//! 有効期限通知書: one letter a person, one A4 page, folded in three for a window envelope.
//!
//! A page has three layers: what the office says to all (`shared`), what it says to all with the same dates
//! (`dates`), and what is this person's alone (`personal`). The first two are drawn once a run.

mod address;
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
use crate::layout::Sheet;
use crate::pdf::{Binder, Bound, Properties};
use crate::{Fonts, FormError, PrintOptions, Printed};
use shared::Look;

/// Prints letters in the order given, one page each, with one set of fonts for the whole file.
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
        let shared = layers.of(letter, &mut composer, &mut binder, options)?;
        let own = personal::draw(&mut composer, letter, options)?;
        binder.page(&shared, &own)?;
        last_number = letter.document_number();
    }
    // The title names no person.
    let title = if first_number == last_number {
        format!("{} {first_number}", words::TITLE)
    } else {
        format!("{} {first_number} から {last_number}", words::TITLE)
    };
    binder.end(fonts, composer, &Properties { title, author })
}

/// The layers drawn so far and their indices in the document.
#[derive(Default)]
struct Layers {
    looks: Vec<(Look, usize)>,
    dates: Vec<(Vec<NoticeCertificate>, usize)>,
}

impl Layers {
    /// The layers under a letter, drawn now where it is the first to need them.
    fn of<W: Write>(
        &mut self,
        letter: &NoticeLetter,
        composer: &mut Composer<'_>,
        binder: &mut Binder<'_, W>,
        options: &PrintOptions,
    ) -> Result<[usize; 2], FormError> {
        let look = remembered(&mut self.looks, Look::of(letter), |look| {
            binder.share(&look.draw(composer, options)?)
        })?;
        let dates = remembered(&mut self.dates, letter.certificates.clone(), |certificates| {
            let sheet: Sheet = dates::draw(composer, certificates)?;
            binder.share(&sheet)
        })?;
        Ok([look, dates])
    }
}

fn remembered<K: PartialEq>(
    known: &mut Vec<(K, usize)>,
    key: K,
    draw: impl FnOnce(&K) -> Result<usize, FormError>,
) -> Result<usize, FormError> {
    if let Some((_, index)) = known.iter().find(|(k, _)| *k == key) {
        return Ok(*index);
    }
    let index = draw(&key)?;
    known.push((key, index));
    Ok(index)
}
