//! Each procedure at the counter beside the renewal, alone and together.

use crate::support::{PINS, Ward};
use axum::http::StatusCode;
use rules::case_states::CaseState;
use rules::kinds::{CardStatus, CertificateKind, CertificateStatus, PinKind};
use rules::procedure::Procedure;
use server::store;

const CARD_AND_ONE: [(&str, &str); 2] =
    [("documents", "individual_number_card"), ("documents_b", "pension_book")];

/// Any set of the four PINs is set anew, and the card takes each.
#[tokio::test(flavor = "multi_thread")]
async fn pins_are_set_anew() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "early").await;
    let wish = [
        ("procedure", "pin_reset"),
        ("applicant", "principal"),
        ("reset", "authentication"),
        ("reset", "card_entry"),
    ];
    let page = clerk.open_for(&ward.resident("early"), &wish[..2]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "which ones");
    let case = clerk.open_for(&ward.resident("early"), &wish).await.location;
    clerk.does(&case, "identity", &CARD_AND_ONE).await;
    clerk.does(&case, "application", &[]).await;
    let typed = [
        ("new_authentication", "8064"),
        ("again_authentication", "8064"),
        ("new_card_entry", "7193"),
        ("again_card_entry", "7193"),
    ];
    clerk.finish(&ward, &case, &typed).await;
    let done = ward.case(&case).await;
    assert_eq!(done.facts.set_pins, [PinKind::Authentication, PinKind::CardEntry]);
    assert!(done.facts.written.is_empty());
    let page = clerk.get(&case).await;
    assert!(page.text.contains("券面事項入力補助用暗証番号を新しくしました"), "{}", page.text);
    let bytes = ward.database_bytes();
    assert!(!bytes.windows(4).any(|window| window == b"8064"), "no PIN is kept");
}

/// A known PIN is changed between the card and its reader, without an issuer.
#[tokio::test(flavor = "multi_thread")]
async fn a_known_pin_is_changed() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "early").await;
    let wish = [("procedure", "pin_change"), ("applicant", "principal"), ("change", "authentication")];
    let case = clerk.open_for(&ward.resident("early"), &wish).await.location;
    clerk.does(&case, "identity", &[("documents", "individual_number_card")]).await;
    clerk.does(&case, "application", &[]).await;
    let typed =
        [("authentication", "1111"), ("new_authentication", "8064"), ("again_authentication", "8064")];
    clerk.finish(&ward, &case, &typed).await;
    assert_eq!(ward.case(&case).await.facts.set_pins, [PinKind::Authentication]);
}

/// Several in one visit under one reception number: a renewal, a PIN set anew, another one changed, the card's face.
#[tokio::test(flavor = "multi_thread")]
async fn several_procedures_share_one_number() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let wish = [
        ("procedure", "renewal"),
        ("procedure", "pin_reset"),
        ("procedure", "pin_change"),
        ("procedure", "card_face_entry"),
        ("applicant", "principal"),
        ("reset", "card_entry"),
        ("change", "resident_register"),
    ];
    let case = clerk.open_for(&ward.resident("renewable"), &wish).await.location;
    clerk.does(&case, "identity", &CARD_AND_ONE).await;
    clerk.does(&case, "application", &[]).await;
    clerk.does(&case, "pins", &[]).await;
    clerk.until_text("/pinpad", "/pinpad/pins").await;
    let mut typed = PINS.to_vec();
    typed.extend([("new_card_entry", "7193"), ("again_card_entry", "7193")]);
    let page = clerk.submit("/pinpad", "/pinpad/pins", &typed).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    ward.case_in(&case, CaseState::PinsVerified).await;
    clerk.does(&case, "update", &[]).await;
    let first = ward.case_in(&case, CaseState::Updated).await;
    assert_eq!((first.facts.written.len(), first.facts.set_pins.as_slice()), (2, &[PinKind::CardEntry][..]));

    let given = [("copy_given", "yes"), ("card_returned", "yes"), ("face_written", "yes")];
    let page = clerk.step(&case, "hand-over", &given).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("まだ行っていない手続きがあります"), "{}", page.text);
    clerk.does(&case, "next-work", &[]).await;
    assert!(!clerk.get(&case).await.text.contains("/withdraw\""), "what is on the card isn't withdrawn");
    let typed = [
        ("resident_register", "2222"),
        ("new_resident_register", "6408"),
        ("again_resident_register", "6408"),
    ];
    clerk.finish(&ward, &case, &typed).await;
    let done = ward.case(&case).await;
    assert_eq!(done.facts.set_pins, [PinKind::CardEntry, PinKind::ResidentRegister]);
    assert!(clerk.get(&case).await.text.contains("券面に有効期限を記入しました"));
}

/// 杉並区: revoked on request; the register follows, and a second request finds nothing to revoke.
#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_revoked_on_request() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    ward.lay(1, "early").await;
    let number = ward.resident("early");
    let wish = [("procedure", "revocation"), ("applicant", "principal"), ("revoke", "signature")];
    let case = clerk.open_for(&number, &wish).await.location;
    clerk.does(&case, "identity", &[("documents", "individual_number_card")]).await;
    let page = clerk.get(&case).await;
    assert!(page.text.contains("元に戻すことはできません"), "check-answers say so: {}", page.text);
    clerk.does(&case, "application", &[]).await;
    clerk.does(&case, "pins", &[]).await;
    assert_eq!(ward.case(&case).await.state, CaseState::PinsVerified, "no PIN is asked for");
    clerk.does(&case, "update", &[]).await;
    ward.case_in(&case, CaseState::Updated).await;
    clerk.does(&case, "hand-over", &[("card_returned", "yes")]).await;
    let rows =
        store::certificates::of_card(ward.office.store().read(), &ward.card_number("early")).await.unwrap();
    let signature = rows.iter().find(|row| row.current && row.kind == CertificateKind::Signature).unwrap();
    assert_eq!(signature.status, CertificateStatus::Revoked);
    assert!(
        rows.iter()
            .any(|row| row.kind == CertificateKind::Authentication && row.status == CertificateStatus::Valid)
    );
    let page = clerk.get(&format!("/residents/{number}/reception")).await;
    assert!(!page.text.contains("value=\"signature\" id=\"f-revoke\""), "{}", page.text);
}

/// 葛城市: the stop is lifted at the counter and the signature certificate it revoked is issued again.
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_is_lifted() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "suspended").await;
    let number = ward.resident("suspended");
    let case = clerk.open(&number, "lift_suspension").await;
    assert_eq!(ward.case(&case).await.procedure, Procedure::LiftSuspension);
    clerk.identify_and_apply(&case).await;
    clerk.finish(&ward, &case, &[("signature", "TRAIN123"), ("resident_register", "2222")]).await;
    let read = ward.office.store().read();
    let card = store::cards::current_of_resident(read, &number).await.unwrap().unwrap();
    assert_eq!(card.status, CardStatus::Active);
    let rows = store::certificates::of_card(read, &card.number).await.unwrap();
    assert!(rows.iter().filter(|row| row.current).all(|row| row.status == CertificateStatus::Valid));
}

/// いちき串木野市: after a move the signature certificate is issued again, capped by the authentication certificate.
#[tokio::test(flavor = "multi_thread")]
async fn a_signature_certificate_after_a_move() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "early").await;
    let number = ward.card_number("early");
    ward.revoke("early", CertificateKind::Signature).await;
    let case = clerk.open(&ward.resident("early"), "issuance").await;
    assert_eq!(ward.case(&case).await.procedure, Procedure::Issuance);
    clerk.identify_and_apply(&case).await;
    clerk.finish(&ward, &case, &[("signature", "TRAIN123"), ("resident_register", "2222")]).await;
    let done = ward.case(&case).await;
    assert_eq!(done.facts.written.len(), 1, "the authentication certificate is left alone");
    let rows = store::certificates::of_card(ward.office.store().read(), &number).await.unwrap();
    let authentication =
        rows.iter().find(|row| row.current && row.kind == CertificateKind::Authentication).unwrap();
    assert_eq!(done.facts.written[0].expires, authentication.expires, "capped");
    let page = clerk.get(&case).await;
    assert!(page.text.contains("住所を書き換えた日の翌日から"), "{}", page.text);
}

/// 喜多方市: a face-only card has no PIN step and no signature certificate.
#[tokio::test(flavor = "multi_thread")]
async fn a_face_only_card_has_no_pins() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    ward.lay(1, "face-only").await;
    let number = ward.resident("face-only");
    let page = clerk.get(&format!("/residents/{number}/reception")).await;
    assert!(!page.text.contains("name=\"reset\""), "{}", page.text);
    let case = clerk.open(&number, "renewal").await;
    clerk.identify_and_apply(&case).await;
    clerk.does(&case, "pins", &[]).await;
    clerk.does(&case, "update", &[]).await;
    let done = ward.case_in(&case, CaseState::Updated).await;
    assert_eq!(done.facts.written.len(), 1);
}

/// Whether certificates are valid is told to the principal at the counter; nothing is written.
#[tokio::test(flavor = "multi_thread")]
async fn validity_is_told_at_the_counter() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open(&ward.resident("early"), "validity_check").await;
    clerk.does(&case, "identity", &[("documents", "individual_number_card")]).await;
    let page = clerk.get(&case).await;
    assert!(page.text.contains("有効性の確認") && page.text.contains("有効"), "{}", page.text);
    let page = clerk.step(&case, "conclude", &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    clerk.does(&case, "conclude", &[("card_returned", "yes")]).await;
    assert_eq!(ward.case(&case).await.state, CaseState::Closed);
    let other = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.does(&other, "identity", &[("documents", "individual_number_card")]).await;
    let csrf = clerk.csrf().await;
    let version = ward.case(&other).await.row.version.to_string();
    let forged =
        [("csrf", csrf.as_str()), ("once", "k"), ("version", version.as_str()), ("card_returned", "yes")];
    let page = clerk.post(&format!("{other}/conclude"), &forged).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "a renewal isn't concluded unwritten");
}

/// E17: the national system is down: interrupted by hand with its reason, taken up again by one press.
#[tokio::test(flavor = "multi_thread")]
async fn an_interruption_by_hand() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    let page = clerk.step(&case, "interrupt", &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    clerk.does(&case, "interrupt", &[("reason_interrupt", "全国のシステムの障害")]).await;
    let page = clerk.get(&case).await;
    assert!(page.text.contains("古い電子証明書はそのまま使えます"), "{}", page.text);
    assert!(clerk.get("/").await.text.contains("中断"));
    clerk.does(&case, "go-on", &[]).await;
    clerk.finish(&ward, &case, &PINS).await;
}

/// Papers of a case come out as PDFs at the steps that have them, and not before.
#[tokio::test(flavor = "multi_thread")]
async fn papers_of_a_case() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    for name in ["slip", "application"] {
        let (status, pdf) = clerk.bytes(&format!("{case}/{name}.pdf")).await;
        assert_eq!(status, StatusCode::OK, "{name}");
        assert!(pdf.starts_with(b"%PDF"), "{name}");
    }
    for name in ["pin-application", "receipt"] {
        assert_eq!(clerk.bytes(&format!("{case}/{name}.pdf")).await.0, StatusCode::CONFLICT, "{name}");
    }
    clerk.identify_and_apply(&case).await;
    clerk.finish(&ward, &case, &PINS).await;
    assert_eq!(clerk.bytes(&format!("{case}/receipt.pdf")).await.0, StatusCode::OK);
}

/// A note is words and nothing else, however long and strange.
#[tokio::test(flavor = "multi_thread")]
async fn notes_are_text() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    let strange = "</textarea><script>alert(1)</script>\u{202E}右から\u{7}";
    clerk.does(&case, "notes", &[("note", strange)]).await;
    let page = clerk.get(&case).await;
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
    assert!(
        page.text.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)") && page.text.contains("\u{202E}右から")
    );
    let long = "長".repeat(10_000);
    clerk.does(&case, "notes", &[("note", &long)]).await;
    let page = clerk.step(&case, "notes", &[("note", &"長".repeat(10_001))]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// 新潟市 (E6): with one certificate PIN known, the other can be reset at a convenience store: the clerk can say so.
#[tokio::test(flavor = "multi_thread")]
async fn a_convenience_store_is_offered() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    ward.lay(1, "signature-locked").await;
    let wish = [("procedure", "pin_reset"), ("applicant", "principal"), ("reset", "signature")];
    let case = clerk.open_for(&ward.resident("signature-locked"), &wish).await.location;
    let page = clerk.get(&case).await;
    assert!(page.text.contains("コンビニエンスストアの端末とアプリでも再設定できます"), "{}", page.text);
}

/// 足利市 (E18): on the maintenance Sunday nothing is written, and the page says when it will be.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_on_the_maintenance_sunday() {
    let ward = Ward::open().await.on("2026-12-20").await;
    let mut clerk = ward.log_in("sato", 1).await;
    ward.lay(1, "renewable").await;
    let page = clerk.try_open(&ward.resident("renewable"), "renewal").await;
    if page.status == StatusCode::SEE_OTHER {
        let case = page.location;
        clerk.does(&case, "identity", &[("documents", "individual_number_card")]).await;
        let page = clerk.step(&case, "application", &[]).await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains("次に手続きできるのは令和8年12月21日(月)"), "{}", page.text);
    } else {
        panic!("a case can be opened on any day: {}", page.text);
    }
}
