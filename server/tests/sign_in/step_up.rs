//! A fresh proof before sensitive acts, and what was entered meanwhile.

use crate::support::{PINS, Ward};
use crate::{answer, pass, password};
use axum::http::StatusCode;
use rules::case_states::CaseState;

/// What was entered acts as it was sent, doubles and all; without the proof nothing happens.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_entered_is_not_lost() {
    let ward = Ward::open().await;
    let mut supervisor = ward.log_in("takahashi", 1).await;
    pass(&ward, 11);
    let led = supervisor
        .submit("/settings", "/settings", &[("reply_days", "21"), ("office_ward", "見本 & 区")])
        .await;
    assert!(led.location.starts_with("/step-up?kept="), "{led:?}");
    assert_ne!(ward.office.rulebook().settings.deadlines.reply_days, 21);
    let page = supervisor.get(&led.location).await;
    assert!(!page.text.contains("見本 &amp; 区"), "what was entered stays with the office");
    let saved = answer(&mut supervisor, &page, "確かめて続ける", &[("password", &password())]).await;
    assert_eq!(saved.location, "/settings?saved=2", "{}", saved.text);
    assert_eq!(ward.office.rulebook().settings.deadlines.reply_days, 21);
    assert_eq!(ward.office.text().ward, "見本 & 区");
    let again = supervisor.submit("/settings", "/settings", &[("reply_days", "20")]).await;
    assert_eq!(again.location, "/settings?saved=1", "a proof is good for some minutes");
}

/// A form waits for minutes, not for ever, and only for its sender.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_waits_for_its_sender_for_a_while() {
    let ward = Ward::open().await;
    let mut supervisor = ward.log_in("takahashi", 1).await;
    pass(&ward, 11);
    let led = supervisor.submit("/settings", "/settings", &[("reply_days", "21")]).await;
    let page = supervisor.get(&led.location).await;
    let mut other = ward.log_in("yamamoto", 1).await;
    let name = led.location.split("kept=").nth(1).unwrap().to_owned();
    let token = crate::csrf(&mut other).await;
    let refused = other.post(&format!("/settings?kept={name}"), &[("csrf", &token)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
    pass(&ward, 10);
    assert_eq!(supervisor.get("/").await.status, StatusCode::OK);
    pass(&ward, 6);
    let late = answer(&mut supervisor, &page, "確かめて続ける", &[("password", &password())]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    assert!(late.text.contains("時間がたったため残っていません"), "{}", late.text);
}

/// Looking at changed words asks for nothing; putting them in force does, and they come through.
#[tokio::test(flavor = "multi_thread")]
async fn only_what_acts_asks() {
    let ward = Ward::open().await;
    let mut supervisor = ward.log_in("takahashi", 1).await;
    let on = "/settings/paper/wording/receipt";
    let text = forms::Paper::from_code("receipt").unwrap().standard_text();
    pass(&ward, 11);
    let looked = supervisor.submit(on, on, &[("text", text), ("act", "preview")]).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.text);
    let led = supervisor.submit(on, on, &[("text", text), ("act", "save")]).await;
    assert!(led.location.starts_with("/step-up?kept="), "{led:?}");
    let page = supervisor.get(&led.location).await;
    let saved = answer(&mut supervisor, &page, "確かめて続ける", &[("password", &password())]).await;
    assert_eq!(saved.location, format!("{on}?saved=yes"), "{}", saved.text);
}

/// The whole of a PIN reset with proofs that grew old: before the resident chooses, and before the card is written.
#[tokio::test(flavor = "multi_thread")]
async fn a_pin_reset_asks_before_the_resident_chooses() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "early").await;
    let wish = [("procedure", "pin_reset"), ("applicant", "principal"), ("reset", "authentication")];
    let case = clerk.open_for(&ward.resident("early"), &wish).await.location;
    let papers = [("documents", "individual_number_card"), ("documents_b", "pension_book")];
    clerk.does(&case, "identity", &papers).await;
    clerk.does(&case, "application", &[]).await;
    pass(&ward, 11);
    let led = clerk.step(&case, "pins", &[]).await;
    assert!(led.location.starts_with("/step-up?kept="), "{led:?}");
    let page = clerk.get(&led.location).await;
    let asked = answer(&mut clerk, &page, "確かめて続ける", &[("password", &password())]).await;
    assert_eq!(asked.location, case, "{}", asked.text);
    clerk.until_text("/pinpad", "/pinpad/pins").await;
    let typed = [("new_authentication", "8064"), ("again_authentication", "8064")];
    assert_eq!(clerk.submit("/pinpad", "/pinpad/pins", &typed).await.status, StatusCode::SEE_OTHER);
    ward.case_in(&case, CaseState::PinsVerified).await;
    pass(&ward, 11);
    let led = clerk.step(&case, "update", &[]).await;
    assert!(led.location.starts_with("/step-up?kept="), "{led:?}");
    let page = clerk.get(&led.location).await;
    let begun = answer(&mut clerk, &page, "確かめて続ける", &[("password", &password())]).await;
    assert_eq!(begun.location, case, "{}", begun.text);
    ward.case_in(&case, CaseState::Updated).await;
}

/// A renewal's PINs are asked for without a proof; its update isn't begun without one.
#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_asks_at_the_update() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    pass(&ward, 11);
    assert_eq!(clerk.enter_pins(&case, PINS[0].1).await.status, StatusCode::SEE_OTHER);
    ward.case_in(&case, CaseState::PinsVerified).await;
    let led = clerk.step(&case, "update", &[]).await;
    assert!(led.location.starts_with("/step-up?kept="), "{led:?}");
    assert_eq!(ward.case(&case).await.state, CaseState::PinsVerified);
}
