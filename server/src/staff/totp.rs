//! Six digits that change each half minute (RFC 6238), as every authenticator application computes them.

use crate::error::{Error, Result};
use totp_rs::{Algorithm, Builder, Secret, Totp};
use zeroize::Zeroizing;

/// Bytes of a key: 160 bits (RFC 4226, section 4).
pub const KEY_LENGTH: usize = 20;
/// Digits of a code.
const DIGITS: u8 = 6;
/// Seconds for which a code is shown.
const STEP: u64 = 30;
/// Codes before and after the present one that are taken: clocks differ and people type slowly.
const SKEW: u16 = 1;

/// The step of the code, if it is one of the present time; `seconds` since 1970.
///
/// # Errors
/// When the key isn't one.
pub fn step_of(key: &[u8], code: &str, seconds: u64) -> Result<Option<i64>> {
    let step = generator(key, "", "")?.check(code, seconds);
    step.map(|step| i64::try_from(step).map_err(Error::internal)).transpose()
}

/// The code of the present time.
///
/// # Errors
/// When the key isn't one.
pub fn code(key: &[u8], seconds: u64) -> Result<String> {
    Ok(generator(key, "", "")?.generate(seconds).to_string())
}

/// The key as an authenticator application takes it from a picture, and in letters for typing.
///
/// # Errors
/// When the key isn't one.
pub fn addresses(key: &[u8], office: &str, login: &str) -> Result<(Zeroizing<String>, Zeroizing<String>)> {
    // A colon parts the office from the login in such an address.
    let plain = |text: &str| text.replace(':', " ").trim().to_owned();
    let generator = generator(key, &plain(office), &plain(login))?;
    let address = generator.to_url().map_err(Error::internal)?;
    Ok((Zeroizing::new(address), Zeroizing::new(generator.secret().to_base32())))
}

fn generator(key: &[u8], office: &str, login: &str) -> Result<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_skew(SKEW)
        .with_step_duration(STEP)
        .with_secret(Secret::new(key.into()))
        .with_account_name(login)
        .with_issuer((!office.is_empty()).then_some(office))
        .build()
        .map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 6238, appendix B.
    const KEY: &[u8] = b"12345678901234567890";

    /// RFC 6238, appendix B (SHA-1): its eight digits end in our six.
    #[test]
    fn agrees_with_rfc_6238() {
        for (seconds, digits) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(code(KEY, seconds).unwrap(), digits[2..], "{seconds}");
            let step = i64::try_from(seconds / 30).unwrap();
            assert_eq!(step_of(KEY, &digits[2..], seconds).unwrap(), Some(step));
        }
    }

    /// A code is taken one step early and one step late, and no further; nothing but its six digits is.
    #[test]
    fn is_taken_for_a_minute_and_a_half() {
        let seconds = 1_234_567_890;
        let now = code(KEY, seconds).unwrap();
        for (away, taken) in [(-60, false), (-30, true), (0, true), (30, true), (60, false)] {
            let then = seconds.checked_add_signed(away).unwrap();
            assert_eq!(step_of(KEY, &now, then).unwrap().is_some(), taken, "{away}");
        }
        for wrong in ["", "00592", "+05924", "0059240", "０05924", "abcdef"] {
            assert_eq!(step_of(KEY, wrong, seconds).unwrap(), None, "{wrong}");
        }
    }

    /// What the picture says is what applications read, whatever the office is called.
    #[test]
    fn says_the_key_to_applications() {
        let (address, letters) = addresses(KEY, "見本区: 戸籍", "sato").unwrap();
        assert!(address.starts_with("otpauth://totp/") && address.contains("secret=GEZDGNBVGY3TQOJQ"));
        assert_eq!(*letters, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
