//! The four attributes as a signature certificate carries them: otherNames under the JPKI arc, in the order seen.

use chrono::NaiveDate;
use rules::kinds::Sex;

use super::asn1::{oid, sequence, utf8};
use crate::issuer::Holder;
use crate::tlv::object;

/// The arc of the attributes. Readers look for it, so training certificates must use it too.
const ARC: &str = "1.2.392.200149.8.5.5";

/// The general names of the subject's alternative name: 1 name, 4 birth, 3 sex, 5 address, 2 and 6 the substitute flags.
pub fn general_names(holder: &Holder) -> Vec<u8> {
    let (name, name_flags) = substitute(&holder.name);
    let (address, address_flags) = substitute(&holder.address);
    let birth = format!("{}{}", era_digit(holder.birth), holder.birth.format("%Y%m%d"));
    sequence(&[
        other_name(1, &name),
        other_name(4, &birth),
        other_name(3, sex_digit(holder.sex)),
        other_name(5, &address),
        other_name(2, &name_flags),
        other_name(6, &address_flags),
    ])
}

fn other_name(number: u8, value: &str) -> Vec<u8> {
    let inner = [oid(&format!("{ARC}.{number}")), object(0xA0, &utf8(value))].concat();
    object(0xA0, &inner)
}

/// The digit of a sex on the card and in the certificate.
pub fn sex_digit(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "1",
        Sex::Female => "2",
        Sex::Other => "3",
    }
}

fn era_digit(birth: NaiveDate) -> char {
    let mut digit = '0';
    for (from, code) in [
        ((1868, 1, 25), '1'),
        ((1912, 7, 30), '2'),
        ((1926, 12, 25), '3'),
        ((1989, 1, 8), '4'),
        ((2019, 5, 1), '5'),
    ] {
        if NaiveDate::from_ymd_opt(from.0, from.1, from.2).is_some_and(|first| birth >= first) {
            digit = code;
        }
    }
    digit
}

/// Replaces what the card's character set lacks and says where: one digit a character, 1 for a substitute.
///
/// Variation selectors fall away and mark their base character. Outside the basic plane a known base character takes
/// the place, otherwise the geta mark.
pub fn substitute(text: &str) -> (String, String) {
    let mut written = String::new();
    let mut flags: Vec<char> = Vec::new();
    for character in text.chars() {
        match character {
            '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
                if let Some(last) = flags.last_mut() {
                    *last = '1';
                }
            }
            '\u{10000}'.. => {
                written.push(match character {
                    '𠮷' => '吉',
                    '𣘺' => '橋',
                    '𠀋' => '丈',
                    _ => '〓',
                });
                flags.push('1');
            }
            _ => {
                written.push(character);
                flags.push('0');
            }
        }
    }
    (written, flags.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substitutes_are_marked_one_digit_a_character() {
        assert_eq!(substitute("渡邉 𠮷子"), ("渡邉 吉子".to_owned(), "00010".to_owned()));
        assert_eq!(substitute("渡\u{E0100}邉\u{E0102}一"), ("渡邉一".to_owned(), "110".to_owned()));
        assert_eq!(substitute("𩸽"), ("〓".to_owned(), "1".to_owned()));
    }

    #[test]
    fn the_era_digit_changes_on_the_first_day_of_the_era() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a date");
        assert_eq!(era_digit(day(1989, 1, 7)), '3');
        assert_eq!(era_digit(day(1989, 1, 8)), '4');
        assert_eq!(era_digit(day(2019, 5, 1)), '5');
        assert_eq!(era_digit(day(1800, 1, 1)), '0');
    }
}
