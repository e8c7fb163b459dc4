//! The lists of work: every open case stands in one of them, with its next action.

use crate::support::Ward;
use axum::http::StatusCode;
use rules::case_states::CaseState;

/// The number beside the menu's entry.
fn on_menu(text: &str) -> u32 {
    let at = text.find("href=\"/work\"").expect("the menu has the lists");
    let entry = &text[at..at + text[at..].find("</a>").unwrap()];
    let count = crate::support::between(entry, "menu__count\">", "<");
    count.map_or(0, |digits| digits.parse().unwrap())
}

/// A proxy's request walks from list to list: letter to print, to post, reply due, overdue, returned.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_walks_from_list_to_list() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let case = clerk.open_proxy(&ward.resident("renewable")).await;
    let number = case.rsplit('/').next().unwrap().to_owned();
    let counter = clerk.get("/work").await;
    assert!(counter.text.contains(&number) && counter.text.contains("本人確認をする"), "{}", counter.text);
    assert_eq!(on_menu(&counter.text), 0, "somebody at the counter is no work that waits");
    let none = [("applicant_documents", "driving_licence"), ("notice_form", "none")];
    clerk.does(&case, "identity", &none).await;
    for (step, list, next) in [
        ("", "print", "照会書を作る"),
        ("inquiry-letter", "post", "発送を記録する"),
        ("posted", "due", "回答書を受け取る"),
    ] {
        if !step.is_empty() {
            clerk.does(&case, step, &[]).await;
        }
        let page = clerk.get(&format!("/work?list={list}")).await;
        assert!(page.text.contains(&number) && page.text.contains(next), "{list}: {}", page.text);
        assert_eq!(on_menu(&page.text), u32::from(list != "due"), "{list}");
        let others = ["counter", "print", "post", "due", "overdue", "returned", "interrupted", "told"];
        for other in others.into_iter().filter(|other| *other != list) {
            let page = clerk.get(&format!("/work?list={other}")).await;
            assert!(!page.text.contains(&number), "{list} and {other}");
        }
    }
    let ward = ward.on("2027-01-12").await;
    let mut clerk = ward.log_in("sato", 1).await;
    let page = clerk.get("/work?list=overdue").await;
    assert!(page.text.contains(&number) && page.text.contains("日過ぎています"), "{}", page.text);
    assert_eq!(ward.case(&case).await.state, CaseState::ReplyLapsed, "looking at the list was enough");
}

/// Somebody who is told to come back stands in a list of their own with the reason; what a torn card is stands in another.
#[tokio::test(flavor = "multi_thread")]
async fn people_told_to_come_back() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    ward.lay(1, "renewable").await;
    let case = clerk.open(&ward.resident("renewable"), "renewal").await;
    clerk.identify_and_apply(&case).await;
    let reason = "暗証番号の控えを取りに帰る";
    clerk.does(&case, "interrupt", &[("reason_interrupt", reason)]).await;
    let page = clerk.get("/work?list=told").await;
    assert!(page.text.contains(reason) && page.text.contains("来庁したら再開する"), "{}", page.text);
    assert_eq!(on_menu(&page.text), 0);
    let torn = clerk.get("/work?list=interrupted").await;
    assert!(torn.text.contains("中断した更新はありません。"), "{}", torn.text);
    let today = clerk.get("/").await;
    assert!(today.text.contains("<b>1</b>件"), "{}", today.text);
}

/// A person under support measures is in the list, and nobody but a supervisor sees who.
#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_be_named_is_not() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let number = ward.resident("renewable");
    clerk.open(&number, "renewal").await;
    ward.register(&number, |resident| resident.suppressed = true).await;
    let name = {
        let read = ward.office.store().read();
        server::store::residents::find(read, &number).await.unwrap().unwrap().name
    };
    let page = clerk.get("/work").await;
    assert!(page.text.contains("責任者が扱う方") && !page.text.contains(&name), "{}", page.text);
    let mut supervisor = ward.log_in("takahashi", 2).await;
    assert!(supervisor.get("/work").await.text.contains(&name));
}

/// Notices are one piece of work a campaign, which stands in the list until somebody notes the post; an unknown list is
/// told.
#[tokio::test(flavor = "multi_thread")]
async fn notices_are_work_by_campaign() {
    let ward = Ward::open().await;
    let mut back = ward.log_in("tanaka", 1).await;
    let wanted = [("first", "2027-01"), ("planned_on", ""), ("notices_to", "everyone")];
    let campaign = back.submit("/campaigns/new", "/campaigns", &wanted).await.location;
    until(&mut back, &campaign, "承認待ち").await;
    let mut supervisor = ward.log_in("takahashi", 2).await;
    let page = supervisor.submit(&campaign, &format!("{campaign}/release"), &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    until(&mut back, &campaign, "発送待ち").await;
    let page = back.get("/work?list=post").await;
    assert!(page.text.contains("令和9年1月に満了する方あて"), "{}", page.text);
    assert!(page.text.contains(&format!("href=\"{campaign}\"")), "{}", page.text);
    assert_eq!(back.get("/work?list=nothing").await.status, StatusCode::NOT_FOUND);
    let mut auditor = ward.log_in("ito", 1).await;
    assert_eq!(auditor.get("/work").await.status, StatusCode::FORBIDDEN);
}

/// Waits until the work beside the requests has come so far.
async fn until(browser: &mut crate::support::Browser, address: &str, words: &str) {
    for _ in 0..600 {
        if browser.get(address).await.text.contains(words) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{address} never says 「{words}」");
}
