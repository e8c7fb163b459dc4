//! READ BINARY, READ RECORD, GET DATA.

use super::super::layout::{Application, Kind};
use super::super::{PastTheEnd, VirtualCard, contents, status};
use super::{Answer, Outcome, expect_kind};
use crate::apdu::Command;

impl VirtualCard {
    pub(super) fn read_binary(&mut self, command: &Command) -> Outcome {
        let wanted = command.le.ok_or(status::WRONG_LENGTH)?;
        if !command.data.is_empty() {
            return Err(status::WRONG_LENGTH);
        }
        let (short, offset) = match command.p1 {
            p1 if p1 & 0x80 == 0 => (0, usize::from(command.p1p2())),
            p1 if p1 & 0x60 == 0 && p1 & 0x1F != 0 => (p1 & 0x1F, usize::from(command.p2)),
            _ => return Err(status::WRONG_P1P2),
        };
        let entry = self.addressed(short, status::NOT_FOUND)?;
        let entry = expect_kind(entry, Kind::Transparent)?;
        if !self.allowed(entry) {
            return Err(status::NO_RIGHT);
        }
        let bytes = self.state.content(entry.application, entry.file).unwrap_or_default();
        let left = bytes.get(offset..).filter(|left| !left.is_empty()).ok_or(status::WRONG_OFFSET)?;
        if left.len() >= wanted || command.le == Some(256) || command.le == Some(65_536) {
            return Ok(Answer::with(left[..left.len().min(wanted)].to_vec()));
        }
        match self.state.person.switches.past_the_end {
            PastTheEnd::ShortAnswer => Ok(Answer::with(left.to_vec())),
            PastTheEnd::Warning => Ok(Answer { data: left.to_vec(), status: status::END_OF_FILE }),
            PastTheEnd::CorrectLength => Err(0x6C00 | u16::try_from(left.len() & 0xFF).unwrap_or(0)),
        }
    }

    pub(super) fn read_record(&mut self, command: &Command) -> Outcome {
        if command.le.is_none() || !command.data.is_empty() {
            return Err(status::WRONG_LENGTH);
        }
        let entry = self.addressed(command.p2 >> 3, status::NOT_FOUND)?;
        let entry = expect_kind(entry, Kind::Records)?;
        if !self.allowed(entry) {
            return Err(status::NO_RIGHT);
        }
        let bytes = self.state.content(entry.application, entry.file).unwrap_or_default();
        let from = usize::from(command.p1).checked_sub(1).ok_or(status::NO_RECORD)?;
        let mut records = records(bytes).skip(from);
        match command.p2 & 0x07 {
            4 => Ok(Answer::with(records.next().ok_or(status::NO_RECORD)?.to_vec())),
            5 => {
                let all: Vec<u8> = records.flatten().copied().collect();
                if all.is_empty() { Err(status::NO_RECORD) } else { Ok(Answer::with(all)) }
            }
            _ => Err(status::WRONG_P1P2),
        }
    }

    pub(super) fn get_data(&mut self, command: &Command) -> Outcome {
        let wanted = command.le.ok_or(status::WRONG_LENGTH)?;
        let tag = command.p1p2();
        // Only the contact ATR is there in every state of the card.
        if self.session.application != Application::CardManager && tag != 0x5F51 {
            return Err(status::NO_DATA);
        }
        let data = contents::data_object(&self.state, tag).ok_or(status::NO_DATA)?;
        if data.len() > wanted { Err(status::WRONG_LENGTH) } else { Ok(Answer::with(data)) }
    }
}

/// The simple TLV records of a file, one after the other. No record here is longer than 254 bytes.
fn records(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let length = usize::from(*bytes.get(1)?) + 2;
        let (record, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        Some(record)
    })
}
