//! Residents with their cards, drawn one after the other.

use super::lives::{CardLife, Lives};
use super::people::People;
use crate::store::residents::Resident;
use chrono::NaiveDate;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::VecDeque;

/// A resident with all cards they ever had, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The resident.
    pub resident: Resident,
    /// Their cards.
    pub cards: Vec<CardLife>,
}

/// Draws residents for ever; households stay together.
pub struct Generator {
    people: People,
    lives: Lives,
    waiting: VecDeque<Resident>,
}

impl Generator {
    /// Begins. The same seed and day draw the same residents.
    pub fn new(seed: u64, today: NaiveDate) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let (people, lives) = (rng.random(), rng.random());
        Self {
            people: People::new(StdRng::seed_from_u64(people), today),
            lives: Lives::new(StdRng::seed_from_u64(lives), today),
            waiting: VecDeque::new(),
        }
    }
}

impl Iterator for Generator {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        while self.waiting.is_empty() {
            self.waiting.extend(self.people.household());
        }
        let resident = self.waiting.pop_front()?;
        let cards = self.lives.cards_of(&resident);
        Some(Entry { resident, cards })
    }
}
