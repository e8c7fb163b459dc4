//! PINs: wrong ones, locked ones, and another person's card.

use super::clerk_with_pad;
use office_tests::clerk::{Clerk, Page};
use office_tests::journey::Journey;
use office_tests::office::Office;
use reqwest::StatusCode;

async fn type_in(clerk: &Clerk, pins: &[(&str, &str)]) -> Page {
    Journey::until(clerk, "/pinpad", "action=\"/pinpad/pins\"").await;
    clerk.submit("/pinpad", "/pinpad/pins", pins).await
}

/// A wrong PIN costs one try, which pad and clerk are told; the right one afterwards opens the way and gives it back.
#[tokio::test]
async fn a_wrong_pin_costs_a_try() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let case = Journey::receive(&clerk, "renewable").await;
    case.identify_and_apply(false).await;
    case.step("pins", &[]).await;
    let wrong = type_in(
        &clerk,
        &[("signature", "WRONG123"), ("authentication", "1111"), ("resident_register", "9876")],
    )
    .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pad = wrong.words();
    assert!(pad.contains("違っています。もう一度入力してください。 あと4回入力できます。"), "{pad}");
    assert!(pad.contains("② 利用者証明用(数字4けた) ✓ 合っていました"), "{pad}");
    assert!(pad.contains("あと2回入力できます。"), "{pad}");
    let words = case.page().await.words();
    assert!(words.contains("署名用電子証明書暗証番号 △ 残り4回 / 5回 △ 一致しません"), "{words}");
    assert!(words.contains("利用者証明用電子証明書暗証番号 残り3回 / 3回 ✓ 照合済み"), "{words}");
    assert!(!words.contains("カードを更新する"), "{words}");

    let right = type_in(&clerk, &[("signature", "TRAIN123"), ("resident_register", "2222")]).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.words());
    Journey::until(&clerk, &case.case, &format!("action=\"{}/update\"", case.case)).await;
    case.update().await;
    let resident = clerk.get("/residents/9900000001").await.words();
    assert!(resident.contains("残り5回 / 5回"), "{resident}");
}

/// What can't be a PIN is refused at the pad before the card is asked: it costs nothing.
#[tokio::test]
async fn a_malformed_pin_costs_nothing() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let case = Journey::receive(&clerk, "renewable").await;
    case.identify_and_apply(false).await;
    case.step("pins", &[]).await;
    let page =
        type_in(&clerk, &[("signature", "AB"), ("authentication", "12a4"), ("resident_register", "123456")])
            .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pad = page.words();
    assert!(pad.contains("あと5回入力できます。") && !pad.contains("あと2回"), "{pad}");
    let words = case.page().await.words();
    assert!(words.contains("残り5回 / 5回") && !words.contains("残り2回"), "{words}");
}

/// The last try is spent only by somebody who agreed to it; afterwards the PIN is locked and nothing goes on.
#[tokio::test]
async fn the_last_try_is_asked_for() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let case = Journey::receive(&clerk, "last-try").await;
    case.identify_and_apply(false).await;
    case.step("pins", &[]).await;
    let pins = [("signature", "WRONG123"), ("authentication", "1111"), ("resident_register", "2222")];
    let asked = type_in(&clerk, &pins).await.words();
    assert!(asked.contains("あと1回まちがえると使えなくなります。"), "{asked}");
    assert!(case.page().await.words().contains("残り1回 / 5回"), "nothing was tried");
    let agreed = [
        pins[0],
        pins[1],
        pins[2],
        ("last_try", "signature"),
        ("last_try", "authentication"),
        ("last_try", "resident_register"),
    ];
    type_in(&clerk, &agreed).await;
    let pad = clerk.get("/pinpad").await.words();
    assert!(pad.contains("署名用電子証明書暗証番号が使えなくなりました。"), "{pad}");
    let page = Journey::until(&clerk, &case.case, "× ロック").await;
    assert!(!page.words().contains("カードを更新する"), "{}", page.words());
}

/// A PIN that is locked already isn't asked for: the clerk is told before anybody types, and what to do about it.
#[tokio::test]
async fn a_locked_pin_stops_the_case() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    for (profile, name) in
        [("signature-locked", "署名用電子証明書暗証番号"), ("auth-locked", "利用者証明用電子証明書暗証番号")]
    {
        let case = Journey::receive(&clerk, profile).await;
        let seen = case.step("identity", &[("documents", "individual_number_card")]).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.words());
        let stopped = case.step("application", &[]).await;
        assert_eq!(stopped.status, StatusCode::CONFLICT, "{}", stopped.words());
        for words in [name, "ロックされている", "「手続きを加える・変える」で再設定を加える"]
        {
            assert!(stopped.words().contains(words), "{words}: {}", stopped.words());
        }
        assert!(clerk.get("/pinpad").await.words().contains("お待ちください"), "nobody was asked to type");
        let page = case.page().await;
        assert!(super::forms(&page, &case.case).contains(&"work".to_owned()), "{}", page.text);
        let ended = case.step("withdraw", &[("reason_withdraw", "再設定は後日")]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.words());
    }
}

/// Another person's card on the reader stops each step that needs the card, and the page says whose it is.
#[tokio::test]
async fn another_persons_card_is_refused() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let case = Journey::receive(&clerk, "renewable").await;
    case.step("identity", &[("documents", "individual_number_card")]).await;
    Journey::lay(&clerk, "first-day").await;
    let words = "リーダのカードは別のものです。初日　清さんのカードです。";
    Journey::until(&clerk, &case.case, words).await;
    let refused = case.step("application", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.words().contains("カードリーダーのカードは、この受付のカードではありません。"),
        "{}",
        refused.words()
    );

    Journey::lay(&clerk, "renewable").await;
    Journey::until(&clerk, &case.case, "リーダのカードと同じです").await;
    case.step("application", &[]).await;
    case.enter_right_pins().await;
    let ready = case.page().await;
    Journey::lay(&clerk, "first-day").await;
    Journey::until(&clerk, &case.case, words).await;
    let update = format!("{}/update", case.case);
    let refused = super::send(&clerk, &update, &super::fields(&ready, &update), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.words());
    let other = clerk.get("/residents/9900000019").await.words();
    assert!(other.contains("番号 4D000131"), "the other card is as it was: {other}");
    assert!(!case.page().await.words().contains("途中で止まり"));
}

/// What lies on the reader and is no readable card of the register is said, and nothing goes on.
#[tokio::test]
async fn cards_that_are_none() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    for (profile, number) in [("unreadable", "9900000015"), ("other-card", "9900000016")] {
        Journey::lay(&clerk, profile).await;
        let case = Journey::open(&clerk, number, "renewal").await;
        case.step("identity", &[("documents", "individual_number_card")]).await;
        let refused = case.step("application", &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{profile}: {}", refused.words());
    }
}
