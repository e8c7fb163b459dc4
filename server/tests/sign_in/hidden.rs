//! The hidden screen, without script.

use crate::support::Ward;
use crate::{answer, csrf, pass, password, token, told};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

/// Behind a hidden screen there is nothing to see and nothing acts; what was sent waits; the password brings it back.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_seen_and_nothing_is_lost() {
    let ward = Ward::open().await;
    let mut supervisor = ward.log_in("takahashi", 1).await;
    let sent_by = csrf(&mut supervisor).await;
    let request = Request::post("/lock")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::HOST, "office")
        .header(header::REFERER, "http://office/search?q=S55")
        .body(Body::from(format!("csrf={sent_by}")))
        .unwrap();
    let hidden = supervisor.send(request).await;
    assert_eq!(hidden.location, "/lock?next=/search%3Fq%3DS55");
    for path in ["/", "/residents/9900000001", "/session", "/password", "/second-factor", "/station/events"] {
        let page = supervisor.get(path).await;
        assert!(page.location.starts_with("/lock?next="), "{path}: {page:?}");
        assert!(page.text.is_empty(), "{path}");
    }
    let led = supervisor.post("/settings", &[("csrf", &sent_by), ("reply_days", "21")]).await;
    assert!(led.location.starts_with("/lock?") && led.location.contains("kept="), "{led:?}");
    assert_ne!(ward.office.rulebook().settings.deadlines.reply_days, 21);
    let forged = supervisor.post("/settings", &[("csrf", "made up"), ("reply_days", "21")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);

    let page = supervisor.get(&led.location).await;
    assert!(
        page.text.contains("高橋さんが業務中です") && !page.text.contains("住民をさがす"),
        "{}",
        page.text
    );
    let wrong = answer(&mut supervisor, &page, "画面を戻す", &[("unlock", "wrong")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let before = token(&supervisor);
    let back = answer(&mut supervisor, &wrong, "画面を戻す", &[("unlock", &password())]).await;
    assert!(back.location.starts_with("/kept?"), "{back:?}");
    assert_ne!(token(&supervisor), before);
    let waiting = supervisor.get(&back.location).await;
    let saved = answer(&mut supervisor, &waiting, "送った内容で続ける", &[]).await;
    assert_eq!(saved.location, "/settings?saved=1", "{}", saved.text);
    assert_eq!(
        (told(&ward, 14, "画面を隠しました。").await, told(&ward, 14, "画面を戻しました").await),
        (1, 1)
    );
    assert_eq!(told(&ward, 14, "本人の確認ができませんでした。").await, 1);
}

/// Without anything sent the password leads back to the page; too many wrong ones close this door like any other, and the
/// session's time runs on.
#[tokio::test(flavor = "multi_thread")]
async fn leads_back_to_the_page() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    assert_eq!(clerk.submit("/", "/lock", &[]).await.status, StatusCode::SEE_OTHER);
    let page = clerk.get("/lock?next=/search?q=S55").await;
    for _ in 0..5 {
        answer(&mut clerk, &page, "画面を戻す", &[("unlock", "wrong")]).await;
    }
    let closed = answer(&mut clerk, &page, "画面を戻す", &[("unlock", &password())]).await;
    assert!(closed.text.contains("まで使えません。"), "{}", closed.text);
    pass(&ward, 1);
    let back = answer(&mut clerk, &page, "画面を戻す", &[("unlock", &password())]).await;
    assert_eq!(back.location, "/search?q=S55", "{}", back.text);
    assert_eq!(clerk.submit("/", "/lock", &[]).await.status, StatusCode::SEE_OTHER);
    let out = clerk.submit("/lock", "/logout", &[]).await;
    assert_eq!(out.location, "/login", "somebody else may need the seat");
    assert_eq!(clerk.get("/lock").await.location, "/login?next=/lock");
}
