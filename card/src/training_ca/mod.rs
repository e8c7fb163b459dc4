//! The two training CAs: certificates and lists of revoked ones that look like JPKI's and say everywhere that they
//! aren't. The keys are public and ship with the program (see the README beside this file).

mod asn1;
pub(crate) mod attributes;
mod certificate;
mod crl;
mod names;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use rules::kinds::CertificateKind;
use sha1::{Digest as _, Sha1};

pub use certificate::{CertificateRequest, ca_certificate_from_key, issue};
pub use crl::{RevokedCertificate, revocation_list};
pub use names::ORGANISATION_NAME;

/// A certificate or list could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaError {
    /// The serial number isn't hexadecimal, is zero, or is longer than 20 bytes.
    #[error("シリアル番号「{0}」は使えません。")]
    Serial(String),
    /// The dates don't follow each other.
    #[error("有効期間の始まりが終わりより後です。")]
    Validity,
}

/// The CA's certificate, DER.
pub fn ca_certificate(kind: CertificateKind) -> &'static [u8] {
    match kind {
        CertificateKind::Signature => include_bytes!("signature.cer"),
        CertificateKind::Authentication => include_bytes!("authentication.cer"),
    }
}

/// One CA with its key at hand.
pub(crate) struct Authority {
    kind: CertificateKind,
    key: RsaKeyPair,
}

impl Authority {
    pub(crate) fn new(kind: CertificateKind) -> Self {
        let der: &[u8] = match kind {
            CertificateKind::Signature => include_bytes!("signature.pk8"),
            CertificateKind::Authentication => include_bytes!("authentication.pk8"),
        };
        Self { kind, key: RsaKeyPair::from_pkcs8(der).expect("the shipped training key is a key") }
    }

    /// The key as PKCS #1 `RSAPublicKey`.
    pub(crate) fn public_key(&self) -> &[u8] {
        self.key.public_key().as_ref()
    }

    fn serial(&self) -> &'static [u8] {
        match self.kind {
            CertificateKind::Signature => &[0x7F, 0x01],
            CertificateKind::Authentication => &[0x7F, 0x02],
        }
    }

    /// sha256WithRSAEncryption. The scheme has no randomness in it.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .expect("a key of 2048 bits signs with SHA-256");
        signature
    }
}

/// The key that signs the records of the card's surface, as PKCS #8.
pub(crate) fn surface_key() -> &'static [u8] {
    include_bytes!("surface.pk8")
}

/// SHA-1 over the PKCS #1 key, the first method of RFC 5280 section 4.2.1.2.
fn key_identifier(public_key: &[u8]) -> Vec<u8> {
    Sha1::digest(public_key).to_vec()
}

#[cfg(test)]
mod tests;
