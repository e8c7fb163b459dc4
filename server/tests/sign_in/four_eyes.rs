//! Four eyes: what the office has put under them doesn't happen by one person's hand.

use crate::support::{PINS, Page, Ward};
use crate::{answer, password, told};
use axum::http::StatusCode;
use rules::case_states::CaseState;
use server::staff::password as hashing;
use server::store;

const SECOND: i64 = 15;

async fn decide(ward: &Ward, kind: &str) {
    let mut administrator = ward.log_in("yamamoto", 1).await;
    let fields = [("second_factor", "no"), ("fresh_minutes", "10"), ("four_eyes", kind)];
    let saved = administrator.submit("/settings/sign-in", "/settings/sign-in", &fields).await;
    assert_eq!(saved.location, "/settings/sign-in?saved=1", "{}", saved.text);
}

/// Another supervisor comes to the office.
async fn hire(ward: &Ward, login: &str) {
    let hash = hashing::hash(password(), ward.office.rng()).await.unwrap();
    let mut tx = ward.office.store().write().await.unwrap();
    store::staff::add(&mut tx, login, "清水", "supervisor", &hash, &ward.office.clock().stamp())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn refused(page: &Page, words: &str) {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}: {}", page.text);
    assert!(page.text.contains(words), "{words}: {}", page.text);
}

/// An override waits for another supervisor: not for the same one, not for a clerk, not for a wrong password; both names
/// stand in the case's history and in the trail.
#[tokio::test(flavor = "multi_thread")]
async fn an_override_waits_for_another_supervisor() {
    let ward = Ward::open().await;
    decide(&ward, "override").await;
    hire(&ward, "shimizu").await;
    let mut supervisor = ward.log_in("takahashi", 1).await;
    let case = supervisor.open_guardian(&ward).await;
    let papers = [
        ("applicant_documents", "passport"),
        ("role", "adult_guardian"),
        ("proof_issued", "2026-11-02"),
        ("principal_present", "yes"),
        ("signature_reason", "本人の希望"),
    ];
    let led = supervisor.step(&case, "identity", &papers).await;
    assert!(led.location.starts_with("/second-person?kind=override&kept="), "{led:?}");
    assert_eq!(ward.case(&case).await.state, CaseState::Received);
    let page = supervisor.get(&led.location).await;
    let by = |login, password| [("second_login", login), ("second_password", password)];
    let (right, button) = (password(), "二人目として確認する");
    refused(
        &answer(&mut supervisor, &page, button, &by("takahashi", &right)).await,
        "本人は、二人目になれません",
    );
    refused(&answer(&mut supervisor, &page, button, &by("TAKAHASHI", &right)).await, "どれかが違います");
    refused(&answer(&mut supervisor, &page, button, &by("sato", &right)).await, "二人目になれません");
    refused(&answer(&mut supervisor, &page, button, &by("shimizu", "wrong")).await, "どれかが違います");
    assert_eq!(told(&ward, SECOND, "").await, 0);
    let done = answer(&mut supervisor, &page, button, &by("shimizu", &right)).await;
    assert_eq!(done.location, case, "{}", done.text);
    assert_eq!(ward.case(&case).await.state, CaseState::IdentityChecked);
    assert_eq!(told(&ward, SECOND, "高橋さんの操作「責任者の判断」を、清水さんが確認しました。").await, 1);
    let history = supervisor.get(&case).await.text;
    assert!(history.contains("(確認した職員: 清水)"), "{history}");
    let again = answer(&mut supervisor, &page, button, &by("shimizu", &right)).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "a confirmation is good for one form");
}

/// PINs for somebody who isn't there: another clerk confirms before the card is written. A principal's own visit asks
/// nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_proxys_pin_reset_waits_for_another_clerk() {
    let ward = Ward::open().await;
    decide(&ward, "proxy_pin_reset").await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "early").await;
    let wish = [
        ("procedure", "pin_reset"),
        ("applicant", "proxy"),
        ("reset", "authentication"),
        ("third_name", "代理　太郎"),
        ("third_relation", "長男"),
    ];
    let case = clerk.open_for(&ward.resident("early"), &wish).await.location;
    clerk
        .does(&case, "identity", &[("applicant_documents", "driving_licence"), ("notice_form", "none")])
        .await;
    clerk.does(&case, "inquiry-letter", &[]).await;
    clerk.does(&case, "posted", &[]).await;
    clerk
        .second_visit(&case, &[("documents", "individual_number_card"), ("documents_b", "pension_book")])
        .await;
    clerk.does(&case, "pins", &[]).await;
    clerk.until_text("/pinpad", "/pinpad/pins").await;
    let typed = [("new_authentication", "8064"), ("again_authentication", "8064"), PINS[2]];
    assert_eq!(clerk.submit("/pinpad", "/pinpad/pins", &typed).await.status, StatusCode::SEE_OTHER);
    ward.case_in(&case, CaseState::PinsVerified).await;
    let led = clerk.step(&case, "update", &[]).await;
    assert!(led.location.starts_with("/second-person?kind=proxy_pin_reset&kept="), "{led:?}");
    let page = clerk.get(&led.location).await;
    let by = [("second_login", "suzuki"), ("second_password", &*password())];
    let done = answer(&mut clerk, &page, "二人目として確認する", &by).await;
    assert_eq!(done.location, case, "{}", done.text);
    ward.case_in(&case, CaseState::Updated).await;
    assert!(clerk.get(&case).await.text.contains("(確認した職員: 鈴木)"));
}
