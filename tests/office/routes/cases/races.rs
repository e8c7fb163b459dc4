//! Two clerks, two presses, and steps that nobody offered.

use super::{clerk_with_pad, fields, send};
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::Office;
use reqwest::StatusCode;

const CARD: [(&str, &str); 1] = [("documents", "individual_number_card")];

/// Two clerks have the same page open: one moves the case, the other is told who it was, and nothing happens twice.
#[tokio::test]
async fn one_clerk_wins_and_the_other_is_told() {
    let office = Office::training();
    let sato = clerk_with_pad(&office).await;
    let suzuki = Clerk::log_in(office.address(), "suzuki").await;
    let case = Journey::receive(&sato, "renewable").await.case;
    let action = format!("{case}/identity");
    let (first, second) = (sato.get(&case).await, suzuki.get(&case).await);
    let (one, other) = (fields(&first, &action), fields(&second, &action));
    assert_eq!(send(&suzuki, &action, &other, &CARD).await.status, StatusCode::SEE_OTHER);
    let late = send(&sato, &action, &one, &CARD).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let words = late.words();
    assert!(words.contains("この受付は、鈴木さんが") && words.contains("本人確認をしました。"), "{words}");

    // Both at the same moment: exactly one of them.
    let action = format!("{case}/application");
    let (first, second) = (sato.get(&case).await, suzuki.get(&case).await);
    let (one, other) = (fields(&first, &action), fields(&second, &action));
    let (a, b) = tokio::join!(send(&sato, &action, &one, &[]), send(&suzuki, &action, &other, &[]));
    let mut statuses = [a.status, b.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT], "{}{}", a.text, b.text);
    let resident = sato.get("/residents/9900000001").await.words();
    for sentence in ["本人確認をしました。", "申請書を受け取りました。"] {
        assert_eq!(resident.matches(sentence).count(), 1, "{sentence}: {resident}");
    }
}

/// A form that is sent twice acts once and leads to the same place, at every step from opening to closing.
#[tokio::test]
async fn a_second_press_does_nothing() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let resident = "/residents/9900000001";
    let open = format!("{resident}/cases");
    let form = fields(&clerk.get(resident).await, &open);
    let (a, b) = tokio::join!(send(&clerk, &open, &form, &[]), send(&clerk, &open, &form, &[]));
    assert_eq!(a.location, b.location, "{}{}", a.text, b.text);
    let case = a.location.expect("a case");
    // A fresh page leads to the open case as well: one card, one case.
    assert_eq!(clerk.submit(resident, &open, &[]).await.location, Some(format!("{case}?already=1")));
    assert_eq!(clerk.get("/cases/R8-000002").await.status, StatusCode::NOT_FOUND);

    Journey::lay(&clerk, "renewable").await;
    Journey::until(&clerk, resident, "リーダのカードと同じです").await;
    let twice = async |step: &str, more: &[(&str, &str)]| {
        let action = format!("{case}/{step}");
        let form = fields(&clerk.get(&case).await, &action);
        let (a, b) = tokio::join!(send(&clerk, &action, &form, more), send(&clerk, &action, &form, more));
        let c = send(&clerk, &action, &form, more).await;
        for page in [a, b, c] {
            assert_eq!(page.location.as_ref(), Some(&case), "{step}: {} {}", page.status, page.words());
        }
    };
    twice("identity", &CARD).await;
    twice("application", &[]).await;
    twice("pins", &[]).await;
    let pins = [("signature", "TRAIN123"), ("authentication", "1111"), ("resident_register", "2222")];
    Journey::until(&clerk, "/pinpad", "action=\"/pinpad/pins\"").await;
    clerk.submit("/pinpad", "/pinpad/pins", &pins).await;
    Journey::until(&clerk, &case, &format!("action=\"{case}/update\"")).await;
    twice("update", &[]).await;
    Journey::until(&clerk, &case, &format!("action=\"{case}/hand-over\"")).await;
    twice("hand-over", &[("copy_given", "yes"), ("card_returned", "yes")]).await;
    let words = clerk.get(resident).await.words();
    for sentence in [
        "更新を受け付けました。",
        "本人確認をしました。",
        "申請書を受け取りました。",
        "カードの更新を始めました。",
        "カードを返し、手続きを終えました。",
    ] {
        assert_eq!(words.matches(sentence).count(), 1, "{sentence}: {words}");
    }
    assert_eq!(
        words.matches("署名用電子証明書が発行されました").count(),
        2,
        "the first one and one new one: {words}"
    );
}

/// A step that the case hasn't come to is refused in a sentence, and the case stays where it was.
#[tokio::test]
async fn no_step_can_be_skipped() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let case = Journey::receive(&clerk, "renewable").await;
    let given = [("copy_given", "yes"), ("card_returned", "yes"), ("reason", "急ぐため"), ("consent", "yes")];
    let refuse = async |on: &str, steps: &[&str]| {
        for step in steps {
            let mut form = fields(&case.page().await, &format!("{}/{on}", case.case));
            form.retain(|(name, _)| name != "once");
            form.push(("once".to_owned(), format!("forged-{on}-{step}")));
            let refused = send(&clerk, &format!("{}/{step}", case.case), &form, &given).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{on}: {step}: {}", refused.words());
            assert!(refused.words().contains("この操作は行われていません。"), "{}", refused.words());
        }
    };
    refuse("identity", &["application", "pins", "update", "resume", "abort", "hand-over"]).await;
    case.step("identity", &CARD).await;
    refuse("application", &["identity", "pins", "update", "resume", "abort", "hand-over"]).await;
    case.step("application", &[]).await;
    refuse("pins", &["identity", "application", "update", "resume", "abort", "hand-over"]).await;
    case.enter_right_pins().await;
    refuse("update", &["identity", "application", "resume", "abort", "hand-over"]).await;
    case.update().await;
    refuse(
        "hand-over",
        &["identity", "application", "pins", "update", "resume", "abort", "withdraw", "refuse", "divert"],
    )
    .await;
    let copy = clerk.get(&format!("{}/certificate-copy.pdf", case.case)).await;
    assert_eq!(copy.status, StatusCode::OK);
    let closed = case.hand_over().await;
    assert!(closed.words().contains("更新が完了しました。"), "{}", closed.words());
    let form = fields(&closed, "/logout");
    for step in ["identity", "update", "hand-over", "withdraw"] {
        let more = [("once", step), ("version", "99"), ("reason_withdraw", "x")];
        let refused = send(&clerk, &format!("{}/{step}", case.case), &form, &more).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{step}: {}", refused.words());
    }
}

/// No copy is printed before the card is proven, and no role without a counter handles cases.
#[tokio::test]
async fn what_others_may_not() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let case = Journey::receive(&clerk, "renewable").await;
    let copy = clerk.get(&format!("{}/certificate-copy.pdf", case.case)).await;
    assert_eq!(copy.status, StatusCode::CONFLICT, "{}", copy.words());
    for login in ["tanaka", "ito", "yamamoto"] {
        let other = Clerk::log_in(office.address(), login).await;
        let form = fields(&other.get("/password").await, "/logout");
        let more = [("once", "x"), ("version", "0"), CARD[0]];
        let refused = send(&other, &format!("{}/identity", case.case), &form, &more).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{login}: {}", refused.words());
        let refused =
            send(&other, "/residents/9900000003/cases", &form, &[("once", "y"), ("procedure", "issuance")])
                .await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{login}: {}", refused.words());
    }
    assert!(case.page().await.text.contains(&format!("action=\"{}/identity\"", case.case)));
}
