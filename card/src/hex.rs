//! Bytes as hexadecimal text, for screens and for files people may open.

use std::fmt::Write as _;

use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

/// Upper-case hexadecimal.
pub fn encode(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String can't fail.
        let _ = write!(text, "{byte:02X}");
        text
    })
}

/// The bytes of a hexadecimal text; `None` when it isn't one.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

/// A certificate's serial number as the office writes it: upper case, no leading zeros.
pub fn serial(bytes: &[u8]) -> String {
    let text = encode(bytes);
    let short = text.trim_start_matches('0');
    if short.is_empty() { "0".to_owned() } else { short.to_owned() }
}

/// For `#[serde(with = "crate::hex")]`.
pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&encode(bytes))
}

/// For `#[serde(with = "crate::hex")]`.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    decode(&text).ok_or_else(|| D::Error::custom("not hexadecimal"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        assert_eq!(decode(&encode(&[0, 1, 0xFE])).unwrap(), [0, 1, 0xFE]);
        assert_eq!(decode("0"), None);
        assert_eq!(decode("0g"), None);
        assert_eq!(decode("+1"), None);
        assert_eq!(decode("年"), None);
    }

    #[test]
    fn serial_numbers_lose_their_leading_zeros() {
        assert_eq!(serial(&[0x00, 0x0A, 0xBC]), "ABC");
        assert_eq!(serial(&[0]), "0");
    }
}
