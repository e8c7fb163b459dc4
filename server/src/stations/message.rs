//! What a station says and is told. Plain values, so that a station in another building could speak them.

use card::error::CardError;
use card::issuer::CardIdentity;
use card::read::{CardReading, PinTries};
use card::readers::Sight;
use card::update::Progress;
use rules::kinds::PinKind;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// All that a station shows at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// What lies on the reader.
    pub sight: Sight,
    /// What the card there says of itself.
    pub card: CardView,
    /// What the PIN pad shows.
    pub pad: PadView,
    /// A card update that is going on.
    pub update: Option<UpdateView>,
}

impl View {
    /// The reading of the card that lies there now.
    pub fn reading(&self) -> Option<&Arc<Reading>> {
        match &self.card {
            CardView::Read(reading) if self.sight.generation() == Some(reading.generation) => Some(reading),
            _ => None,
        }
    }
}

/// What is known of the card on the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardView {
    /// No card.
    #[default]
    None,
    /// It is being read.
    Reading,
    /// It was read.
    Read(Arc<Reading>),
    /// It can't be read.
    Unreadable(Trouble),
}

/// One reading of one card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Which laying-down of a card it belongs to; rises with each.
    pub generation: u64,
    /// What the card says without a PIN.
    pub card: CardReading,
    /// Why the card is not to be trusted, if so: a training card in a live office, an unknown issuer.
    pub doubt: Option<Trouble>,
    /// Milliseconds from the card's appearance to the end of the reading.
    pub took_ms: u64,
}

/// What went wrong at the card, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// A code such as M-1205.
    pub code: String,
    /// What happened.
    pub sentence: String,
    /// What to do now.
    pub what_now: String,
}

impl From<&CardError> for Trouble {
    fn from(error: &CardError) -> Self {
        Self {
            code: error.code().to_owned(),
            sentence: error.to_string(),
            what_now: error.what_now().to_owned(),
        }
    }
}

/// A wish that the resident enters PINs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinRequest {
    /// The case, for the pad and for whoever waits.
    pub reception_number: String,
    /// What is going to be done, as the resident reads it: 電子証明書の更新.
    pub purpose: String,
    /// The card that must lie on the reader.
    pub card: CardIdentity,
    /// The PINs whose present value is asked for, in this order. Each is shown to the card at once.
    pub kinds: Vec<PinKind>,
    /// The PINs for which the resident chooses a new value, entered twice. One that also stands in `kinds` is changed,
    /// one that doesn't is reset. For an update both lists come from its plan: `current_pins` and `new_pins`.
    pub new_kinds: Vec<PinKind>,
    /// Those of `kinds` of which an interrupted change left unclear whether the card has the new value already: the new
    /// one is shown to the card first.
    pub unclear_kinds: Vec<PinKind>,
}

/// How a wish for PINs ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PinsEnd {
    /// All are right, and new ones are chosen; the station holds them for the update.
    Verified,
    /// This one is locked.
    Locked(PinKind),
    /// The clerk took the wish back, or another one came.
    Stopped,
}

/// What the PIN pad shows, and of it what the clerk sees. Never a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PadView {
    /// What it is doing.
    pub phase: PadPhase,
    /// The case it works for.
    pub reception_number: String,
    /// What the PINs are for.
    pub purpose: String,
    /// A sentence for the resident when something is in the way.
    pub trouble: Option<Trouble>,
    /// Each PIN that is asked for.
    pub pins: Vec<PadPin>,
}

/// What the PIN pad is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PadPhase {
    /// Nothing is asked for.
    #[default]
    Waiting,
    /// The resident enters PINs.
    Asking,
    /// The card is looking at them.
    Verifying,
    /// All are right and held for the update.
    Held,
    /// A PIN is locked: nothing more can be entered.
    Locked,
}

/// One PIN on the pad.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PadPin {
    /// Which.
    pub kind: PinKind,
    /// How far the present value is.
    pub status: PinStatus,
    /// How far the new value is; `None` when none is asked for.
    pub new: Option<NewPinStatus>,
    /// Tries left, as the card last said.
    pub left: Option<u8>,
}

impl PadPin {
    /// Nothing more is asked for this PIN.
    pub fn done(&self) -> bool {
        matches!(self.status, PinStatus::Verified | PinStatus::NotAsked)
            && self.new.as_ref().is_none_or(|status| *status == NewPinStatus::Chosen)
    }
}

/// How far the choice of a new PIN is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NewPinStatus {
    /// Not entered.
    Waiting,
    /// The two entries aren't the same.
    Differs,
    /// The card wouldn't take it; why.
    Malformed(String),
    /// It can be used and is easily guessed; the resident hasn't said yet that it shall be used all the same.
    Weak(String),
    /// It is the present one.
    Unchanged,
    /// Chosen, entered twice alike.
    Chosen,
}

/// How far one PIN is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PinStatus {
    /// Only a new value is asked for.
    NotAsked,
    /// Not entered.
    Waiting,
    /// Entered, not yet shown to the card.
    Entered,
    /// The card says it is right.
    Verified,
    /// The card says it is wrong.
    Wrong,
    /// The form can't be right, so the card was not asked; why.
    Malformed(String),
    /// One try is left and the resident hasn't agreed to spend it; the card was not asked.
    WantsConsent,
    /// No tries are left.
    Locked,
}

/// A card update as it goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateView {
    /// The case it belongs to.
    pub reception_number: String,
    /// How far it is.
    pub progress: Progress,
}

/// Tries left of one PIN in a reading.
pub fn tries(pins: &PinTries, kind: PinKind) -> Option<u8> {
    pins.of(kind).and_then(|state| state.left)
}
