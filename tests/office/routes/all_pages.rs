//! What holds for every page.

use office_tests::clerk::Clerk;
use office_tests::office::Office;
use reqwest::StatusCode;

/// The pages that anybody of the office may open somewhere, by the role that may.
const PAGES: [(&str, &str); 21] = [
    ("/", "clerk"),
    ("/search?q=", "clerk"),
    ("/password", "clerk"),
    ("/station/reader", "clerk"),
    ("/work", "clerk"),
    ("/telephone", "clerk"),
    ("/closing", "clerk"),
    ("/notices", "supervisor"),
    ("/statistics", "supervisor"),
    ("/statistics/forecast", "administrator"),
    ("/settings/history", "supervisor"),
    ("/campaigns/new", "supervisor"),
    ("/returns", "clerk"),
    ("/returns/report", "clerk"),
    ("/calc", "clerk"),
    ("/imports", "back_office"),
    ("/settings", "supervisor"),
    ("/settings/calendar", "supervisor"),
    ("/settings/paper", "supervisor"),
    ("/settings/paper/wording/notice", "supervisor"),
    ("/audit", "auditor"),
];

/// Each page forbids what it doesn't need, is kept nowhere, is marked 訓練, and carries nothing inline.
#[tokio::test]
async fn is_marked_and_locked_down() {
    let office = Office::training();
    for (path, role) in PAGES {
        let clerk = Clerk::log_in(office.address(), &login_of(role)).await;
        let page = clerk.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
        assert!(page.text.contains("訓練"), "{path}");
        assert!(!page.text.contains(" style=\"") && !page.text.contains("<style"), "{path}");
        assert!(!page.text.contains(" onclick=") && !page.text.contains("<script>"), "{path}");
    }
    let login = reqwest::get(format!("{}/login", office.address())).await.unwrap();
    let header = |name: &str| login.headers()[name].to_str().unwrap().to_owned();
    assert!(header("content-security-policy").contains("frame-ancestors 'none'"));
    assert!(!header("content-security-policy").contains("unsafe-inline"));
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("x-content-type-options"), "nosniff");
}

/// An address that isn't one of ours gets a page with the way back.
#[tokio::test]
async fn an_unknown_address() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), &login_of("clerk")).await;
    for path in ["/nothing", "/assets/nothing.css", "/residents/none", "/cases/R8-999999"] {
        let page = clerk.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text.contains("</html>"), "{path}");
    }
}

/// What a role may not do is refused with a sentence, not hidden only.
#[tokio::test]
async fn what_a_role_may_not_open() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), &login_of("clerk")).await;
    for path in ["/imports", "/audit", "/settings/staff"] {
        let page = clerk.get(path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert!(page.text.contains("責任者に操作を依頼してください。"), "{path}");
    }
}

/// The login of the first training account with this role's label.
fn login_of(role: &str) -> String {
    let label = rules::case_states::Role::from_code(role).expect("a role").label();
    let found = server::training::accounts().into_iter().find(|account| account.role == label);
    found.unwrap_or_else(|| panic!("no training account is a {role}")).login
}
