//! Legal representatives, and the household shortcut.

use rules::identity::Document;
use rules::kinds::{Applicant, PinKind};
use rules::procedure::{
    CounterFacts, MissingCode, NoticeForm, Procedure, Representation, RepresentationRole, Route,
};
use rules::settings::OfficeSettings;

use super::{child_visit, d, decided, decided_by, missing, paper, says, visit};

fn power(role: RepresentationRole) -> Representation {
    Representation { role, known_to_office: false, proof_issued: Some(d("2025-07-01")), powers_listed: true }
}

fn representative(role: RepresentationRole) -> CounterFacts {
    CounterFacts {
        applicant: Applicant::LegalRepresentative,
        representation: Some(power(role)),
        ..visit("2025-08-01")
    }
}

/// 上尾市, 富士宮市, 波佐見町: proofs within three months; 桜川市: none where the office sees the relation.
#[test]
fn proofs_and_their_age() {
    let child = CounterFacts { applicant: Applicant::LegalRepresentative, ..child_visit("2025-08-01") };
    for (issued, known, expected) in [
        (Some("2025-05-01"), false, true),
        (Some("2025-04-30"), false, false),
        (Some("2025-08-01"), false, true),
        (Some("2025-08-02"), false, false),
        (None, false, false),
        (None, true, true),
        (Some("2020-01-01"), true, true),
    ] {
        let shown = Representation {
            known_to_office: known,
            proof_issued: issued.map(d),
            ..power(RepresentationRole::Parent)
        };
        let decision = decided(&CounterFacts { representation: Some(shown), ..child.clone() });
        assert_eq!(missing(&decision).is_empty(), expected, "{issued:?} {known}");
        if !expected {
            assert_eq!(missing(&decision), [MissingCode::RepresentationProof]);
        }
    }
    let unasked = decided(&child);
    assert!(unasked.ready() && unasked.bring.iter().any(|item| item.sentence.contains("戸籍謄本")));
    let mut settings = OfficeSettings::default();
    settings.set("proof_months", "6").unwrap();
    let older = Representation { proof_issued: Some(d("2025-02-01")), ..power(RepresentationRole::Parent) };
    assert!(decided_by(&CounterFacts { representation: Some(older), ..child }, &settings).ready());
}

/// 東松山市: curators and assistants need the power in their list, and an adult principal.
#[test]
fn curators_and_their_powers() {
    for role in [RepresentationRole::Curator, RepresentationRole::Assistant] {
        assert!(decided(&representative(role)).ready(), "{role:?}");
        let mut unlisted = representative(role);
        unlisted.representation = Some(Representation { powers_listed: false, ..power(role) });
        assert_eq!(missing(&decided(&unlisted)), [MissingCode::ListOfPowers]);
        let minor = CounterFacts {
            representation: Some(power(role)),
            applicant: Applicant::LegalRepresentative,
            ..child_visit("2025-08-01")
        };
        assert_eq!(missing(&decided(&minor)), [MissingCode::RepresentationProof]);
    }
    for role in [RepresentationRole::AdultGuardian, RepresentationRole::VoluntaryGuardian] {
        let mut facts = representative(role);
        facts.representation = Some(Representation { powers_listed: false, ..power(role) });
        assert!(decided(&facts).ready(), "{role:?}: no list is asked for");
        facts.representation =
            Some(Representation { known_to_office: true, proof_issued: None, ..power(role) });
        assert_eq!(
            missing(&decided(&facts)),
            [MissingCode::RepresentationProof],
            "a household shows no guardianship"
        );
    }
}

/// 酒田市: the parent of an adult is a proxy like any other.
#[test]
fn parents_of_adults() {
    for role in [RepresentationRole::Parent, RepresentationRole::MinorGuardian] {
        let decision = decided(&representative(role));
        assert_eq!(decision.route, Route::TwoVisits, "{role:?}");
        assert!(says(&decision, "成年に達した方"));
    }
    let mut at_17 = representative(RepresentationRole::Parent);
    at_17.birth = d("2007-08-02");
    assert_eq!(decided(&at_17).route, Route::OneVisit);
    at_17.birth = d("2007-08-01");
    assert_eq!(decided(&at_17).route, Route::TwoVisits);
    // Before anybody has said on what the power rests.
    let unasked = CounterFacts { representation: None, ..representative(RepresentationRole::Parent) };
    assert_eq!(missing(&decided(&unasked)), [MissingCode::RepresentationProof]);
    let ward = CounterFacts { adult_ward: true, ..unasked };
    assert!(decided(&ward).ready());
}

/// 江戸川区: the principal must come too; 桜川市: not.
#[test]
fn representatives_alone_by_setting() {
    let facts = representative(RepresentationRole::AdultGuardian);
    let mut settings = OfficeSettings::default();
    assert!(decided_by(&facts, &settings).ready());
    settings.set("representative_visit", "with_principal").unwrap();
    assert_eq!(missing(&decided_by(&facts, &settings)), [MissingCode::Principal]);
    assert!(decided_by(&CounterFacts { principal_present: true, ..facts }, &settings).ready());
}

/// 大阪狭山市, 日南市 against 太宰府市: one document or two at a reset; one at a renewal.
#[test]
fn representatives_documents() {
    let with = |documents: &[Document], wanted| CounterFacts {
        applicant_documents: Some(documents.iter().copied().map(paper).collect()),
        principal_documents: Some(vec![paper(Document::StudentCard)]),
        wanted,
        ..representative(RepresentationRole::AdultGuardian)
    };
    let one = [Document::DrivingLicence];
    let two = [Document::DrivingLicence, Document::PensionBook];
    let plain = [Document::PensionBook, Document::StudentCard];
    let mut settings = OfficeSettings::default();
    assert!(decided(&with(&one, None)).ready());
    assert_eq!(missing(&decided(&with(&plain, None))), [MissingCode::ApplicantIdentity]);
    let reset = Some(Procedure::PinReset);
    assert_eq!(missing(&decided(&with(&one, reset))), [MissingCode::ApplicantIdentity]);
    assert!(decided(&with(&two, reset)).ready());
    let mut unknown = with(&one, None);
    unknown.pins_known = vec![PinKind::Authentication];
    assert_eq!(missing(&decided(&unknown)), [MissingCode::ApplicantIdentity, MissingCode::PinReset]);
    settings.set("representative_identity", "one_photo").unwrap();
    assert!(decided_by(&with(&one, reset), &settings).ready());
    let mut nothing_of_principal = with(&one, reset);
    nothing_of_principal.principal_documents = Some(vec![]);
    assert_eq!(missing(&decided_by(&nothing_of_principal, &settings)), [MissingCode::PrincipalIdentity]);
}

/// 神戸市, いちき串木野市: the same day, with 委任状 and PINs in a sealed envelope.
#[test]
fn household_members_with_a_residence_change() {
    let facts = CounterFacts {
        applicant: Applicant::HouseholdMember,
        residence_change_today: true,
        delegation: true,
        notice_form: NoticeForm::Sealed,
        ..visit("2025-11-04")
    };
    let decision = decided(&facts);
    assert_eq!(
        (decision.procedure, decision.route, decision.visits),
        (Procedure::Issuance, Route::OneVisit, 1)
    );
    assert!(decision.ready(), "{:?}", decision.missing);
    let lacking = |change: fn(&mut CounterFacts)| {
        let mut facts = facts.clone();
        change(&mut facts);
        decided(&facts)
    };
    assert_eq!(missing(&lacking(|facts| facts.delegation = false)), [MissingCode::Delegation]);
    assert_eq!(
        missing(&lacking(|facts| facts.notice_form = NoticeForm::None)),
        [MissingCode::SealedEnvelope]
    );
    assert_eq!(
        missing(&lacking(|facts| facts.notice_form = NoticeForm::Unsealed)),
        [MissingCode::SealedEnvelope]
    );
    let wrong_pin = lacking(|facts| facts.pins_known = vec![]);
    assert_eq!(wrong_pin.route, Route::TwoVisits);
    assert!(says(&wrong_pin, "文書照会に戻ります"));
    let no_move = lacking(|facts| facts.residence_change_today = false);
    assert_eq!(no_move.route, Route::TwoVisits);
    assert!(says(&no_move, "異動の届出と同時でない"));
    let reset = lacking(|facts| facts.wanted = Some(Procedure::PinReset));
    assert_eq!(reset.route, Route::TwoVisits);
    assert!(!says(&reset, "同時でない"), "it is at the same time, and a reset goes by letter all the same");
    assert_eq!(lacking(|facts| facts.adult_ward = true).route, Route::Refused);
    // The older rule.
    let mut settings = OfficeSettings::default();
    settings.set("household_same_day", "not_allowed").unwrap();
    let older = decided_by(&facts, &settings);
    assert_eq!(older.route, Route::TwoVisits);
    assert!(!says(&older, "異動の届出と同時"));
    let no_move = CounterFacts { residence_change_today: false, ..facts };
    assert!(!says(&decided_by(&no_move, &settings), "異動の届出と同時"));
}

/// 富士宮市 alone treats a household member at a reset like the principal.
#[test]
fn household_members_at_a_reset() {
    let facts = CounterFacts {
        applicant: Applicant::HouseholdMember,
        wanted: Some(Procedure::PinReset),
        applicant_documents: Some(vec![paper(Document::Passport)]),
        principal_documents: Some(vec![paper(Document::StudentCard)]),
        ..visit("2025-08-01")
    };
    assert_eq!(decided(&facts).route, Route::TwoVisits);
    let mut settings = OfficeSettings::default();
    settings.set("household_reset", "as_principal").unwrap();
    assert!(decided_by(&facts, &settings).ready());
    let no_papers = CounterFacts {
        applicant_documents: Some(vec![]),
        principal_documents: Some(vec![]),
        ..facts.clone()
    };
    assert_eq!(
        missing(&decided_by(&no_papers, &settings)),
        [MissingCode::ApplicantIdentity, MissingCode::PrincipalIdentity]
    );
    let child = CounterFacts { adult_ward: true, ..facts };
    assert_eq!(decided_by(&child, &settings).route, Route::Refused);
}
