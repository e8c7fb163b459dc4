//! The closed lists: codes, labels, revocation, PINs and sources.

use std::collections::BTreeSet;

use rules::NaiveDate;
use rules::case_states::{CaseEvent, CaseState};
use rules::kinds::CertificateKind::{Authentication, Signature};
use rules::kinds::{
    Applicant, CardKind, CardStatus, CertificateKind, CertificateStatus, PinKind, ResidentKind,
    ResidentStatus, Role, Sex,
};
use rules::pins;
use rules::procedure::{MissingCode, Procedure, Route};
use rules::revocation::{Effect, RevocationCause as C, consequences, delay_days, effect};

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

macro_rules! check_lists {
    ($($list:ty),+ $(,)?) => {$({
        let mut codes = BTreeSet::new();
        for value in <$list>::ALL {
            assert_eq!(<$list>::from_code(value.code()), Some(*value));
            assert!(codes.insert(value.code()), "{} twice", value.code());
            assert!(value.code().chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit()));
            assert!(!value.label().is_empty() && value.label().chars().any(|c| !c.is_ascii()));
            assert_eq!(value.to_string(), value.label());
        }
        for wrong in ["", "x", "Signature", "署名用"] {
            assert_eq!(<$list>::from_code(wrong), None);
        }
    })+};
}

#[test]
fn codes_come_back() {
    check_lists!(
        CertificateKind,
        PinKind,
        Applicant,
        Sex,
        ResidentKind,
        CardKind,
        CardStatus,
        CertificateStatus,
        ResidentStatus,
        Role,
        Procedure,
        Route,
        MissingCode,
        CaseState,
        CaseEvent,
        C,
        Effect,
    );
    assert_eq!(Signature.pin(), PinKind::Signature);
    assert_eq!(Authentication.pin(), PinKind::Authentication);
}

/// 杉並区, 鴻巣市, 池田町, 豊見城市, 葛城市: the whole table.
#[test]
fn revocation_table() {
    use Effect::{Revoked, Stays, Suspended};
    for (cause, signature, authentication, days) in [
        (C::Expiry, Revoked, Revoked, 1),
        (C::Request, Revoked, Revoked, 0),
        (C::Replacement, Revoked, Revoked, 0),
        (C::DataChange, Revoked, Stays, 1),
        (C::CardAbolished, Revoked, Revoked, 0),
        (C::Death, Revoked, Revoked, 0),
        (C::MovedAbroadContinuing, Revoked, Stays, 0),
        (C::CardSuspended, Revoked, Suspended, 0),
        (C::ExOfficio, Revoked, Revoked, 0),
        (C::AuthorityKey, Revoked, Revoked, 0),
    ] {
        assert_eq!(
            (effect(cause, Signature), effect(cause, Authentication)),
            (signature, authentication),
            "{cause:?}"
        );
        assert_eq!(delay_days(cause), days, "{cause:?}");
        for told in consequences(cause, d("2026-11-24")) {
            let expected =
                (told.effect != Stays).then(|| if days == 1 { d("2026-11-25") } else { d("2026-11-24") });
            assert_eq!(told.from, expected, "{cause:?}");
            assert!(told.sentence.contains(told.kind.label()) && told.sentence.ends_with('。'));
            assert!(told.sentence.contains(cause.label()) && told.sentence.contains(told.effect.label()));
            assert!(rules::sources::ALL.contains(&told.source));
        }
    }
    let sources: BTreeSet<_> = C::ALL.iter().map(|cause| rules::revocation::source(*cause)).collect();
    assert_eq!(sources.len(), 5);
}

/// 名取市, 鴻巣市: forms; 倉吉市: weak ones are taken with a warning.
#[test]
fn forms_of_pins() {
    for (pin, ok, weak) in [
        ("KAERU7", true, false),
        ("A1B2C3", true, true),
        ("ABCDEFGHIJKLMNO1", true, true),
        ("QX7Z9W4K2M8P5R3T", true, false),
        ("QX7Z9W4K2M8P5R3TA", false, false),
        ("KAER7", false, false),
        ("KAERUX", false, false),
        ("123456", false, false),
        ("kaeru7", false, false),
        ("KAERU 7", false, false),
        ("\u{FF2B}\u{FF21}\u{FF25}\u{FF32}\u{FF35}\u{FF17}", false, false), // full width
        ("かえる1234", false, false),
        ("", false, false),
        ("AAAAA1", true, true),
        ("A11111", true, true),
        ("A12345", true, true),
        ("A98765", true, true),
        ("PASSWORD1", true, true),
        ("XYZXYZ1", true, false),
        ("KAERU123", true, false),
        ("DCBA12", true, true),
    ] {
        let verdict = pins::check(PinKind::Signature, pin);
        assert_eq!((verdict.ok, verdict.warning.is_some()), (ok, weak), "{pin}");
        assert_eq!(verdict.reason.is_some(), !ok, "{pin}");
    }
    assert!(pins::check(PinKind::Signature, "kaeru7").reason.is_some_and(|reason| reason.contains("大文字")));
    assert!(pins::check(PinKind::Signature, "KAERU 7").reason.is_some_and(|reason| reason.contains("半角")));
    assert!(pins::check(PinKind::Signature, "KAER7").reason.is_some_and(|reason| reason.contains("6文字")));
    assert!(
        pins::check(PinKind::Signature, "KAERUX").reason.is_some_and(|reason| reason.contains("それぞれ"))
    );
    assert_eq!(pins::normalise_signature("kaeru7"), "KAERU7");
    for kind in [PinKind::Authentication, PinKind::ResidentRegister, PinKind::CardEntry] {
        for (pin, ok, weak) in [
            ("4739", true, false),
            ("0000", true, true),
            ("1234", true, true),
            ("9876", true, true),
            ("4747", true, true),
            ("1010", true, true),
            ("1231", true, true),
            ("1232", true, false),
            ("1301", true, false),
            ("0110", true, true),
            ("0050", true, false),
            ("1980", true, true),
            ("2011", true, true),
            ("2468", true, false),
            ("473", false, false),
            ("47390", false, false),
            ("47A9", false, false),
            ("\u{FF14}\u{FF17}\u{FF13}\u{FF19}", false, false), // full width
            ("", false, false),
            ("八月十日", false, false),
        ] {
            let verdict = pins::check(kind, pin);
            let weak = weak || (ok && (pin.starts_with("19") || pin.starts_with("20")));
            assert_eq!(
                (verdict.ok, verdict.warning.is_some(), verdict.reason.is_some()),
                (ok, weak, !ok),
                "{pin}"
            );
        }
    }
    assert!(pins::check(PinKind::CardEntry, "47A9").reason.is_some_and(|reason| reason.contains("数字だけ")));
    assert!(pins::check(PinKind::CardEntry, "473").reason.is_some_and(|reason| reason.contains("4桁")));
}

/// 豊川市: tries; 鶴ヶ島市, 横浜市: what a renewal asks for; 多賀城市, 喜多方市: who has none.
#[test]
fn tries_and_who_has_none() {
    use PinKind::{Authentication as A, CardEntry as C, ResidentRegister as R, Signature as S};
    assert_eq!(PinKind::ALL.iter().map(|kind| pins::max_tries(*kind)).collect::<Vec<_>>(), [5, 3, 3, 3]);
    assert_eq!(pins::required_for_renewal(true, false), [S, A, R]);
    assert_eq!(pins::required_for_renewal(false, false), [A, R]);
    assert_eq!(pins::required_for_renewal(true, true), []);
    assert_eq!(pins::required_for(&[Authentication, Signature], false), [S, A, R]);
    assert_eq!(pins::required_for(&[Signature], false), [S, R]);
    assert_eq!(pins::required_for(&[], false), []);
    assert_eq!(pins::required_for(&[Authentication], true), []);
    for (kind, restricted, face_only, none) in [
        (S, false, false, false),
        (S, true, false, true),
        (A, true, false, false),
        (R, true, false, false),
        (S, false, true, true),
        (A, false, true, true),
        (C, false, true, true),
        (C, false, false, false),
    ] {
        assert_eq!(
            pins::why_none(kind, restricted, face_only).is_some(),
            none,
            "{kind:?} {restricted} {face_only}"
        );
    }
    assert!(pins::why_none(S, true, false).is_some_and(|reason| reason.contains("15歳未満")));
    assert!(pins::why_none(S, true, true).is_some_and(|reason| reason.contains("顔認証")));
    assert!(pins::tries_sentence(S, 0).contains("ロック") && pins::tries_sentence(S, 0).contains("再設定"));
    assert!(pins::tries_sentence(S, 4).contains("あと4回"));
    assert!(pins::tries_sentence(S, 5).contains("残り5回"));
    assert!(pins::tries_sentence(A, 3).contains("残り3回") && pins::tries_sentence(A, 2).contains("あと2回"));
}

#[test]
fn sources_name_somebody() {
    let unique: BTreeSet<_> = rules::sources::ALL.iter().collect();
    assert_eq!(unique.len(), rules::sources::ALL.len());
    for source in rules::sources::ALL {
        let named = ["市", "区", "町", "村", "法", "jpki", "J-LIS", "総務省", "保険証", "前橋", "設定"];
        assert!(named.iter().any(|word| source.contains(word)), "{source}");
    }
}
