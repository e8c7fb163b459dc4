//! Where a PIN stands that an interrupted update was to set: what the journal and the card's tries tell without
//! spending one.

use rules::kinds::PinKind;
use serde::{Deserialize, Serialize};

use super::examine::Examination;
use super::journal::JournalStep;
use crate::chip::Chip;
use crate::error::CardError;
use crate::link::CardLink;
use crate::pins::{places, present};
use crate::read::{PinState, PinTries};

/// One PIN of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinTruth {
    /// Which.
    pub kind: PinKind,
    /// Where it stands.
    pub standing: PinStanding,
}

/// Where a PIN stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PinStanding {
    /// As before the update.
    Old,
    /// The card took the new value, and took it again when the resident entered it.
    New,
    /// The card has acknowledged a new value; the resident enters it once more as the proof.
    NeedsPin,
    /// The card was asked to set it and didn't answer: old or new. It is set once more.
    Unclear,
}

impl PinStanding {
    /// What it means, for the clerk.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Old => "元のままです。",
            Self::New => "新しくなり、照合もできました。",
            Self::NeedsPin => "新しい暗証番号を入力すると確かめられます。",
            Self::Unclear => "新しくなったかどうか分かりません。続きを行って、もう一度設定してください。",
        }
    }

    /// Nobody can present this PIN now: it is locked or forgotten, or its value is unclear.
    pub(super) fn unknown(self) -> bool {
        matches!(self, Self::Old | Self::Unclear)
    }
}

/// The PINs that the plan sets anew, in the order in which people know them.
pub(super) fn pin_truths(
    link: &mut dyn CardLink,
    case: &Examination<'_>,
    tries: &PinTries,
) -> Result<Vec<PinTruth>, CardError> {
    let truth = |kind| Ok(PinTruth { kind, standing: standing(link, case, tries, kind)? });
    case.plan.new_pins().into_iter().map(truth).collect()
}

fn standing(
    link: &mut dyn CardLink,
    case: &Examination<'_>,
    tries: &PinTries,
    kind: PinKind,
) -> Result<PinStanding, CardError> {
    let Some(at) = case.steps.iter().rposition(|step| sets(step, kind)) else {
        return Ok(PinStanding::Old);
    };
    let now = tries.of(kind);
    if now.is_some_and(PinState::locked) {
        return Ok(PinStanding::Old);
    }
    // The tries are those of the PIN's first place in the chip; of a second one they tell nothing.
    let unlocked = places(kind).len() == 1
        && was_locked(&case.steps[..at], kind)
        && now.is_some_and(|state| state.left.is_some());
    if !acknowledged(&case.steps[at..]) && !unlocked {
        return Ok(PinStanding::Unclear);
    }
    let Some(pins) = case.pins.filter(|pins| pins.of(kind).is_ok()) else {
        return Ok(PinStanding::NeedsPin);
    };
    match present(&mut Chip::new(link), kind, pins.of(kind)?, pins.consent) {
        Ok(()) => Ok(PinStanding::New),
        Err(CardError::PinLocked { .. }) => Ok(PinStanding::Old),
        Err(error) => Err(error),
    }
}

/// Whether the first command of this step may have given the PIN another value.
fn sets(step: &JournalStep, kind: PinKind) -> bool {
    match step {
        JournalStep::Write { pin, .. } => *pin == Some(kind),
        JournalStep::ChangePin { kind: changed } => *changed == kind,
        JournalStep::Terminal { .. } => true,
        _ => false,
    }
}

/// Whether the card answered: the update went on to another step. A new connection is another update's.
fn acknowledged(steps: &[JournalStep]) -> bool {
    match steps.get(1) {
        Some(JournalStep::Connect { .. }) => matches!(steps.first(), Some(JournalStep::Terminal { .. })),
        Some(_) => true,
        None => matches!(steps.first(), Some(JournalStep::Terminal { .. })),
    }
}

/// Whether the PIN was locked when the card was read before: unlocked now, it was reset and has the new value.
fn was_locked(steps: &[JournalStep], kind: PinKind) -> bool {
    let before = steps.iter().rev().find_map(|step| match step {
        JournalStep::VerifyPins { locked, .. } => Some(locked),
        _ => None,
    });
    before.is_some_and(|locked| locked.contains(&kind))
}
