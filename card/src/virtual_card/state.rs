//! What the chip remembers without power, and the file it remembers it in.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::layout::Application;
use super::random::Random;
use super::{CardPerson, VirtualCardError};
use crate::safe_file;

const NOTE: &str =
    "TRAINING. A made-up person's virtual card: the PINs and keys in this file are training values.";
const VERSION: u32 = 1;

/// Everything that survives the loss of power.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct State {
    /// Says in the file itself that nothing in it is anybody's.
    note: String,
    version: u32,
    made: DateTime<FixedOffset>,
    pub person: CardPerson,
    pub pins: Vec<Pin>,
    pub keys: Vec<Key>,
    pub files: Vec<Content>,
    pub random: Random,
    /// Secure channels opened so far: the card challenge comes from it and must not repeat.
    pub channels: u32,
}

/// One reference value with its retry counter.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Pin {
    pub application: Application,
    pub file: u16,
    pub value: String,
    pub tries: u8,
    pub limit: u8,
}

/// One private key, PKCS #8.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Key {
    pub application: Application,
    pub file: u16,
    #[serde(with = "crate::hex")]
    pub pkcs8: Vec<u8>,
}

/// The bytes of one file: transparent as they are, records one after the other.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Content {
    pub application: Application,
    pub file: u16,
    #[serde(with = "crate::hex")]
    pub bytes: Vec<u8>,
}

impl State {
    pub fn new(person: CardPerson, made: DateTime<FixedOffset>, random: Random) -> Self {
        Self {
            note: NOTE.to_owned(),
            version: VERSION,
            made,
            person,
            pins: Vec::new(),
            keys: Vec::new(),
            files: Vec::new(),
            random,
            channels: 0,
        }
    }

    pub fn pin(&self, application: Application, file: u16) -> Option<&Pin> {
        self.pins.iter().find(|pin| pin.application == application && pin.file == file)
    }

    pub fn pin_mut(&mut self, application: Application, file: u16) -> Option<&mut Pin> {
        self.pins.iter_mut().find(|pin| pin.application == application && pin.file == file)
    }

    pub fn key(&self, application: Application, file: u16) -> Option<&Key> {
        self.keys.iter().find(|key| key.application == application && key.file == file)
    }

    pub fn content(&self, application: Application, file: u16) -> Option<&[u8]> {
        let found = self.files.iter().find(|entry| entry.application == application && entry.file == file);
        found.map(|entry| entry.bytes.as_slice())
    }

    pub fn content_mut(&mut self, application: Application, file: u16) -> Option<&mut Vec<u8>> {
        let found =
            self.files.iter_mut().find(|entry| entry.application == application && entry.file == file);
        found.map(|entry| &mut entry.bytes)
    }
}

/// The state file. A save is whole or not at all: a new file, written through, takes the old one's name.
#[derive(Clone, Debug)]
pub(super) struct Store {
    path: PathBuf,
}

impl Store {
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    pub fn load(&self) -> Result<State, VirtualCardError> {
        let bytes = fs::read(&self.path).map_err(|source| self.failed(source))?;
        let damaged =
            |reason: String| VirtualCardError::Damaged { path: self.path.display().to_string(), reason };
        let state: State = serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        if state.version == VERSION {
            Ok(state)
        } else {
            Err(damaged(format!("版 {} の形式です(このプログラムが扱う版は {VERSION})。", state.version)))
        }
    }

    pub fn save(&self, state: &State) -> Result<(), VirtualCardError> {
        self.replace(state).map_err(|source| self.failed(source))
    }

    fn replace(&self, state: &State) -> io::Result<()> {
        safe_file::replace(&self.path, &serde_json::to_vec(state)?)
    }

    fn failed(&self, source: io::Error) -> VirtualCardError {
        VirtualCardError::File { path: self.path.display().to_string(), source }
    }
}
