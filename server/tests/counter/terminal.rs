//! The other way of writing: the clerk takes the card to the 統合端末, and this office proves what it wrote.

use crate::support::{Browser, Ward};
use axum::http::StatusCode;
use card::issuer::training::TrainingIssuer;
use card::pins::PinValue;
use card::readers::simulated::SimulatedReader;
use card::trust::Trust;
use card::update::{JournalStep, UpdateOrder, UpdatePins, UpdatePlan};
use card::virtual_card::VirtualCard;
use rules::case_states::CaseState;
use server::store;

/// A counter whose cards are written elsewhere, with a case that is about to go there.
async fn at_the_terminal(ward: &Ward, clerk: &mut Browser) -> String {
    let mut tx = ward.office.store().write().await.unwrap();
    store::stations::change(&mut tx, 1, "simulated", None, "terminal").await.unwrap();
    tx.commit().await.unwrap();
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    clerk.enter_pins(&case, "TRAIN123").await;
    ward.case_in(&case, CaseState::PinsVerified).await;
    let page = clerk.step(&case, "update", &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    clerk.until_text(&case, &format!("{case}/pins")).await;
    ward.station(1).await.table().unwrap().take_away();
    case
}

/// What the 統合端末 does, played by the training issuer on another reader.
fn write_elsewhere(ward: &Ward, plan: &UpdatePlan, holder: &card::issuer::Holder) {
    let file = ward.office.data().virtual_cards().join(format!("{}.json", plan.card.card_number));
    let reader = SimulatedReader::new("統合端末");
    reader.lay(VirtualCard::open(&file).unwrap());
    let pin = |value: &str| Some(PinValue::new(value.to_owned()));
    let pins = UpdatePins {
        signature: pin("TRAIN123"),
        authentication: pin("1111"),
        resident_register: pin("2222"),
        ..UpdatePins::default()
    };
    let order = UpdateOrder {
        plan,
        pins: &pins,
        new_pins: &UpdatePins::default(),
        holder,
        trust: Trust::Training,
        at: ward.office.clock().now(),
        entropy: [7; 32],
    };
    let mut journal: Vec<JournalStep> = Vec::new();
    card::update::carry_out(&reader, &TrainingIssuer::default(), &order, &mut journal, &mut |_| {}).unwrap();
}

/// Looked at before, written elsewhere, read back and proven here.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_terminal_wrote_is_proven() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = at_the_terminal(&ward, &mut clerk).await;
    let plan = ward.case(&case).await.application().unwrap().plan.clone();
    let resident = store::residents::find(ward.office.store().read(), &ward.resident("renewable")).await;
    let holder = server::counter::facts::holder(&resident.unwrap().unwrap());
    tokio::task::block_in_place(|| write_elsewhere(&ward, &plan, &holder));
    ward.lay(1, "renewable").await;
    clerk.enter_pins(&case, "TRAIN123").await;
    clerk.until_text(&case, "書き込んだカードを確かめる").await;
    let page = clerk.step(&case, "update", &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let done = ward.case_in(&case, CaseState::Updated).await;
    assert_eq!(done.facts.written.len(), 2);
}

/// A card that comes back as it went is told apart, and the case can go on from there.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_was_not_written_is_noticed() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = at_the_terminal(&ward, &mut clerk).await;
    ward.lay(1, "renewable").await;
    clerk.enter_pins(&case, "TRAIN123").await;
    clerk.until_text(&case, "書き込んだカードを確かめる").await;
    clerk.step(&case, "update", &[]).await;
    let stopped = ward.case_in(&case, CaseState::Interrupted).await;
    assert!(stopped.facts.interruption.unwrap().happened.contains("新しくなっていません"));
    clerk.step(&case, "abort", &[("reason", "統合端末が使えないため")]).await;
    clerk.type_pins("TRAIN123").await;
    ward.case_in(&case, CaseState::Applied).await;
}
