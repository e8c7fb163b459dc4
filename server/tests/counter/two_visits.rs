//! The notice's sealed form in one visit, and the proxy's two visits.

use crate::support::{PINS, Ward};
use axum::http::StatusCode;
use rules::case_states::CaseState;
use rules::kinds::PinKind;
use rules::procedure::{Procedure, ReplyForm};

/// 大村市: unexpired, complete, sealed, opened by the clerk, PINs match: done in one visit.
#[tokio::test(flavor = "multi_thread")]
async fn the_notices_sealed_form_takes_one_visit() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    ward.lay(1, "renewable").await;
    let case = clerk.open_proxy(&ward.resident("renewable")).await;
    let page = clerk.get(&case).await;
    assert!(page.text.contains("任意代理人(長男) 代理　太郎さん"), "{}", page.text);
    let sealed = [("applicant_documents", "driving_licence"), ("notice_form", "sealed")];
    clerk.does(&case, "identity", &sealed).await;
    assert_eq!(ward.case(&case).await.state, CaseState::IdentityChecked);
    clerk.does(&case, "application", &[]).await;
    clerk.finish(&ward, &case, &PINS).await;
    assert!(ward.letters(&case).await.is_empty(), "no letter was needed");
}

/// 松戸市: a form that isn't sealed makes it two visits by itself, and the page says why.
#[tokio::test(flavor = "multi_thread")]
async fn an_unsealed_form_becomes_two_visits_and_says_why() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open_proxy(&ward.resident("renewable")).await;
    let unsealed = [("applicant_documents", "driving_licence"), ("notice_form", "unsealed")];
    clerk.does(&case, "identity", &unsealed).await;
    assert_eq!(ward.case(&case).await.state, CaseState::InquiryToPost);
    let page = clerk.get(&case).await;
    assert!(page.text.contains("封のない照会書兼回答書は使えません"), "{}", page.text);
    assert!(page.text.contains("照会書を作る"), "{}", page.text);
}

/// What the proxy lacks is named; nothing is sent to anybody before it is there.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_named() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open_proxy(&ward.resident("renewable")).await;
    let page = clerk.step(&case, "identity", &[("notice_form", "sealed")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("代理人の顔写真付きの本人確認書類"), "{}", page.text);
    assert_eq!(ward.case(&case).await.state, CaseState::Received);
    // 日南市: a 運転経歴証明書 from before 2012-04-01 has no photo class.
    let old =
        [("applicant_documents", "driving_record"), ("record_issued", "H24.3.31"), ("notice_form", "sealed")];
    let page = clerk.step(&case, "identity", &old).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text);
    let new =
        [("applicant_documents", "driving_record"), ("record_issued", "H24.4.1"), ("notice_form", "sealed")];
    clerk.does(&case, "identity", &new).await;
}

/// 国立市: letter, post, reply, second visit with its checks, the PINs of the reply, the card, done.
#[tokio::test(flavor = "multi_thread")]
async fn the_two_visits_from_reception_to_hand_over() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    let case = clerk.open_proxy(&ward.resident("renewable")).await;
    let none = [("applicant_documents", "driving_licence"), ("notice_form", "none")];
    clerk.does(&case, "identity", &none).await;
    let trail = server::store::audit::newest(ward.office.store().read(), None, 1).await.unwrap();
    assert_eq!(trail[0].counterparty_kind.as_deref(), Some("proxy"), "who came is in the trail: {trail:?}");
    assert!(trail[0].counterparty.as_deref().is_some_and(|name| name.contains("代理")), "{trail:?}");
    assert_eq!((trail[0].actor_kind.as_deref(), trail[0].station), (Some("staff"), Some(1)));
    let version = ward.case(&case).await.row.version.to_string();
    let csrf = clerk.csrf().await;
    let forged = [("csrf", csrf.as_str()), ("once", "forged"), ("version", version.as_str())];
    let page = clerk.post(&format!("{case}/posted"), &forged).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "what isn't made can't be posted: {}", page.text);
    clerk.does(&case, "inquiry-letter", &[]).await;
    let (status, pdf) = clerk.bytes(&format!("{case}/inquiry.pdf")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(pdf.starts_with(b"%PDF"));
    let letters = ward.letters(&case).await;
    assert_eq!((letters.len(), letters[0].state.as_str()), (1, "printed"), "printed is not posted");
    clerk.does(&case, "posted", &[]).await;
    let waiting = ward.case(&case).await;
    assert_eq!(waiting.state, CaseState::AwaitingReply);
    let letter = &ward.letters(&case).await[0];
    assert_eq!(letter.state, "posted");
    let deadline = waiting.facts.inquiry.as_ref().unwrap().deadline.unwrap();
    assert_eq!(letter.deadline.as_deref(), Some(deadline.to_string().as_str()));
    assert_eq!(deadline, "2026-12-24".parse::<chrono::NaiveDate>().unwrap(), "30 days after 2026-11-24");

    ward.lay(1, "renewable").await;
    let page = clerk.step(&case, "reply", &[("reply", "sealed")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "the clerk opens it and looks");
    clerk.does(&case, "reply", &[("reply", "sealed"), ("complete", "yes")]).await;
    let page = clerk.step(&case, "identity", &[("applicant_documents", "driving_licence")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("回答書に書かれた代理人と同じ人"), "{}", page.text);
    let same = [("applicant_documents", "driving_licence"), ("named_in_reply", "yes")];
    clerk.does(&case, "identity", &same).await;
    clerk.does(&case, "application", &[]).await;
    clerk.finish(&ward, &case, &PINS).await;
    let done = ward.case(&case).await;
    assert_eq!(done.facts.written.len(), 2);
    assert_eq!(done.facts.visits.len(), 2);
    assert_eq!(done.facts.inquiry.unwrap().reply, ReplyForm::Sealed);
    assert_eq!(ward.letters(&case).await[0].state, "replied");
    let page = clerk.get(&case).await;
    for told in ["照会書を発送しました", "回答書を受け取りました", "2回目の来庁", "カードを返し"]
    {
        assert!(page.text.contains(told), "{told}: {}", page.text);
    }
}

/// A wrong PIN makes a new inquiry that includes a PIN reset, and a new second visit.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pin_makes_a_re_inquiry_with_a_reset() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    let case = clerk.first_visit(&ward.resident("renewable")).await;
    ward.lay(1, "renewable").await;
    clerk.second_visit(&case, &[]).await;
    clerk.does(&case, "pins", &[]).await;
    clerk.until_text("/pinpad", "/pinpad/pins").await;
    let wrong = [("signature", "WRONG999X"), ("authentication", "1111"), ("resident_register", "2222")];
    let page = clerk.submit("/pinpad", "/pinpad/pins", &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    clerk.does(&case, "pins-cancel", &[]).await;
    let again = ward.case(&case).await;
    assert_eq!(again.state, CaseState::InquiryToPost, "by itself");
    let inquiry = again.facts.inquiry.as_ref().unwrap();
    assert!(inquiry.again && inquiry.reset == [PinKind::Signature]);
    let page = clerk.get(&case).await;
    assert!(page.text.contains("暗証番号が一致しません"), "{}", page.text);

    clerk.does(&case, "inquiry-letter", &[]).await;
    clerk.does(&case, "posted", &[]).await;
    let letters = ward.letters(&case).await;
    assert_eq!(
        letters.iter().map(|letter| letter.kind.as_str()).collect::<Vec<_>>(),
        ["re_inquiry", "inquiry"]
    );
    clerk.does(&case, "reply", &[("reply", "sealed"), ("complete", "yes")]).await;
    let page = clerk
        .step(&case, "identity", &[("applicant_documents", "driving_licence"), ("named_in_reply", "yes")])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "大阪狭山市: the principal's second document");
    let both = [
        ("applicant_documents", "driving_licence"),
        ("named_in_reply", "yes"),
        ("documents_b", "eligibility_certificate"),
    ];
    clerk.does(&case, "identity", &both).await;
    clerk.does(&case, "application", &[]).await;
    let typed = [
        ("authentication", "1111"),
        ("resident_register", "2222"),
        ("new_signature", "REPLY77XY"),
        ("again_signature", "REPLY77XY"),
    ];
    clerk.finish(&ward, &case, &typed).await;
    assert_eq!(ward.case(&case).await.facts.set_pins, [PinKind::Signature]);
}

/// 松戸市, 筑北村: a reply that was opened, is blank or in another hand leads to a new letter by itself.
#[tokio::test(flavor = "multi_thread")]
async fn an_unusable_reply_is_asked_again() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.first_visit(&ward.resident("renewable")).await;
    clerk.does(&case, "reply", &[("reply", "unusable")]).await;
    let again = ward.case(&case).await;
    assert_eq!(again.state, CaseState::InquiryToPost);
    assert!(again.facts.inquiry.unwrap().again);
    assert!(clerk.get(&case).await.text.contains("回答書は使えません"));
}

/// 横浜市: the principal may come in person instead; the letter is void and the case an ordinary one.
#[tokio::test(flavor = "multi_thread")]
async fn the_principal_comes_instead() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    clerk.open_pad().await;
    let case = clerk.first_visit(&ward.resident("renewable")).await;
    ward.lay(1, "renewable").await;
    clerk.does(&case, "principal-comes", &[]).await;
    assert_eq!(ward.letters(&case).await[0].state, "voided");
    clerk.identify_and_apply(&case).await;
    clerk.finish(&ward, &case, &PINS).await;
    assert_eq!(ward.case(&case).await.applicant, rules::kinds::Applicant::Principal);
}

/// 加西市, 笠岡市: by telephone, where the office takes it; otherwise the counter says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_by_telephone() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let resident = ward.resident("renewable");
    let call = [
        ("procedure", "renewal"),
        ("applicant", "proxy"),
        ("third_name", "代理　太郎"),
        ("contact", "telephone"),
    ];
    let page = clerk.open_for(&resident, &call).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text.contains("電話では受け付けられません"), "{}", page.text);
    ward.set("first_proxy_contact", "phone_too").await;
    let page = clerk.open_for(&resident, &call).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let case = ward.case(&page.location).await;
    assert_eq!(case.state, CaseState::InquiryToPost);
    assert!(case.facts.visits[0].by_telephone);
}

/// 前橋市, 三原市: after expiry the notice's form is no longer good; it is an issuance in two visits.
#[tokio::test(flavor = "multi_thread")]
async fn after_expiry_it_is_an_issuance_in_two_visits() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open_proxy(&ward.resident("expired")).await;
    assert_eq!(ward.case(&case).await.procedure, Procedure::Issuance);
    let sealed = [("applicant_documents", "driving_licence"), ("notice_form", "sealed")];
    clerk.does(&case, "identity", &sealed).await;
    let case = ward.case(&case).await;
    assert_eq!(case.state, CaseState::InquiryToPost);
    assert!(case.facts.inquiry.unwrap().why.contains("有効期限を過ぎ"));
}
