//! Lists of revoked certificates.

use chrono::{DateTime, FixedOffset};
use rules::kinds::CertificateKind;

use super::asn1::{bits, extension, integer, sequence, time};
use super::certificate::{algorithm, authority_key, serial_bytes};
use super::{Authority, CaError, names};
use crate::tlv::object;

/// One revoked certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedCertificate {
    /// Serial number, hexadecimal.
    pub serial: String,
    /// Since when.
    pub since: DateTime<FixedOffset>,
    /// CRLReason of RFC 5280 section 5.3.1: 4 superseded, 5 cessation of operation, 6 hold.
    pub reason: u8,
}

/// Makes the list as of one moment, DER.
///
/// # Errors
/// When a serial number can't be one.
pub fn revocation_list(
    kind: CertificateKind,
    number: u32,
    from: DateTime<FixedOffset>,
    next: DateTime<FixedOffset>,
    revoked: &[RevokedCertificate],
) -> Result<Vec<u8>, CaError> {
    let authority = Authority::new(kind);
    let mut body = vec![integer(&[1]), algorithm(), names::authority(kind), time(from), time(next)];
    if !revoked.is_empty() {
        let entries: Vec<Vec<u8>> = revoked
            .iter()
            .map(|entry| {
                let reason = extension("2.5.29.21", false, &object(0x0A, &[entry.reason]));
                Ok(sequence(&[
                    integer(&serial_bytes(&entry.serial)?),
                    time(entry.since),
                    sequence(&[reason]),
                ]))
            })
            .collect::<Result<_, CaError>>()?;
        body.push(sequence(&entries));
    }
    let point = object(0xA0, &object(0xA0, &object(0xA4, &names::distribution_point(kind))));
    let extensions = sequence(&[
        authority_key(&authority),
        extension("2.5.29.20", false, &integer(&number.to_be_bytes())),
        extension("2.5.29.28", true, &sequence(&[point])),
    ]);
    body.push(object(0xA0, &extensions));
    let body = sequence(&body);
    let signature = bits(&authority.sign(&body));
    Ok(sequence(&[body, algorithm(), signature]))
}
