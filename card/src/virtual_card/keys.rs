//! RSA-2048 keys of the chip and the six ways it signs.
//!
//! The `rsa` crate is here for its unprefixed PKCS #1 padding. Its private operation isn't constant in time
//! (RUSTSEC-2023-0071), which is why it may touch made-up keys only.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::RsaKeyPair;
use rsa::pkcs1::EncodeRsaPublicKey as _;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::traits::PublicKeyParts as _;
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha2::{Digest as _, Sha256};

use super::random::Random;
use super::status;
use crate::tlv::object;

/// Makes a new key, PKCS #8.
pub(super) fn generate() -> Vec<u8> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key of 2048 bits can be made");
    pair.as_der().expect("a key can be written").as_ref().to_vec()
}

/// Keys that were made beforehand. A card that is made to generate a thousand times takes them from here, as a chip with
/// a stock does; they are keys like any other, and the card forgets its old one just the same.
#[derive(Clone, Debug)]
pub struct PreparedKeys {
    ring: Arc<[Vec<u8>]>,
    taken: Arc<AtomicUsize>,
}

impl PreparedKeys {
    /// Makes `count` keys, after which the first comes again.
    pub fn make(count: usize) -> Self {
        Self { ring: (0..count).map(|_| generate()).collect(), taken: Arc::default() }
    }

    /// The next key, PKCS #8.
    pub(super) fn next(&self) -> Vec<u8> {
        let number = self.taken.fetch_add(1, Ordering::SeqCst);
        self.ring.get(number % self.ring.len().max(1)).cloned().unwrap_or_else(generate)
    }
}

/// Reads a key of the state file.
pub(super) fn parse(pkcs8: &[u8]) -> Option<RsaPrivateKey> {
    RsaPrivateKey::from_pkcs8_der(pkcs8).ok()
}

/// The public half, PKCS #1 in DER: what a certificate is made for.
pub(super) fn public_pkcs1(key: &RsaPrivateKey) -> Vec<u8> {
    key.to_public_key().to_pkcs1_der().expect("a public key can be written").into_vec()
}

/// The public half as the files of the card write it: exponent (90), modulus (91).
pub(super) fn public_card(key: &RsaPrivateKey) -> Vec<u8> {
    [object(0x90, &key.e().to_bytes_be()), object(0x91, &key.n().to_bytes_be())].concat()
}

/// The public half as GENERATE ASYMMETRIC KEY PAIR answers it (ISO 7816-8): modulus (81), exponent (82).
pub(super) fn public_iso(key: &RsaPrivateKey) -> Vec<u8> {
    object(0x7F49, &[object(0x81, &key.n().to_bytes_be()), object(0x82, &key.e().to_bytes_be())].concat())
}

/// PKCS #1 v1.5 over SHA-256 with DigestInfo, the scheme of the card-face records.
pub(super) fn sign_sha256(key: &RsaPrivateKey, message: &[u8]) -> Vec<u8> {
    key.sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(message)).expect("a key of 2048 bits signs")
}

/// COMPUTE DIGITAL SIGNATURE: P1 is the scheme, `data` what came with the command.
pub(super) fn sign(
    key: &RsaPrivateKey,
    scheme: u8,
    data: &[u8],
    random: &mut Random,
) -> Result<Vec<u8>, u16> {
    let digest = || Sha256::digest(data).to_vec();
    let exact = |data: &[u8]| if data.len() == 32 { Ok(data.to_vec()) } else { Err(status::CONDITIONS) };
    let signature = match scheme {
        0x00 if !(1..=245).contains(&data.len()) => return Err(status::WRONG_LENGTH),
        0x00 => key.sign(Pkcs1v15Sign::new_unprefixed(), data),
        0x01 => key.sign(Pkcs1v15Sign::new_unprefixed(), &digest()),
        0x02 => key.sign(Pkcs1v15Sign::new::<Sha256>(), &exact(data)?),
        0x03 => key.sign(Pkcs1v15Sign::new::<Sha256>(), &digest()),
        0x04 => key.sign_with_rng(random, Pss::new::<Sha256>(), &exact(data)?),
        0x05 => key.sign_with_rng(random, Pss::new::<Sha256>(), &digest()),
        _ => return Err(status::WRONG_P1P2),
    };
    signature.map_err(|_| status::INTERNAL)
}
