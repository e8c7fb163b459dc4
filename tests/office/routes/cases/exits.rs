//! Ways out: each with its reason, and none leaves anything on the card.

use super::clerk_with_pad;
use office_tests::journey::Journey;
use office_tests::office::Office;
use reqwest::StatusCode;

/// A case can be left at every step before the update; the reason is wanted, kept and shown, and the person can come again.
#[tokio::test]
async fn a_case_is_left_with_a_reason() {
    let office = Office::training();
    let clerk = clerk_with_pad(&office).await;
    let ways = [("withdraw", "取り下げ"), ("refuse", "受付できない"), ("divert", "案内")];
    for (index, (exit, word)) in ways.into_iter().enumerate() {
        let case = Journey::receive(&clerk, "renewable").await;
        assert_eq!(
            case.case,
            format!("/cases/R8-{:06}", index + 1),
            "a new case after the last one was left"
        );
        if index > 0 {
            case.identify_and_apply(false).await;
        }
        let field = format!("reason_{exit}");
        let empty = case.step(exit, &[(&field, "  ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{exit}");
        assert!(empty.words().contains("理由を500文字までで入力してください。"), "{}", empty.words());
        let reason = format!("{word}の理由は、きょうは時間がないため");
        assert_eq!(case.step(exit, &[(&field, &reason)]).await.status, StatusCode::SEE_OTHER);
        let ended = case.page().await;
        assert!(ended.words().contains(&reason), "{}", ended.words());
        assert_eq!(super::forms(&ended, &case.case), ["notes"], "{exit}: it is over");
        let resident = clerk.get("/residents/9900000001").await.words();
        assert!(resident.contains(&format!("理由: {reason}")) && !resident.contains("受付中"), "{resident}");
        assert!(resident.contains("番号 4D000011"), "the card is as it was: {resident}");
    }
}
