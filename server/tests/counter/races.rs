//! Two clerks, two clicks, forged and skipped steps.

use crate::support::{Browser, PINS, Ward};
use axum::http::StatusCode;
use rules::case_states::CaseState;

/// Sixteen presses of one step at once, from two members of staff: one wins, the others see who did.
async fn sixteen(pair: &(Browser, Browser), case: &str, step: &str, fields: &[(&'static str, &'static str)]) {
    let mut presses = Vec::new();
    for index in 0..16 {
        let mut browser = if index % 2 == 0 { pair.0.clone() } else { pair.1.clone() };
        let path = format!("{case}/{step}");
        let form = browser.hidden(case, &path).await;
        let fields = fields.to_vec();
        presses.push(async move {
            let mut all: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            all.extend(fields);
            browser.post(&path, &all).await
        });
    }
    let tasks: Vec<_> = presses.into_iter().map(tokio::spawn).collect();
    let mut pages = Vec::new();
    for task in tasks {
        pages.push(task.await.unwrap());
    }
    let won = pages.iter().filter(|page| page.status == StatusCode::SEE_OTHER).count();
    assert_eq!(won, 1, "{step}");
    for page in pages.iter().filter(|page| page.status != StatusCode::SEE_OTHER) {
        assert_eq!(page.status, StatusCode::CONFLICT, "{step}: {}", page.text);
        let named = page.text.contains("佐藤") || page.text.contains("高橋");
        assert!(page.text.contains("先に進めました") && named, "{step}: {}", page.text);
    }
}

async fn pair(ward: &Ward) -> (Browser, Browser) {
    (ward.log_in("sato", 1).await, ward.log_in("takahashi", 1).await)
}

/// Every step of the principal's visit.
#[tokio::test(flavor = "multi_thread")]
async fn one_clerk_wins_each_step_of_a_visit() {
    let ward = Ward::open().await;
    let mut pair = pair(&ward).await;
    pair.0.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = pair.0.open(&ward.resident("renewable"), "renewal").await;
    let both = [("documents", "individual_number_card"), ("documents_b", "pension_book")];
    sixteen(&pair, &case, "identity", &both).await;
    sixteen(&pair, &case, "application", &[]).await;
    sixteen(&pair, &case, "work", &[("reset", "card_entry")]).await;
    sixteen(&pair, &case, "identity", &both).await;
    sixteen(&pair, &case, "application", &[]).await;
    sixteen(&pair, &case, "interrupt", &[("reason_interrupt", "障害")]).await;
    sixteen(&pair, &case, "go-on", &[]).await;
    pair.0.does(&case, "pins", &[]).await;
    pair.0.until_text("/pinpad", "/pinpad/pins").await;
    let mut typed = PINS.to_vec();
    typed.extend([("new_card_entry", "7193"), ("again_card_entry", "7193")]);
    pair.0.submit("/pinpad", "/pinpad/pins", &typed).await;
    ward.case_in(&case, CaseState::PinsVerified).await;
    sixteen(&pair, &case, "update", &[]).await;
    ward.case_in(&case, CaseState::Updated).await;
    sixteen(&pair, &case, "hand-over", &[("copy_given", "yes"), ("card_returned", "yes")]).await;
    assert_eq!(ward.case(&case).await.facts.written.len(), 2, "written once");
}

/// Every step between the two visits, and the ways out and back in.
#[tokio::test(flavor = "multi_thread")]
async fn one_clerk_wins_each_step_between_the_visits() {
    let ward = Ward::open().await;
    let mut pair = pair(&ward).await;
    let number = ward.resident("renewable");
    let case = pair.0.open_proxy(&number).await;
    let licence = [("applicant_documents", "driving_licence"), ("notice_form", "none")];
    sixteen(&pair, &case, "identity", &licence).await;
    sixteen(&pair, &case, "inquiry-letter", &[]).await;
    sixteen(&pair, &case, "posted", &[]).await;
    sixteen(&pair, &case, "returned", &[("returned", "kept")]).await;
    sixteen(&pair, &case, "inquiry-again", &[("reason_again", "電話で確認")]).await;
    assert_eq!(ward.letters(&case).await.len(), 1, "sixteen presses made one letter");
    pair.0.does(&case, "inquiry-letter", &[]).await;
    pair.0.does(&case, "posted", &[]).await;
    sixteen(&pair, &case, "reply", &[("reply", "sealed"), ("complete", "yes")]).await;
    sixteen(&pair, &case, "principal-comes", &[]).await;
    sixteen(&pair, &case, "withdraw", &[("reason_withdraw", "本人の希望")]).await;
    // Only a supervisor takes a case up again: both are one here.
    let supervisors = (pair.1.clone(), pair.1.clone());
    sixteen(&supervisors, &case, "reopen", &[("reason_reopen", "誤り")]).await;
    sixteen(&pair, &case, "refuse", &[("reason_refuse", "書類なし")]).await;
    let check = pair.0.open(&ward.resident("early"), "validity_check").await;
    pair.0.does(&check, "identity", &[("documents", "individual_number_card")]).await;
    sixteen(&pair, &check, "conclude", &[("card_returned", "yes")]).await;
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
