//! A notice that is on its way when its person renews at the counter.

use crate::support::Ward;
use rules::case_states::CaseState;
use server::notices::campaign::counts;
use server::notices::make::{Order, make};
use server::notices::{Month, batch};
use server::store;

/// The notice of somebody who renews is void in the same moment, with the reason, and its person is excluded.
#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_voids_the_notice_that_is_not_posted() {
    let ward = Ward::open().await;
    let read = ward.office.store().read();
    let person = ward.resident("renewable");
    let rows = store::certificates::of_card(read, &ward.card_number("renewable")).await.unwrap();
    let month = Month::of(rows.iter().filter(|row| row.current).map(|row| row.expires).min().unwrap());
    let order = Order { month, actor: "command line", reply_form: false };
    let made = make(&ward.office, &order, |_| Ok(())).await.unwrap().run.unwrap();
    let letter = async || store::letters::of_resident(read, &person).await.unwrap().remove(0);
    assert_eq!(letter().await.state, "printed");
    let before = counts::of(read, made.id).await.unwrap();

    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&person, "renewal").await;
    clerk.identify_and_apply(&case).await;
    clerk.enter_pins(&case, "TRAIN123").await;
    ward.case_in(&case, CaseState::PinsVerified).await;
    assert_eq!(letter().await.state, "printed", "nothing is renewed yet");
    clerk.step(&case, "update", &[]).await;
    ward.case_in(&case, CaseState::Updated).await;

    let voided = letter().await;
    assert_eq!(voided.state, "voided");
    assert!(voided.ended_reason.unwrap().contains("更新が済み"));
    let after = counts::of(read, made.id).await.unwrap();
    assert_eq!((after.to_post + 1, after.targets()), (before.to_post, before.targets()));
    assert_eq!(after.reasons["renewed"], 1);
    let contents = batch::contents(&ward.office, made.id).await.unwrap();
    assert!(contents.starts_with(b"%PDF"));
    let page = clerk.get(&format!("/residents/{person}")).await;
    assert!(page.text.contains("無効にしました"), "{}", page.text);
}
