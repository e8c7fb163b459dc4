//! The files of the JPKI application.

use chrono::{FixedOffset, NaiveTime};
use rules::kinds::CertificateKind;

use super::super::layout::{Application, id};
use super::super::state::{Key, State};
use super::super::{CardPerson, VirtualCardError, keys};
use super::{filled, parsed, put};
use crate::issuer::training::{CERTIFICATE_FILE, CERTIFICATE_PRESENT};
use crate::training_ca::{CertificateRequest, ca_certificate, issue};

/// EF 0008: which of the two certificates the card carries.
fn availability(signature: bool, authentication: bool) -> Vec<u8> {
    let byte = |there: bool| if there { CERTIFICATE_PRESENT } else { 0x00 };
    vec![byte(signature), byte(authentication), 0x00]
}

pub(super) fn write(state: &mut State, person: &CardPerson) -> Result<(), VirtualCardError> {
    for (kind, file, key_file, ca_file) in [
        (CertificateKind::Signature, id::SIGNATURE_CERTIFICATE, id::SIGNATURE_KEY, id::SIGNATURE_CA),
        (
            CertificateKind::Authentication,
            id::AUTHENTICATION_CERTIFICATE,
            id::AUTHENTICATION_KEY,
            id::AUTHENTICATION_CA,
        ),
    ] {
        let mut certificate = Vec::new();
        if person.certificate(kind).is_some() {
            let pkcs8 = keys::generate();
            certificate = first_certificate(person, kind, &keys::public_pkcs1(&parsed(&pkcs8)?))?;
            state.keys.push(Key { application: Application::Jpki, file: key_file, pkcs8 });
        }
        put(state, Application::Jpki, file, filled(certificate, CERTIFICATE_FILE));
        put(state, Application::Jpki, ca_file, filled(ca_certificate(kind).to_vec(), CERTIFICATE_FILE));
    }
    let there = |kind| person.certificate(kind).is_some();
    let available = availability(there(CertificateKind::Signature), there(CertificateKind::Authentication));
    put(state, Application::Jpki, id::AVAILABILITY, available);
    put(state, Application::Jpki, id::TOKEN_INFO, token_info(person));
    put(state, Application::Jpki, 0x0005, vec![0xFF; 16]);
    put(state, Application::Jpki, 0x0009, vec![0xFF; 16]);
    Ok(())
}

/// The certificate the card is born with: from noon of its day of issue.
fn first_certificate(
    person: &CardPerson,
    kind: CertificateKind,
    public_key: &[u8],
) -> Result<Vec<u8>, VirtualCardError> {
    let wrong = |reason: String| VirtualCardError::Person(reason);
    let certificate =
        person.certificate(kind).ok_or_else(|| wrong("証明書の指定がありません。".to_owned()))?;
    let japan =
        FixedOffset::east_opt(9 * 3600).unwrap_or_else(|| FixedOffset::east_opt(0).expect("zero fits"));
    let noon = certificate.issued.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default());
    let from = noon
        .and_local_timezone(japan)
        .single()
        .ok_or_else(|| wrong("発行日が正しくありません。".to_owned()))?;
    issue(&CertificateRequest {
        kind,
        serial: &certificate.serial,
        public_key,
        from,
        expires: certificate.expires,
        holder: &person.holder,
        municipality: &person.municipality,
    })
    .map_err(|error| wrong(error.to_string()))
}

/// EF 0006: the fields of PKCS #11's token information, 160 bytes.
fn token_info(person: &CardPerson) -> Vec<u8> {
    let text = |value: &str, length: usize| {
        let mut bytes = value.as_bytes().to_vec();
        bytes.resize(length, b' ');
        bytes
    };
    let mut bytes = text(person.token.text(), 32);
    bytes.extend(text("MADOGUCHI TRAINING, NOT J-LIS", 32));
    bytes.extend(text("VIRTUALCARD", 16));
    bytes.extend(text(&format!("0{}", person.card_number), 16));
    for number in [0x0000_040D, 1, 0, 1, 0, 16, 6, u32::MAX, u32::MAX, u32::MAX, u32::MAX] {
        bytes.extend_from_slice(&u32::to_be_bytes(number));
    }
    bytes.extend_from_slice(b"0301");
    bytes.extend_from_slice(&[b'9'; 16]);
    bytes
}
