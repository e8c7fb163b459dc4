//! A campaign's people, counted. Everybody is in one state, so the sums are no matter of luck.

use crate::error::{Error, Result};
use crate::store::campaign_targets::{self, StateCount};
use rules::campaign::{TargetState, exclusion};
use sqlx::SqliteExecutor;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many people stand where. `targets() = printed() + excluded + open`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Get a letter that isn't on paper yet.
    pub open: u64,
    /// Of those open, the ones whose letter has a number.
    pub numbered: u64,
    /// On paper, and not at the post.
    pub to_post: u64,
    /// At the post.
    pub posted: u64,
    /// Back from the post.
    pub returned: u64,
    /// Get none, or none that counts.
    pub excluded: u64,
    /// Why, by code.
    pub reasons: BTreeMap<String, u64>,
}

impl Counts {
    /// Everybody the campaign looked at.
    pub fn targets(&self) -> u64 {
        self.printed() + self.excluded + self.open
    }

    /// Everybody whose letter is or was on paper and counts.
    pub fn printed(&self) -> u64 {
        self.to_post + self.posted + self.returned
    }

    /// How many stand in one state.
    pub fn of(&self, state: TargetState) -> u64 {
        match state {
            TargetState::Open => self.open,
            TargetState::Printed => self.to_post,
            TargetState::Posted => self.posted,
            TargetState::Returned => self.returned,
            TargetState::Excluded => self.excluded,
        }
    }

    /// The reasons in words, the commonest first.
    pub fn reasons_in_words(&self) -> Vec<(String, u64)> {
        let mut words: Vec<_> =
            self.reasons.iter().map(|(code, many)| (exclusion(code).to_owned(), *many)).collect();
        words.sort_by_key(|(_, many)| Reverse(*many));
        words
    }
}

/// Counts a campaign's people.
///
/// # Errors
/// When the database refuses.
pub async fn of(db: impl SqliteExecutor<'_>, campaign_id: i64) -> Result<Counts> {
    let mut counts = Counts::default();
    for row in campaign_targets::counts(db, campaign_id).await? {
        add(&mut counts, row)?;
    }
    Ok(counts)
}

fn add(counts: &mut Counts, row: StateCount) -> Result<()> {
    let people = row.people.unsigned_abs();
    let state = TargetState::from_code(&row.state)
        .ok_or_else(|| Error::internal("campaign_targets.state holds an unknown code"))?;
    match state {
        TargetState::Open => {
            counts.open += people;
            counts.numbered += if row.lettered { people } else { 0 };
        }
        TargetState::Printed => counts.to_post += people,
        TargetState::Posted => counts.posted += people,
        TargetState::Returned => counts.returned += people,
        TargetState::Excluded => {
            counts.excluded += people;
            *counts.reasons.entry(row.reason.unwrap_or_default()).or_default() += people;
        }
    }
    Ok(())
}
