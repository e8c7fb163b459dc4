//! Changing PINs whose old values the resident knows: public commands only, so it works on real cards.

use rules::kinds::PinKind;

use super::error::{Cause, UpdateError};
use super::journal::{Journal, JournalStep};
use super::outcome::UpdateOutcome;
use super::plan::{PlanError, UpdateOrder};
use super::progress::Progress;
use super::run::Run;
use crate::chip::Chip;
use crate::error::CardError;
use crate::link::CardLink;
use crate::pins::{Place, places, present_at, set_at};
use crate::read::all_tries;
use crate::readers::Reader;

/// Gives the PINs of `plan.pin_changes` the values that the resident chose, and presents each new one as the proof.
///
/// The old value is presented first, with the tries looked at; a wrong one changes nothing. For a PIN that an
/// interruption left unclear the new value is tried first, and the old one only when the card says no.
///
/// # Errors
/// As [`super::carry_out`].
pub fn change_pins(
    reader: &dyn Reader,
    order: &UpdateOrder<'_>,
    journal: &mut dyn Journal,
    progress: &mut dyn FnMut(Progress),
) -> Result<UpdateOutcome, UpdateError> {
    let mut run = Run::new(order, journal, progress);
    // What was left unclear stays so until the card has said something else.
    run.pins.clone_from(&order.plan.unclear_pins);
    run.change(reader).map_err(|cause| run.stopped(cause))
}

impl Run<'_> {
    fn change(&mut self, reader: &dyn Reader) -> Result<UpdateOutcome, Cause> {
        let plan = self.order.plan;
        plan.check()?;
        if plan.pin_changes.is_empty() {
            return Err(PlanError::Empty.into());
        }
        self.chosen_pins()?;
        let mut link = self.connect_for_change(reader)?;
        for kind in plan.pin_changes.iter().copied() {
            for place in places(kind) {
                self.change_at(&mut *link, place, kind)?;
            }
        }
        self.step(JournalStep::ProvePins { kinds: plan.pin_changes.clone() })?;
        for kind in plan.pin_changes.iter().copied() {
            let new = self.order.new_pins.of(kind)?;
            for place in places(kind) {
                present_at(&mut Chip::new(&mut *link), place, kind, new, self.order.pins.consent)?;
            }
        }
        let outcome = UpdateOutcome {
            certificates: Vec::new(),
            pins: all_tries(&mut *link)?,
            commands: 0,
            new_pins: plan.pin_changes.clone(),
            revoked: Vec::new(),
        };
        self.finish(outcome)
    }

    fn connect_for_change(&mut self, reader: &dyn Reader) -> Result<Box<dyn CardLink>, Cause> {
        let plan = self.order.plan;
        for kind in plan.pin_changes.iter().copied() {
            self.order.pins.of(kind)?;
        }
        self.step(JournalStep::Connect { reader: reader.name().to_owned(), card: plan.card.clone() })?;
        let mut link = reader.connect()?;
        let reading = super::inspect::read_same_card(&mut *link, plan)?;
        self.step(JournalStep::VerifyPins {
            kinds: plan.pin_changes.clone(),
            locked: reading.pins.locked(),
        })?;
        Ok(link)
    }

    fn change_at(&mut self, link: &mut dyn CardLink, place: &Place, kind: PinKind) -> Result<(), Cause> {
        let (old, new) = (self.order.pins.of(kind)?, self.order.new_pins.of(kind)?);
        let consent = self.order.pins.consent;
        if self.order.plan.unclear_pins.contains(&kind) {
            match present_at(&mut Chip::new(link), place, kind, new, consent) {
                // The card has it already, or has no such place.
                Ok(_) => return Ok(()),
                Err(CardError::PinWrong { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        if !present_at(&mut Chip::new(link), place, kind, old, consent)? {
            return Ok(());
        }
        self.step(JournalStep::ChangePin { kind })?;
        if !self.pins.contains(&kind) {
            self.pins.push(kind);
        }
        Ok(set_at(&mut Chip::new(link), place, kind, new)?)
    }
}
