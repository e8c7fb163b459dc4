//! Two colleagues who press the buttons of a campaign's page.

use super::ward::{colleague, full_office};
use crate::error::Result;
use crate::notices::campaign::cancel::{CancelForm, cancel};
use crate::notices::campaign::counts::{self, Counts};
use crate::notices::campaign::letters::{LettersForm, act};
use crate::notices::campaign::planning::{OrderForm, order};
use crate::notices::campaign::post::{PostForm, end, post};
use crate::notices::campaign::press::{Done, StepForm};
use crate::notices::campaign::{Campaign, load, release};
use crate::notices::returned::{ReturnForm, Scan, scan};
use crate::office::Office;
use crate::rng::hex;
use crate::staff::visitor::Visitor;
use rules::campaign::CampaignState;
use std::time::Duration;
use tempfile::TempDir;

/// An office with a full ward and two colleagues.
pub struct Desk {
    pub dir: TempDir,
    pub office: Office,
    /// Makes the lists.
    pub maker: Visitor,
    /// Releases them.
    pub checker: Visitor,
}

impl Desk {
    pub async fn open() -> Self {
        let (dir, office) = full_office().await;
        let (maker, checker) = (colleague(&office, "maker").await, colleague(&office, "checker").await);
        Self { dir, office, maker, checker }
    }

    pub fn once(&self) -> String {
        hex(&self.office.rng().bytes::<16>())
    }

    /// Orders February 2027 for today; the campaign's number once its list is there.
    pub async fn order(&self) -> i64 {
        let form = OrderForm {
            first: "2027-02".to_owned(),
            notices_to: "everyone".to_owned(),
            once: self.once(),
            ..OrderForm::default()
        };
        self.ordered(&form).await
    }

    /// Gives an order that must be taken.
    pub async fn ordered(&self, form: &OrderForm) -> i64 {
        let done = order(&self.office, &self.maker, form).await.unwrap();
        let Done::Moved(location) = done else { panic!("{done:?}") };
        let id = location.rsplit('/').next().unwrap().parse().unwrap();
        self.wait(id).await;
        id
    }

    /// Waits until the campaign waits for people.
    pub async fn wait(&self, id: i64) -> Campaign {
        for _ in 0..2000 {
            let campaign = self.campaign(id).await;
            let running = self.office.printing().of(id).is_some_and(|progress| progress.running);
            if !running && !campaign.state.is_working() {
                return campaign;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{:?} {:?}", self.campaign(id).await.state, self.office.printing().of(id));
    }

    pub async fn campaign(&self, id: i64) -> Campaign {
        load(self.office.store().read(), id).await.unwrap()
    }

    pub async fn counts(&self, id: i64) -> Counts {
        counts::of(self.office.store().read(), id).await.unwrap()
    }

    async fn step(&self, id: i64) -> StepForm {
        StepForm { version: self.campaign(id).await.row.version, once: self.once() }
    }

    pub async fn release(&self, id: i64, by: &Visitor) -> Result<Done> {
        release::release(&self.office, by, id, &self.step(id).await).await
    }

    pub async fn make_list(&self, id: i64) -> Result<Done> {
        release::make_list(&self.office, &self.maker, id, &self.step(id).await).await
    }

    pub async fn post(&self, id: i64) -> Result<Done> {
        let StepForm { version, once } = self.step(id).await;
        let form = PostForm { version, once, posted_on: String::new() };
        post(&self.office, &self.maker, id, &form).await
    }

    pub async fn end(&self, id: i64) -> Result<Done> {
        end(&self.office, &self.maker, id, &self.step(id).await).await
    }

    pub async fn cancel(&self, id: i64) -> Result<Done> {
        let StepForm { version, once } = self.step(id).await;
        cancel(&self.office, &self.maker, id, &CancelForm { version, once, sure: "yes".to_owned() }).await
    }

    pub async fn letters(&self, id: i64, letter: Vec<i64>, action: &str) -> Result<Done> {
        let StepForm { version, once } = self.step(id).await;
        let (reason, action) = ("damaged".to_owned(), action.to_owned());
        let form = LettersForm { version, once, letter, reason, action, ..LettersForm::default() };
        act(&self.office, &self.maker, id, &form).await
    }

    pub async fn scan(&self, number: i64, reason: &str) -> Scan {
        let form = ReturnForm { scanned: format!("通知-{number:06}"), reason: reason.to_owned() };
        scan(&self.office, &self.maker, &form).await.unwrap()
    }

    /// A campaign about February, released and printed.
    pub async fn printed(&self) -> i64 {
        let id = self.order().await;
        assert!(matches!(self.release(id, &self.checker).await.unwrap(), Done::Moved(_)));
        assert_eq!(self.wait(id).await.state, CampaignState::Printed);
        id
    }
}
