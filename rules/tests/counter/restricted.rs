//! Under-15s and adult wards.

use rules::kinds::Applicant;
use rules::kinds::CertificateKind::{Authentication, Signature};
use rules::procedure::{CounterFacts, MissingCode, Procedure, Route};
use rules::settings::OfficeSettings;

use super::{certificate, child_visit, d, decided, decided_by, missing, says, visit, warns};

fn kinds(decision: &rules::procedure::Decision) -> Vec<rules::kinds::CertificateKind> {
    decision.certificates.iter().map(|certificate| certificate.kind).collect()
}

/// 下郷町, 福知山市: the representative applies, for the authentication certificate.
#[test]
fn the_representative_applies() {
    let alone = decided(&child_visit("2025-08-01"));
    assert_eq!((alone.route, missing(&alone)), (Route::Refused, vec![MissingCode::LegalRepresentative]));
    let parent = CounterFacts { applicant: Applicant::LegalRepresentative, ..child_visit("2025-08-01") };
    let decision = decided(&parent);
    assert_eq!((decision.procedure, decision.route), (Procedure::Renewal, Route::OneVisit));
    assert!(decision.ready());
    assert_eq!(kinds(&decision), [Authentication]);
    let ward = CounterFacts { adult_ward: true, ..visit("2025-08-01") };
    assert_eq!(missing(&decided(&ward)), [MissingCode::LegalRepresentative]);
    for applicant in [Applicant::Proxy, Applicant::HouseholdMember] {
        let facts = CounterFacts { applicant, ..child_visit("2025-08-01") };
        assert_eq!(decided(&facts).route, Route::Refused);
    }
}

/// The fifteenth birthday is the first day (counters use the birthday).
#[test]
fn the_fifteenth_birthday() {
    let mut facts = child_visit("2025-08-01");
    facts.birth = d("2010-08-02");
    assert_eq!(decided(&facts).route, Route::Refused);
    facts.birth = d("2010-08-01");
    assert_eq!(decided(&facts).route, Route::OneVisit);
    // 安城市: it doesn't come by itself at fifteen, but can be asked for.
    assert_eq!(kinds(&decided(&facts)), [Authentication]);
    facts.wanted = Some(Procedure::Issuance);
    assert_eq!(kinds(&decided(&facts)), [Signature]);
}

/// 平塚市, 松山市, 伊丹市: who gets a signature certificate by which setting.
#[test]
fn signature_certificates_by_setting() {
    let asked = CounterFacts {
        applicant: Applicant::LegalRepresentative,
        wanted: Some(Procedure::Issuance),
        ..child_visit("2025-08-01")
    };
    let mut settings = OfficeSettings::default();
    let both_come = CounterFacts { principal_present: true, ..asked.clone() };
    let allowed = CounterFacts { signature_allowed: true, ..asked.clone() };
    for (setting, alone, both) in
        [("never", false, false), ("both_present", false, true), ("ask_first", false, false)]
    {
        settings.set("signature_for_restricted", setting).unwrap();
        for (facts, expected) in [(&asked, alone), (&both_come, both), (&allowed, true)] {
            let decision = decided_by(facts, &settings);
            assert_eq!(decision.route == Route::OneVisit, expected, "{setting}");
            if expected {
                assert_eq!(kinds(&decision), [Signature], "{setting}");
            } else {
                assert_eq!(missing(&decision), [MissingCode::SupervisorApproval], "{setting}");
            }
        }
    }
    // 松山市 asks for the representative, not for anybody.
    settings.set("signature_for_restricted", "both_present").unwrap();
    let proxy = CounterFacts { applicant: Applicant::Proxy, ..both_come };
    assert_eq!(decided_by(&proxy, &settings).route, Route::Refused);
}

/// A ward whose old signature certificate has ended keeps only the other, and is told why.
#[test]
fn what_a_ward_keeps() {
    let mut facts = visit("2025-11-04");
    facts.adult_ward = true;
    facts.applicant = Applicant::LegalRepresentative;
    let decision = decided(&facts);
    assert_eq!(kinds(&decision), [Authentication]);
    assert!(warns(&decision, "成年被後見人の方には"));
    // E16: a face-only card has none either, whatever a supervisor says.
    let mut face = visit("2025-08-01");
    face.signature_allowed = true;
    face.card.as_mut().unwrap().face_only = true;
    face.certificates = vec![certificate(Authentication, "2020-12-01", "2025-10-10")];
    let decision = decided(&face);
    assert_eq!(kinds(&decision), [Authentication]);
    assert!(decision.pins_needed.is_empty() && decision.ready());
    face.wanted = Some(Procedure::Issuance);
    let refused = decided(&face);
    assert!(refused.missing.is_empty() && says(&refused, "顔認証"), "{refused:?}");
}
