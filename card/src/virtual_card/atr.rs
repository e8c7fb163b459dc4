//! Answers to reset.

use super::{CardPerson, Defect, TokenLabel};

/// The contact interface's ATR of this card.
pub(super) fn of(person: &CardPerson) -> &'static [u8] {
    match (person.defect, person.token) {
        // The smallest ATR there is for T=1; no program takes it for a My Number Card's.
        (Defect::ForeignCard, _) => &[0x3B, 0x80, 0x80, 0x01, 0x01],
        (_, TokenLabel::OldCard) => &[
            0x3B, 0xDA, 0x13, 0xFF, 0x81, 0x31, 0xFB, 0x46, 0x80, 0x12, 0x39, 0x2F, 0x31, 0xC1, 0x73, 0xC6,
            0x01, 0xC0, 0x3B,
        ],
        _ => &[0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14],
    }
}

#[cfg(test)]
mod tests {
    use super::super::profiles;
    use super::*;

    #[test]
    fn the_check_byte_closes_each_of_them() {
        let today = rules::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date");
        for profile in profiles::all(today) {
            assert_eq!(
                of(&profile.person)[1..].iter().fold(0, |sum, byte| sum ^ byte),
                0,
                "{}",
                profile.name
            );
        }
    }
}
