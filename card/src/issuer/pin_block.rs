//! A new PIN on its way to the card, sealed so that neither the relay nor the issuer can read it.
//!
//! The PIN pad's side reads the sealing object from the card, seals, and gives the block to the issuer's order. The
//! card opens it only for the PIN it was made for and only in the very next channel, so a copied block is worthless.
//! Ours: how real cards are given a new PIN isn't public.

use myna_card::data::RsaPublicKey as CardKey;
use myna_card::tlv::ber;
use rsa::{BigUint, Oaep, RsaPublicKey};
use rules::kinds::PinKind;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::virtual_card::random::Random;

/// The tag of GET DATA (`00 CA DF 02 00`, extended Le) for the key and the channel number a block is sealed for.
pub const SEALING_OBJECT: u16 = 0xDF02;

/// The sealing object can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("新しい暗証番号をカード用に封印できませんでした。")]
pub struct SealError;

/// Seals a PIN for the card that gave this sealing object. `entropy` is from the caller's source of randomness.
///
/// # Errors
/// When the object isn't a key with a channel number, or the value is too long for a PIN.
pub fn seal(
    sealing_object: &[u8],
    kind: PinKind,
    pin: &str,
    entropy: [u8; 16],
) -> Result<Vec<u8>, SealError> {
    if pin.is_empty() || pin.len() > 16 {
        return Err(SealError);
    }
    let key = CardKey::parse(sealing_object).map_err(|_| SealError)?;
    let channel = ber::iter(sealing_object)
        .filter_map(Result::ok)
        .find(|object| object.tag == 0x92 && object.value.len() == 3)
        .map(|object| object.value.iter().fold(0u32, |number, &byte| number << 8 | u32::from(byte)))
        .ok_or(SealError)?;
    let key = RsaPublicKey::new(BigUint::from_bytes_be(&key.modulus), BigUint::from_bytes_be(&key.exponent))
        .map_err(|_| SealError)?;
    let mut plain = Zeroizing::new(purpose(kind, channel));
    plain.extend_from_slice(pin.as_bytes());
    key.encrypt(&mut Random::seeded(entropy), Oaep::new::<Sha256>(), &plain).map_err(|_| SealError)
}

/// What stands before the value inside a block.
pub(crate) fn purpose(kind: PinKind, channel: u32) -> Vec<u8> {
    let mut bytes = kind.code().as_bytes().to_vec();
    bytes.push(b':');
    bytes.extend_from_slice(&channel.to_be_bytes());
    bytes
}
