//! The one place where the program takes randomness from the operating system.

#![allow(clippy::disallowed_methods)] // this is the room the ban points to

use std::fmt::Write as _;

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rng;

impl Rng {
    /// `N` random bytes.
    ///
    /// # Panics
    /// When the operating system gives none: nothing the office does would be safe then.
    #[allow(clippy::unused_self)] // a value stands for the source, so that it is handed over and seen
    pub fn bytes<const N: usize>(self) -> [u8; N] {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }

    /// A token of 256 bits in 64 hexadecimal digits.
    pub fn token(self) -> String {
        hex(&self.bytes::<32>())
    }

    /// A decimal code of six digits, for people to type.
    pub fn six_digits(self) -> String {
        let number = u64::from_be_bytes(self.bytes::<8>()) % 1_000_000;
        format!("{number:06}")
    }
}

/// Bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
