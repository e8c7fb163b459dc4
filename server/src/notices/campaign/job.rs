//! The one task that takes a campaign on where nobody's hand is needed: the list on its day, then letters, then files.
//!
//! Where it stands is in the database and nowhere else, so a task that was killed is begun again by looking there.

use super::{Actor, BY_ITSELF, Campaign, load, message, numbering, targets};
use crate::error::{Error, Result};
use crate::notices::{batch, watch};
use crate::office::Office;
use crate::store::WriteTx;
use crate::store::campaigns::{self, Step};
use rules::campaign::{CampaignEvent, CampaignState};
use std::time::Duration;

/// How often the office looks whether a planned day has come.
const LOOKS: Duration = Duration::from_mins(1);

/// Goes on with a campaign in the background. Does nothing when somebody is at it, or when it waits for people.
pub fn start(office: &Office, id: i64) {
    if !office.printing().begin(id) {
        return;
    }
    let office = office.clone();
    tokio::spawn(async move {
        loop {
            // A task of its own: a panic ends it like any other failure, and the campaign can be gone on with.
            let own = office.clone();
            let done = tokio::spawn(async move { work(&own, id).await }).await;
            let failed = match done.map_err(Error::from).and_then(|done| done) {
                Ok(()) => None,
                Err(error) => Some(explain(&office, id, error).await),
            };
            let stopped = failed.is_some();
            office.printing().end(id, failed);
            // Somebody may have pressed a button between the last look and the end, and found the task still there.
            if stopped || !wants_work(&office, id).await || !office.printing().begin(id) {
                return;
            }
        }
    });
}

/// One step after the other, until the campaign waits for people or for its day.
async fn work(office: &Office, id: i64) -> Result<()> {
    loop {
        let campaign = load(office.store().read(), id).await?;
        match campaign.state {
            CampaignState::Planned if campaign.row.planned_on <= office.clock().today() => {
                begin_planned(office, id).await?;
            }
            CampaignState::Making => targets::make(office, id).await?,
            CampaignState::Released => numbering::make(office, id).await?,
            CampaignState::Printing => batch::print(office, id).await?,
            _ => return Ok(()),
        }
    }
}

async fn wants_work(office: &Office, id: i64) -> bool {
    load(office.store().read(), id).await.is_ok_and(|campaign| campaign.state.is_working())
}

/// The day has come: the list is whoever's who planned it.
async fn begin_planned(office: &Office, id: i64) -> Result<()> {
    let mut tx = office.store().write().await?;
    let campaign = load(&mut *tx, id).await?;
    if campaign.state == CampaignState::Planned {
        let at = office.clock().stamp();
        begin(&mut tx, &campaign, campaign.row.planned_by, BY_ITSELF, &at).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Begins the list of a campaign, which is `made_by`'s from now on.
///
/// # Errors
/// A refusal when it can't be begun here.
pub async fn begin(
    tx: &mut WriteTx,
    campaign: &Campaign,
    made_by: Option<i64>,
    actor: Actor<'_>,
    at: &str,
) -> Result<Campaign> {
    let step = Step { made: Some((made_by, at)), ..Step::default() };
    campaign.advance(tx, at, actor, CampaignEvent::BeginMaking, step, "").await
}

/// A failure as the page shows it; whoever began the work is told.
async fn explain(office: &Office, id: i64, error: Error) -> String {
    let sentence = match error {
        Error::Refused(refusal) => refusal.to_string(),
        Error::Internal(details) => {
            tracing::error!(%details, id, "campaign");
            "途中で問題が起きました。「続きを作る」を押してください。".to_owned()
        }
    };
    if let Ok(campaign) = load(office.store().read(), id).await
        && let Err(error) = message::failed(office, &campaign, &sentence).await
    {
        tracing::error!(%error, id, "nobody could be told that a campaign stopped");
    }
    sentence
}

/// Goes on with what a stop of the program broke off, and with what was planned for a day on which it was down. Called
/// when the office opens; returns how many campaigns go on.
///
/// # Errors
/// When the database can't be read.
pub async fn resume(office: &Office) -> Result<usize> {
    batch::sweep(office).await?;
    watch::sweep(office).await?;
    start_due(office).await
}

/// Starts every campaign that has something to do by itself today.
///
/// # Errors
/// When the database can't be read.
pub async fn start_due(office: &Office) -> Result<usize> {
    let today = office.clock().today();
    let mut started = 0;
    for (id, state, planned_on) in campaigns::living(office.store().read()).await? {
        let state = CampaignState::from_code(&state);
        let due = state == Some(CampaignState::Planned) && planned_on <= today;
        let stopped = office.printing().of(id).is_some_and(|progress| progress.failed.is_some());
        if due || (state.is_some_and(CampaignState::is_working) && !stopped) {
            start(office, id);
            started += 1;
        }
    }
    Ok(started)
}

/// Looks once a minute whether a planned day has come, as long as the office is open.
pub fn watch_the_day(office: &Office) {
    let office = office.clone();
    tokio::spawn(async move {
        let mut beat = tokio::time::interval(LOOKS);
        loop {
            beat.tick().await;
            if let Err(error) = start_due(&office).await {
                tracing::error!(%error, "planned campaigns");
            }
        }
    });
}
