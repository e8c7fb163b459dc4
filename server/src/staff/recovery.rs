//! Recovery codes: ten words for the day on which the device is gone. Each opens once.

use super::password;
use crate::error::Result;
use crate::office::Office;
use crate::rng::Rng;
use crate::store::{self, WriteTx};
use zeroize::Zeroizing;

/// How many codes an account gets.
pub const CODES: usize = 10;
/// Characters of a code behind its number: 60 random bits.
const LENGTH: usize = 12;
/// Letters and digits that nobody mistakes for each other on paper.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Codes as they are shown: `3-ABCD-EFGH-JKLM`.
pub type Codes = Zeroizing<Vec<String>>;

/// Makes an account's codes anew inside the caller's transaction; `hashes` are those of the codes.
///
/// # Errors
/// When the database refuses.
pub async fn replace(tx: &mut WriteTx, staff_id: i64, hashes: &[String], at: &str) -> Result<()> {
    store::recovery_codes::replace(tx, staff_id, hashes, at).await
}

/// New codes with their hashes.
///
/// # Errors
/// When hashing fails.
pub async fn make(rng: Rng) -> Result<(Codes, Vec<String>)> {
    let (mut codes, mut hashes) = (Codes::default(), Vec::with_capacity(CODES));
    for number in 1..=CODES {
        let bytes: [u8; LENGTH] = rng.bytes();
        let letters: String = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        hashes.push(password::hash(letters.clone(), rng).await?);
        codes.push(format!("{number}-{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..]));
    }
    Ok((codes, hashes))
}

/// A code as it was typed: its number and its letters. None when it can't be one.
fn read(typed: &str) -> Option<(i64, String)> {
    let (number, letters) = typed.trim().split_once(['-', ' '])?;
    let letters: String = letters
        .chars()
        .filter(|letter| !matches!(letter, '-' | ' '))
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    let number = number.parse().ok()?;
    (letters.len() == LENGTH && letters.bytes().all(|byte| ALPHABET.contains(&byte)))
        .then_some((number, letters))
}

/// True when what was typed has the form of a recovery code.
pub fn looks_like_one(typed: &str) -> bool {
    read(typed).is_some()
}

/// The number and hash of the unused code that was typed, if it is one of this account's.
///
/// # Errors
/// When the database refuses.
pub async fn check(office: &Office, staff_id: i64, typed: &str) -> Result<Option<(i64, String)>> {
    let Some((number, letters)) = read(typed) else { return Ok(None) };
    let hash = store::recovery_codes::unused(office.store().read(), staff_id, number).await?;
    let hash = hash.unwrap_or_else(|| password::dummy_hash().to_owned());
    Ok(password::verify(letters, hash.clone()).await?.then_some((number, hash)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code is read however it was typed, and made of nothing that is easily misread.
    #[tokio::test]
    async fn reads_what_it_made() {
        let (codes, hashes) = make(Rng).await.unwrap();
        assert_eq!((codes.len(), hashes.len()), (CODES, CODES));
        for (number, code) in (1..).zip(codes.iter()) {
            let (read_number, letters) = read(code).unwrap();
            assert_eq!(read_number, number);
            assert_eq!(
                read(&format!(" {} ", code.to_lowercase().replace('-', " "))),
                Some((number, letters))
            );
        }
        for wrong in ["123456", "", "1-ABCD-EFGH", "1-ABCD-EFGH-JKL0", "x-ABCD-EFGH-JKLM"] {
            assert!(!looks_like_one(wrong), "{wrong}");
        }
    }
}
