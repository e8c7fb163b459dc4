//! PINs: wrong, malformed, nearly locked, locked, and of another card.

use crate::support::Ward;
use axum::http::StatusCode;
use rules::case_states::CaseState;
use rules::kinds::PinKind;

/// A wrong PIN costs one try, which resident and clerk see; the right ones stay, and the case waits.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pin_is_asked_again() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    let page = clerk.enter_pins(&case, "WRONG999").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("あと4回"), "{}", page.text);
    assert_eq!(ward.case(&case).await.state, CaseState::Applied);
    let page = clerk.get(&case).await;
    assert!(page.text.contains("一致しません"), "{}", page.text);
    let page = clerk.submit("/pinpad", "/pinpad/pins", &[("signature", "TRAIN123")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "the others aren't asked again: {}", page.text);
    ward.case_in(&case, CaseState::PinsVerified).await;
}

/// A value that can't be a PIN never reaches the card: no try is spent.
#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_pin_costs_no_try() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    let page = clerk.enter_pins(&case, "ONLYLETTERS").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reading = ward.station(1).await.read().await.unwrap().unwrap();
    assert_eq!(reading.card.pins.of(PinKind::Signature).unwrap().left, Some(5));
}

/// The last try is spent only when the resident agrees to that.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_try_wants_consent() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "last-try").await;
    let case = clerk.open(&ward.resident("last-try"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    let page = clerk.enter_pins(&case, "TRAIN123").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text);
    let reading = ward.station(1).await.read().await.unwrap().unwrap();
    assert_eq!(reading.card.pins.of(PinKind::Signature).unwrap().left, Some(1), "nothing was sent");
    let fields = [
        ("signature", "TRAIN123"),
        ("authentication", "1111"),
        ("resident_register", "2222"),
        ("last_try", "signature"),
        ("last_try", "authentication"),
        ("last_try", "resident_register"),
    ];
    let page = clerk.submit("/pinpad", "/pinpad/pins", &fields).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    ward.case_in(&case, CaseState::PinsVerified).await;
}

/// Another card on the reader: the PINs are shown to nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_swapped_card_gets_no_pin() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    clerk.step(&case, "pins", &[]).await;
    ward.lay(1, "expired").await;
    let page = clerk.type_pins("TRAIN123").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("別のカード"), "{}", page.text);
    let reading = ward.station(1).await.read().await.unwrap().unwrap();
    assert_eq!(reading.card.pins.of(PinKind::Signature).unwrap().left, Some(5));
    assert_eq!(ward.case(&case).await.state, CaseState::Applied);
}

/// Swapped after the PINs were right: they are forgotten, and the update is refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_swapped_after_the_pins_is_not_written() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    clerk.enter_pins(&case, "TRAIN123").await;
    ward.case_in(&case, CaseState::PinsVerified).await;
    let form = clerk.hidden(&case, &format!("{case}/update")).await;
    ward.lay(1, "expired").await;
    let fields: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let page = clerk.post(&format!("{case}/update"), &fields).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.text);
    ward.lay(1, "renewable").await;
    let page = clerk.post(&format!("{case}/update"), &fields).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "the PINs went with the card: {}", page.text);
    assert_eq!(ward.case(&case).await.state, CaseState::PinsVerified);
    let page = clerk.get(&case).await;
    assert!(page.text.contains(&format!("{case}/pins")), "they can be asked for again");
}

/// A locked PIN is told before anybody types, and its reset joins the visit under the same reception number.
#[tokio::test(flavor = "multi_thread")]
async fn a_locked_pin_is_set_anew_on_the_way() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "signature-locked").await;
    let case = clerk.open(&ward.resident("signature-locked"), "renewal").await;
    clerk.step(&case, "identity", &[("documents", "individual_number_card")]).await;
    let page = clerk.step(&case, "application", &[]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text.contains("ロック") && page.text.contains("手続きを加える"), "{}", page.text);

    let page = clerk.step(&case, "work", &[("reset", "signature")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let page = clerk.step(&case, "identity", &[("documents", "individual_number_card")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "a reset asks for one document more");
    let both = [("documents", "individual_number_card"), ("documents_b", "pension_book")];
    let page = clerk.step(&case, "identity", &both).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let page = clerk.step(&case, "application", &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    clerk.step(&case, "pins", &[]).await;
    clerk.until_text("/pinpad", "/pinpad/pins").await;
    let typed = [
        ("authentication", "1111"),
        ("resident_register", "2222"),
        ("new_signature", "NEWPIN77X"),
        ("again_signature", "NEWPIN77X"),
    ];
    let page = clerk.submit("/pinpad", "/pinpad/pins", &typed).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    ward.case_in(&case, CaseState::PinsVerified).await;
    clerk.step(&case, "update", &[]).await;
    let done = ward.case_in(&case, CaseState::Updated).await;
    assert_eq!((done.facts.written.len(), done.facts.set_pins.as_slice()), (2, &[PinKind::Signature][..]));
    let reading = ward.station(1).await.read().await.unwrap().unwrap();
    assert_eq!(reading.card.pins.of(PinKind::Signature).unwrap().left, Some(5), "unlocked, tries full");
    let page = clerk.step(&case, "hand-over", &[("copy_given", "yes"), ("card_returned", "yes")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
}

/// The pad shows one counter's question and nothing else; a code binds it, and only once.
#[tokio::test(flavor = "multi_thread")]
async fn a_pad_is_bound_by_a_code() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.submit("/settings/stations", "/settings/stations/1/pair", &[]).await;
    let page = clerk.get("/settings/stations").await;
    let code = crate::support::between(&page.text, "reference__number code\">", "<").unwrap();
    let mut pad = clerk.clone();
    pad.forget_cookies();
    let page = pad.post("/pinpad/pair", &[("code", "000000")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = pad.post("/pinpad/pair", &[("code", &code)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    assert!(pad.get("/pinpad").await.text.contains("お待ちください"));
    let page = pad.get("/station/reader").await;
    assert_eq!(page.location, "/login?next=/station/reader", "a pad is no member of staff");
    let mut other = clerk.clone();
    other.forget_cookies();
    let page = other.post("/pinpad/pair", &[("code", &code)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "a code works once");
}
