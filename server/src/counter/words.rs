//! What people type: names, reasons, notes. Kept as typed, without what can't be seen or printed.

use app::components::FieldError;

/// The longest line of a form: names, addresses, relations.
pub const LINE: usize = 200;
/// The longest reason.
pub const REASON: usize = 500;
/// The longest note on a case.
pub const NOTE: usize = 10_000;

/// Something wrong with a field.
pub fn wrong(field: &str, sentence: impl Into<String>) -> FieldError {
    FieldError { field: field.to_owned(), code: "M-1422".to_owned(), sentence: sentence.into() }
}

/// One line, trimmed, without control characters; variation selectors and everything else that belongs to a name stay.
///
/// # Errors
/// A sentence when it is too long.
pub fn line(text: &str) -> Result<String, String> {
    let kept: String = text.trim().chars().filter(|letter| !letter.is_control()).collect();
    if kept.chars().count() > LINE {
        Err(format!("{LINE}文字までで入力してください。"))
    } else {
        Ok(kept)
    }
}

/// A reason that must be given, as [`text`].
///
/// # Errors
/// A sentence when it is missing or too long.
pub fn reason(given: &str, what: &str) -> Result<String, String> {
    let kept = text(given);
    if kept.is_empty() || kept.chars().count() > REASON {
        return Err(format!("{what}を{REASON}文字までで入力してください。"));
    }
    Ok(kept)
}

/// Several lines: line breaks stay, other control characters go.
pub fn text(given: &str) -> String {
    let unix = given.replace("\r\n", "\n").replace('\r', "\n");
    let keep = |letter: &char| *letter == '\n' || !letter.is_control();
    unix.trim().chars().filter(keep).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Selectors and right-to-left marks are somebody's text; bells and nulls are nobody's.
    #[test]
    fn keeps_what_can_be_seen() {
        assert_eq!(line(" 辻\u{E0101}\u{0}花子\u{7} ").unwrap(), "辻\u{E0101}花子");
        assert_eq!(text("a\r\nb\rc\u{8}"), "a\nb\nc");
        assert_eq!(line("\u{202E}右から").unwrap(), "\u{202E}右から");
        assert!(line(&"あ".repeat(201)).is_err());
        assert!(reason("", "理由").is_err() && reason(&"あ".repeat(501), "理由").is_err());
        assert_eq!(reason("\u{1}わけ", "理由").unwrap(), "わけ");
    }
}
