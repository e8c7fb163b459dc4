//! `/calc`.

use office_tests::clerk::Clerk;
use office_tests::office::Office;
use reqwest::StatusCode;

/// Each question of `madoguchi calc` is answered in words, the same answer a script gets.
#[tokio::test]
async fn answers_every_question() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    for (asked, words) in [
        (
            "renewal_period&expiry=R5.7.7&abroad=no",
            &["令和5年4月8日(土)から令和5年7月7日(金)まで更新できます。"][..],
        ),
        ("renewal_period&expiry=R5.7.7&abroad=yes", &["令和4年7月8日"]),
        (
            "validity&kind=authentication&birth=S55.10.10&issued=2024-07-11&card_expiry=2029-10-10&current_expiry=2024-10-10",
            &["令和11年10月10日(水)まで有効です。", "発行日後の6回目の誕生日"],
        ),
        (
            "validity&kind=authentication&birth=S55.10.10&issued=2024-07-10&card_expiry=2029-10-10&current_expiry=2024-10-10",
            &["令和10年10月10日", "令和6年7月11日から手続きすれば令和11年10月10日まで有効です。"],
        ),
        (
            "validity&kind=signature&birth=S55.10.10&issued=2023-08-01&card_expiry=2030-10-10&authentication_expiry=2025-10-10",
            &["令和7年10月10日", "利用者証明用電子証明書の有効期限"],
        ),
        (
            "card_validity&birth=S55.10.10&received=2020-04-20&issued=2020-05-15",
            &["カードは令和11年10月10日(水)まで有効です。"],
        ),
        (
            "open_day&date=2027-01-01",
            &["令和9年1月1日(金)は閉まっています(年末年始の閉庁日です)。", "次に開く日"],
        ),
        ("wareki&text=R7.10.10", &["令和7年10月10日(金)です。", "2025-10-10"]),
        (
            "customer_barcode&postal_code=263-0023&address=緑町3丁目30-8 郵便ビル403号",
            &["26300233-30-8-403", "チェックデジット 5"],
        ),
        (
            "procedure&today=2025-07-11&birth=1980-10-10&card_expiry=2030-10-10&current_expiry=2025-10-10&applicant=principal&pins_known=signature&pins_known=authentication&pins_known=resident_register",
            &["「更新」の手続きで、即日(1回の来庁)です。", "令和12年10月10日"],
        ),
        (
            "procedure&today=2025-07-11&birth=1980-10-10&card_expiry=2030-10-10&current_expiry=2025-10-10&applicant=proxy&pins_known=signature",
            &[
                "文書照会(2回の来庁)です。",
                "足りないもの 照会書を本人の住所に郵送します(転送不要)。",
                "国立市",
            ],
        ),
        (
            "procedure&today=2025-08-01&birth=2016-10-10&card_expiry=2026-10-10&current_expiry=2025-10-10&applicant=legal_representative&representation_role=parent&representation_proof_issued=2025-01-10",
            &["令和7年5月1日以降に発行されたものが必要です。"],
        ),
        (
            "procedure&today=2025-08-01&birth=1980-10-10&card_expiry=2030-10-10&status=dead",
            &["受け付けられません。", "亡くなられ"],
        ),
        (
            "procedure&today=2025-08-01&birth=1980-10-10&card_expiry=2030-10-10&wanted=card_reissue",
            &["カードが800円"],
        ),
    ] {
        let page = clerk.get(&format!("/calc?ask={asked}")).await;
        assert_eq!(page.status, StatusCode::OK, "{asked}: {}", page.words());
        for word in words {
            assert!(page.words().contains(word), "{asked}: {word}: {}", page.words());
        }
    }
}

/// What is missing or can't be is told at its field, with what was typed; a link to a question is no question yet.
#[tokio::test]
async fn tells_what_is_missing() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    for ask in [
        "renewal_period",
        "validity",
        "card_validity",
        "procedure",
        "open_day",
        "wareki",
        "pin",
        "customer_barcode",
        "",
    ] {
        let page = clerk.get(&format!("/calc?ask={ask}")).await;
        assert_eq!(page.status, StatusCode::OK, "{ask}: {}", page.words());
    }
    for (asked, sentence) in [
        ("validity&birth=S55.10.10", "日付を入れてください。"),
        ("validity&birth=S55.10.10", "証明書を選んでください。"),
        ("renewal_period&expiry=2025-02-30", "暦にない日付です。"),
        ("renewal_period&expiry=", "日付を入れてください。"),
        ("card_validity&birth=S55.10.10&received=2020-04-20&issued=2020-04-19", "申請の受付日"),
        ("procedure&today=2025-08-01&birth=1980-10-10", "カードの有効期限を入れてください。"),
        (
            "procedure&today=2025-08-01&birth=1980-10-10&inquiry_posted=2025-07-01",
            "回答の期限を入れてください。",
        ),
        ("customer_barcode&postal_code=115-0000&address=赤羽", "代表郵便番号"),
        ("customer_barcode&postal_code=115-0045", "住所を入れてください。"),
        ("wareki&text=平成31年5月1日", "平成の期間にない日付です。"),
    ] {
        let page = clerk.get(&format!("/calc?ask={asked}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        assert!(page.words().contains(sentence), "{asked}: {}", page.words());
    }
    assert!(clerk.get("/calc?ask=validity&birth=S55.10.10").await.text.contains("value=\"S55.10.10\""));
}

/// A PIN goes by POST, is looked at, and comes back nowhere: not in the page, not in an address, not in the trail.
#[tokio::test]
async fn a_pin_is_not_sent_back() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let auditor = Clerk::log_in(office.address(), "ito").await;
    for (kind, value, words) in [
        ("signature", "KAERU7", "署名用電子証明書暗証番号に使えます。"),
        ("signature", "kaeru7", "使えません。英字は大文字で"),
        ("authentication", "1234", "使えます。ただし、推測されやすい"),
        ("resident_register", "473", "4桁の数字で入力してください。"),
    ] {
        let page = clerk.submit("/calc?ask=pin", "/calc/pin", &[("kind", kind), ("value", value)]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.words());
        assert!(page.words().contains(words), "{}", page.words());
        assert!(
            !page.text.contains(&format!("\"{value}\"")) && !page.words().contains(value),
            "{value} came back"
        );
    }
    let empty = clerk.submit("/calc?ask=pin", "/calc/pin", &[("kind", "signature"), ("value", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let by_address = clerk.get("/calc?ask=pin&kind=signature&value=KAERU7").await;
    assert!(!by_address.text.contains("KAERU7") && !by_address.words().contains("使えます。"));
    assert!(!auditor.get("/audit").await.text.contains("KAERU7"));
}
