//! Proof that the key in the card belongs to a certificate: the card signs, we check.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use myna_card::ap::jpki;
use myna_card::{Command, data};
use rules::kinds::CertificateKind;

use crate::certificate;
use crate::chip::Chip;
use crate::error::CardError;
use crate::link::CardLink;
use crate::pins::{Consent, PinValue, present};

/// Lets the card sign `challenge` with the key of `kind` and checks it with the public key in `certificate`.
///
/// # Errors
/// Those of [`crate::pins::verify`]; [`CardError::KeyDiffers`] when the signature doesn't fit the certificate.
pub fn prove(
    link: &mut dyn CardLink,
    kind: CertificateKind,
    pin: &PinValue,
    consent: Consent,
    certificate: &[u8],
    challenge: &[u8; 32],
) -> Result<(), CardError> {
    let chip = &mut Chip::new(link);
    present(chip, kind.pin(), pin, consent)?;
    prove_key(chip, kind, certificate, challenge)
}

/// As [`prove`], for a chip that has just been given the PIN.
pub(crate) fn prove_key(
    chip: &mut Chip<'_>,
    kind: CertificateKind,
    certificate: &[u8],
    challenge: &[u8; 32],
) -> Result<(), CardError> {
    let signature = sign(chip, kind, challenge)?;
    let parsed = certificate::parse(certificate)?;
    let key = parsed.public_key().ok_or(CardError::KeyDiffers { kind })?;
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key)
        .verify(challenge, &signature)
        .map_err(|_| CardError::KeyDiffers { kind })
}

/// The form of the signing command that independent clients agree on: key file selected, DigestInfo made by us.
fn sign(chip: &mut Chip<'_>, kind: CertificateKind, challenge: &[u8; 32]) -> Result<Vec<u8>, CardError> {
    const COMPUTE_SIGNATURE: u8 = 0x2A;
    const CURRENT_FILE: u8 = 0x80;
    let key = match kind {
        CertificateKind::Signature => jpki::ef::SIGN_KEY,
        CertificateKind::Authentication => jpki::ef::AUTH_KEY,
    };
    let input = data::sha256_digest_info(&data::sha256(challenge));
    chip.run("署名による鍵の確認", |card| {
        card.select_ef(key)?;
        card.call_ok(&Command::with_data_le(0x80, COMPUTE_SIGNATURE, 0x00, CURRENT_FILE, input, 256))
    })
}
