//! `/settings/history`: from what to what, by whom and when.

use office_tests::clerk::Clerk;
use office_tests::office::Office;
use reqwest::StatusCode;

/// Rules, the office's text and the calendar: each change with both values and its author, all of it or one at a time.
#[tokio::test]
async fn tells_both_values_and_who() {
    let office = Office::training_on("2026-11-24");
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let fields = [("reply_days", "21"), ("office_ward", "見本区")];
    supervisor.submit("/settings", "/settings", &fields).await;
    supervisor.submit("/settings", "/settings", &[("reply_days", "14")]).await;
    let closure = [("closures_from", "R8.12.10"), ("closures_until", ""), ("closures_reason", "創立記念日")];
    let entered = supervisor.submit("/settings/calendar", "/settings/calendar/closures", &closure).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.words());

    let all = supervisor.get("/settings/history").await.words();
    assert!(all.contains("4件") && all.contains("高橋 回答書の期限 21 14"), "{all}");
    assert!(all.contains("高橋 回答書の期限 30 21"), "{all}");
    assert!(all.contains("役所の表示「区市町村」 訓練市みほん区 見本区"), "{all}");
    assert!(all.contains("創立記念日"), "{all}");
    let one = supervisor.get("/settings/history?about=reply_days").await.words();
    assert!(one.contains("2件") && !one.contains("創立記念日"), "{one}");
    assert!(one.contains("照会書に印字する回答期限が変わります。"), "what it changes: {one}");
    let days = supervisor.get("/settings/history?about=calendar").await.words();
    assert!(days.contains("1件") && days.contains("創立記念日"), "{days}");
    let page = supervisor.get("/settings").await.text;
    assert!(page.contains("href=\"/settings/history?about=reply_days\""), "{page}");
    assert!(
        supervisor
            .get("/settings/history?about=fee_renewal")
            .await
            .words()
            .contains("まだ変えられていません")
    );

    let clerk = Clerk::log_in(office.address(), "sato").await;
    assert_eq!(clerk.get("/settings/history").await.status, StatusCode::FORBIDDEN);
}
