//! 有効期限通知書: one letter a person, one A4 page, folded in three for a window envelope.
//!
//! A page has three layers: what the office says to all ([`shared`]), what it says to all with the same dates
//! ([`dates`]), and what is this person's alone ([`personal`]). The first two are drawn once a run.

mod address;
mod dates;
mod letter;
mod personal;
mod place;
mod shared;
mod words;

pub use letter::{NoticeCertificate, NoticeLetter};

use crate::fonts::Composer;
use crate::layout::Sheet;
use crate::pdf::{Book, Page};
use crate::{FormError, Fonts, PrintOptions, Printed};
use shared::Look;

/// Prints letters in the order given, one page each, with one set of fonts for the whole file.
///
/// # Errors
/// [`FormError::Nothing`] without letters; [`FormError::Window`] when the envelope leaves no room for an address.
pub fn print(letters: &[NoticeLetter], fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let first = letters.first().ok_or(FormError::Nothing)?;
    let mut composer = Composer::new(fonts)?;
    let mut layers = Layers::default();
    let mut pages = Vec::with_capacity(letters.len());
    for letter in letters {
        let shared = layers.of(letter, &mut composer, options)?;
        let own = personal::draw(&mut composer, letter, options)?;
        pages.push(Page { shared, own });
    }
    let author = format!("{} {}", first.office.ward, first.office.department);
    Book { title: title(letters), author, shared: layers.sheets, pages }.write(fonts, composer, options)
}

/// The layers drawn so far.
#[derive(Default)]
struct Layers {
    sheets: Vec<Sheet>,
    looks: Vec<(Look, usize)>,
    dates: Vec<(Vec<NoticeCertificate>, usize)>,
}

impl Layers {
    /// The layers under a letter, drawn now where it is the first to need them.
    fn of(
        &mut self,
        letter: &NoticeLetter,
        composer: &mut Composer<'_>,
        options: &PrintOptions,
    ) -> Result<Vec<usize>, FormError> {
        let Self { sheets, looks, dates } = self;
        let look = remembered(looks, Look::of(letter), sheets, |look| look.draw(composer, options))?;
        let certificates = letter.certificates.clone();
        let dates = remembered(dates, certificates, sheets, |list| dates::draw(composer, list))?;
        Ok(vec![look, dates])
    }
}

fn remembered<K: PartialEq>(
    known: &mut Vec<(K, usize)>,
    key: K,
    sheets: &mut Vec<Sheet>,
    draw: impl FnOnce(&K) -> Result<Sheet, FormError>,
) -> Result<usize, FormError> {
    if let Some((_, index)) = known.iter().find(|(k, _)| *k == key) {
        return Ok(*index);
    }
    sheets.push(draw(&key)?);
    known.push((key, sheets.len() - 1));
    Ok(sheets.len() - 1)
}

/// The document's title names no person.
fn title(letters: &[NoticeLetter]) -> String {
    match letters {
        [only] => format!("{} {}", words::TITLE, only.document_number()),
        [first, .., last] => {
            format!("{} {} から {}", words::TITLE, first.document_number(), last.document_number())
        }
        [] => words::TITLE.to_owned(),
    }
}
