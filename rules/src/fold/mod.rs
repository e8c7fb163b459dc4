//! Search keys: what the spellings of one name or address have in common. Never for the record itself.

mod address;
mod variants;

use unicode_normalization::UnicodeNormalization;

pub use address::address;
pub(crate) use address::value as kanji_number;

/// Key of a name in kanji: variants, variation selectors, width, case, spaces and dots do not count.
pub fn name(text: &str) -> String {
    // Katakana first: a small ゕ is a variant of カ as ヵ is.
    plain(text).map(to_katakana).map(variants::fold).collect()
}

/// Key of a name in kana: hiragana and katakana, width, long marks' shapes, spaces and dots do not count.
/// Small kana stay small: キョウ and キヨウ are different people.
pub fn kana(text: &str) -> String {
    plain(text).map(to_katakana).collect()
}

/// Compatibility forms composed, lower case; without spaces, variation selectors, combining enclosures,
/// middle dots and the like.
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|c| !is_selector(*c))
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if is_dash(c) { 'ー' } else { c })
        .filter(|c| {
            !c.is_whitespace()
                && !c.is_control()
                && !matches!(c, '・' | '·' | '.' | ',' | '、' | '。' | '\'' | '’')
        })
}

/// Variation selectors, standardised and ideographic, and invisible joiners.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Everything that is typed for a long mark or a hyphen.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━' | '〜' | '~' | 'ー')
}

/// Hiragana to katakana, iteration marks included.
fn to_katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    }
}
