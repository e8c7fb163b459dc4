//! The PIN pad's memory: what is asked for, how far each PIN is, and the values between the pad and the card.

mod choice;

use crate::stations::message::{
    NewPinStatus, PadPhase, PadPin, PadView, PinRequest, PinStatus, PinsEnd, Reading, Trouble, tries,
};
use crate::stations::station::EnteredPins;
use card::error::CardError;
use card::pins::{Consent, PinValue};
use card::read::PinTries;
use card::update::UpdatePins;
use rules::kinds::PinKind;
use rules::pins;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use zeroize::Zeroizing;

/// How long right PINs are kept for an update that doesn't come.
pub const KEPT_FOR: Duration = Duration::from_mins(5);

/// One station's pad.
#[derive(Default)]
pub struct Pad {
    wish: Option<Wish>,
}

struct Wish {
    request: PinRequest,
    pins: Vec<PadPin>,
    /// Right values, wiped when dropped.
    right: Vec<(PinKind, PinValue)>,
    /// New values, entered twice alike; wiped when dropped.
    chosen: Vec<(PinKind, PinValue)>,
    /// The laying-down of the card at which they were right.
    generation: Option<u64>,
    held_since: Option<Instant>,
    locked: bool,
    trouble: Option<Trouble>,
    waiting: Option<oneshot::Sender<PinsEnd>>,
}

/// One PIN to be shown to the card.
pub struct Presented {
    /// Which.
    pub kind: PinKind,
    /// The value.
    pub value: PinValue,
    /// Whether the resident agreed to spend the last try.
    pub consent: Consent,
    /// The new value, where an interrupted change may have put it in place already: it is shown first.
    pub maybe_already: Option<PinValue>,
}

/// What is held for an update.
#[derive(Default)]
pub struct Held {
    /// The PINs as they are, shown to the card and right.
    pub current: UpdatePins,
    /// The PINs as they shall be.
    pub new: UpdatePins,
}

impl Pad {
    /// Begins to ask. An earlier wish ends.
    pub fn ask(&mut self, request: PinRequest, reading: Option<&Reading>, waiting: oneshot::Sender<PinsEnd>) {
        self.stop(PinsEnd::Stopped);
        let known =
            reading.filter(|reading| reading.card.card == request.card).map(|reading| &reading.card.pins);
        let asked = |kind: &PinKind| request.kinds.contains(kind) || request.new_kinds.contains(kind);
        let only_new = request.new_kinds.iter().filter(|kind| !request.kinds.contains(kind));
        let kinds = request.kinds.iter().chain(only_new).copied().filter(asked);
        let pins = kinds.map(|kind| waiting_pin(kind, &request, known)).collect();
        let mut wish = Wish {
            request,
            pins,
            right: Vec::new(),
            chosen: Vec::new(),
            generation: None,
            held_since: None,
            locked: false,
            trouble: None,
            waiting: Some(waiting),
        };
        let locked = wish.pins.iter().find(|pin| pin.status == PinStatus::Locked).map(|pin| pin.kind);
        if let Some(kind) = locked {
            wish.end_locked(kind);
        }
        self.wish = Some(wish);
    }

    /// Ends the wish and forgets all values.
    pub fn stop(&mut self, end: PinsEnd) {
        if let Some(mut wish) = self.wish.take()
            && let Some(waiting) = wish.waiting.take()
        {
            // Nobody waits any more when the office is closing.
            let _ = waiting.send(end);
        }
    }

    /// The card that must lie on the reader for what is asked.
    pub fn request(&self) -> Option<&PinRequest> {
        self.wish.as_ref().map(|wish| &wish.request)
    }

    /// Takes what was typed, refuses what can't be right, and returns what is worth showing to the card.
    pub fn take(&mut self, entered: EnteredPins) -> Vec<Presented> {
        let Some(wish) = self.wish.as_mut().filter(|wish| !wish.locked && wish.held_since.is_none()) else {
            return Vec::new();
        };
        wish.trouble = None;
        for (kind, first, second) in entered.new_values {
            wish.choose(kind, first, &second, entered.weak_agreed.contains(&kind));
        }
        entered
            .values
            .into_iter()
            .filter_map(|(kind, value)| wish.take(kind, value, &entered.last_try))
            .collect()
    }

    /// Everything that was asked for is there.
    pub fn is_complete(&self) -> bool {
        self.wish.as_ref().is_some_and(|wish| !wish.locked && wish.pins.iter().all(PadPin::done))
    }

    /// Notes what the card said of one PIN.
    pub fn answered(
        &mut self,
        presented: Presented,
        answer: &Result<(), CardError>,
        generation: Option<u64>,
    ) {
        let Some(wish) = self.wish.as_mut() else { return };
        let Some(pin) = wish.pins.iter_mut().find(|pin| pin.kind == presented.kind) else { return };
        match answer {
            Ok(()) => {
                pin.status = PinStatus::Verified;
                pin.left = Some(pins::max_tries(presented.kind));
                wish.generation = generation;
                wish.right.push((presented.kind, presented.value));
                wish.refuse_unchanged(presented.kind);
            }
            Err(CardError::PinWrong { left, .. }) => {
                pin.status = PinStatus::Wrong;
                pin.left = Some(*left);
            }
            Err(CardError::LastTry { .. }) => {
                pin.status = PinStatus::WantsConsent;
                pin.left = Some(1);
            }
            Err(CardError::PinLocked { kind }) => {
                pin.status = PinStatus::Locked;
                pin.left = Some(0);
                wish.end_locked(*kind);
            }
            Err(CardError::PinMalformed { reason, .. }) => pin.status = PinStatus::Malformed(reason.clone()),
            Err(error) => {
                pin.status = PinStatus::Waiting;
                wish.trouble = Some(Trouble::from(error));
            }
        }
    }

    /// Notes that nothing could be shown to the card at all.
    pub fn in_the_way(&mut self, error: &CardError) {
        if let Some(wish) = self.wish.as_mut() {
            wish.trouble = Some(Trouble::from(error));
            for pin in wish.pins.iter_mut().filter(|pin| pin.status == PinStatus::Entered) {
                pin.status = PinStatus::Waiting;
            }
        }
    }

    /// When all are right and chosen: says so, and keeps the values from `now` on, for the card that lies there.
    pub fn settle(&mut self, now: Instant, generation: Option<u64>) {
        let Some(wish) = self.wish.as_mut() else { return };
        if wish.held_since.is_some() || !wish.pins.iter().all(PadPin::done) {
            return;
        }
        wish.held_since = Some(now);
        wish.generation = wish.generation.or(generation);
        if let Some(waiting) = wish.waiting.take() {
            let _ = waiting.send(PinsEnd::Verified);
        }
    }

    /// Another card, or none, lies on the reader: right values are forgotten and must be entered again.
    pub fn card_changed(&mut self, generation: Option<u64>) {
        let Some(wish) = self.wish.as_mut() else { return };
        if wish.locked && generation.is_none() {
            self.wish = None;
            return;
        }
        if wish.generation.is_none() || wish.generation == generation {
            return;
        }
        if wish.held_since.is_some() {
            self.wish = None;
            return;
        }
        wish.right.clear();
        wish.generation = None;
        for pin in wish.pins.iter_mut().filter(|pin| pin.status == PinStatus::Verified) {
            pin.status = PinStatus::Waiting;
        }
    }

    /// How long the held values may still be kept; `None` when none are held.
    pub fn keeps_for(&self, now: Instant) -> Option<Duration> {
        let since = self.wish.as_ref()?.held_since?;
        Some(KEPT_FOR.saturating_sub(now.duration_since(since)))
    }

    /// The values held for a case, without forgetting them.
    pub fn held(&self, reception_number: &str) -> Option<Held> {
        let wish = self.wish.as_ref().filter(|wish| wish.held_since.is_some())?;
        (wish.request.reception_number == reception_number)
            .then(|| Held { current: pins_of(&wish.right), new: pins_of(&wish.chosen) })
    }

    /// Hands the held values out for the update; the pad forgets them.
    pub fn hand_out(&mut self, reception_number: &str) -> Option<Held> {
        let held = self.held(reception_number)?;
        self.wish = None;
        Some(held)
    }

    /// What the pad shows.
    pub fn view(&self, verifying: bool) -> PadView {
        let Some(wish) = &self.wish else { return PadView::default() };
        let phase = match () {
            () if wish.locked => PadPhase::Locked,
            () if wish.held_since.is_some() => PadPhase::Held,
            () if verifying => PadPhase::Verifying,
            () => PadPhase::Asking,
        };
        PadView {
            phase,
            reception_number: wish.request.reception_number.clone(),
            purpose: wish.request.purpose.clone(),
            trouble: wish.trouble.clone(),
            pins: wish.pins.clone(),
        }
    }
}

impl Wish {
    fn take(
        &mut self,
        kind: PinKind,
        mut value: Zeroizing<String>,
        last_try: &[PinKind],
    ) -> Option<Presented> {
        let asked = |pin: &&mut PadPin| {
            pin.kind == kind && !matches!(pin.status, PinStatus::Verified | PinStatus::NotAsked)
        };
        let pin = self.pins.iter_mut().find(asked)?;
        if value.is_empty() {
            pin.status = PinStatus::Waiting;
            return None;
        }
        if kind == PinKind::Signature {
            value = Zeroizing::new(pins::normalise_signature(&value));
        }
        let verdict = pins::check(kind, &value);
        if !verdict.ok {
            pin.status = PinStatus::Malformed(verdict.reason.unwrap_or_default().to_owned());
            return None;
        }
        let agreed = last_try.contains(&kind);
        if pin.left == Some(1) && !agreed {
            pin.status = PinStatus::WantsConsent;
            return None;
        }
        pin.status = PinStatus::Entered;
        let consent = if agreed { Consent::LastTryAgreed } else { Consent::NotAsked };
        let unclear = self.request.unclear_kinds.contains(&kind);
        let chosen = self.chosen.iter().find(|(chosen, _)| *chosen == kind && unclear);
        let maybe_already = chosen.map(|(_, value)| value.clone());
        if unclear && maybe_already.is_none() {
            // Without the new value at hand the old one could cost a try that nobody gives back.
            pin.status = PinStatus::Waiting;
            return None;
        }
        Some(Presented { kind, value: PinValue::new(std::mem::take(&mut *value)), consent, maybe_already })
    }

    fn end_locked(&mut self, kind: PinKind) {
        self.locked = true;
        self.right.clear();
        self.chosen.clear();
        if let Some(waiting) = self.waiting.take() {
            let _ = waiting.send(PinsEnd::Locked(kind));
        }
    }
}

fn pins_of(values: &[(PinKind, PinValue)]) -> UpdatePins {
    let mut pins = UpdatePins::default();
    for (kind, value) in values {
        pins.set(*kind, value.clone());
    }
    pins
}

fn waiting_pin(kind: PinKind, request: &PinRequest, known: Option<&PinTries>) -> PadPin {
    let left = known.and_then(|known| tries(known, kind));
    let status = match left {
        _ if !request.kinds.contains(&kind) => PinStatus::NotAsked,
        Some(0) => PinStatus::Locked,
        _ => PinStatus::Waiting,
    };
    let new = request.new_kinds.contains(&kind).then_some(NewPinStatus::Waiting);
    PadPin { kind, status, new, left }
}

#[cfg(test)]
mod tests;
