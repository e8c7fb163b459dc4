//! A certificate is believed only by the office whose CA issued it, for its use and its days.

use chrono::{DateTime, FixedOffset};
use rules::kinds::Sex;

use super::*;
use crate::issuer::Holder;
use crate::training_ca::{CertificateRequest, ca_certificate, issue};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn noon(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{text}T12:00:00+09:00")).unwrap()
}

/// A training certificate, for a key that some CA certificate carries: any RSA key will do.
fn certificate(kind: CertificateKind) -> Vec<u8> {
    let holder = Holder {
        name: "訓練　花子".into(),
        address: "東京都訓練区窓口一丁目１番１号".into(),
        birth: day("1990-05-06"),
        sex: Sex::Female,
    };
    let key = parse(ca_certificate(kind)).unwrap().public_key().unwrap().to_vec();
    issue(&CertificateRequest {
        kind,
        serial: "0ABC",
        public_key: &key,
        holder: &holder,
        municipality: "13999",
        from: noon("2026-11-22"),
        expires: day("2031-05-06"),
    })
    .unwrap()
}

#[test]
fn a_training_certificate_is_believed_in_training_on_its_days() {
    for kind in CertificateKind::ALL.iter().copied() {
        let der = certificate(kind);
        let on = |date| Trust::Training.check(kind, &der, day(date));
        assert_eq!(on("2026-11-22"), Ok(()));
        assert_eq!(on("2031-05-06"), Ok(()), "the last day counts");
        assert_eq!(on("2031-05-07"), Err(TrustError::Expired));
        assert_eq!(on("2026-11-21"), Err(TrustError::NotYetValid));
    }
}

#[test]
fn a_training_certificate_is_never_believed_in_a_live_office() {
    let der = certificate(CertificateKind::Signature);
    let verdict = Trust::Live.check(CertificateKind::Signature, &der, day("2026-11-22"));
    assert_eq!(verdict, Err(TrustError::OtherMode { training: true }));
    assert!(verdict.unwrap_err().to_string().contains("訓練用"));
}

#[test]
fn one_kind_is_never_taken_for_the_other() {
    let der = certificate(CertificateKind::Signature);
    let verdict = Trust::Training.check(CertificateKind::Authentication, &der, day("2026-11-22"));
    assert_eq!(verdict, Err(TrustError::UnknownIssuer));
}

#[test]
fn any_changed_bit_of_the_signed_part_is_noticed() {
    let kind = CertificateKind::Authentication;
    let der = certificate(kind);
    for at in (8..der.len()).step_by(37) {
        let mut changed = der.clone();
        changed[at] ^= 1;
        assert!(Trust::Training.check(kind, &changed, day("2026-11-22")).is_err(), "bit flipped at {at}");
    }
}

#[test]
fn a_ca_certificate_is_no_end_entity_certificate() {
    for kind in CertificateKind::ALL.iter().copied() {
        for trust in [Trust::Live, Trust::Training] {
            for anchor in trust.anchors(kind) {
                let (from, _) = parse(&anchor).unwrap().validity().unwrap();
                assert_eq!(trust.check(kind, &anchor, from), Err(TrustError::WrongUsage));
            }
        }
    }
}

#[test]
fn live_anchors_are_the_three_generations_of_j_lis_and_no_test_ca() {
    for kind in CertificateKind::ALL.iter().copied() {
        let anchors = Trust::Live.anchors(kind);
        assert_eq!(anchors.len(), 3);
        for anchor in anchors {
            let name = parse(&anchor).unwrap().certificate.tbs_certificate().subject().to_string();
            assert!(name.contains("O=JPKI") && !name.contains("TEST"), "{name}");
        }
    }
    for root in roots::KNOWN.iter().filter(|root| root.hierarchy == roots::Hierarchy::Test) {
        let leaf = parse(root.der).unwrap();
        let kind = match root.purpose {
            roots::Purpose::DigitalSignature => CertificateKind::Signature,
            roots::Purpose::UserAuthentication => CertificateKind::Authentication,
        };
        assert!(Trust::Live.issuer_of(kind, &leaf).is_none());
    }
}
