//! A renewal by the principal, step by step, as the counter's forms send it.

use crate::clerk::{Clerk, Page};
use crate::office::today;
use card::virtual_card::profiles;
use card::virtual_card::{
    TRAINING_AUTHENTICATION_PIN, TRAINING_RESIDENT_REGISTER_PIN, TRAINING_SIGNATURE_PIN,
};
use reqwest::StatusCode;
use std::time::{Duration, Instant};

/// How long anything may take that the office does beside the request.
const WITHIN: Duration = Duration::from_mins(1);

/// One renewal under way.
pub struct Journey<'a> {
    clerk: &'a Clerk,
    /// `/cases/R8-000001`
    pub case: String,
}

impl<'a> Journey<'a> {
    /// The browser becomes the PIN pad of its counter, as with a second screen.
    pub async fn open_pad(clerk: &Clerk) {
        moved(&clerk.submit("/pinpad", "/pinpad/here", &[]).await, "the pad");
    }

    /// Lays a sample card on the training reader and waits until the office has read it.
    pub async fn lay(clerk: &Clerk, profile: &str) {
        let card = format!("sample:{profile}");
        let fields = [("csrf", csrf(&clerk.get("/station/reader").await)), ("card", card)];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        moved(&clerk.send("/station/reader/lay", &fields).await, "laying the card");
    }

    /// Takes the card away from the training reader.
    pub async fn take_away(clerk: &Clerk) {
        moved(
            &clerk.submit("/station/reader", "/station/reader/take-away", &[]).await,
            "taking the card away",
        );
    }

    /// Receives the person of a sample card for a renewal or what the rules make of it, with the card on the reader.
    pub async fn receive(clerk: &'a Clerk, profile: &str) -> Self {
        let person = profiles::find(profile, today()).expect("a sample person");
        let resident = format!("/residents/{}", person.resident_number);
        Self::lay(clerk, profile).await;
        Self::until(clerk, &resident, "リーダのカードと同じです").await;
        Self::open(clerk, &person.resident_number, "renewal").await
    }

    /// The same with everything done up to the update's button.
    pub async fn up_to_update(clerk: &'a Clerk, profile: &str) -> Self {
        let case = Self::receive(clerk, profile).await;
        case.identify_and_apply(false).await;
        case.enter_right_pins().await;
        case
    }

    /// A case that was opened before.
    pub fn at(clerk: &'a Clerk, address: &str) -> Self {
        Self { clerk, case: address.to_owned() }
    }

    /// The case's page as it is now.
    pub async fn page(&self) -> Page {
        self.clerk.get(&self.case).await
    }

    /// Waits until a page shows some words.
    pub async fn until(clerk: &Clerk, path: &str, words: &str) -> Page {
        let begun = Instant::now();
        loop {
            let page = clerk.get(path).await;
            if page.text.contains(words) {
                return page;
            }
            assert!(begun.elapsed() < WITHIN, "{path} never said 「{words}」:\n{}", page.text);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Receives the resident for a procedure.
    pub async fn open(clerk: &'a Clerk, resident: &str, procedure: &str) -> Self {
        let on = format!("/residents/{resident}");
        let page = clerk.submit(&on, &format!("{on}/cases"), &[("procedure", procedure)]).await;
        moved(&page, "opening the case");
        let location = page.location.expect("a case has an address");
        // A person with an open case is led to it; the page says so.
        Self { clerk, case: location.trim_end_matches("?already=1").to_owned() }
    }

    /// Sends one step's form.
    pub async fn step(&self, step: &str, fields: &[(&str, &str)]) -> Page {
        self.clerk.submit(&self.case, &format!("{}/{step}", self.case), fields).await
    }

    /// Identity by the card itself, then the application as read aloud.
    pub async fn identify_and_apply(&self, consent: bool) {
        moved(&self.step("identity", &[("documents", "individual_number_card")]).await, "identity");
        let fields: &[(&str, &str)] = if consent { &[("consent", "yes")] } else { &[] };
        moved(&self.step("application", fields).await, "application");
    }

    /// Asks for the PINs and enters them at the pad.
    pub async fn enter_pins(&self, signature: &str, authentication: &str, resident_register: &str) {
        moved(&self.step("pins", &[]).await, "asking for the PINs");
        Self::until(self.clerk, "/pinpad", "name=\"authentication\"").await;
        let fields = [
            ("signature", signature),
            ("authentication", authentication),
            ("resident_register", resident_register),
        ];
        let page = self.clerk.submit("/pinpad", "/pinpad/pins", &fields).await;
        assert!(page.status == StatusCode::SEE_OTHER, "the pad: {}", page.text);
    }

    /// The training PINs.
    pub async fn enter_right_pins(&self) {
        self.enter_pins(TRAINING_SIGNATURE_PIN, TRAINING_AUTHENTICATION_PIN, TRAINING_RESIDENT_REGISTER_PIN)
            .await;
        Self::until(self.clerk, &self.case, &format!("action=\"{}/update\"", self.case)).await;
    }

    /// Writes the card and waits for the proof.
    pub async fn update(&self) -> Page {
        moved(&self.step("update", &[]).await, "the update");
        Self::until(self.clerk, &self.case, &format!("action=\"{}/hand-over\"", self.case)).await
    }

    /// Gives copy and card back and closes the case.
    pub async fn hand_over(&self) -> Page {
        let page = self.step("hand-over", &[("copy_given", "yes"), ("card_returned", "yes")]).await;
        moved(&page, "handing over");
        self.clerk.get(&self.case).await
    }
}

/// The session's token on a page.
fn csrf(page: &Page) -> String {
    let marker = "name=\"csrf\" value=\"";
    let at = page.text.find(marker).expect("a page with a form") + marker.len();
    page.text[at..].chars().take_while(|&character| character != '"').collect()
}

fn moved(page: &Page, what: &str) {
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{what}: {}", page.text);
}
