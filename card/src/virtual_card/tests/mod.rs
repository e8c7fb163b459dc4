//! The virtual card through its own client, through raw commands, and through an issuer's session.

mod client;
mod issuer;
mod protocol;
mod survival;

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, NaiveDate};
use myna_card::{Card, Result, Transmit};
use tempfile::TempDir;

use super::*;

/// A card in a directory that goes away with it.
pub(super) struct Sample {
    pub card: VirtualCard,
    pub path: PathBuf,
    _directory: TempDir,
}

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date")
}

pub(super) fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T10:15:00+09:00").expect("a moment")
}

pub(super) fn sample(profile: &str) -> Sample {
    sample_with(profile, |_| {})
}

pub(super) fn sample_with(profile: &str, adjust: impl FnOnce(&mut CardPerson)) -> Sample {
    let mut person = profiles::find(profile, today()).expect("a profile").person;
    adjust(&mut person);
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("card.json");
    let mut card = VirtualCard::create(&path, &person, now()).expect("a card");
    card.power_on();
    Sample { card, path, _directory: directory }
}

impl Sample {
    /// Sends a command given as hexadecimal and returns the answer the same way.
    pub fn send(&mut self, command: &str) -> String {
        let bytes = crate::hex::decode(&command.replace(' ', "")).expect("hexadecimal");
        crate::hex::encode(&self.card.transmit(&bytes))
    }

    /// The status word alone.
    pub fn status(&mut self, command: &str) -> String {
        let answer = self.send(command);
        answer[answer.len() - 4..].to_owned()
    }

    pub fn client(&mut self) -> Card<Wire<'_>> {
        Card::new(Wire(&mut self.card))
    }
}

/// The wire between the client crate and the card.
pub(super) struct Wire<'a>(&'a mut VirtualCard);

impl Transmit for Wire<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>> {
        Ok(self.0.transmit(command))
    }
}

pub(super) const SELECT_JPKI: &str = "00A4040C0A D392F000260100000001";
pub(super) const SELECT_TEXT: &str = "00A4040C0A D3921000310001010408";
pub(super) const SELECT_SURFACE: &str = "00A4040C0A D3921000310001010402";
pub(super) const SELECT_JUKI: &str = "00A4040C0A D3921000310001010401";
pub(super) const SELECT_COMMON: &str = "00A4040C0A D3921000310001010100";
