//! `docs/edge-cases.md`: what happens between a proxy's two visits, and what the clerk sees on the next look.

use crate::support::Ward;
use axum::http::StatusCode;
use rules::case_states::CaseState;
use rules::kinds::{CardStatus, CertificateKind, ResidentStatus};
use server::store;

/// E1: the address changed. The letter is void, the request must be looked at, the new letter goes to the new address.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_changed_voids_the_letter() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    let case = clerk.first_visit(&number).await;
    ward.register(&number, |resident| resident.address = "訓練県訓練市みほん区新町九丁目9番9号".to_owned())
        .await;
    assert_eq!(ward.case(&case).await.state, CaseState::NeedsRecheck);
    assert_eq!(ward.letters(&case).await[0].state, "voided");
    let page = clerk.get(&case).await;
    assert!(page.text.contains("新町九丁目") && page.text.contains("変わりました"), "{}", page.text);
    clerk.does(&case, "inquiry-again", &[("reason_again", "転居のため")]).await;
    clerk.does(&case, "inquiry-letter", &[]).await;
    let letter = &ward.letters(&case).await[0];
    assert!(letter.content.contains("新町九丁目"), "{}", letter.content);
}

/// E1: the name changed. A supervisor may let it go on, with a reason; a clerk may not.
#[tokio::test(flavor = "multi_thread")]
async fn only_a_supervisor_lets_a_changed_request_go_on() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    let case = clerk.first_visit(&number).await;
    ward.register(&number, |resident| resident.name = "訓練　改姓子".to_owned()).await;
    let page = clerk.get(&case).await;
    assert!(!page.text.contains("/confirm\""), "a clerk isn't offered it");
    let mut supervisor = ward.log_in("takahashi", 2).await;
    let page = supervisor.step(&case, "confirm", &[("reason_confirm", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    supervisor.does(&case, "confirm", &[("reason_confirm", "婚姻による改姓を確認した")]).await;
    assert_eq!(ward.case(&case).await.state, CaseState::InquiryToPost);
}

/// E2: moved out. Never completed here; the case says where to go.
#[tokio::test(flavor = "multi_thread")]
async fn who_moved_out_is_not_ours_any_more() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    let case = clerk.first_visit(&number).await;
    ward.register(&number, |resident| resident.status = ResidentStatus::MovedOut).await;
    assert_eq!(ward.case(&case).await.state, CaseState::Ended);
    assert_eq!(ward.letters(&case).await[0].state, "voided");
    let page = clerk.get(&case).await;
    assert!(page.text.contains("転出先の市区町村"), "{}", page.text);
    assert!(page.text.contains("(システム)"), "nobody's hand did it: {}", page.text);
}

/// E3: died. Closed by itself, whatever state it was in; nothing goes to the dead.
#[tokio::test(flavor = "multi_thread")]
async fn no_letter_goes_to_the_dead() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    let case = clerk.open_proxy(&number).await;
    let none = [("applicant_documents", "driving_licence"), ("notice_form", "none")];
    clerk.does(&case, "identity", &none).await;
    ward.register(&number, |resident| resident.status = ResidentStatus::Dead).await;
    assert_eq!(ward.case(&case).await.state, CaseState::Ended);
    let other = clerk.open(&ward.resident("early"), "renewal").await;
    ward.register(&ward.resident("early"), |resident| resident.status = ResidentStatus::Dead).await;
    assert_eq!(ward.case(&other).await.state, CaseState::Ended, "at the counter too");
}

/// E4: the card was stopped, then found.
#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_card_is_looked_at_first() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    let case = clerk.first_visit(&number).await;
    ward.card(&number, |card| card.status = CardStatus::Suspended).await;
    assert_eq!(ward.case(&case).await.state, CaseState::NeedsRecheck);
    assert!(clerk.get(&case).await.text.contains("一時停止されました"));
}

/// E5: lost for good: the request ends in guidance to a new card, and stays linked.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_card_ends_in_guidance() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    let case = clerk.first_visit(&number).await;
    ward.card(&number, |card| card.status = CardStatus::Abolished).await;
    assert_eq!(ward.case(&case).await.state, CaseState::NeedsRecheck);
    let page = clerk.step(&case, "inquiry-again", &[("reason_again", "x")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.text);
    clerk.does(&case, "divert", &[("reason_divert", "再交付を案内")]).await;
    let page = clerk.get(&format!("/residents/{number}")).await;
    assert!(page.text.contains(case.rsplit('/').next().unwrap()), "the history keeps it");
}

/// E8: renewed elsewhere meanwhile: a second renewal would cost a year, so the request ends.
#[tokio::test(flavor = "multi_thread")]
async fn renewed_elsewhere_ends_the_request() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    let case = clerk.first_visit(&number).await;
    let read = ward.office.store().read();
    let rows = store::certificates::of_card(read, &ward.card_number("renewable")).await.unwrap();
    let mut new = rows.into_iter().find(|row| row.current).unwrap();
    new.serial = "7777ABCD".to_owned();
    new.issued = "2026-11-24".parse().unwrap();
    new.expires = "2031-11-24".parse().unwrap();
    let mut tx = ward.office.store().write().await.unwrap();
    store::certificates::replace(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    let page = clerk.get(&case).await;
    assert!(page.text.contains("手続きは要らなくなりました"), "on the next look: {}", page.text);
    assert_eq!(ward.case(&case).await.state, CaseState::Ended);
}

/// The letter came back, with the post's reason; it is sent again or the request ends.
#[tokio::test(flavor = "multi_thread")]
async fn a_returned_letter_waits_for_somebody() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.first_visit(&ward.resident("renewable")).await;
    let page = clerk.step(&case, "returned", &[]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    clerk.does(&case, "returned", &[("returned", "unknown")]).await;
    assert_eq!(ward.case(&case).await.state, CaseState::InquiryReturned);
    assert_eq!(ward.letters(&case).await[0].state, "returned");
    let board = clerk.get("/proxies").await;
    assert!(
        board.text.contains("row--pressing") && board.text.contains("あて所に尋ねあたりません"),
        "{}",
        board.text
    );
    clerk.does(&case, "inquiry-again", &[("reason_again", "電話で住所を確かめた")]).await;
    assert_eq!(ward.case(&case).await.state, CaseState::InquiryToPost);
}

/// E23: the deadline passed. The next look says so; a late reply is a supervisor's, with a reason.
#[tokio::test(flavor = "multi_thread")]
async fn a_late_reply_is_a_supervisors() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.first_visit(&ward.resident("renewable")).await;
    let ward = ward.on("2026-12-24").await;
    let mut clerk = ward.log_in("sato", 1).await;
    assert!(clerk.get(&case).await.text.contains("今日まで"), "the last day is still good");
    let ward = ward.on("2026-12-25").await;
    let mut clerk2 = ward.log_in("sato", 1).await;
    let board = clerk2.get("/proxies").await;
    assert!(board.text.contains("回答期限切れ") && board.text.contains("1日過ぎています"), "{}", board.text);
    assert_eq!(ward.letters(&case).await[0].state, "lapsed");
    let page = clerk2.get(&case).await;
    assert!(!page.text.contains("期限を過ぎた回答書を受け付ける"), "not a clerk's");
    let mut supervisor = ward.log_in("takahashi", 2).await;
    let late = [("reply", "sealed"), ("complete", "yes")];
    let page = supervisor.step(&case, "reply", &late).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is wanted");
    let late = [("reply", "sealed"), ("complete", "yes"), ("reason", "郵便の遅れ")];
    supervisor.does(&case, "reply", &late).await;
    let second = [("applicant_documents", "driving_licence"), ("named_in_reply", "yes")];
    supervisor.does(&case, "identity", &second).await;
    assert_eq!(ward.case(&case).await.state, CaseState::IdentityChecked);
    drop(clerk);
}

/// E10: the certificate expired while the letter was out: the second visit issues instead of renewing.
#[tokio::test(flavor = "multi_thread")]
async fn expired_meanwhile_becomes_an_issuance() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.first_visit(&ward.resident("last-day")).await;
    let ward = ward.on("2026-12-01").await;
    let mut clerk2 = ward.log_in("sato", 1).await;
    clerk2.does(&case, "reply", &[("reply", "sealed"), ("complete", "yes")]).await;
    let second = [("applicant_documents", "driving_licence"), ("named_in_reply", "yes")];
    clerk2.does(&case, "identity", &second).await;
    assert_eq!(ward.case(&case).await.procedure, rules::procedure::Procedure::Issuance);
    clerk.forget_cookies();
}

/// A second request for the same person leads to the first one.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_request_leads_to_the_first() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    let case = clerk.first_visit(&number).await;
    let page = clerk.try_open(&number, "renewal").await;
    assert_eq!(page.location, format!("{case}?already=1"));
    let page = clerk.get(&page.location).await;
    assert!(page.text.contains("この方の受付がすでにあります") && page.text.contains("本人が来庁した"));
}

/// Ended too early: a supervisor takes it up again under the same number, unless another case is open.
#[tokio::test(flavor = "multi_thread")]
async fn a_reception_is_reopened() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    let case = clerk.first_visit(&number).await;
    clerk.does(&case, "withdraw", &[("reason_withdraw", "家族の希望")]).await;
    assert_eq!(ward.letters(&case).await[0].state, "voided");
    let page = clerk.get(&case).await;
    assert!(!page.text.contains("受付を再開する"), "not a clerk's");
    let other = clerk.open(&number, "renewal").await;
    let mut supervisor = ward.log_in("takahashi", 2).await;
    let why = [("reason_reopen", "取下げは誤り")];
    let page = supervisor.step(&case, "reopen", &why).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.text);
    supervisor.does(&other, "withdraw", &[("reason_withdraw", "二重のため")]).await;
    supervisor.does(&case, "reopen", &why).await;
    assert_eq!(ward.case(&case).await.state, CaseState::Received);
}

/// Certificates that changed in some other way ask for a look.
#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_certificate_is_looked_at() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.first_visit(&ward.resident("renewable")).await;
    ward.revoke("renewable", CertificateKind::Signature).await;
    assert!(clerk.get(&case).await.text.contains("電子証明書が変わりました"));
    assert_eq!(ward.case(&case).await.state, CaseState::NeedsRecheck);
}
