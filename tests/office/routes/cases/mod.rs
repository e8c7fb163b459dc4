//! `/cases/…`: renewals on the training reader.

mod exits;
mod hidden;
mod interrupted;
mod pins;
mod races;
mod secrets;
mod whole;

use office_tests::clerk::{Clerk, Page, hidden_fields};
use office_tests::journey::Journey;
use office_tests::office::Office;

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
