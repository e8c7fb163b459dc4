//! What the register says about a notice that is on its way (nobody is written to who died, moved or renewed: E2, E3, E8).
//!
//! A notice that isn't posted is voided by itself and its person excluded, with the reason; one at the post gets a note.
//! Looked at after each import, when a case writes certificates, before files are printed, and when the office opens.

use super::campaign::write::{self, Void};
use super::campaign::{self, Campaign};
use super::plan;
use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::store::campaign_targets::{self, WatchedTarget};
use crate::store::{WriteTx, campaigns};
use rules::campaign::{CampaignState, TargetState, VoidReason, exclusion};
use rules::notice::NotNoticedReason;
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// People whose letters are voided in one transaction.
const CHUNK: usize = 50;

/// Somebody whose notice doesn't hold any more.
struct Finding {
    person: WatchedTarget,
    /// Code of why.
    why: &'static str,
}

/// Looks at every campaign that isn't over; returns for how many people something was noted.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(office: &Office) -> Result<usize> {
    let mut found = 0;
    for (id, state, _) in campaigns::living(office.store().read()).await? {
        if CampaignState::from_code(&state).is_some_and(is_watched) {
            found += campaign(office, id).await?;
        }
    }
    Ok(found)
}

/// A list that is planned or being made has nothing to look at yet.
fn is_watched(state: CampaignState) -> bool {
    !state.is_final() && !matches!(state, CampaignState::Planned | CampaignState::Making)
}

/// Looks at one campaign; returns for how many people something was noted.
///
/// # Errors
/// When the database refuses.
pub async fn campaign(office: &Office, id: i64) -> Result<usize> {
    let findings = {
        let mut connection = office.store().read().acquire().await?;
        let campaign = campaign::load(&mut *connection, id).await?;
        all_findings(office, &mut connection, &campaign).await?
    };
    for chunk in findings.chunks(CHUNK) {
        let mut tx = office.store().write().await?;
        // Between the look and now somebody may have been quicker: what is written is what holds now.
        let campaign = campaign::load(&mut *tx, id).await?;
        for finding in chunk {
            person(office, &mut tx, &campaign, &finding.person.resident_number).await?;
        }
        tx.commit().await?;
    }
    Ok(findings.len())
}

/// Looks at one person's notices, in the transaction of what changed their certificates.
///
/// # Errors
/// When the database refuses.
pub async fn settled(office: &Office, tx: &mut WriteTx, resident_number: &str) -> Result<()> {
    for id in campaign_targets::campaigns_of(tx, resident_number).await? {
        let campaign = campaign::load(&mut **tx, id).await?;
        if is_watched(campaign.state) {
            // Few people who renew are in a campaign: what waits for them needn't be carried by every step of a case.
            Box::pin(person(office, tx, &campaign, resident_number)).await?;
        }
    }
    Ok(())
}

async fn person(office: &Office, tx: &mut WriteTx, campaign: &Campaign, resident_number: &str) -> Result<()> {
    let watched = campaign_targets::watched(tx, campaign.row.id, Some(resident_number)).await?;
    let mut terms = campaign.terms(office);
    terms.again = true;
    let decisions = plan::of_people(tx, &terms, &[resident_number]).await?;
    let reason = match decisions.first() {
        None => Some(plan::GONE),
        Some(Ok(_)) => None,
        Some(Err(left_out)) => Some(left_out.why.reason),
    };
    for finding in watched.into_iter().filter_map(|person| finding(person, reason)) {
        note(office, tx, campaign, &finding).await?;
    }
    Ok(())
}

async fn all_findings(
    office: &Office,
    connection: &mut SqliteConnection,
    campaign: &Campaign,
) -> Result<Vec<Finding>> {
    let watched = campaign_targets::watched(connection, campaign.row.id, None).await?;
    if watched.is_empty() {
        return Ok(Vec::new());
    }
    let mut terms = campaign.terms(office);
    terms.again = true;
    let plan = plan::plan(connection, &terms).await?;
    let wanted = plan.included.into_iter().map(|target| (target.person.resident_number, None));
    let unwanted = plan
        .excluded
        .into_iter()
        .map(|left_out| (left_out.person.resident_number, Some(left_out.why.reason)));
    let reasons: HashMap<String, Option<NotNoticedReason>> = wanted.chain(unwanted).collect();
    let of =
        |person: &WatchedTarget| reasons.get(&person.resident_number).copied().unwrap_or(Some(plan::GONE));
    Ok(watched
        .into_iter()
        .filter_map(|person| {
            let reason = of(&person);
            finding(person, reason)
        })
        .collect())
}

/// What has to be noted of somebody for whom the rules now say this.
fn finding(person: WatchedTarget, reason: Option<NotNoticedReason>) -> Option<Finding> {
    use NotNoticedReason as R;
    let posted = person.state == TargetState::Posted.code();
    let why = match reason {
        // A certificate that runs out after its notice was posted is no news.
        Some(R::Dead | R::MovedOut | R::MovedAbroad | R::Suppressed | R::Renewed) | None if posted => {
            reason?.code()
        }
        Some(_) if posted => return None,
        Some(reason) => reason.code(),
        None if person.differs => VoidReason::RegisterChanged.code(),
        None => return None,
    };
    Some(Finding { person, why })
}

async fn note(office: &Office, tx: &mut WriteTx, campaign: &Campaign, finding: &Finding) -> Result<()> {
    let (at, today, words) = (office.clock().stamp(), office.clock().today(), exclusion(finding.why));
    let person = finding.person.resident_number.as_str();
    let state = TargetState::from_code(&finding.person.state)
        .ok_or_else(|| Error::internal("campaign_targets.state holds an unknown code"))?;
    let id = campaign.row.id;
    let sentence = match (state, finding.person.letter_number) {
        (TargetState::Posted, _) => {
            campaign_targets::note(tx, id, person, words, &at).await?;
            format!("{}: 発送後の異動を記録しました。{words}", campaign.title())
        }
        (_, Some(number)) => {
            let void = Void { number, resident_number: person, reason: finding.why, words, on: today };
            return write::void(tx, &void, audit::SYSTEM, &at).await;
        }
        (_, None) => {
            campaign_targets::exclude(tx, id, person, finding.why, &at).await?;
            format!("{}: 対象から外しました。{words}", campaign.title())
        }
    };
    let object = campaign::object(id);
    let entry = Entry::done(Kind::CampaignMoved, audit::SYSTEM, sentence).about(person).object(&object);
    audit::record(tx, &at, entry).await
}
