//! What people are told when work that they began in the background has ended.

use super::{Campaign, address};
use crate::error::Result;
use crate::office::Office;
use crate::store::WriteTx;
use crate::store::staff_messages::{self, MessageRow};
use std::collections::BTreeSet;

/// Tells these people that something is done; whoever isn't known (the command line) is told nothing.
///
/// # Errors
/// When the database refuses.
pub async fn done(
    tx: &mut WriteTx,
    campaign: &Campaign,
    people: &[Option<i64>],
    sentence: &str,
    at: &str,
) -> Result<()> {
    leave(tx, campaign, people, "done", sentence, at).await
}

/// Tells whoever began a campaign's work that it has stopped.
///
/// # Errors
/// When the database refuses.
pub async fn failed(office: &Office, campaign: &Campaign, why: &str) -> Result<()> {
    let sentence = format!("{}の作業が止まりました。{why}", campaign.title());
    let people = [campaign.row.made_by, campaign.row.released_by];
    let mut tx = office.store().write().await?;
    leave(&mut tx, campaign, &people, "failed", &sentence, &office.clock().stamp()).await?;
    tx.commit().await
}

async fn leave(
    tx: &mut WriteTx,
    campaign: &Campaign,
    people: &[Option<i64>],
    tone: &str,
    sentence: &str,
    at: &str,
) -> Result<()> {
    let people: BTreeSet<i64> = people.iter().copied().flatten().collect();
    let href = address(campaign.row.id);
    let message = MessageRow { tone: tone.to_owned(), sentence: sentence.to_owned(), href };
    for staff_id in people {
        staff_messages::leave(tx, staff_id, &message, at).await?;
    }
    Ok(())
}
