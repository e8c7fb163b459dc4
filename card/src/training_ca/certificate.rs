//! Certificates: the CA's own and the holders'.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use rules::kinds::CertificateKind;

use super::asn1::{bits, boolean_true, extension, flags, ia5, integer, null, octets, oid, sequence, time};
use super::{Authority, CaError, attributes, key_identifier, names};
use crate::issuer::Holder;
use crate::tlv::object;

/// Private enterprise number 32473 is set aside for examples (RFC 5612), so this policy can be nobody's.
const POLICY_ARC: &str = "1.3.6.1.4.1.32473.8.5.1";
const PRACTICE_STATEMENT: &str = "http://training.madoguchi.invalid/cps.html";

/// What a certificate is asked to say.
#[derive(Clone, Debug)]
pub struct CertificateRequest<'a> {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Serial number, hexadecimal.
    pub serial: &'a str,
    /// The holder's key, PKCS #1 `RSAPublicKey` in DER.
    pub public_key: &'a [u8],
    /// The moment it starts.
    pub from: DateTime<FixedOffset>,
    /// Its last day in Japan; it ends at 23:59:59 of it.
    pub expires: NaiveDate,
    /// The four attributes; the authentication certificate carries none of them.
    pub holder: &'a Holder,
    /// The five digits of the municipality, for the common name.
    pub municipality: &'a str,
}

/// Issues a holder's certificate, DER.
///
/// # Errors
/// When the serial number can't be one, or the certificate would end before it starts.
pub fn issue(request: &CertificateRequest<'_>) -> Result<Vec<u8>, CaError> {
    let serial = serial_bytes(request.serial)?;
    let until = end_of_day(request.expires);
    if until <= request.from {
        return Err(CaError::Validity);
    }
    let authority = Authority::new(request.kind);
    let common_name = match request.kind {
        CertificateKind::Signature => {
            format!("{}{}{}", request.from.format("%Y%m%d%H%M%S"), request.serial, request.municipality)
        }
        CertificateKind::Authentication => {
            format!("{}{}{}A", request.from.format("%y%m%d%H%M"), request.serial, request.municipality)
        }
    };
    let mut extensions = vec![authority_key(&authority)];
    match request.kind {
        CertificateKind::Signature => {
            extensions.push(extension("2.5.29.15", true, &flags(0b1100_0000)));
            extensions.push(extension("2.5.29.17", false, &attributes::general_names(request.holder)));
            extensions.push(issuer_alternative(request.kind));
        }
        CertificateKind::Authentication => {
            extensions.push(extension("2.5.29.15", true, &flags(0b1000_0000)));
            extensions.push(extension("2.5.29.37", false, &sequence(&[oid("1.3.6.1.5.5.7.3.2")])));
            extensions.push(issuer_alternative(request.kind));
        }
    }
    extensions.push(distribution_points(&names::distribution_point(request.kind)));
    extensions.push(policies(request.kind));
    extensions.push(extension("2.5.29.14", false, &octets(&key_identifier(request.public_key))));
    Ok(signed(
        &authority,
        &serial,
        (request.from, until),
        &names::subject(request.kind, &common_name),
        request.public_key,
        &extensions,
    ))
}

/// Makes the CA's certificate from its key: what the shipped file must be, byte for byte.
pub fn ca_certificate_from_key(kind: CertificateKind) -> Vec<u8> {
    let authority = Authority::new(kind);
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date of the calendar");
    let name = names::authority(kind);
    let extensions = [
        extension("2.5.29.15", true, &flags(0b0000_0110)),
        extension("2.5.29.17", false, &sequence(&[object(0xA4, &names::authority_japanese(kind))])),
        extension("2.5.29.19", true, &sequence(&[boolean_true()])),
        distribution_points(&name),
        extension("2.5.29.14", false, &octets(&key_identifier(authority.public_key()))),
    ];
    let validity = (end_of_day(day(2009, 12, 31)), end_of_day(day(2049, 12, 31)));
    signed(&authority, authority.serial(), validity, &name, authority.public_key(), &extensions)
}

fn signed(
    authority: &Authority,
    serial: &[u8],
    (from, until): (DateTime<FixedOffset>, DateTime<FixedOffset>),
    subject: &[u8],
    public_key: &[u8],
    extensions: &[Vec<u8>],
) -> Vec<u8> {
    let key = sequence(&[sequence(&[oid("1.2.840.113549.1.1.1"), null()]), bits(public_key)]);
    let body = sequence(&[
        object(0xA0, &integer(&[2])),
        integer(serial),
        algorithm(),
        names::authority(authority.kind),
        sequence(&[time(from), time(until)]),
        subject.to_vec(),
        key,
        object(0xA3, &sequence(extensions)),
    ]);
    let signature = bits(&authority.sign(&body));
    sequence(&[body, algorithm(), signature])
}

/// sha256WithRSAEncryption.
pub(super) fn algorithm() -> Vec<u8> {
    sequence(&[oid("1.2.840.113549.1.1.11"), null()])
}

/// Key identifier, issuer and serial: all three, for the CA's generations share one name.
pub(super) fn authority_key(authority: &Authority) -> Vec<u8> {
    let serial = integer(authority.serial());
    let parts = [
        object(0x80, &key_identifier(authority.public_key())),
        object(0xA1, &object(0xA4, &names::authority(authority.kind))),
        object(0x82, &serial[2..]),
    ];
    extension("2.5.29.35", false, &sequence(&parts))
}

fn issuer_alternative(kind: CertificateKind) -> Vec<u8> {
    extension("2.5.29.18", false, &sequence(&[object(0xA4, &names::authority_japanese(kind))]))
}

fn distribution_points(directory_name: &[u8]) -> Vec<u8> {
    let point = object(0xA0, &object(0xA0, &object(0xA4, directory_name)));
    extension("2.5.29.31", false, &sequence(&[sequence(&[point])]))
}

fn policies(kind: CertificateKind) -> Vec<u8> {
    let policy = match kind {
        CertificateKind::Signature => format!("{POLICY_ARC}.1.20"),
        CertificateKind::Authentication => format!("{POLICY_ARC}.3.30"),
    };
    let qualifier = sequence(&[oid("1.3.6.1.5.5.7.2.1"), ia5(0x16, PRACTICE_STATEMENT)]);
    let information = sequence(&[oid(&policy), sequence(&[qualifier])]);
    extension("2.5.29.32", true, &sequence(&[information]))
}

/// 23:59:59 in Japan.
pub(super) fn end_of_day(day: NaiveDate) -> DateTime<FixedOffset> {
    let japan = FixedOffset::east_opt(9 * 3600).expect("nine hours fit");
    let last = NaiveTime::from_hms_opt(23, 59, 59).expect("a time of day");
    day.and_time(last).and_local_timezone(japan).single().expect("Japan has no summer time")
}

pub(super) fn serial_bytes(text: &str) -> Result<Vec<u8>, CaError> {
    let even = if text.len().is_multiple_of(2) { text.to_owned() } else { format!("0{text}") };
    crate::hex::decode(&even)
        .filter(|bytes| bytes.len() <= 20 && bytes.iter().any(|&byte| byte != 0))
        .ok_or_else(|| CaError::Serial(text.to_owned()))
}
