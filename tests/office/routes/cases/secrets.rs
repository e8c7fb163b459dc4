//! PINs are nowhere but at the pad and in the card.

use super::clerk_with_pad;
use card::virtual_card::TRAINING_SIGNATURE_PIN;
use office_tests::journey::Journey;
use office_tests::office::Office;
use reqwest::StatusCode;

const WRONG: &str = "ZQWXY98712";

fn holds(bytes: &[u8], word: &str) -> bool {
    let lower = word.to_lowercase();
    bytes.windows(word.len()).any(|window| window == word.as_bytes() || window == lower.as_bytes())
}

/// Right and wrong ones, typed in a whole renewal, are in no page, not in the database and its log of writes, and not in
/// what the program says, even when it says all it can.
#[tokio::test]
async fn pins_leave_no_trace() {
    let office = Office::talkative();
    let clerk = clerk_with_pad(&office).await;
    let mut pages = Vec::new();
    let case = Journey::receive(&clerk, "renewable").await;
    case.identify_and_apply(false).await;
    case.step("pins", &[]).await;
    Journey::until(&clerk, "/pinpad", "action=\"/pinpad/pins\"").await;
    let pins = [("signature", WRONG), ("authentication", "8642"), ("resident_register", "2222")];
    let wrong = clerk.submit("/pinpad", "/pinpad/pins", &pins).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for value in [WRONG, "8642", "2222"] {
        assert!(!wrong.text.contains(&format!("value=\"{value}\"")), "what was typed doesn't come back");
    }
    pages.extend([wrong, clerk.get("/pinpad").await, case.page().await]);
    let right = clerk
        .submit(
            "/pinpad",
            "/pinpad/pins",
            &[("signature", TRAINING_SIGNATURE_PIN), ("authentication", "1111")],
        )
        .await;
    assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.text);
    pages.push(right);
    Journey::until(&clerk, &case.case, &format!("action=\"{}/update\"", case.case)).await;
    pages.extend([clerk.get("/pinpad").await, case.page().await]);
    pages.push(case.update().await);
    pages.push(case.hand_over().await);
    for path in ["/", "/pinpad", "/residents/9900000001", "/search?q=見本"] {
        pages.push(clerk.get(path).await);
    }
    let auditor = office_tests::clerk::Clerk::log_in(office.address(), "ito").await;
    pages.push(auditor.get("/audit").await);
    for page in &pages {
        for pin in [TRAINING_SIGNATURE_PIN, WRONG] {
            assert!(!holds(page.text.as_bytes(), pin), "{pin}: {}", page.text);
        }
    }
    let log = office.log();
    assert!(log.contains("TRACE"), "the program was made to say all it can: {log}");
    for pin in [TRAINING_SIGNATURE_PIN, WRONG] {
        assert!(!holds(log.as_bytes(), pin), "{pin} is in the log");
    }
    let files: Vec<_> =
        std::fs::read_dir(office.data()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let database = files.iter().filter(|path| path.is_file() && path.to_string_lossy().contains("office.db"));
    let mut seen = 0;
    for path in database {
        let bytes = std::fs::read(path).unwrap();
        seen += bytes.len();
        for pin in [TRAINING_SIGNATURE_PIN, WRONG] {
            assert!(!holds(&bytes, pin), "{pin} is in {}", path.display());
        }
    }
    assert!(seen > 1_000_000, "the database was read");
}
