//! The PIN pad's memory: what is asked for, how far each PIN is, and the values between the pad and the card.

use crate::stations::message::{
    PadPhase, PadPin, PadView, PinRequest, PinStatus, PinsEnd, Reading, Trouble, tries,
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
}

impl Pad {
    /// Begins to ask. An earlier wish ends.
    pub fn ask(&mut self, request: PinRequest, reading: Option<&Reading>, waiting: oneshot::Sender<PinsEnd>) {
        self.stop(PinsEnd::Stopped);
        let known =
            reading.filter(|reading| reading.card.card == request.card).map(|reading| &reading.card.pins);
        let pins = request.kinds.iter().map(|&kind| waiting_pin(kind, known)).collect();
        let mut wish = Wish {
            request,
            pins,
            right: Vec::new(),
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
        entered
            .values
            .into_iter()
            .filter_map(|(kind, value)| wish.take(kind, value, &entered.last_try))
            .collect()
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

    /// When all are right: says so, and keeps the values from `now` on.
    pub fn settle(&mut self, now: Instant) {
        let Some(wish) = self.wish.as_mut() else { return };
        if wish.held_since.is_some() || wish.pins.iter().any(|pin| pin.status != PinStatus::Verified) {
            return;
        }
        wish.held_since = Some(now);
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
    pub fn held(&self, reception_number: &str) -> Option<UpdatePins> {
        let wish = self.wish.as_ref().filter(|wish| wish.held_since.is_some())?;
        (wish.request.reception_number == reception_number).then(|| wish.for_update())
    }

    /// Hands the held values out for the update; the pad forgets them.
    pub fn hand_out(&mut self, reception_number: &str) -> Option<UpdatePins> {
        let pins = self.held(reception_number)?;
        self.wish = None;
        Some(pins)
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
        let pin = self.pins.iter_mut().find(|pin| pin.kind == kind && pin.status != PinStatus::Verified)?;
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
        Some(Presented { kind, value: PinValue::new(std::mem::take(&mut *value)), consent })
    }

    fn for_update(&self) -> UpdatePins {
        let mut pins = UpdatePins::default();
        for (kind, value) in &self.right {
            let place = match kind {
                PinKind::Signature => &mut pins.signature,
                PinKind::Authentication => &mut pins.authentication,
                PinKind::ResidentRegister => &mut pins.resident_register,
                PinKind::CardEntry => &mut pins.card_entry,
            };
            *place = Some(value.clone());
        }
        pins
    }

    fn end_locked(&mut self, kind: PinKind) {
        self.locked = true;
        self.right.clear();
        if let Some(waiting) = self.waiting.take() {
            let _ = waiting.send(PinsEnd::Locked(kind));
        }
    }
}

fn waiting_pin(kind: PinKind, known: Option<&PinTries>) -> PadPin {
    let left = known.and_then(|known| tries(known, kind));
    let status = if left == Some(0) { PinStatus::Locked } else { PinStatus::Waiting };
    PadPin { kind, status, left }
}

#[cfg(test)]
mod tests {
    use super::*;
    use card::issuer::CardIdentity;
    use chrono::NaiveDate;

    fn asked(kinds: &[PinKind]) -> (Pad, oneshot::Receiver<PinsEnd>) {
        let (waiting, end) = oneshot::channel();
        let card = CardIdentity {
            card_number: "1".repeat(15),
            municipality: "99901".to_owned(),
            expires: NaiveDate::from_ymd_opt(2031, 1, 1).unwrap(),
        };
        let request = PinRequest {
            reception_number: "R8-000001".to_owned(),
            purpose: "電子証明書の更新".to_owned(),
            card,
            kinds: kinds.to_vec(),
        };
        let mut pad = Pad::default();
        pad.ask(request, None, waiting);
        (pad, end)
    }

    fn typed(kind: PinKind, value: &str) -> EnteredPins {
        EnteredPins { values: vec![(kind, Zeroizing::new(value.to_owned()))], last_try: Vec::new() }
    }

    fn right(pad: &mut Pad, kind: PinKind, value: &str) {
        for presented in pad.take(typed(kind, value)) {
            pad.answered(presented, &Ok(()), Some(1));
        }
        pad.settle(Instant::now());
    }

    /// Right PINs are held for five minutes and handed out once, to the case they were entered for.
    #[test]
    fn right_pins_are_held_for_their_case_and_not_for_ever() {
        let (mut pad, mut end) = asked(&[PinKind::Authentication]);
        right(&mut pad, PinKind::Authentication, "1111");
        assert_eq!(end.try_recv(), Ok(PinsEnd::Verified));
        let later = Instant::now() + KEPT_FOR;
        assert_eq!(pad.keeps_for(later), Some(Duration::ZERO));
        assert!(pad.hand_out("R8-000002").is_none(), "not to another case");
        assert_eq!(pad.hand_out("R8-000001").unwrap().entered(), [PinKind::Authentication]);
        assert!(pad.hand_out("R8-000001").is_none(), "not twice");
    }

    /// The card goes: held PINs go with it, and those entered half-way must be entered again.
    #[test]
    fn pins_go_with_their_card() {
        let (mut pad, _end) = asked(&[PinKind::Authentication]);
        right(&mut pad, PinKind::Authentication, "1111");
        pad.card_changed(Some(2));
        assert!(pad.held("R8-000001").is_none());
        let (mut pad, _end) = asked(&[PinKind::Authentication, PinKind::ResidentRegister]);
        right(&mut pad, PinKind::Authentication, "1111");
        pad.card_changed(None);
        assert_eq!(pad.view(false).phase, PadPhase::Asking);
        assert!(pad.view(false).pins.iter().all(|pin| pin.status == PinStatus::Waiting));
    }

    /// A second wish ends the first, and what was typed for it.
    #[test]
    fn a_new_wish_ends_the_old_one() {
        let (mut pad, mut first) = asked(&[PinKind::Authentication]);
        let request = pad.request().unwrap().clone();
        let (waiting, _second) = oneshot::channel();
        pad.ask(PinRequest { reception_number: "R8-000002".to_owned(), ..request }, None, waiting);
        assert_eq!(first.try_recv(), Ok(PinsEnd::Stopped));
        assert_eq!(pad.view(false).reception_number, "R8-000002");
    }

    /// Nothing that is shown or printed of entered PINs holds a value.
    #[test]
    fn values_are_never_shown() {
        let (mut pad, _end) = asked(&[PinKind::Signature]);
        let entered = typed(PinKind::Signature, "TRAIN123");
        assert!(!format!("{entered:?}").contains("TRAIN"));
        right(&mut pad, PinKind::Signature, "TRAIN123");
        assert!(!format!("{:?}", pad.view(false)).contains("TRAIN"));
    }
}
