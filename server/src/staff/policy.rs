//! What this office decided about signing in.

use super::four_eyes::Kind as FourEyes;
use super::permissions::Act;
use super::visitor::Visitor;
use crate::audit::{self, Entry, Kind};
use crate::error::{Refusal, Result};
use crate::office::{Mode, Office};
use crate::rng::hex;
use crate::store;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The key under which it is stored.
pub const KEY: &str = "sign_in";
/// Minutes for which a proof may be good, least and most.
pub const FRESH_MINUTES: (i64, i64) = (1, 30);

/// What this office decided about signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Nobody works without a second factor.
    pub second_factor: bool,
    /// Minutes after a login or a confirmation in which the next sensitive act asks for nothing.
    pub fresh_minutes: i64,
    /// What a second person confirms.
    pub four_eyes: Vec<FourEyes>,
}

impl Default for Policy {
    fn default() -> Self {
        Self { second_factor: true, fresh_minutes: 10, four_eyes: Vec::new() }
    }
}

impl Policy {
    /// What holds before anybody decided: a training office doesn't ask for a second factor, every other one does.
    pub fn as_delivered(mode: Mode) -> Self {
        Self { second_factor: !mode.is_training(), ..Self::default() }
    }

    /// What was decided, in a few digits: a form made from other decisions is out of date.
    ///
    /// # Errors
    /// Never, in truth: everything in it can be written down.
    pub fn version(&self) -> Result<String> {
        Ok(hex(&Sha256::digest(serde_json::to_vec(self)?)[..8]))
    }

    /// True when this is confirmed by a second person.
    pub fn asks_second(&self, kind: FourEyes) -> bool {
        self.four_eyes.contains(&kind)
    }
}

/// What is stored, or what holds without a decision.
///
/// # Errors
/// When the database refuses.
pub async fn load(store: &store::Store, mode: Mode) -> Result<Policy> {
    match store::settings::get(store.read(), KEY).await? {
        Some(json) => Ok(serde_json::from_str(&json)?),
        None => Ok(Policy::as_delivered(mode)),
    }
}

/// Stores a decision, notes what changed and puts it in force.
///
/// # Errors
/// A refusal when the role may not, or somebody decided since the page was made.
pub async fn save(office: &Office, by: &Visitor, seen: &str, wanted: Policy) -> Result<usize> {
    by.require(Act::ChangeOffice)?;
    by.require_fresh(office)?;
    let mut tx = office.store().write().await?;
    let before = office.policy();
    if before.version()? != seen {
        let sentence = "このページを開いている間に、ほかの管理者が設定を変えました。";
        return Err(Refusal::conflict(sentence, "ページを開き直し、今の値を見てから変えてください。").into());
    }
    let changes = differences(&before, &wanted);
    if changes.is_empty() {
        return Ok(0);
    }
    let at = office.clock().stamp();
    store::settings::set(&mut tx, KEY, &serde_json::to_string(&wanted)?, Some(by.staff_id), &at).await?;
    for sentence in &changes {
        let entry = Entry::done(Kind::SettingChanged, &by.login, sentence.clone());
        audit::record(&mut tx, &at, entry.object(KEY)).await?;
    }
    tx.commit().await?;
    office.put_policy_in_force(wanted);
    Ok(changes.len())
}

fn differences(before: &Policy, after: &Policy) -> Vec<String> {
    let mut changes = Vec::new();
    if before.second_factor != after.second_factor {
        let now = if after.second_factor { "全員に求める" } else { "求めない" };
        changes.push(format!("設定「確認コード」を「{now}」に変えました。"));
    }
    if before.fresh_minutes != after.fresh_minutes {
        let (old, new) = (before.fresh_minutes, after.fresh_minutes);
        changes.push(format!("設定「本人の確認が続く時間」を{old}分から{new}分に変えました。"));
    }
    for kind in FourEyes::ALL {
        let (was, is) = (before.asks_second(kind), after.asks_second(kind));
        if was != is {
            let now = if is { "求める" } else { "求めない" };
            changes.push(format!("「{}」に二人目の確認を{now}ことにしました。", kind.label()));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each change is told in a sentence of its own; a stored policy of an older version keeps its meaning.
    #[test]
    fn tells_what_changed() {
        let before = Policy::as_delivered(Mode::Training);
        assert!(!before.second_factor && Policy::as_delivered(Mode::Live).second_factor);
        let after = Policy { second_factor: true, fresh_minutes: 5, four_eyes: vec![FourEyes::Override] };
        assert_eq!(differences(&before, &after).len(), 3);
        assert!(differences(&after, &after).is_empty());
        assert_eq!(serde_json::from_str::<Policy>("{}").unwrap(), Policy::default());
    }
}
