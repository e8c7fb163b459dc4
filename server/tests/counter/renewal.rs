//! The whole way, from reception to the closed case.

use crate::support::Ward;
use axum::http::StatusCode;
use rules::case_states::CaseState;
use server::store;

/// A renewal inside its period: the card is written, read back, proven, handed over; register, journal and trail agree.
#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_goes_from_reception_to_the_closed_case() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    assert_eq!(case, "/cases/R8-000001");
    clerk.identify_and_apply(&case).await;
    let predicted = ward.case(&case).await.facts.application.unwrap().certificates;
    assert_eq!(predicted.len(), 2);

    let page = clerk.enter_pins(&case, "train123").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "lower case is put right: {}", page.text);
    ward.case_in(&case, CaseState::PinsVerified).await;
    let page = clerk.step(&case, "update", &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let done = ward.case_in(&case, CaseState::Updated).await;
    for written in &done.facts.written {
        let planned = predicted.iter().find(|planned| planned.kind == written.kind).unwrap();
        assert_eq!(written.expires, planned.new_expiry, "as predicted before the writing");
    }

    let (status, pdf) = clerk.bytes(&format!("{case}/certificate-copy.pdf")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(pdf.starts_with(b"%PDF"));
    let page = clerk.step(&case, "hand-over", &[("copy_given", "yes")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "the card isn't back yet");
    let page = clerk.step(&case, "hand-over", &[("copy_given", "yes"), ("card_returned", "yes")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let closed = ward.case(&case).await;
    assert_eq!(closed.state, CaseState::Closed);
    assert!(closed.row.closed_at.is_some());

    let read = ward.office.store().read();
    let rows = store::certificates::of_card(read, &ward.card_number("renewable")).await.unwrap();
    assert_eq!(rows.len(), 4, "the old ones stay for the history");
    for written in &closed.facts.written {
        let row = rows.iter().find(|row| row.serial == written.serial).unwrap();
        assert!(row.current);
        assert_eq!(row.expires, written.expires);
    }
    let update = store::card_updates::newest_of_case(read, closed.row.id).await.unwrap().unwrap();
    assert_eq!(update.outcome.as_deref(), Some("proven"));
    let trail = server::audit::verify(ward.office.store()).await.unwrap();
    assert!(matches!(trail, server::audit::Verdict::Whole { .. }));
    let page = clerk.get(&case).await;
    assert!(page.text.contains("R8-000001"));
}

/// The card now says what the register says: laid again it is recognised by its new certificate.
#[tokio::test(flavor = "multi_thread")]
async fn an_expired_certificate_is_issued_anew() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "expired").await;
    let case = clerk.open(&ward.resident("expired"), "renewal").await;
    assert_eq!(ward.case(&case).await.procedure, rules::procedure::Procedure::Issuance);
    clerk.identify_and_apply(&case).await;
    clerk.enter_pins(&case, "TRAIN123").await;
    ward.case_in(&case, CaseState::PinsVerified).await;
    clerk.step(&case, "update", &[]).await;
    let done = ward.case_in(&case, CaseState::Updated).await;
    let reading = ward.station(1).await.view().reading().cloned().unwrap();
    let on_card = reading.card.authentication.clone().unwrap().serial;
    assert!(done.facts.written.iter().any(|written| written.serial == on_card));
    let owner = server::stations::resident_of(&ward.office, &reading.card).await.unwrap();
    assert_eq!(owner, Some(ward.resident("expired")));
}

/// A card that ends in the same window is diverted to card renewal, with the reason, and nothing can be written.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_ends_too_is_diverted() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open(&ward.resident("card-ends"), "renewal").await;
    let diverted = ward.case(&case).await;
    assert_eq!(diverted.state, CaseState::Diverted);
    let page = clerk.get(&case).await;
    assert!(page.text.contains("ご案内"), "{}", page.text);
    let csrf = clerk.csrf().await;
    let fields = [("csrf", csrf.as_str()), ("once", "x"), ("version", "2"), ("documents", "passport")];
    let page = clerk.post(&format!("{case}/identity"), &fields).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
}

/// The whole renewal leaves no PIN in the database, nor in its log.
#[tokio::test(flavor = "multi_thread")]
async fn no_pin_reaches_the_database() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    let wrong = clerk.enter_pins(&case, "WRONG999X").await;
    assert!(!wrong.text.contains("WRONG999X"), "what was typed is never printed back");
    clerk.type_pins("TRAIN123").await;
    ward.case_in(&case, CaseState::PinsVerified).await;
    clerk.step(&case, "update", &[]).await;
    ward.case_in(&case, CaseState::Updated).await;
    let bytes = ward.database_bytes();
    for pin in ["TRAIN123", "train123", "WRONG999X"] {
        assert!(!bytes.windows(pin.len()).any(|window| window == pin.as_bytes()), "{pin} is in the database");
    }
}
