//! Before the renewal period: a year is lost, and the applicant must agree to that.

use crate::support::Ward;
use axum::http::StatusCode;
use rules::case_states::CaseState;

/// Without consent nothing happens; with it both dates and the consent are stored.
#[tokio::test(flavor = "multi_thread")]
async fn coming_early_needs_consent() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    ward.lay(1, "early").await;
    let case = clerk.open(&ward.resident("early"), "renewal").await;
    clerk.step(&case, "identity", &[("documents", "driving_licence")]).await;
    let page = clerk.get(&case).await;
    assert!(page.text.contains("1年短くなります"), "{}", page.text);
    let page = clerk.step(&case, "application", &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("同意"), "{}", page.text);
    assert_eq!(ward.case(&case).await.state, CaseState::IdentityChecked);
    let page = clerk.step(&case, "application", &[("consent", "yes")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let application = ward.case(&case).await.facts.application.unwrap();
    assert!(application.consented);
    let lost = application.shorter.first().unwrap();
    assert!(lost.today < lost.in_period, "both dates are stored");
}
