//! Japan Post's customer barcode: 67 four-state bars from a postal code and an address.

mod extract;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::RuleError;

pub use extract::display_number;

/// A customer barcode, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CustomerBarcode {
    /// Postal code and 住所表示番号 as they are encoded, before filling up to 20 characters.
    pub digits: String,
    /// The check character: `0`–`9`, `-` or `CC1`–`CC8`.
    pub check: String,
    /// 67 bars: `1` long, `2` semi-long up, `3` semi-long down, `4` timing.
    pub bars: String,
}

/// Characters after the postal code.
const DISPLAY_LENGTH: usize = 13;
const START: &str = "13";
const STOP: &str = "31";

/// One of the 19 code characters; its number is its check value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Code(u8);

impl Code {
    const HYPHEN: Self = Self(10);
    /// CC1 to CC8.
    const fn control(number: u8) -> Self {
        Self(10 + number)
    }

    /// Three bars (郵便番号・バーコードマニュアル).
    fn bars(self) -> &'static str {
        const BARS: [&str; 19] = [
            "144", "114", "132", "312", "123", "141", "321", "213", "231", "411", "414", "324", "342", "234",
            "432", "243", "423", "441", "111",
        ];
        BARS[usize::from(self.0) % BARS.len()]
    }

    fn name(self) -> String {
        match self.0 {
            digit @ 0..=9 => digit.to_string(),
            10 => "-".to_owned(),
            control => format!("CC{}", control - 10),
        }
    }
}

/// The barcode for an address. `address` is the whole address with building and room; prefecture, city
/// and town fall away because they carry no numbers of their own.
///
/// # Errors
/// A postal code that isn't seven digits, or a 代表郵便番号 (…00), for which there is no barcode.
pub fn customer_barcode(postal_code: &str, address: &str) -> Result<CustomerBarcode, RuleError> {
    let postal = postal_digits(postal_code)?;
    let display = display_number(address);
    let mut codes: Vec<Code> = postal.bytes().map(|digit| Code(digit - b'0')).collect();
    codes.extend(display.chars().flat_map(encode));
    // Short ones are filled with CC4; a letter cut in half keeps its control code alone.
    codes.resize(postal.len() + DISPLAY_LENGTH, Code::control(4));

    let sum: u32 = codes.iter().map(|code| u32::from(code.0)).sum();
    let check = Code(u8::try_from((19 - sum % 19) % 19).unwrap_or(0));
    let body: String = codes.iter().chain([&check]).map(|code| code.bars()).collect();
    Ok(CustomerBarcode {
        digits: format!("{postal}{display}"),
        check: check.name(),
        bars: format!("{START}{body}{STOP}"),
    })
}

/// Seven digits without hyphen; full width and 〒 are taken.
///
/// # Errors
/// Anything else.
pub fn postal_digits(text: &str) -> Result<String, RuleError> {
    let wrong = || RuleError::PostalCode { text: text.trim().to_owned() };
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace() && *c != '〒').collect();
    let digits: String = plain.chars().filter(|c| !matches!(c, '-' | '‐' | '−' | '–' | 'ー')).collect();
    let hyphens = plain.chars().count() - digits.chars().count();
    if digits.len() != 7 || hyphens > 1 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    if digits.ends_with("00") {
        return Err(RuleError::RepresentativePostalCode { text: digits });
    }
    Ok(digits)
}

fn encode(c: char) -> Vec<Code> {
    let offset = |from: char| u8::try_from(u32::from(c) - u32::from(from)).unwrap_or(0);
    match c {
        '0'..='9' => vec![Code(offset('0'))],
        'A'..='J' => vec![Code::control(1), Code(offset('A'))],
        'K'..='T' => vec![Code::control(2), Code(offset('K'))],
        'U'..='Z' => vec![Code::control(3), Code(offset('U'))],
        _ => vec![Code::HYPHEN],
    }
}
