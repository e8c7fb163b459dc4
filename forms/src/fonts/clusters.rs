//! Cutting a text into what stands as one glyph: a character with its selector or its marks.

/// Splits `text` into characters, each with the variation selectors and combining marks that follow it.
/// Joined together again the pieces are the text, code point by code point.
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut ends = rest.char_indices().skip(1).skip_while(|(_, c)| joins(*c));
        rest.chars().next()?;
        let end = ends.next().map_or(rest.len(), |(at, _)| at);
        let (cluster, after) = rest.split_at(end);
        rest = after;
        Some(cluster)
    })
}

/// The selector of a variation sequence, standardised or ideographic.
pub(crate) fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}')
}

fn joins(c: char) -> bool {
    is_selector(c) || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // A selector belongs to the character before it, also outside the BMP.
    #[test]
    fn selectors_stay_with_their_character() {
        let parts: Vec<_> = clusters("渡邉\u{E0101}𠮷\u{E0100}か\u{309A}子").collect();
        assert_eq!(parts, ["渡", "邉\u{E0101}", "𠮷\u{E0100}", "か\u{309A}", "子"]);
        assert_eq!(clusters("").count(), 0);
        assert_eq!(clusters("\u{E0100}あ").collect::<Vec<_>>(), ["\u{E0100}", "あ"]);
    }

    proptest! {
        // Nothing is lost: what is copied out of the paper is what was registered.
        #[test]
        fn pieces_join_to_the_text(text in "\\PC{0,40}") {
            prop_assert_eq!(clusters(&text).collect::<String>(), text);
        }
    }
}
