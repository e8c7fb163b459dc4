//! Whole renewals, and what the rules make of a wish to renew.

use super::clerk_with_pad;
use card::virtual_card::{Profile, profiles};
use chrono::{Datelike, NaiveDate};
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::{Office, today};
use reqwest::StatusCode;
use rules::wareki;

fn sample(name: &str) -> Profile {
    profiles::find(name, today()).expect("a sample person")
}

/// The same day some years later; samples are never born on a leap day.
fn years_later(day: NaiveDate, years: i32) -> NaiveDate {
    day.with_year(day.year() + years).expect("no leap day")
}

/// From reception to hand-over: the day that was predicted is on the card, in the register and on the copy.
#[tokio::test]
async fn a_renewal_from_reception_to_hand_over() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let person = sample("renewable");
    let new = wareki::long(years_later(person.person.certificates[0].expires, 5));
    let case = Journey::receive(&clerk, "renewable").await;
    assert!(case.page().await.words().contains("電子証明書の更新 R8-000001"));
    case.identify_and_apply(false).await;
    case.enter_right_pins().await;
    let before = case.page().await.words();
    assert!(before.contains(&new), "predicted before anything is written: {before}");
    let result = case.update().await.words();
    assert!(result.contains("予定どおりにできました。"), "{result}");
    let line = format!("{new} {new} ✓ 予定どおり");
    assert_eq!(result.matches(&line).count(), 2, "{line}: {result}");
    for proof in [
        "受付のカードです 999010000000001 済",
        "署名用電子証明書の鍵で署名できました 済",
        "利用者証明用電子証明書の鍵で署名できました 済",
    ] {
        assert!(result.contains(proof), "{proof}: {result}");
    }
    let copy = clerk.bytes(&format!("{}/certificate-copy.pdf", case.case)).await;
    assert!(copy.starts_with(b"%PDF-"));
    let early = case.step("hand-over", &[("copy_given", "yes")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.words().contains("カードを返したことが確かめられていません。"), "{}", early.words());
    let closed = case.hand_over().await.words();
    assert!(closed.contains("更新が完了しました。"), "{closed}");

    let resident = clerk.get(&format!("/residents/{}", person.resident_number)).await.words();
    assert_eq!(resident.matches(&format!("満了日 {new}")).count(), 2, "{resident}");
    assert!(!resident.contains("受付中"), "{resident}");
    assert!(!resident.contains(&person.person.certificates[0].serial), "the old certificate is of the past");
    for sentence in [
        "更新を受け付けました。",
        "本人確認をしました。",
        "申請書を受け取りました。",
        "暗証番号の照合が終わりました。",
        "カードの更新を始めました。",
        "新しい電子証明書を読み取り、署名で確認しました。",
        "カードを返し、手続きを終えました。",
    ] {
        assert_eq!(resident.matches(sentence).count(), 1, "{sentence}: {resident}");
    }
    let auditor = Clerk::log_in(office.address(), "ito").await;
    let trail = auditor.get(&format!("/audit?actor=sato&subject={}", person.resident_number)).await.words();
    for sentence in [
        "R8-000001: 更新を受け付けました。",
        "R8-000001: 本人確認をしました。",
        "R8-000001: カードを返し、手続きを終えました。",
    ] {
        assert!(trail.contains(sentence), "{sentence}: {trail}");
    }
}

/// Before the period both days are shown, nothing goes on without consent, and the consent is on record.
#[tokio::test]
async fn coming_early_needs_consent() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let end = sample("early").person.certificates[0].expires;
    let (short, long) = (wareki::long(years_later(end, 4)), wareki::long(years_later(end, 5)));
    let case = Journey::receive(&clerk, "early").await;
    case.step("identity", &[("documents", "individual_number_card")]).await;
    let shown = case.page().await.words();
    assert!(shown.contains("△ 1年短くなります"), "{shown}");
    assert!(shown.contains(&format!("今日手続きすると、満了日は {short} になります。")), "{shown}");
    assert!(shown.contains(&format!("からの更新期間に手続きすると、 {long} になります。")), "{shown}");
    let refused = case.step("application", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.words().contains("有効期間が短くなることへの同意が確かめられていません。"),
        "{}",
        refused.words()
    );
    assert_eq!(case.step("application", &[("consent", "yes")]).await.status, StatusCode::SEE_OTHER);
    case.enter_right_pins().await;
    assert!(case.page().await.words().contains("有効期間が短くなることに同意がありました"));
    let result = case.update().await.words();
    assert_eq!(result.matches(&format!("{short} {short} ✓ 予定どおり")).count(), 2, "{result}");
    let history = clerk.get("/residents/9900000002").await.words();
    assert!(history.contains("有効期間が短くなることに同意がありました。"), "{history}");
}

/// After the expiry the same wish is an issuance, and is called so to the end.
#[tokio::test]
async fn after_the_expiry_it_is_an_issuance() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let case = Journey::receive(&clerk, "expired").await;
    let page = case.page().await.words();
    assert!(page.contains("電子証明書の発行 R8-000001"), "{page}");
    case.identify_and_apply(false).await;
    case.enter_right_pins().await;
    let new = wareki::long(years_later(sample("expired").person.certificates[0].expires, 5));
    assert!(case.update().await.words().contains(&format!("{new} {new} ✓ 予定どおり")));
    assert!(case.hand_over().await.words().contains("発行が完了しました。"));
}

/// Who has no signature certificate renews the other one alone, and is asked for no signature PIN.
#[tokio::test]
async fn one_certificate_alone() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let case = Journey::receive(&clerk, "face-only").await;
    case.identify_and_apply(false).await;
    // A card for face recognition has no PINs: asking for them goes straight on.
    assert_eq!(case.step("pins", &[]).await.status, StatusCode::SEE_OTHER);
    let ready = case.page().await.words();
    assert!(ready.contains("このカードには暗証番号がありません"), "{ready}");
    let result = case.update().await.words();
    assert!(result.contains("利用者証明用電子証明書の鍵で署名できました"), "{result}");
    assert!(!result.contains("署名用電子証明書の鍵で署名できました 済 ✓ 利用者"), "{result}");
}

/// A card that ends with its certificates is led to the card's renewal; no case stays open, whatever was pressed.
#[tokio::test]
async fn a_card_that_ends_too_is_diverted() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    for wish in ["card_renewal", "renewal"] {
        let case = Journey::open(&clerk, "9900000004", wish).await;
        let page = case.page().await;
        let words = page.words();
        assert!(words.contains("カードの更新をご案内してください"), "{wish}: {words}");
        assert!(words.contains("電子証明書だけの更新はできません。"), "{wish}: {words}");
        assert_eq!(super::forms(&page, &case.case), ["notes"], "nothing can be done in it: {words}");
        let resident = clerk.get("/residents/9900000004").await.words();
        assert!(!resident.contains("受付中"), "{resident}");
        assert!(resident.contains("ほかの手続きを案内しました。"), "{resident}");
    }
}

/// What the rules refuse today opens no case, says why, and is on record as refused.
#[tokio::test]
async fn what_cannot_be_done_opens_no_case() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let number = sample("adult-ward").resident_number;
    let page = clerk.get(&format!("/residents/{number}")).await;
    let csrf = super::fields(&page, "/logout").into_iter().find(|(name, _)| name == "csrf").unwrap().1;
    for procedure in ["renewal", "issuance", "card_renewal", "lift_suspension", "pin_reset"] {
        let form = [
            ("csrf", csrf.as_str()),
            ("once", procedure),
            ("procedure", procedure),
            ("reset", "authentication"),
        ];
        let refused = clerk.send(&format!("/residents/{number}/cases"), &form).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{procedure}: {}", refused.words());
    }
    assert_eq!(clerk.get("/cases/R8-000001").await.status, StatusCode::NOT_FOUND);
    let auditor = Clerk::log_in(office.address(), "ito").await;
    let trail = auditor.get(&format!("/audit?kind=40&subject={number}")).await.words();
    assert_eq!(trail.matches("受付できません。").count(), 5, "{trail}");
    assert!(!trail.contains("✓ 行った"), "{trail}");
}
