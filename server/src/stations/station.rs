//! The one trait by which the office drives its counters.

use super::message::{PadView, PinRequest, PinsEnd, Reading, View};
use card::error::CardError;
use card::issuer::{Holder, Issuer};
use card::readers::simulated::SimulatedReader;
use card::update::{Journal, JournalStep, OldCertificate, TrueState, UpdateError, UpdateOutcome, UpdatePlan};
use chrono::{DateTime, FixedOffset};
use rules::kinds::PinKind;
use std::fmt;
use std::sync::Arc;
use tokio::sync::{oneshot, watch};
use zeroize::Zeroizing;

/// An answer that comes later. An error means that the station is gone.
pub type Reply<T> = oneshot::Receiver<T>;

/// A counter: a reader, a PIN pad, and one worker that does one thing at a time.
pub trait Station: Send + Sync {
    /// What the station shows, now and at each change.
    fn watch(&self) -> watch::Receiver<View>;

    /// Reads the card again.
    fn read(&self) -> Reply<Result<Arc<Reading>, CardError>>;

    /// Lets the resident enter PINs at the pad. The answer comes when all are right, one is locked, or the wish ends.
    fn ask_pins(&self, request: PinRequest) -> Reply<PinsEnd>;

    /// Takes a wish for PINs back and forgets the PINs that are held.
    fn forget_pins(&self);

    /// What the resident typed at the pad of this station; the answer is what the pad shows next.
    ///
    /// Only a station in this process is told: another one serves its pad itself, and no PIN ever travels.
    fn enter_pins(&self, entered: EnteredPins) -> Reply<PadView>;

    /// Carries out an update with the PINs that are held, present and new, and forgets them.
    fn update(&self, job: UpdateJob) -> Reply<Result<UpdateDone, UpdateError>>;

    /// Looks at what an interrupted update left on the card that lies there. PINs that are held for the case are used
    /// and kept.
    fn examine(&self, job: ExamineJob) -> Reply<Result<TrueState, CardError>>;

    /// The training office's reader, on which cards can be laid.
    fn table(&self) -> Option<&SimulatedReader>;

    /// What the station shows now.
    fn view(&self) -> View {
        self.watch().borrow().clone()
    }
}

/// PINs on their way from the pad to the card.
#[derive(Default)]
pub struct EnteredPins {
    /// What was typed. Empty values were not typed.
    pub values: Vec<(PinKind, Zeroizing<String>)>,
    /// New values, as they were typed the first and the second time.
    pub new_values: Vec<(PinKind, Zeroizing<String>, Zeroizing<String>)>,
    /// PINs for which the resident wants a new value although it is easily guessed.
    pub weak_agreed: Vec<PinKind>,
    /// PINs whose last try the resident agreed to spend.
    pub last_try: Vec<PinKind>,
}

impl fmt::Debug for EnteredPins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<_> = self.values.iter().map(|(kind, _)| kind).collect();
        let new: Vec<_> = self.new_values.iter().map(|(kind, ..)| kind).collect();
        f.debug_struct("EnteredPins").field("kinds", &kinds).field("new", &new).finish_non_exhaustive()
    }
}

/// An update for a station to carry out.
pub struct UpdateJob {
    /// The case, for the progress on the screen.
    pub reception_number: String,
    /// What to do, fixed beforehand.
    pub plan: UpdatePlan,
    /// Whose certificates they become.
    pub holder: Holder,
    /// The moment of issue.
    pub at: DateTime<FixedOffset>,
    /// Fresh randomness for the issuer's session.
    pub entropy: [u8; 32],
    /// Where each step is written before its first command.
    pub journal: Box<dyn Journal + Send>,
    /// Who writes the card.
    pub way: UpdateWay,
}

/// Who writes the card.
#[derive(Clone)]
pub enum UpdateWay {
    /// The card's public commands are enough: PINs are changed whose old values are known (`plan.pin_changes`).
    ChangePins,
    /// An issuer whose commands the station passes on.
    Relay(Arc<dyn Issuer>),
    /// The 統合端末 is going to write it: look first.
    BeforeTerminal,
    /// The 統合端末 has written it: what remains is to read it back and prove it.
    AfterTerminal {
        /// The certificates that were on the card before.
        old: Vec<OldCertificate>,
    },
}

/// How an update's work at the station ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateDone {
    /// Read back and proven.
    Proven(UpdateOutcome),
    /// The right card with the right PINs; it may go to the 統合端末.
    ReadyForTerminal(Vec<OldCertificate>),
}

/// An interrupted update to be looked at.
#[derive(Clone, Debug)]
pub struct ExamineJob {
    /// The case.
    pub reception_number: String,
    /// What was planned.
    pub plan: UpdatePlan,
    /// Its journal.
    pub steps: Vec<JournalStep>,
    /// Now.
    pub at: DateTime<FixedOffset>,
    /// Fresh randomness for the proofs.
    pub entropy: [u8; 32],
}
