//! `/settings/staff` and `/password`: accounts.

use office_tests::clerk::{Clerk, Page};
use office_tests::office::Office;
use reqwest::StatusCode;

const PASSWORD: &str = "朝の窓口は八時半に開いて五時に閉まります";
/// What a new member of staff changes it to.
const OWN: &str = "夜の窓口は五時に閉まると覚えています";
const STAFF: &str = "/settings/staff";

async fn open_account(administrator: &Clerk, login: &str, role: &str) {
    let fields = [("login", login), ("name", "新人"), ("role", role), ("password", PASSWORD)];
    let added = administrator.submit(STAFF, STAFF, &fields).await;
    assert_eq!(added.location.as_deref(), Some(STAFF), "{}", added.words());
}

async fn log_in(office: &Office, login: &str, password: &str) -> (Clerk, Page) {
    let clerk = Clerk::nobody(office.address());
    let page = clerk.send("/login", &[("login", login), ("password", password), ("station", "1")]).await;
    (clerk, page)
}

/// The account's number, as the button that closes it carries it.
fn number_of(page: &str, name: &str) -> String {
    let form = page
        .split("<form")
        .find(|form| form.contains(&format!("{name}さんの使用を止める")))
        .expect("a button");
    form.split("name=\"id\" value=\"").nth(1).expect("a number").split('"').next().unwrap().to_owned()
}

/// A new account logs in and works in its role; once it is closed its session ends at once, and so does its door.
#[tokio::test]
async fn an_account_from_opening_to_closing() {
    let office = Office::training();
    let administrator = Clerk::log_in(office.address(), "yamamoto").await;
    open_account(&administrator, "shinjin", "clerk").await;
    let (clerk, page) = log_in(&office, "shinjin", PASSWORD).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.words());
    let first = clerk.get("/residents/9900000001").await;
    assert_eq!(first.location.as_deref(), Some("/password"), "the first password is changed first");
    let changed = clerk.submit("/password", "/password", &[("current", PASSWORD), ("new", OWN)]).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.words());
    assert_eq!(clerk.get("/residents/9900000001").await.status, StatusCode::OK);
    assert_eq!(clerk.get("/imports").await.status, StatusCode::FORBIDDEN, "a clerk like any other");

    let id = number_of(&administrator.get(STAFF).await.text, "新人");
    let closed = administrator.submit(STAFF, "/settings/staff/close", &[("id", &id)]).await;
    assert_eq!(closed.location.as_deref(), Some(STAFF), "{}", closed.words());
    let ended = clerk.get("/residents/9900000001").await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert!(ended.location.unwrap().starts_with("/login") && ended.text.is_empty());
    let (_, page) = log_in(&office, "shinjin", OWN).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let list = administrator.get(STAFF).await;
    assert!(
        list.words().contains("shinjin 新人 窓口 ○ 未登録") && list.words().contains("に停止"),
        "{}",
        list.words()
    );
    assert!(!list.text.contains("新人さんの使用を止める"), "it can't be closed twice");
    let again = administrator.submit(STAFF, "/settings/staff/close", &[("id", &id)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);

    let auditor = Clerk::log_in(office.address(), "ito").await;
    let trail = auditor.get("/audit?kind=12").await.words();
    for sentence in ["新人さんを職員として登録しました。", "職員 shinjin の使用を止めました。"]
    {
        assert_eq!(trail.matches(sentence).count(), 1, "{sentence}: {trail}");
    }
    assert!(!trail.contains(PASSWORD));
}

/// What can't be an account is told at its field, and what was typed is kept, but for the password.
#[tokio::test]
async fn refuses_what_is_no_account() {
    let office = Office::training();
    let administrator = Clerk::log_in(office.address(), "yamamoto").await;
    for (login, name, role, password, words) in [
        ("", "新人", "clerk", PASSWORD, "職員番号が空か、空白を含んでいます。"),
        ("a b", "新人", "clerk", PASSWORD, "職員番号が空か、空白を含んでいます。"),
        ("shinjin", " ", "clerk", PASSWORD, "氏名がありません。"),
        ("shinjin", "新人", "mayor", PASSWORD, "役割が選ばれていません。"),
        ("shinjin", "新人", "clerk", "short", "パスワードが短すぎます。"),
        ("sato", "新人", "clerk", PASSWORD, "職員番号 sato は登録されています。"),
    ] {
        let fields = [("login", login), ("name", name), ("role", role), ("password", password)];
        let refused = administrator.submit(STAFF, STAFF, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(refused.words().contains(words), "{words}: {}", refused.words());
        assert!(!refused.text.contains(password), "{words}");
        assert!(login.is_empty() || refused.text.contains(&format!("value=\"{login}\"")), "{words}");
    }
    assert!(!administrator.get(STAFF).await.words().contains("新人"));
}

/// Nobody closes their own account, and only an administrator comes near the others.
#[tokio::test]
async fn whose_hands_are_kept_off() {
    let office = Office::training();
    let administrator = Clerk::log_in(office.address(), "yamamoto").await;
    let page = administrator.get(STAFF).await;
    assert!(!page.text.contains("山本さんの使用を止める"));
    for id in ["1", "2", "3", "4", "5", "6"] {
        let supervisor = Clerk::log_in(office.address(), "takahashi").await;
        let csrf = office_tests::clerk::hidden_fields(&supervisor.get("/").await.text, "/logout")
            .remove("csrf")
            .unwrap();
        let refused = supervisor.send("/settings/staff/close", &[("csrf", &csrf), ("id", id)]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{id}");
    }
    let csrf = office_tests::clerk::hidden_fields(&page.text, "/logout").remove("csrf").unwrap();
    let own = administrator.send("/settings/staff/close", &[("csrf", &csrf), ("id", "6")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", own.words());
    assert!(own.words().contains("自分の使用は止められません。"), "{}", own.words());
    assert_eq!(administrator.get("/").await.status, StatusCode::OK);
}

/// Changing the password wants the old one; afterwards only the new one opens, and other sessions have ended.
#[tokio::test]
async fn ones_own_password() {
    let office = Office::training();
    let administrator = Clerk::log_in(office.address(), "yamamoto").await;
    let first = PASSWORD;
    open_account(&administrator, "shinjin", "clerk").await;
    let (here, _) = log_in(&office, "shinjin", first).await;
    let (elsewhere, _) = log_in(&office, "shinjin", first).await;
    let second = OWN;
    for (current, new, words) in
        [("wrong", second, "パスワードが違います。"), (first, "short", "パスワードが短すぎます。")]
    {
        let refused = here.submit("/password", "/password", &[("current", current), ("new", new)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.words().contains(words), "{}", refused.words());
    }
    assert_eq!(elsewhere.get("/password").await.status, StatusCode::OK);
    let changed = here.submit("/password", "/password", &[("current", first), ("new", second)]).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.words());
    assert_eq!(here.get("/").await.status, StatusCode::OK);
    assert_eq!(elsewhere.get("/password").await.status, StatusCode::SEE_OTHER, "the other session has ended");
    assert_eq!(log_in(&office, "shinjin", first).await.1.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(log_in(&office, "shinjin", second).await.1.status, StatusCode::SEE_OTHER);
}
