//! `/telephone`: a caller hears procedures and hours, never anything about a certificate, and leaves no trace.

use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::{Office, run};
use reqwest::StatusCode;

const DAY: &str = "2026-11-24";

/// How many records the trail has.
fn trail(office: &Office) -> String {
    let output = run(&["audit", "verify", "--data", office.data().to_str().unwrap()]);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// With a person's card on the reader: no name, no search box, no day of anybody's certificate; the trail stays as long
/// as it was.
#[tokio::test]
async fn tells_procedures_and_nothing_about_anybody() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "sato").await;
    Journey::receive(&clerk, "renewable").await;
    let profile = card::virtual_card::profiles::find("renewable", DAY.parse().unwrap()).unwrap();
    assert!(
        clerk.get("/").await.text.contains(&profile.person.holder.name),
        "elsewhere the chip names the card"
    );
    let before = trail(&office);
    let page = clerk.get("/telephone").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("name=\"q\"") && !page.text.contains("id=\"reader\""), "{}", page.text);
    assert!(
        !page.text.contains(&profile.person.holder.name) && !page.text.contains(&profile.resident_number)
    );
    for certificate in &profile.person.certificates {
        assert!(!page.text.contains(&rules::wareki::short(certificate.expires)));
    }
    let words = page.words();
    for part in
        ["お電話ではお答えしていません", "電子証明書の更新", "受付時間", "令和8年11月24日(火)", "持ち物"]
    {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert_eq!(trail(&office), before, "nobody called, as far as the office knows");
    assert!(clerk.get("/search").await.text.contains("href=\"/telephone\""));
    let auditor = Clerk::log_in(office.address(), "ito").await;
    assert_eq!(auditor.get("/telephone").await.status, StatusCode::FORBIDDEN);
}

/// What is said follows from the office's settings.
#[tokio::test]
async fn says_what_this_office_has_set() {
    let office = Office::training_on(DAY);
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let before = supervisor.get("/telephone").await.words();
    assert!(
        before.contains("照会書の送付は、窓口で受け付けます。") && before.contains("手数料はかかりません。"),
        "{before}"
    );
    let fields = [("first_proxy_contact", "phone_too"), ("fee_renewal", "200"), ("delegation", "needed")];
    supervisor.submit("/settings", "/settings", &fields).await;
    let after = supervisor.get("/telephone").await.words();
    for part in ["お電話でも受け付けます", "手数料は200円です。", "本人が書いた委任状"]
    {
        assert!(after.contains(part), "{part}: {after}");
    }
}
