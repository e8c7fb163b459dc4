//! Search keys: what the spellings of one name or address have in common. Never for the record itself.

mod address;
mod variants;

use unicode_normalization::UnicodeNormalization;

pub use address::address;
pub(crate) use address::value as kanji_number;

/// Key of a name in kanji: variants, variation selectors, width, case, spaces and dots do not count.
pub fn name(text: &str) -> String {
    plain(text).map(variants::fold).map(to_katakana).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_a_name_share_a_key() {
        for family in [
            &["渡邊", "渡邉", "渡辺", "渡󠄁邉", "渡 辺", "渡 邊"][..],
            &["髙橋", "高橋"],
            &["﨑山", "崎山", "嵜山", "碕山"],
            &["澤田", "沢田"],
            &["齋藤", "斎藤", "齊藤", "斉藤"],
            &["濱田", "浜田", "濵田"],
            &["廣瀬", "広瀬", "廣瀨"],
            &["櫻井", "桜井"],
            &["吉田", "𠮷田"],
            &["國分", "国分"],
            &["ニシムラ", "にしむら", "\u{FF86}\u{FF7C}\u{FF91}\u{FF97}"],
            &[
                "SMITH JOHN",
                "Smith John",
                "SMITH・JOHN",
                "\u{FF33}\u{FF2D}\u{FF29}\u{FF34}\u{FF28}\u{3000}\u{FF2A}\u{FF2F}\u{FF28}\u{FF2E}",
            ],
        ] {
            for other in family {
                assert_eq!(name(family[0]), name(other), "{} {other}", family[0]);
            }
        }
        assert_ne!(name("渡辺"), name("渡部"));
        assert_ne!(name("高橋"), name("高梁"));
    }

    #[test]
    fn kana_keep_small_letters_and_voice() {
        assert_eq!(kana("わたなべ はなこ"), "ワタナベハナコ");
        assert_eq!(kana("ワタナベ ハナコ"), "ワタナベハナコ");
        assert_eq!(kana("\u{FF9C}\u{FF80}\u{FF85}\u{FF8D}\u{FF9E}\u{3000}ハナコ"), "ワタナベハナコ");
        assert_eq!(kana("カ\u{3099}"), "ガ");
        assert_ne!(kana("きょうこ"), kana("きようこ"));
        assert_ne!(kana("はな"), kana("ばな"));
        assert_eq!(kana("すーざん"), kana("スーザン"));
        assert_eq!(kana("ス-ザン"), kana("スーザン"));
    }

    #[test]
    fn folding_again_changes_nothing() {
        for text in ["渡󠄁邉 花子", "赤羽一丁目2番3号", "ヴァイオレット", "㍻", "①", ""]
        {
            assert_eq!(name(&name(text)), name(text));
            assert_eq!(kana(&kana(text)), kana(text));
            assert_eq!(address(&address(text)), address(text));
        }
    }

    #[test]
    fn numbers_of_an_address_are_digits() {
        let key = address("東京都北区赤羽一丁目2番3号");
        assert_eq!(key, address("東京都北区赤羽1丁目2番3号"));
        assert_eq!(key, address("東京都北区赤羽1-2-3"));
        assert_eq!(key, address("東京都 北区 赤羽 1−2−3"));
        assert_eq!(address("十二丁目二十三番地"), "12-23");
        assert_eq!(address("百五番地の二"), "105-2");
        // The 三 of 三条 is a name, not a number.
        assert_eq!(address("三条大橋"), "三条大橋");
        assert_ne!(key, address("東京都北区赤羽1-23"));
    }
}
