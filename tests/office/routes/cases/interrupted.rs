//! The card taken away, the power cut: what is left is said as it is, and there is a way on.

use super::{clerk_with_pad, fields, go_on, lay_again, send};
use office_tests::clerk::{Clerk, Page};
use office_tests::journey::Journey;
use office_tests::office::Office;
use reqwest::StatusCode;

/// Sample people whose cards can be renewed, so that a test can try again when an update was quicker than the hand.
const PEOPLE: [&str; 5] = ["renewable", "first-day", "last-day", "variation-selectors", "old-token"];

/// Begins the update and waits until a key has been made on the card.
async fn begin(clerk: &Clerk, case: &Journey<'_>) -> Vec<(String, String)> {
    let page = case.page().await;
    let update = format!("{}/update", case.case);
    let away = fields(&page, "/logout");
    let begun = send(clerk, &update, &fields(&page, &update), &[]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.words());
    loop {
        let page = case.page().await;
        if page.words().contains("署名用の鍵の生成 済") || !page.text.contains("<progress") {
            return away;
        }
    }
}

/// Waits until nothing moves any more.
async fn settled(case: &Journey<'_>) -> Page {
    for _ in 0..1000 {
        let page = case.page().await;
        if !page.text.contains("<progress") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{} goes on and on", case.case);
}

/// An update from which the card was taken away halfway, waiting.
async fn interrupted(clerk: &Clerk) -> (Journey<'_>, &'static str, Page) {
    for profile in PEOPLE {
        let case = Journey::up_to_update(clerk, profile).await;
        let form = begin(clerk, &case).await;
        send(clerk, "/station/reader/take-away", &form, &[]).await;
        let page = settled(&case).await;
        if page.words().contains("更新が途中で止まりました") {
            return (case, profile, page);
        }
        assert!(page.words().contains("予定どおりにできました。"), "one or the other: {}", page.words());
    }
    panic!("no card was taken away in time");
}

/// Taken away before the update: PINs are forgotten with the card, nothing is written, and it begins anew from the PINs.
#[tokio::test]
async fn taken_away_before_anything_was_written() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let case = Journey::up_to_update(&clerk, "renewable").await;
    let update = format!("{}/update", case.case);
    let form = fields(&case.page().await, &update);
    Journey::take_away(&clerk).await;
    let refused = send(&clerk, &update, &form, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.words().contains("カードを置いてください。"), "{}", refused.words());
    Journey::lay(&clerk, "renewable").await;
    let page = Journey::until(&clerk, &case.case, "リーダのカードと同じです").await;
    assert!(!page.text.contains(&format!("action=\"{update}\"")), "the PINs are gone with the card");
    let refused = send(&clerk, &update, &form, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.words());
    assert!(clerk.get("/residents/9900000001").await.words().contains("番号 4D000011"));
    case.enter_right_pins().await;
    case.update().await;
}

/// Taken away halfway: the page says what is gone; with the card back it goes on from there to the end.
#[tokio::test]
async fn taken_away_halfway_and_resumed() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let (case, profile, page) = interrupted(&clerk).await;
    let words = page.words();
    assert!(
        words.contains("処理の途中でカードがリーダーから離れました。") && words.contains("M-1205"),
        "{words}"
    );
    assert!(words.contains("署名用電子証明書") && words.contains("古い鍵はもうありません。"), "{words}");
    assert!(words.contains("カードを返さないでください。"), "{words}");
    // The card must not go back like this: there is no hand-over, and no withdrawing.
    for step in ["hand-over", "withdraw", "refuse", "update"] {
        let more = [
            ("copy_given", "yes"),
            ("card_returned", "yes"),
            ("reason_withdraw", "x"),
            ("reason_refuse", "x"),
        ];
        let mut form = fields(&page, &format!("{}/look", case.case));
        form.retain(|(name, _)| name != "once");
        form.push(("once".to_owned(), format!("forged-{step}")));
        let refused = send(&clerk, &format!("{}/{step}", case.case), &form, &more).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{step}: {}", refused.words());
    }
    Journey::lay(&clerk, "expired").await;
    Journey::until(&clerk, &case.case, "リーダのカードは別のものです").await;
    lay_again(&clerk, &case, profile).await;
    let result = go_on(&clerk, &case).await.words();
    assert_eq!(result.matches("✓ 予定どおり").count(), 2, "{result}");
    let closed = case.hand_over().await.words();
    assert!(closed.contains("更新が完了しました。"), "{closed}");
    let auditor = Clerk::log_in(office.address(), "ito").await;
    let trail = auditor.get("/audit?kind=52").await.words();
    assert!(trail.contains("カードの更新が中断しました。"), "{trail}");
    assert!(trail.contains("新しい電子証明書を読み取り、署名で確認しました。"), "{trail}");
}

/// Giving up wants a reason and looks at the card first: a card whose certificate is gone isn't given up.
#[tokio::test]
async fn giving_up_looks_at_the_card_first() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let (case, profile, _) = interrupted(&clerk).await;
    lay_again(&clerk, &case, profile).await;
    let empty = case.step("abort", &[("reason", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.words().contains("取りやめる理由"), "{}", empty.words());
    let pressed = case.step("abort", &[("reason", "本人が帰ると言うため")]).await;
    assert_eq!(pressed.status, StatusCode::SEE_OTHER, "{}", pressed.words());
    Journey::until(&clerk, "/pinpad", "action=\"/pinpad/pins\"").await;
    let pins = [("signature", "TRAIN123"), ("authentication", "1111"), ("resident_register", "2222")];
    clerk.submit("/pinpad", "/pinpad/pins", &pins).await;
    // What the card says decides: usable as it is, and the case goes on without writing; or lost, and it stays.
    let mut page = case.page().await;
    for _ in 0..500 {
        page = case.page().await;
        let words = page.words();
        let open = words.contains("暗証番号の入力待ち") || page.text.contains("<progress");
        // Between the PINs and the look at the card the case stands as before.
        if !open && (words.contains("使えない状態です。") || words.contains("お渡し いまここ"))
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let words = page.words();
    if words.contains("更新が途中で止まりました") {
        assert!(words.contains("使えない状態です。") && words.contains("いまは使えません"), "{words}");
        for step in ["hand-over", "abort"] {
            assert!(!page.text.contains(&format!("action=\"{}/{step}\"", case.case)), "{step}: {words}");
        }
        // Why it wasn't given up stands on the case.
        Journey::until(&clerk, &case.case, "このままでは取りやめられません。").await;
        // One PIN was enough to look at the card; writing asks for all of them.
        let result = go_on(&clerk, &case).await.words();
        assert_eq!(result.matches("✓ 予定どおり").count(), 2, "{result}");
    } else {
        assert!(words.contains("鍵で署名できました"), "{words}");
    }
}

/// The power goes halfway: after the start the case is interrupted, not lost, and is finished on the next laying-down.
#[tokio::test]
async fn a_power_cut_halfway() {
    let mut office = Office::training();
    for profile in PEOPLE {
        let address = {
            let clerk = clerk_with_pad(&office).await;
            let case = Journey::up_to_update(&clerk, profile).await;
            begin(&clerk, &case).await;
            case.case.clone()
        };
        office.kill_and_reopen(&["--training"]);
        let clerk = clerk_with_pad(&office).await;
        let words = clerk.get(&address).await.words();
        if words.contains("予定どおりにできました。") {
            continue;
        }
        assert!(
            words.contains("更新の途中でプログラムが止まりました。") && words.contains("M-1305"),
            "{words}"
        );
        let today = clerk.get("/").await.words();
        assert!(today.contains("中断"), "the first page says so: {today}");
        let number = card::virtual_card::profiles::find(profile, office_tests::office::today())
            .unwrap()
            .resident_number;
        // The person's page leads back to the same case.
        let case = Journey::open(&clerk, &number, "renewal").await;
        assert_eq!(case.case, address);
        lay_again(&clerk, &case, profile).await;
        let result = go_on(&clerk, &case).await.words();
        assert_eq!(result.matches("✓ 予定どおり").count(), 2, "{result}");
        case.hand_over().await;
        return;
    }
    panic!("no update was cut off in time");
}
