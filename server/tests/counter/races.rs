//! Two clerks, two clicks, forged and skipped steps.

use crate::support::Ward;
use axum::http::StatusCode;
use rules::case_states::CaseState;

/// Sixteen presses at once from two clerks: one wins, and the others see who did.
#[tokio::test(flavor = "multi_thread")]
async fn one_clerk_wins_and_the_other_sees_who() {
    let ward = Ward::open().await;
    let mut sato = ward.log_in("sato", 1).await;
    let suzuki = ward.log_in("suzuki", 2).await;
    let case = sato.open(&ward.resident("renewable"), "renewal").await;
    let mut presses = Vec::new();
    for index in 0..16 {
        let mut browser = if index % 2 == 0 { sato.clone() } else { suzuki.clone() };
        let form = browser.hidden(&case, &format!("{case}/identity")).await;
        let path = format!("{case}/identity");
        presses.push(async move {
            let mut fields: Vec<_> =
                form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            fields.push(("documents", "passport"));
            browser.post(&path, &fields).await
        });
    }
    let tasks: Vec<_> = presses.into_iter().map(tokio::spawn).collect();
    let mut pages = Vec::new();
    for task in tasks {
        pages.push(task.await.unwrap());
    }
    let won = pages.iter().filter(|page| page.status == StatusCode::SEE_OTHER).count();
    assert_eq!(won, 1);
    for page in pages.iter().filter(|page| page.status != StatusCode::SEE_OTHER) {
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains("先に進めました"), "{}", page.text);
    }
}

/// The same button pressed twice does one thing and leads to the same page.
#[tokio::test(flavor = "multi_thread")]
async fn a_double_press_does_one_thing() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    let path = format!("{case}/identity");
    let form = clerk.hidden(&case, &path).await;
    let mut fields: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("documents", "passport"));
    let first = clerk.post(&path, &fields).await;
    let second = clerk.post(&path, &fields).await;
    assert_eq!((first.status, &first.location), (StatusCode::SEE_OTHER, &case));
    assert_eq!((second.status, &second.location), (StatusCode::SEE_OTHER, &case));
    let events =
        server::store::case_events::of_case(ward.office.store().read(), ward.case(&case).await.row.id).await;
    assert_eq!(events.unwrap().len(), 2, "received, identity");
}

/// The same person received twice is one case.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_has_one_open_case() {
    let ward = Ward::open().await;
    let mut sato = ward.log_in("sato", 1).await;
    let mut suzuki = ward.log_in("suzuki", 2).await;
    let resident = ward.resident("renewable");
    let (first, second) = (sato.open(&resident, "renewal").await, suzuki.open(&resident, "renewal").await);
    assert_eq!(format!("{first}?already=1"), second);
    assert!(suzuki.get(&second).await.text.contains("この方の受付がすでにあります"));
}

/// A step that isn't next is refused, whatever the form says.
#[tokio::test(flavor = "multi_thread")]
async fn a_skipped_step_is_refused() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    let csrf = clerk.csrf().await;
    for (step, key) in
        [("application", "a"), ("pins", "b"), ("update", "c"), ("resume", "d"), ("hand-over", "e")]
    {
        let fields = [("csrf", csrf.as_str()), ("version", "1"), ("once", key)];
        let fields = [fields[0], fields[1], fields[2], ("copy_given", "yes"), ("card_returned", "yes")];
        let page = clerk.post(&format!("{case}/{step}"), &fields).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{step}: {}", page.text);
    }
    assert_eq!(ward.case(&case).await.state, CaseState::Received);
}

/// An auditor reads the trail and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_handle_cases_does_not() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    let mut auditor = ward.log_in("ito", 2).await;
    let page = auditor.get(&case).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
}

/// A person under support measures is a supervisor's.
#[tokio::test(flavor = "multi_thread")]
async fn support_measures_are_a_supervisors() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let mut supervisor = ward.log_in("takahashi", 2).await;
    let resident = ward.resident("suppressed");
    assert_eq!(clerk.try_open(&resident, "renewal").await.status, StatusCode::FORBIDDEN);
    let case = supervisor.open(&resident, "renewal").await;
    assert_eq!(clerk.get(&case).await.status, StatusCode::FORBIDDEN);
}
