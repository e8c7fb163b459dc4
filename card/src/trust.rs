//! Whom a certificate must come from: J-LIS in a live office, the training CA in a training office, never both.
//!
//! The CA certificates on the card prove nothing, since they came off the same card; the anchors here are built in.
//! All generations of J-LIS' CA share one name, so the issuer is found by key identifier and signature.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use chrono::NaiveDate;
use der::Decode as _;
use myna_card::certificate::roots;
use rules::kinds::CertificateKind;
use serde::{Deserialize, Serialize};
use x509_cert::certificate::Rfc5280;
use x509_cert::crl::CertificateList;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, SubjectKeyIdentifier};

use crate::certificate::{Parsed, parse};
use crate::hex;

/// The office's mode, seen from a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Certificates of J-LIS' production CAs, and no others (not even of its test CAs).
    Live,
    /// Certificates of the training CA, and no others.
    Training,
}

/// Why a certificate isn't believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// Not a certificate.
    #[error("電子証明書の形が正しくありません。")]
    Malformed,
    /// No CA of this office's mode signed it.
    #[error("電子証明書の発行者を確認できません。")]
    UnknownIssuer,
    /// It belongs to the other mode.
    #[error("{}", if *training { "訓練用の電子証明書です。本番では使えません。" } else { "本物の電子証明書です。訓練では使えません。" })]
    OtherMode {
        /// Whether it is a training certificate met in a live office.
        training: bool,
    },
    /// Its first day is still to come.
    #[error("電子証明書の有効期間がまだ始まっていません。")]
    NotYetValid,
    /// Its last day is over.
    #[error("電子証明書の有効期間が終わっています。")]
    Expired,
    /// Made for another use.
    #[error("電子証明書の用途が正しくありません。")]
    WrongUsage,
}

impl TrustError {
    /// A short code for the telephone and the log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "M-1251",
            Self::UnknownIssuer => "M-1252",
            Self::OtherMode { .. } => "M-1253",
            Self::NotYetValid => "M-1254",
            Self::Expired => "M-1255",
            Self::WrongUsage => "M-1256",
        }
    }
}

impl Trust {
    /// Checks that `der` is a certificate of this kind, issued by a CA of this mode, valid on `date`, for its use.
    ///
    /// Revocation isn't looked at: J-LIS answers only those who are designated for it.
    ///
    /// # Errors
    /// What isn't right about it.
    pub fn check(self, kind: CertificateKind, der: &[u8], date: NaiveDate) -> Result<(), TrustError> {
        let leaf = parse(der).map_err(|_| TrustError::Malformed)?;
        let issuer = match self.issuer_of(kind, &leaf) {
            Some(issuer) => issuer,
            None if self.other().issuer_of(kind, &leaf).is_some() => {
                return Err(TrustError::OtherMode { training: self == Self::Live });
            }
            None => return Err(TrustError::UnknownIssuer),
        };
        usage(kind, &leaf)?;
        valid_on(&issuer, date)?;
        valid_on(&leaf, date)
    }

    /// Whether a list of revoked certificates names a serial number. The list must be of a CA of this mode.
    ///
    /// # Errors
    /// When it is no list, or nobody signed it whom this office believes.
    pub fn revoked(self, kind: CertificateKind, list: &[u8], serial: &str) -> Result<bool, TrustError> {
        let parsed = CertificateList::<Rfc5280>::from_der(list).map_err(|_| TrustError::Malformed)?;
        let signed = crate::certificate::signed_part(list).map_err(|_| TrustError::Malformed)?;
        let signature = parsed.signature.as_bytes().ok_or(TrustError::Malformed)?;
        let believed = self.anchors(kind).iter().filter_map(|der| parse(der).ok()).any(|ca| {
            is_ca(&ca)
                && parsed.tbs_cert_list.issuer == *ca.certificate.tbs_certificate().subject()
                && ca.public_key().is_some_and(|key| {
                    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key)
                        .verify(&signed, signature)
                        .is_ok()
                })
        });
        if !believed {
            return Err(TrustError::UnknownIssuer);
        }
        let entries = parsed.tbs_cert_list.revoked_certificates.unwrap_or_default();
        Ok(entries.iter().any(|entry| hex::serial(entry.serial_number.as_bytes()) == serial))
    }

    fn other(self) -> Self {
        match self {
            Self::Live => Self::Training,
            Self::Training => Self::Live,
        }
    }

    fn issuer_of(self, kind: CertificateKind, leaf: &Parsed) -> Option<Parsed> {
        self.anchors(kind).into_iter().filter_map(|der| parse(&der).ok()).find(|ca| issued_by(leaf, ca))
    }

    /// The CA certificates of this mode for one kind of certificate.
    fn anchors(self, kind: CertificateKind) -> Vec<Vec<u8>> {
        match self {
            Self::Live => {
                let purpose = match kind {
                    CertificateKind::Signature => roots::Purpose::DigitalSignature,
                    CertificateKind::Authentication => roots::Purpose::UserAuthentication,
                };
                roots::KNOWN
                    .iter()
                    .filter(|root| root.purpose == purpose && root.hierarchy == roots::Hierarchy::Production)
                    .map(|root| root.der.to_vec())
                    .collect()
            }
            Self::Training => vec![crate::training_ca::ca_certificate(kind).to_vec()],
        }
    }
}

fn issued_by(leaf: &Parsed, ca: &Parsed) -> bool {
    const SHA256_WITH_RSA: &str = "1.2.840.113549.1.1.11";
    let (tbs, above) = (leaf.certificate.tbs_certificate(), ca.certificate.tbs_certificate());
    if tbs.issuer() != above.subject() || !is_ca(ca) {
        return false;
    }
    let named =
        tbs.get_extension::<AuthorityKeyIdentifier>().ok().flatten().and_then(|(_, aki)| aki.key_identifier);
    let own = above.get_extension::<SubjectKeyIdentifier>().ok().flatten().map(|(_, ski)| ski.0);
    if let (Some(named), Some(own)) = (named, own)
        && named != own
    {
        return false;
    }
    let (Some(key), Some(signature)) = (ca.public_key(), leaf.certificate.signature().as_bytes()) else {
        return false;
    };
    leaf.certificate.signature_algorithm().oid.to_string() == SHA256_WITH_RSA
        && leaf.certificate.signature_algorithm() == tbs.signature()
        && UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(&leaf.signed, signature).is_ok()
}

fn is_ca(ca: &Parsed) -> bool {
    let tbs = ca.certificate.tbs_certificate();
    let may_be =
        matches!(tbs.get_extension::<BasicConstraints>(), Ok(Some((_, constraints))) if constraints.ca);
    let may_sign = matches!(tbs.get_extension::<KeyUsage>(), Ok(Some((_, usage))) if usage.key_cert_sign());
    may_be && may_sign
}

fn usage(kind: CertificateKind, leaf: &Parsed) -> Result<(), TrustError> {
    let tbs = leaf.certificate.tbs_certificate();
    let Ok(Some((_, usage))) = tbs.get_extension::<KeyUsage>() else {
        return Err(TrustError::WrongUsage);
    };
    let is_authority =
        matches!(tbs.get_extension::<BasicConstraints>(), Ok(Some((_, constraints))) if constraints.ca);
    let fits = match kind {
        CertificateKind::Signature => usage.digital_signature() && usage.non_repudiation(),
        CertificateKind::Authentication => usage.digital_signature() && !usage.non_repudiation(),
    };
    if fits && !is_authority && !usage.key_cert_sign() { Ok(()) } else { Err(TrustError::WrongUsage) }
}

fn valid_on(certificate: &Parsed, date: NaiveDate) -> Result<(), TrustError> {
    let (from, until) = certificate.validity().map_err(|_| TrustError::Malformed)?;
    if date < from {
        Err(TrustError::NotYetValid)
    } else if date > until {
        Err(TrustError::Expired)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
