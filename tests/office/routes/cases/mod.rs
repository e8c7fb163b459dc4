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
