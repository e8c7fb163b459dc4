//! PINs at the counter: forgotten, locked, changed, and the papers a reset asks for.

use rules::identity::Document;
use rules::kinds::{Applicant, CertificateStatus, PinKind};
use rules::procedure::{CounterFacts, MissingCode, Procedure, Route};
use rules::settings::OfficeSettings;

use super::{decided, decided_by, missing, paper, says, visit, warns, with_status};

fn without(today: &str, lost: &[PinKind]) -> CounterFacts {
    let mut facts = visit(today);
    facts.pins_known.retain(|pin| !lost.contains(pin));
    facts
}

/// 松戸市: forgotten or locked, reset on the spot, then renewed.
#[test]
fn reset_on_the_way_to_a_renewal() {
    let decision = decided(&without("2025-08-01", &[PinKind::Authentication]));
    assert_eq!((decision.procedure, decision.route), (Procedure::Renewal, Route::OneVisit));
    assert_eq!(missing(&decision), [MissingCode::PinReset]);
    assert_eq!(decision.pins_to_reset, [PinKind::Authentication]);
    let mut locked = visit("2025-08-01");
    locked.pins_locked = vec![PinKind::Signature, PinKind::CardEntry];
    let decision = decided(&locked);
    assert_eq!(decision.pins_to_reset, [PinKind::Signature], "the card-entry PIN isn't needed");
    assert!(decided(&without("2025-08-01", &[PinKind::CardEntry])).ready());
    // E7: both unknown, counter only.
    let both = decided(&without("2025-08-01", &[PinKind::Signature, PinKind::Authentication]));
    assert_eq!(both.pins_to_reset, [PinKind::Signature, PinKind::Authentication]);
    assert!(!warns(&both, "コンビニエンスストア"));
}

/// 新潟市 (E6): with one of the two known, the store's machine can reset the other.
#[test]
fn reset_at_a_convenience_store() {
    let store = |facts: CounterFacts| warns(&decided(&facts), "コンビニエンスストア");
    assert!(store(without("2025-08-01", &[PinKind::Signature])));
    assert!(store(without("2025-08-01", &[PinKind::Authentication])));
    assert!(!store(without("2025-08-01", &[PinKind::Signature, PinKind::Authentication])));
    assert!(!store(without("2025-08-01", &[PinKind::Signature, PinKind::ResidentRegister])), "counter only");
    assert!(!store(without("2025-11-04", &[PinKind::Signature])), "expired");
    let mut proxy = without("2025-08-01", &[PinKind::Signature]);
    proxy.applicant = Applicant::Proxy;
    assert!(!store(proxy));
    let mut reset = without("2025-08-01", &[PinKind::Signature]);
    reset.wanted = Some(Procedure::PinReset);
    assert!(store(reset));
    let mut revoked = with_status(
        without("2025-08-01", &[PinKind::Signature]),
        rules::kinds::CertificateKind::Authentication,
        CertificateStatus::Revoked,
    );
    revoked.wanted = Some(Procedure::PinReset);
    assert!(!store(revoked));
}

/// A reset asks neither for a valid certificate nor for a renewal period.
#[test]
fn reset_by_itself() {
    for today in ["2023-08-01", "2025-08-01", "2025-11-04"] {
        let mut facts = without(today, &[PinKind::ResidentRegister]);
        facts.wanted = Some(Procedure::PinReset);
        let decision = decided(&facts);
        assert_eq!((decision.procedure, decision.route), (Procedure::PinReset, Route::OneVisit));
        assert_eq!(decision.pins_to_reset, [PinKind::ResidentRegister]);
        assert!(decision.ready() && decision.certificates.is_empty());
        assert!(says(&decision, "住民基本台帳用暗証番号を再設定できます"));
    }
    let mut all_known = visit("2025-08-01");
    all_known.wanted = Some(Procedure::PinReset);
    assert_eq!(decided(&all_known).pins_to_reset, PinKind::ALL);
    all_known.certificates.remove(0);
    assert_eq!(
        decided(&all_known).pins_to_reset,
        &PinKind::ALL[1..],
        "no signature certificate, no signature PIN"
    );
}

/// 新潟市, 加西市: a change needs the old PIN.
#[test]
fn change() {
    let mut facts = without("2025-08-01", &[PinKind::Signature]);
    facts.wanted = Some(Procedure::PinChange);
    let decision = decided(&facts);
    assert!(decision.ready());
    assert_eq!(decision.pins_needed, &PinKind::ALL[1..]);
    assert!(says(&decision, "変更できます"));
    facts.pins_known.clear();
    let nothing = decided(&facts);
    assert_eq!(missing(&nothing), [MissingCode::PinReset]);
    facts.applicant = Applicant::Proxy;
    let proxy = decided(&facts);
    assert_eq!((proxy.route, missing(&proxy)), (Route::TwoVisits, vec![MissingCode::InquiryLetter]));
}

/// 喜多方市 (E16): a face-only card has no PINs to reset or change.
#[test]
fn face_only_cards_have_none() {
    for wanted in [Procedure::PinReset, Procedure::PinChange] {
        let mut facts = visit("2025-08-01");
        facts.card.as_mut().unwrap().face_only = true;
        facts.wanted = Some(wanted);
        let decision = decided(&facts);
        assert_eq!((decision.procedure, decision.route), (wanted, Route::Refused));
        assert!(says(&decision, "暗証番号がありません"));
    }
}

/// 平塚市, 菊池市, 豊川市, 吉川市: what the principal shows at a reset.
#[test]
fn papers_at_a_reset_by_setting() {
    let asked = |documents: Option<Vec<Document>>, outdated| CounterFacts {
        wanted: Some(Procedure::PinReset),
        principal_documents: documents.map(|documents| documents.into_iter().map(paper).collect()),
        card_face_outdated: outdated,
        ..visit("2025-08-01")
    };
    let mut settings = OfficeSettings::default();
    for (setting, outdated, nothing_shown_is_enough) in [
        ("card_only", false, true),
        ("card_only", true, true),
        ("one_more", false, false),
        ("one_more_if_outdated", false, true),
        ("one_more_if_outdated", true, false),
        ("oral_if_none", false, true),
    ] {
        settings.set("reset_identity", setting).unwrap();
        let nothing = decided_by(&asked(Some(vec![]), outdated), &settings);
        assert_eq!(nothing.ready(), nothing_shown_is_enough, "{setting} {outdated}");
        if !nothing_shown_is_enough {
            assert_eq!(missing(&nothing), [MissingCode::PrincipalIdentity]);
        }
        assert!(
            decided_by(&asked(Some(vec![Document::PatientCard]), outdated), &settings).ready(),
            "{setting}"
        );
        assert!(decided_by(&asked(None, outdated), &settings).ready(), "{setting}: not yet asked");
    }
    settings.set("reset_identity", "oral_if_none").unwrap();
    assert!(says(&decided_by(&asked(Some(vec![]), false), &settings), "聞き取り"));
    assert!(!says(&decided_by(&asked(Some(vec![Document::Passport]), false), &settings), "聞き取り"));
    let unasked = decided_by(&asked(None, false), &settings);
    assert!(
        unasked.bring.iter().any(|item| item.sentence.contains("本人のカードのほかに")),
        "{:?}",
        unasked.bring
    );
    settings.set("reset_identity", "card_only").unwrap();
    let card_only = decided_by(&asked(None, false), &settings);
    assert!(card_only.bring.is_empty() && says(&card_only, "カードだけで"));
    settings.set("reset_identity", "one_more_if_outdated").unwrap();
    assert!(!says(&decided_by(&asked(None, false), &settings), "カードだけで"));
}
