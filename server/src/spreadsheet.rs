//! Cells that a spreadsheet would take for a formula.

/// True for text that a spreadsheet may calculate instead of showing it: a clerk's or a counter's name is typed by
/// people. The full-width signs are those that Japanese spreadsheets read like the others, and blanks before a sign are passed over.
pub fn is_formula(text: &str) -> bool {
    matches!(
        text.trim_start_matches([' ', '\u{3000}']).chars().next(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    )
}

/// The text with an apostrophe before what would be a formula.
pub fn guarded(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever begins like a formula is shown as text; everything else stays as it is.
    #[test]
    fn nothing_is_calculated() {
        for text in ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＠x", " =1", "　＝1"]
        {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
        }
        for text in ["更新", "1番窓口", "佐藤=花子", "", "1-2"] {
            assert_eq!(guarded(text), text, "{text:?}");
        }
    }
}
