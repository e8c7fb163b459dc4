//! The card is torn away in the middle: its true state is found, and one press goes on or gives up.

use crate::support::{Browser, Ward};
use axum::http::StatusCode;
use rules::case_states::CaseState;
use rules::kinds::CertificateKind;
use server::store;

/// A case whose update is under way, and the moment the card is torn away: when a new key is being made.
async fn torn(ward: &Ward, clerk: &mut Browser, kind: CertificateKind) -> String {
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    clerk.enter_pins(&case, "TRAIN123").await;
    ward.case_in(&case, CaseState::PinsVerified).await;
    let station = ward.station(1).await;
    let mut watched = station.watch();
    clerk.step(&case, "update", &[]).await;
    loop {
        watched.changed().await.unwrap();
        let view = watched.borrow_and_update().clone();
        if view
            .update
            .is_some_and(|update| update.progress.sentence.starts_with(&format!("{}: ", kind.label())))
        {
            break;
        }
    }
    station.table().unwrap().take_away();
    ward.case_in(&case, CaseState::Interrupted).await;
    case
}

/// Torn while the first key is made: laid again, the rest is written after the PINs, and everything is proven.
#[tokio::test(flavor = "multi_thread")]
async fn a_torn_card_is_finished_in_one_action() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = torn(&ward, &mut clerk, CertificateKind::Signature).await;
    let page = clerk.get(&case).await;
    assert!(page.text.contains("途中で止まりました"), "{}", page.text);
    ward.lay(1, "renewable").await;
    let page = clerk.step(&case, "resume", &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let page = clerk.type_pins("TRAIN123").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let done = ward.case_in(&case, CaseState::Updated).await;
    assert_eq!(done.facts.written.len(), 2, "both are proven");
    let rows =
        store::certificates::of_card(ward.office.store().read(), done.card_number().unwrap()).await.unwrap();
    let current: Vec<_> = rows.iter().filter(|row| row.current).map(|row| row.serial.clone()).collect();
    assert!(done.facts.written.iter().all(|written| current.contains(&written.serial)));
}

/// Torn at the second key: the first certificate is kept as it is, only the second is made again.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_before_the_tear_is_kept() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = torn(&ward, &mut clerk, CertificateKind::Authentication).await;
    ward.lay(1, "renewable").await;
    clerk.step(&case, "resume", &[]).await;
    clerk.type_pins("TRAIN123").await;
    let done = ward.case_in(&case, CaseState::Updated).await;
    assert_eq!(done.facts.written.len(), 2);
    assert_eq!(
        done.application().unwrap().plan.certificates.len(),
        1,
        "the rest of the plan was one certificate"
    );
    let read = ward.office.store().read();
    let newest = store::card_updates::newest_of_case(read, done.row.id).await.unwrap().unwrap();
    let again = store::card_updates::steps(read, newest.id).await.unwrap();
    let made_again = |kind: CertificateKind| {
        let code = format!("\"kind\":\"{}\"", kind.code());
        again.iter().any(|step| step.step == "write" && step.detail.contains(&code))
    };
    // The second key is made again, unless the card had made it before it was torn away: then its certificate is written.
    let written =
        again.iter().any(|step| step.step == "write" && step.detail.contains("\"irreversible\":true"));
    assert!(made_again(CertificateKind::Authentication) || written);
    assert!(!made_again(CertificateKind::Signature), "the finished one wasn't made twice");
}

/// The program stopped in the middle: after the start the case waits as interrupted, with its card.
#[tokio::test(flavor = "multi_thread")]
async fn an_update_left_behind_is_found_after_a_start() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    clerk.enter_pins(&case, "TRAIN123").await;
    let before = ward.case_in(&case, CaseState::PinsVerified).await;
    // As a power cut leaves it: begun and journalled, and nothing more.
    let mut tx = ward.office.store().write().await.unwrap();
    let plan = serde_json::to_string(&before.application().unwrap().plan).unwrap();
    let number = before.card_number().unwrap();
    store::card_updates::begin(&mut tx, before.row.id, number, 1, &plan, "2026-11-24T10:00:00+09:00")
        .await
        .unwrap();
    let step = store::cases::Advance {
        state: CaseState::Updating.code(),
        reason: None,
        facts: &before.row.facts,
        station_id: None,
        closed_at: None,
    };
    assert!(store::cases::advance(&mut tx, before.row.id, before.row.version, step).await.unwrap());
    tx.commit().await.unwrap();
    let found = server::counter::visit::recovery::take_stock(&ward.office).await.unwrap();
    assert_eq!(found, 1);
    assert_eq!(ward.case(&case).await.state, CaseState::Interrupted);
    let page = clerk.step(&case, "abort", &[("reason", "出直すため")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "the card was not touched: {}", page.text);
    ward.case_in(&case, CaseState::Applied).await;
}
