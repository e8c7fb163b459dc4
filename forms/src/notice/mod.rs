//! 有効期限通知書: one letter a person, one A4 page, folded in three for a window envelope.

mod letter;

pub use letter::{NoticeCertificate, NoticeLetter};

use crate::{FormError, Fonts, PrintOptions, Printed};

/// Prints letters in the order given, one page each, with one set of fonts for the whole file.
pub fn print(letters: &[NoticeLetter], fonts: &Fonts, options: &PrintOptions) -> Result<Printed, FormError> {
    let _ = (letters, fonts, options);
    Err(FormError::Nothing)
}
