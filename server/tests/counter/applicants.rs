//! Who comes, with which papers.

use crate::support::{PINS, Ward};
use axum::http::StatusCode;
use rules::case_states::CaseState;
use rules::kinds::PinKind;

const PARENT: [(&str, &str); 4] = [
    ("procedure", "renewal"),
    ("applicant", "legal_representative"),
    ("third_name", "訓練　親子"),
    ("third_relation", "母"),
];

/// 桜川市: a parent of the same household needs no proof; 上尾市: otherwise one of the last three months.
#[tokio::test(flavor = "multi_thread")]
async fn a_legal_representative_with_and_without_a_proof() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "adult-ward").await;
    let page = clerk.open_for(&ward.resident("adult-ward"), &PARENT).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let case = page.location;
    let page = clerk.step(&case, "identity", &[("applicant_documents", "passport")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("法定代理人の立場"), "{}", page.text);
    let guardian = [("applicant_documents", "passport"), ("role", "adult_guardian")];
    let page = clerk.step(&case, "identity", &guardian).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "a proof is wanted: {}", page.text);
    let old = [guardian[0], guardian[1], ("proof_issued", "2026-08-23")];
    let page = clerk.step(&case, "identity", &old).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "three months and a day old: {}", page.text);
    let fresh = [guardian[0], guardian[1], ("proof_issued", "R8.11.1")];
    clerk.does(&case, "identity", &fresh).await;
    clerk.does(&case, "application", &[]).await;
    assert_eq!(ward.case(&case).await.state, CaseState::Applied);
    // Wards have no signature certificate: their representative enters the other PINs.
    clerk.finish(&ward, &case, &PINS[1..]).await;
}

/// 江戸川区: some offices want the principal to come too.
#[tokio::test(flavor = "multi_thread")]
async fn an_office_that_wants_the_principal_too() {
    let ward = Ward::open().await;
    ward.set("representative_visit", "with_principal").await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open_for(&ward.resident("adult-ward"), &PARENT).await.location;
    let papers =
        [("applicant_documents", "passport"), ("role", "adult_guardian"), ("proof_issued", "2026-11-02")];
    let page = clerk.step(&case, "identity", &papers).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("本人の同行が必要"), "{}", page.text);
    let with = [papers[0], papers[1], papers[2], ("principal_present", "yes")];
    clerk.does(&case, "identity", &with).await;
}

/// 下郷町: a ward's affairs are no proxy's, and the principal alone can't apply.
#[tokio::test(flavor = "multi_thread")]
async fn wards_come_with_their_representative_only() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("adult-ward");
    let proxy = [("procedure", "renewal"), ("applicant", "proxy"), ("third_name", "代理　太郎")];
    let page = clerk.open_for(&number, &proxy).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text.contains("法定代理人"), "{}", page.text);
    assert_eq!(clerk.try_open(&number, "renewal").await.status, StatusCode::CONFLICT);
}

/// 神戸市: someone of the household with a residence change on the same day, a 委任状 and the sealed envelope.
#[tokio::test(flavor = "multi_thread")]
async fn a_household_member_on_the_day_of_a_move() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let member = [("procedure", "issuance"), ("applicant", "household_member"), ("third_name", "同居　花子")];
    let case = clerk.open_for(&ward.resident("signature-revoked"), &member).await.location;
    let papers = [("applicant_documents", "driving_licence"), ("residence_change", "yes")];
    let page = clerk.step(&case, "identity", &papers).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for lack in ["委任状が必要", "封をした封筒が必要"] {
        assert!(page.text.contains(lack), "{lack}: {}", page.text);
    }
    let all = [papers[0], papers[1], ("delegation", "yes"), ("notice_form", "sealed")];
    clerk.does(&case, "identity", &all).await;
    assert_eq!(ward.case(&case).await.state, CaseState::IdentityChecked, "the same day");
}

/// Without a residence change a household member is a proxy like any other.
#[tokio::test(flavor = "multi_thread")]
async fn a_household_member_otherwise_takes_two_visits() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let member = [("procedure", "renewal"), ("applicant", "household_member"), ("third_name", "同居　花子")];
    let case = clerk.open_for(&ward.resident("renewable"), &member).await.location;
    let papers = [("applicant_documents", "driving_licence"), ("notice_form", "none")];
    clerk.does(&case, "identity", &papers).await;
    assert_eq!(ward.case(&case).await.state, CaseState::InquiryToPost);
}

/// Who came must be named, and what is typed stays on the page.
#[tokio::test(flavor = "multi_thread")]
async fn who_came_is_named() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    let nameless = [("procedure", "renewal"), ("applicant", "proxy"), ("third_relation", "長女")];
    let page = clerk.open_for(&number, &nameless).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("来た人(任意代理人)の氏名") && page.text.contains("長女"), "{}", page.text);
    let nothing = [("applicant", "principal")];
    let page = clerk.open_for(&number, &nothing).await;
    assert!(page.text.contains("手続きを選んでください"), "{}", page.text);
}

/// 松山市, 平塚市: a ward's signature certificate is a supervisor's decision, with a reason that stays on record.
#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_allows_a_wards_signature_certificate() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let mut supervisor = ward.log_in("takahashi", 1).await;
    supervisor.open_pad().await;
    ward.lay(1, "early").await;
    let case = clerk.open_guardian(&ward).await;
    let papers = [
        ("applicant_documents", "passport"),
        ("role", "adult_guardian"),
        ("proof_issued", "2026-11-02"),
        ("principal_present", "yes"),
    ];
    let page = clerk.step(&case, "identity", &papers).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("責任者の承認と理由の記録が必要"), "{}", page.text);
    let mut allowed = papers.to_vec();
    allowed.push(("signature_reason", "本人の希望"));
    assert_eq!(clerk.step(&case, "identity", &allowed).await.status, StatusCode::FORBIDDEN);
    supervisor.does(&case, "identity", &allowed).await;
    supervisor.does(&case, "application", &[]).await;
    supervisor.finish(&ward, &case, &[PINS[0], PINS[2]]).await;
    assert_eq!(ward.case(&case).await.facts.written.len(), 1);
    assert!(supervisor.get(&case).await.text.contains("責任者が認めた理由 本人の希望"));
}

/// 安城市: whoever had none gets a first signature certificate when asking for it, and its PIN with it.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_signature_certificate_brings_its_pin() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "adult-ward").await;
    let number = ward.resident("adult-ward");
    ward.register(&number, |resident| resident.adult_ward = false).await;
    let case = clerk.open(&number, "issuance").await;
    clerk.identify_and_apply(&case).await;
    let typed =
        [("resident_register", "2222"), ("new_signature", "FIRST77XY"), ("again_signature", "FIRST77XY")];
    clerk.finish(&ward, &case, &typed).await;
    let done = ward.case(&case).await;
    assert_eq!(done.facts.written.len(), 1);
    assert_eq!(done.facts.set_pins, [PinKind::Signature]);
}

/// 笠岡市, 大江町: where the office takes them, two documents without a photo are enough for a proxy.
#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_without_a_photo() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open_proxy(&ward.resident("renewable")).await;
    let two = [
        ("applicant_documents_b", "eligibility_certificate"),
        ("applicant_documents_b", "pension_book"),
        ("notice_form", "sealed"),
    ];
    assert_eq!(clerk.step(&case, "identity", &two).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    ward.set("proxy_identity", "two_without_photo").await;
    clerk.does(&case, "identity", &two).await;
}
