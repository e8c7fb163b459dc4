//! The codes on letters and reply forms.
//!
//! A letter's code is a random token; it says nothing about the person. The code on the reply form that belongs to the
//! letter is the same token with one letter more, so that the counter sees which of the two sheets it holds.

/// What stands behind the token in the code of a reply form. No token contains it.
pub const REPLY_MARK: char = 'U';

/// The code of the reply form that belongs to a letter.
pub fn of_reply(token: &str) -> String {
    format!("{token}{REPLY_MARK}")
}

/// A token of 128 random bits: 26 characters that a QR code holds closely and that nobody takes for another
/// (Crockford's base 32, which has no I, L, O or U).
pub fn token(random: [u8; 16]) -> String {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut rest = u128::from_be_bytes(random);
    let mut token = [b'0'; 26];
    for digit in token.iter_mut().rev() {
        *digit = DIGITS[usize::try_from(rest % 32).unwrap_or_default()];
        rest /= 32;
    }
    token.into_iter().map(char::from).collect()
}

/// What was scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanned {
    /// The token as a letter holds it.
    pub token: String,
    /// It was the reply form.
    pub reply: bool,
}

/// Reads what a scanner typed. Tokens made before codes were short are 32 hexadecimal digits.
pub fn scanned(typed: &str) -> Option<Scanned> {
    // A scanner that thinks of another keyboard changes case and width, never digits and letters.
    let plain: String = typed
        .trim()
        .chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect();
    if !plain.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let plain = plain.to_ascii_uppercase();
    let (token, reply) =
        plain.strip_suffix(REPLY_MARK).map_or((plain.as_str(), false), |token| (token, true));
    match token.len() {
        26 => Some(Scanned { token: token.to_owned(), reply }),
        32 if token.bytes().all(|b| b.is_ascii_hexdigit()) => {
            Some(Scanned { token: token.to_ascii_lowercase(), reply })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every token is scanned as what it is, however the scanner spells it.
    #[test]
    fn tokens_are_scanned_back() {
        for random in [[0; 16], [255; 16], *b"sixteen bytes ok"] {
            let token = token(random);
            assert_eq!(token.len(), 26);
            let letter = Scanned { token: token.clone(), reply: false };
            assert_eq!(scanned(&token), Some(letter.clone()));
            assert_eq!(scanned(&format!(" {}\r", token.to_lowercase())), Some(letter.clone()));
            let wide: String = token.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect();
            assert_eq!(scanned(&wide), Some(letter));
            assert_eq!(scanned(&of_reply(&token)), Some(Scanned { token, reply: true }));
        }
        let old = "0123456789abcdef0123456789abcdef";
        assert_eq!(scanned(old), Some(Scanned { token: old.to_owned(), reply: false }));
    }

    /// Names, numbers and dates are no codes.
    #[test]
    fn other_input_is_no_code() {
        for typed in ["", "R8-000123", "渡邉花子", "19801010", "ABCDEFGHIJ", &"あ".repeat(26)] {
            assert_eq!(scanned(typed), None, "{typed}");
        }
    }
}
