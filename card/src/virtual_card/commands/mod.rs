//! What the card does with a command: one file for each family.

mod administration;
mod channel;
mod files;
mod pins;
mod select;
mod signing;

use super::layout::{self, Application, Entry, Kind};
use super::state::State;
use super::{Defect, VirtualCard, status};
use crate::apdu::Command;

/// The answer to a command: data and status word, or a bare status word as the error.
pub(super) type Outcome = Result<Answer, u16>;

/// Data with the status word that goes with it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub data: Vec<u8>,
    pub status: u16,
}

impl Answer {
    fn with(data: Vec<u8>) -> Self {
        Self { data, status: status::OK }
    }

    fn done() -> Self {
        Self::with(Vec::new())
    }

    /// The bytes that leave the card.
    pub fn bytes(outcome: Outcome) -> Vec<u8> {
        let Self { mut data, status } = outcome.unwrap_or_else(|status| Self { data: Vec::new(), status });
        data.extend_from_slice(&status.to_be_bytes());
        data
    }
}

impl VirtualCard {
    /// Carries out one command. The answer is sealed already where a channel asks for it.
    pub(super) fn carry_out(&mut self, bytes: &[u8]) -> Vec<u8> {
        if self.state.person.defect == Defect::Unreadable {
            return Answer::bytes(Err(status::INTERNAL));
        }
        if std::mem::take(&mut self.session.fresh) && self.state.person.switches.first_command_fails {
            return Answer::bytes(Err(status::INTERNAL));
        }
        let Ok(command) = Command::parse(bytes) else {
            return Answer::bytes(Err(status::WRONG_LENGTH));
        };
        if self.state.person.defect == Defect::ForeignCard {
            let select = command.ins == 0xA4;
            return Answer::bytes(Err(if select { status::NOT_FOUND } else { status::NO_INSTRUCTION }));
        }
        match command.cla {
            0x00 => Answer::bytes(self.user_command(&command)),
            0x80 => Answer::bytes(self.system_command(&command)),
            0x84 => self.secured_command(&command),
            0x08 | 0x0C | 0x88 | 0x8C => Answer::bytes(Err(status::NO_SESSION)),
            class if class & 0x03 != 0 && class & 0x70 == 0 => Answer::bytes(Err(status::NO_CHANNEL)),
            _ => Answer::bytes(Err(status::NO_CLASS)),
        }
    }

    fn user_command(&mut self, command: &Command) -> Outcome {
        match command.ins {
            0xA4 => {
                self.end_channel();
                self.select(command)
            }
            0x20 => self.verify(command),
            0x24 => self.change_reference_data(command),
            0xB0 => self.read_binary(command),
            0xB2 => self.read_record(command),
            0x84 => self.get_challenge(command),
            0x88 => self.internal_authenticate(command),
            0xCA => self.get_data(command),
            // Administration exists, and stops at the security check.
            0x04 | 0x44 | 0x46 | 0x47 | 0x2C | 0x82 | 0xD6 | 0xDA | 0xDB => Err(status::NO_RIGHT),
            _ => Err(status::NO_INSTRUCTION),
        }
    }

    fn system_command(&mut self, command: &Command) -> Outcome {
        match command.ins {
            0x2A => self.compute_signature(command),
            0x32 => self.change_key(command),
            0xA2 => self.terminal_certificate(command),
            0xAE => self.set_session_key(command),
            0x50 if self.session.application == Application::CardManager => self.initialize_update(command),
            0x06 | 0x50 | 0x52 | 0x54 | 0x8A | 0xD8 => Err(status::NO_RIGHT),
            0xFC => Err(status::WRONG_LENGTH),
            _ => Err(status::NO_INSTRUCTION),
        }
    }

    /// Changes the state and writes it through before anything is answered. A failed write changes nothing.
    fn change(&mut self, change: impl FnOnce(&mut State)) -> Result<(), u16> {
        let mut changed = self.state.clone();
        change(&mut changed);
        self.store.save(&changed).map_err(|error| {
            tracing::warn!(%error, "the virtual card's state could not be written");
            status::MEMORY
        })?;
        self.state = changed;
        Ok(())
    }

    /// The file P2 (or P1) points at: a short identifier, which also makes it current, or the current file.
    fn addressed(&mut self, short: u8, missing: u16) -> Result<&'static Entry, u16> {
        if short == 0 {
            let file = self.session.file.ok_or(status::NO_CURRENT_FILE)?;
            return layout::find(self.session.application, file).ok_or(status::NO_CURRENT_FILE);
        }
        let entry = layout::find(self.session.application, u16::from(short)).ok_or(missing)?;
        self.session.file = Some(entry.file);
        Ok(entry)
    }

    fn allowed(&self, entry: &Entry) -> bool {
        match entry.access {
            layout::Access::Free => {
                let guarded = self.state.person.switches.authentication_certificate_wants_pin
                    && entry.application == Application::Jpki
                    && entry.file == layout::id::AUTHENTICATION_CERTIFICATE;
                !guarded || self.session.verified.contains(&layout::id::AUTHENTICATION_PIN)
            }
            layout::Access::AnyOf(pins) => pins.iter().any(|pin| self.session.verified.contains(pin)),
            layout::Access::Never => false,
        }
    }
}

/// A P2 of the form 100xxxxx: the short identifier, 0 for the current file.
fn short_identifier(p2: u8) -> Result<u8, u16> {
    if p2 & 0xE0 == 0x80 && p2 != 0x9F { Ok(p2 & 0x1F) } else { Err(status::WRONG_P1P2) }
}

fn expect_kind(entry: &'static Entry, kind: Kind) -> Result<&'static Entry, u16> {
    if entry.kind == kind { Ok(entry) } else { Err(status::WRONG_FILE_TYPE) }
}
