//! The second factor: asked for where the office wants it, no code twice, recovery codes once each.

use crate::support::{Browser, Page, Ward, between};
use crate::{answer, password, told};
use axum::http::StatusCode;
use chrono::TimeDelta;
use server::staff::totp;
use totp_rs::Secret;

/// A device that computes codes.
struct Device {
    key: Vec<u8>,
}

impl Device {
    /// Reads the letters off the page.
    fn read(page: &Page) -> Self {
        let letters = between(&page.text, "<br><span class=\"code\">", "</span>");
        let letters = letters.or_else(|| between(&page.text, "<br/><span class=\"code\">", "</span>"));
        let letters = letters.unwrap_or_else(|| panic!("no key: {}", page.text)).replace(' ', "");
        Self { key: Secret::try_from_base32(letters).unwrap().as_bytes().to_vec() }
    }

    fn code(&self, ward: &Ward) -> String {
        totp::code(&self.key, ward.office.clock().machine_seconds()).unwrap()
    }
}

/// The next code appears.
fn half_a_minute(ward: &Ward) {
    ward.office.clock().put_forward(TimeDelta::seconds(30));
}

async fn log_in(ward: &Ward, login: &str, code: &str) -> (Browser, Page) {
    let mut browser = ward.browser();
    let fields = [("login", login), ("password", &password()), ("station", "1"), ("code", code)];
    let page = browser.post("/login", &fields).await;
    (browser, page)
}

/// Sets a device up and returns it with the recovery codes.
async fn set_up(ward: &Ward, browser: &mut Browser) -> (Device, Vec<String>) {
    let page = browser.get("/second-factor?set_up=yes").await;
    assert!(page.text.contains("class=\"qr\""), "{}", page.text);
    let device = Device::read(&page);
    let done = answer(browser, &page, "確認コードを登録する", &[("code", &device.code(ward))]).await;
    assert_eq!(done.location, "/second-factor/codes", "{}", done.text);
    let page = browser.get("/second-factor/codes").await;
    let codes: Vec<String> = page
        .text
        .split("<li class=\"code\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(codes.len(), 10, "{}", page.text);
    let again = browser.get("/second-factor/codes").await;
    assert!(
        again.text.contains("もう表示できません") && !again.text.contains(&codes[0]),
        "they are shown once"
    );
    (device, codes)
}

/// With a device: neither password alone nor a wrong code opens, a code opens once, the one before and after it, too.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_opens_once() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let (device, _) = set_up(&ward, &mut clerk).await;
    for code in ["", "000000", &device.code(&ward)] {
        let (_, page) = log_in(&ward, "sato", code).await;
        assert_eq!(
            page.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "the code it was set up with has been taken"
        );
        assert!(page.text.contains("職員番号、パスワード、確認コードのどれかが違います。"), "{}", page.text);
    }
    half_a_minute(&ward);
    let code = device.code(&ward);
    assert_eq!(log_in(&ward, "sato", &code).await.1.status, StatusCode::SEE_OTHER);
    assert_eq!(log_in(&ward, "sato", &code).await.1.status, StatusCode::UNPROCESSABLE_ENTITY, "a replay");
    half_a_minute(&ward);
    let late = device.code(&ward);
    half_a_minute(&ward);
    assert_eq!(
        log_in(&ward, "sato", &late).await.1.status,
        StatusCode::SEE_OTHER,
        "one step late is in time"
    );
    half_a_minute(&ward);
    let later = device.code(&ward);
    half_a_minute(&ward);
    half_a_minute(&ward);
    assert_eq!(log_in(&ward, "sato", &later).await.1.status, StatusCode::UNPROCESSABLE_ENTITY);
    let key: Vec<u8> = device.key.clone();
    assert!(!ward.database_bytes().windows(20).any(|part| part == key), "the key is sealed");
}

/// Each recovery code opens once, at the login and nowhere after; new ones end the old.
#[tokio::test(flavor = "multi_thread")]
async fn recovery_codes_open_once_each() {
    let ward = Ward::open().await;
    let mut clerk = ward.log_in("sato", 1).await;
    let (_, codes) = set_up(&ward, &mut clerk).await;
    for code in &codes[..3] {
        assert_eq!(log_in(&ward, "sato", code).await.1.status, StatusCode::SEE_OTHER, "{code}");
        assert_eq!(log_in(&ward, "sato", code).await.1.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        assert_eq!(
            log_in(&ward, "suzuki", code).await.1.status,
            StatusCode::SEE_OTHER,
            "no factor, no question"
        );
    }
    assert_eq!(told(&ward, 10, "回復コードで").await, 3);
    assert!(clerk.get("/second-factor").await.text.contains("7個"));
    let page = clerk.submit("/second-factor", "/second-factor/codes", &[]).await;
    assert_eq!(page.location, "/second-factor/codes", "{}", page.text);
    assert_eq!(log_in(&ward, "sato", &codes[5]).await.1.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(clerk.get("/second-factor").await.text.contains("10個"));
    let bytes = ward.database_bytes();
    let letters = codes[5].split_once('-').unwrap().1.replace('-', "");
    assert!(!bytes.windows(12).any(|part| part == letters.as_bytes()), "codes are hashed");
}

/// Where the office wants it, whoever has none sets one up and reaches nothing else; an administrator takes a lost one
/// away, and it begins anew.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_opens_before_it_is_set_up() {
    let ward = Ward::open().await;
    let mut administrator = ward.log_in("yamamoto", 1).await;
    set_up(&ward, &mut administrator).await;
    let fields = [("second_factor", "yes"), ("fresh_minutes", "10")];
    let saved = administrator.submit("/settings/sign-in", "/settings/sign-in", &fields).await;
    assert_eq!(saved.location, "/settings/sign-in?saved=1", "{}", saved.text);
    let (mut clerk, page) = log_in(&ward, "sato", "").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    for path in
        ["/", "/search?q=x", "/residents/9900000001", "/station/events", "/session", "/step-up", "/password"]
    {
        let page = clerk.get(path).await;
        let open = path == "/step-up";
        assert!(open || page.location == "/second-factor", "{path}: {page:?}");
    }
    assert_eq!(
        clerk.post("/station/reader/lay", &[("card", "sample:early")]).await.location,
        "/second-factor"
    );
    let page = clerk.get("/second-factor").await;
    assert!(!page.text.contains("住民をさがす") && page.text.contains("登録せずに終了する"), "{}", page.text);
    set_up(&ward, &mut clerk).await;
    assert_eq!(clerk.get("/").await.status, StatusCode::OK);

    let id = server::store::staff::by_login(ward.office.store().read(), "sato").await.unwrap().unwrap().id;
    let token = crate::csrf(&mut administrator).await;
    let removal = [("csrf", token.as_str()), ("id", &*id.to_string())];
    let removed = administrator.post("/settings/staff/second-factor", &removal).await;
    assert_eq!(removed.location, "/settings/staff", "{}", removed.text);
    assert!(clerk.get("/").await.location.starts_with("/login"), "the session has ended");
    let (mut clerk, _) = log_in(&ward, "sato", "").await;
    assert_eq!(clerk.get("/").await.location, "/second-factor");
    assert_eq!(told(&ward, 12, "職員 sato の確認コードを外しました。").await, 1);
    assert_eq!(told(&ward, 12, "自分の確認コードを登録しました。").await, 2);
}

/// A first password is changed before anything else, to one that is hard to guess.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_password_is_changed() {
    const FIRST: &str = "朝の窓口は八時半に開いて五時に閉まります";
    let ward = Ward::open().await;
    let mut administrator = ward.log_in("yamamoto", 1).await;
    let account =
        |password| [("login", "s2041"), ("name", "新人"), ("role", "clerk"), ("password", password)];
    for easy in ["madoguchi2026", "s2041-umbrella-oboe", "123456789012"] {
        let refused = administrator.submit("/settings/staff", "/settings/staff", &account(easy)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{easy}");
        assert!(!refused.text.contains(easy), "{easy}");
    }
    let added = administrator.submit("/settings/staff", "/settings/staff", &account(FIRST)).await;
    assert_eq!(added.location, "/settings/staff", "{}", added.text);
    let mut clerk = ward.browser();
    let fields = [("login", "s2041"), ("password", FIRST), ("station", "1")];
    assert_eq!(clerk.post("/login", &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.get("/").await.location, "/password");
    let same = clerk.submit("/password", "/password", &[("current", FIRST), ("new", FIRST)]).await;
    assert!(same.text.contains("今と同じパスワードです。"), "{}", same.text);
    let own = [("current", FIRST), ("new", "tatami-87-umbrella-oboe")];
    assert_eq!(clerk.submit("/password", "/password", &own).await.location, "/");
    assert_eq!(clerk.get("/").await.status, StatusCode::OK);
}
