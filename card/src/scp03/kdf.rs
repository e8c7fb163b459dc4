//! AES-CMAC and the key derivation over it (RFC 4493; NIST SP 800-108 in counter mode, as Amendment D uses it).

use aes::Aes128;
use cmac::{Cmac, KeyInit, Mac};

use super::StaticKeys;

/// Derivation constants of Amendment D, table 4-1.
pub(super) mod constant {
    pub const CARD_CRYPTOGRAM: u8 = 0x00;
    pub const HOST_CRYPTOGRAM: u8 = 0x01;
    pub const CARD_CHALLENGE: u8 = 0x02;
    pub const S_ENC: u8 = 0x04;
    pub const S_MAC: u8 = 0x06;
    pub const S_RMAC: u8 = 0x07;
}

/// AES-CMAC with a 128-bit key over the concatenation of the parts.
pub(super) fn cmac(key: &[u8; 16], parts: &[&[u8]]) -> [u8; 16] {
    let mut mac = <Cmac<Aes128> as KeyInit>::new(key.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// 16 derived bytes: for the shorter outputs the caller takes the first `bits / 8` of them.
///
/// `bits` goes into the derivation, so a cut-off long value isn't the short value.
pub fn derive(key: &[u8; 16], constant: u8, bits: u16, context: &[&[u8]]) -> [u8; 16] {
    let [high, low] = bits.to_be_bytes();
    let mut prefix = [0u8; 16];
    prefix[11..].copy_from_slice(&[constant, 0x00, high, low, 0x01]);
    let mut parts: Vec<&[u8]> = vec![&prefix];
    parts.extend_from_slice(context);
    cmac(key, &parts)
}

/// The first 8 bytes of a 64-bit derivation: cryptograms and the card challenge.
pub(super) fn derive_8(key: &[u8; 16], constant: u8, context: &[&[u8]]) -> [u8; 8] {
    let full = derive(key, constant, 64, context);
    let mut short = [0u8; 8];
    short.copy_from_slice(&full[..8]);
    short
}

/// One card's static keys from a master key and what the card says of itself.
///
/// Ours, not GlobalPlatform's: Amendment D leaves diversification to the issuer.
pub fn card_keys(master: &[u8; 16], diversification: &[u8]) -> StaticKeys {
    let key = |number: u8| derive(master, number, 128, &[diversification]);
    StaticKeys { enc: key(0xE1), mac: key(0xE2), dek: key(0xE3) }
}
