//! `/cases/…`: renewals on the training reader.

mod exits;
mod hidden;
mod interrupted;
mod killed;
mod pins;
mod races;
mod secrets;
mod whole;

use office_tests::clerk::{Clerk, Page, hidden_fields};
use office_tests::journey::Journey;
use office_tests::office::Office;
use reqwest::StatusCode;

/// A clerk at the first counter whose own browser is the pad too.
async fn clerk_with_pad(office: &Office) -> Clerk {
    let clerk = Clerk::log_in(office.address(), "sato").await;
    Journey::open_pad(&clerk).await;
    clerk
}

/// The hidden fields of the form to `action` on a page, as they are sent.
fn fields(page: &Page, action: &str) -> Vec<(String, String)> {
    hidden_fields(&page.text, action).into_iter().collect()
}

/// Sends fields and some more.
async fn send(clerk: &Clerk, action: &str, fields: &[(String, String)], more: &[(&str, &str)]) -> Page {
    let mut all: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.extend_from_slice(more);
    clerk.send(action, &all).await
}

/// The steps that a case's page has a form for, each once.
fn forms(page: &Page, case: &str) -> Vec<String> {
    let before = format!("action=\"{case}/");
    let mut steps: Vec<String> = page
        .text
        .match_indices(&before)
        .map(|(at, _)| page.text[at + before.len()..].chars().take_while(|&letter| letter != '"').collect())
        .collect();
    steps.sort();
    steps.dedup();
    steps
}

/// Lays the case's card down once more.
async fn lay_again(clerk: &Clerk, case: &Journey<'_>, profile: &str) -> Page {
    Journey::lay(clerk, profile).await;
    Journey::until(clerk, &case.case, "リーダのカードと同じです").await
}

/// Goes on where it stopped: the pad asks once more, the rest is written, and all is proven.
async fn go_on(clerk: &Clerk, case: &Journey<'_>) -> Page {
    let pressed = case.step("resume", &[]).await;
    assert_eq!(pressed.status, StatusCode::SEE_OTHER, "{}", pressed.words());
    Journey::until(clerk, "/pinpad", "action=\"/pinpad/pins\"").await;
    let pins = [("signature", "TRAIN123"), ("authentication", "1111"), ("resident_register", "2222")];
    let typed = clerk.submit("/pinpad", "/pinpad/pins", &pins).await;
    assert_eq!(typed.status, StatusCode::SEE_OTHER, "{}", typed.words());
    Journey::until(clerk, &case.case, &format!("action=\"{}/hand-over\"", case.case)).await
}
