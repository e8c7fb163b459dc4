//! Finding out before printing what won't come out as registered.

use super::{Composer, Fallback, Family, Fonts};
use crate::FormError;

impl Fonts {
    /// What of these people's names and addresses no font can show as registered, so that the clerk knows before
    /// printing. Each item is the name as registered and the texts that will stand on the sheet.
    ///
    /// # Errors
    /// When a font can't be read any more.
    pub fn check<'t, T>(
        &self,
        people: impl IntoIterator<Item = (&'t str, T)>,
    ) -> Result<Vec<Fallback>, FormError>
    where
        T: IntoIterator<Item = &'t str>,
    {
        let mut composer = Composer::new(self)?;
        for (name, texts) in people {
            composer.for_person(name);
            for text in texts {
                composer.glyphs(text, Family::Names)?;
            }
        }
        Ok(composer.into_fallbacks())
    }
}

#[cfg(test)]
mod tests {
    use crate::{FallbackReason, FontPaths, Fonts};

    /// A registered variant that IPAmj Mincho has is fine; one that no font has is told, with whose it is.
    #[test]
    fn tells_before_printing() {
        let fonts = Fonts::load(&FontPaths::default()).unwrap();
        let people = [
            ("渡邉\u{E0111} 花子", vec!["渡邉\u{E0111} 花子", "北区赤羽"]),
            ("一\u{E01EF} 太郎", vec!["一\u{E01EF} 太郎"]),
        ];
        let found = fonts.check(people).unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].who.as_str(), found[0].reason), ("一\u{E01EF} 太郎", FallbackReason::BaseGlyph));
    }
}
