use chrono::{DateTime, FixedOffset, NaiveDate};
use der::{Decode, Encode};
use myna_card::certificate::Certificate;
use rules::kinds::{CertificateKind, Sex};
use x509_cert::crl::CertificateList;

use super::*;
use crate::issuer::Holder;

fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).expect("a moment")
}

fn holder() -> Holder {
    Holder {
        name: "訓練\u{3000}花子".to_owned(),
        address: "東京都訓練区窓口一丁目2番3号".to_owned(),
        birth: NaiveDate::from_ymd_opt(1980, 2, 17).expect("a date"),
        sex: Sex::Female,
    }
}

fn sample(kind: CertificateKind) -> Vec<u8> {
    issue(&CertificateRequest {
        kind,
        serial: "8A0001FF",
        public_key: Authority::new(CertificateKind::Authentication).public_key(),
        from: moment("2026-11-22T10:15:00+09:00"),
        expires: NaiveDate::from_ymd_opt(2031, 2, 17).expect("a date"),
        holder: &holder(),
        municipality: "13999",
    })
    .expect("a certificate")
}

/// The shipped CA certificates are what the keys give, self-signed, and never look like J-LIS'.
#[test]
fn the_shipped_ca_certificates_are_the_keys_own() {
    for (kind, name) in
        [(CertificateKind::Signature, "signature"), (CertificateKind::Authentication, "authentication")]
    {
        let made = ca_certificate_from_key(kind);
        if std::env::var_os("MADOGUCHI_WRITE_CA").is_some() {
            let path = format!("{}/src/training_ca/{name}.cer", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(path, &made).expect("written");
            continue;
        }
        assert_eq!(made, ca_certificate(kind));
        let parsed = Certificate::parse(&made).expect("X.509");
        parsed.verify_signature(&parsed).expect("self-signed");
        assert!(parsed.subject().contains(ORGANISATION_NAME));
        assert!(
            myna_card::certificate::roots::issuer_of(
                &parsed,
                myna_card::certificate::roots::Accept::ProductionAndTest
            )
            .is_err()
        );
    }
}

#[test]
fn a_certificate_has_the_serial_the_dates_and_the_issuer_it_was_asked_for() {
    for kind in [CertificateKind::Signature, CertificateKind::Authentication] {
        let der = sample(kind);
        let parsed = Certificate::parse(&der).expect("X.509");
        assert_eq!(parsed.inner().to_der().expect("DER"), der, "the encoding is canonical");
        let ca = Certificate::parse(ca_certificate(kind)).expect("CA");
        parsed.verify_signature(&ca).expect("signed by the CA");
        let other = match kind {
            CertificateKind::Signature => CertificateKind::Authentication,
            CertificateKind::Authentication => CertificateKind::Signature,
        };
        let other = Certificate::parse(ca_certificate(other)).expect("CA");
        assert!(parsed.verify_signature(&other).is_err());
        assert_eq!(parsed.serial_number(), [0x00, 0x8A, 0x00, 0x01, 0xFF]);
        let validity = parsed.inner().tbs_certificate().validity();
        let from = moment("2026-11-22T01:15:00Z").timestamp().cast_unsigned();
        let until = moment("2031-02-17T14:59:59Z").timestamp().cast_unsigned();
        assert_eq!(validity.not_before.to_unix_duration().as_secs(), from);
        assert_eq!(validity.not_after.to_unix_duration().as_secs(), until);
    }
}

/// The signature certificate carries the four attributes; the authentication certificate nothing of the person.
#[test]
fn only_the_signature_certificate_says_who_it_is() {
    let contains = |der: &[u8], text: &str| der.windows(text.len()).any(|part| part == text.as_bytes());
    let signature = sample(CertificateKind::Signature);
    let authentication = sample(CertificateKind::Authentication);
    for text in ["訓練\u{3000}花子", "東京都訓練区窓口一丁目2番3号", "319800217"] {
        assert!(contains(&signature, text), "{text}");
        assert!(!contains(&authentication, text), "{text}");
    }
}

#[test]
fn bad_requests_are_refused() {
    let holder = holder();
    let mut request = CertificateRequest {
        kind: CertificateKind::Signature,
        serial: "0",
        public_key: &[],
        from: moment("2026-11-22T10:15:00+09:00"),
        expires: NaiveDate::from_ymd_opt(2026, 11, 21).expect("a date"),
        holder: &holder,
        municipality: "13999",
    };
    for serial in ["0", "", "00", "xyz", "1234567890123456789012345678901234567890A"] {
        request.serial = serial;
        assert_eq!(issue(&request), Err(CaError::Serial(serial.to_owned())));
    }
    request.serial = "1";
    assert_eq!(issue(&request), Err(CaError::Validity));
}

#[test]
fn the_list_of_revoked_certificates_is_read_back() {
    let revoked = [RevokedCertificate {
        serial: "8A0001FF".to_owned(),
        since: moment("2026-11-01T09:00:00+09:00"),
        reason: 4,
    }];
    let kind = CertificateKind::Signature;
    let from = moment("2026-11-22T00:00:00+09:00");
    let next = moment("2026-11-23T00:00:00+09:00");
    let der = revocation_list(kind, 300, from, next, &revoked).expect("a list");
    let list: CertificateList = CertificateList::from_der(&der).expect("X.509");
    assert_eq!(list.to_der().expect("DER"), der);
    let entries = list.tbs_cert_list.revoked_certificates.as_ref().expect("entries");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].serial_number.as_bytes(), [0x00, 0x8A, 0x00, 0x01, 0xFF]);
    let ca = Certificate::parse(ca_certificate(kind)).expect("CA").public_key().expect("key");
    let body = list.tbs_cert_list.to_der().expect("DER");
    ca.verify_pkcs1_sha256(&body, list.signature.raw_bytes()).expect("signed by the CA");
    assert!(revocation_list(kind, 1, from, next, &[]).is_ok());
}
