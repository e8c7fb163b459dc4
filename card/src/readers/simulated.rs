//! The reader of the training office: a bed for virtual cards, in this process.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Board, FirstCommand, Reader, Sight};
use crate::error::CardError;
use crate::hex;
use crate::link::CardLink;
use crate::virtual_card::VirtualCard;

/// A reader on which virtual cards are laid and from which they are taken away, at any moment.
pub struct SimulatedReader {
    name: String,
    bed: Arc<Bed>,
}

struct Bed {
    state: Mutex<State>,
    board: Arc<Board>,
}

#[derive(Default)]
struct State {
    card: Option<VirtualCard>,
    /// Rises each time a card is laid down.
    generation: u64,
    /// Somebody has a connection to the card of this generation.
    held: Option<u64>,
}

impl SimulatedReader {
    /// An empty reader.
    pub fn new(name: impl Into<String>) -> Self {
        let board = Arc::new(Board::new(Sight::Empty));
        Self { name: name.into(), bed: Arc::new(Bed { state: Mutex::default(), board }) }
    }

    /// Lays a card down. The one that lay there before is taken away first and given back.
    pub fn lay(&self, mut card: VirtualCard) -> Option<VirtualCard> {
        let before = self.take_away();
        let mut state = self.bed.state();
        // As a reader does: power for the answer to reset, then none until somebody connects.
        let atr = card.power_on();
        card.power_off();
        state.generation += 1;
        state.card = Some(card);
        let generation = state.generation;
        let sight = if atr.is_empty() {
            Sight::Mute { generation }
        } else {
            Sight::CardPresent { atr: hex::encode(&atr), generation }
        };
        self.bed.board.post(sight);
        before
    }

    /// Takes the card away, even from under a connection: that one then says that the card was removed.
    pub fn take_away(&self) -> Option<VirtualCard> {
        let mut state = self.bed.state();
        let mut card = state.card.take()?;
        card.power_off();
        state.held = None;
        self.bed.board.post(Sight::Empty);
        Some(card)
    }
}

impl Reader for SimulatedReader {
    fn name(&self) -> &str {
        &self.name
    }

    fn sight(&self) -> Sight {
        self.bed.board.latest().1
    }

    fn connect(&self) -> Result<Box<dyn CardLink>, CardError> {
        let mut state = self.bed.state();
        if state.held.is_some() {
            return Err(CardError::HeldByAnother);
        }
        let generation = state.generation;
        let card = state.card.as_mut().ok_or(CardError::NoCard)?;
        if card.power_on().is_empty() {
            return Err(CardError::Unreadable);
        }
        state.held = Some(generation);
        let link = SimulatedLink { bed: Arc::clone(&self.bed), generation };
        Ok(Box::new(FirstCommand::new(link)))
    }

    fn changes(&self) -> Arc<Board> {
        Arc::clone(&self.bed.board)
    }
}

impl Bed {
    fn state(&self) -> MutexGuard<'_, State> {
        // A virtual card keeps its state in its file; a panic inside it is a chip that lost power.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection to the card of one generation.
struct SimulatedLink {
    bed: Arc<Bed>,
    generation: u64,
}

impl CardLink for SimulatedLink {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        let mut state = self.bed.state();
        if state.held != Some(self.generation) {
            return Err(CardError::CardRemoved);
        }
        let card = state.card.as_mut().ok_or(CardError::CardRemoved)?;
        let answer = card.transmit(command);
        if answer.len() < 2 { Err(CardError::CardRemoved) } else { Ok(answer) }
    }
}

impl Drop for SimulatedLink {
    fn drop(&mut self) {
        let mut state = self.bed.state();
        if state.held == Some(self.generation) {
            state.held = None;
            if let Some(card) = state.card.as_mut() {
                card.power_off();
            }
        }
    }
}
