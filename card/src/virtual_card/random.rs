//! The chip's random numbers: a seed set when the card is made and a counter that never goes back.

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use rsa::rand_core::{CryptoRng, Error, RngCore};
use serde::{Deserialize, Serialize};

use crate::scp03::derive;

/// Numbers the chip itself needs (challenges, salts). The counter is part of the card's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Random {
    #[serde(with = "crate::hex")]
    seed: Vec<u8>,
    counter: u64,
}

impl Random {
    /// A generator for a new card.
    pub fn new() -> Self {
        let mut seed = vec![0; 16];
        SystemRandom::new().fill(&mut seed).expect("the system gives random bytes");
        Self { seed, counter: 0 }
    }

    /// A generator whose numbers follow from the seed.
    pub fn seeded(seed: [u8; 16]) -> Self {
        Self { seed: seed.to_vec(), counter: 0 }
    }

    /// The next `length` bytes.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.fill_bytes(&mut bytes);
        bytes
    }
}

impl RngCore for Random {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_be_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_be_bytes(bytes)
    }

    fn fill_bytes(&mut self, destination: &mut [u8]) {
        let mut key = [0; 16];
        key.iter_mut().zip(&self.seed).for_each(|(byte, seed)| *byte = *seed);
        for chunk in destination.chunks_mut(16) {
            self.counter += 1;
            let block = derive(&key, 0xF0, 128, &[&self.counter.to_be_bytes()]);
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }

    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(destination);
        Ok(())
    }
}

impl CryptoRng for Random {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_goes_on_after_the_state_was_read_again() {
        let mut random = Random::new();
        let first = random.bytes(40);
        let mut again: Random =
            serde_json::from_str(&serde_json::to_string(&random).expect("JSON")).expect("JSON");
        let next = again.bytes(40);
        assert_ne!(first, next);
        assert_eq!(next, random.bytes(40));
    }
}
