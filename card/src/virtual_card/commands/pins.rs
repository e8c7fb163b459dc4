//! VERIFY, CHANGE REFERENCE DATA, CHANGE KEY.

use subtle::ConstantTimeEq;

use super::super::layout::{Application, Entry, Kind, id};
use super::super::{VirtualCard, status};
use super::{Answer, Outcome, expect_kind, short_identifier};
use crate::apdu::Command;

impl VirtualCard {
    pub(super) fn verify(&mut self, command: &Command) -> Outcome {
        if command.p1 != 0x00 {
            return Err(status::WRONG_P1P2);
        }
        let entry = self.addressed(short_identifier(command.p2)?, status::NO_DATA)?;
        let entry = expect_kind(entry, Kind::Pin)?;
        let pin = self.state.pin(entry.application, entry.file).ok_or(status::NO_DATA)?;
        let (tries, limit) = (pin.tries, pin.limit);
        if command.data.is_empty() {
            // A query, and it spends nothing. It says the tries even after a success.
            return Err(status::tries_left(tries));
        }
        if tries == 0 {
            return Err(status::LOCKED);
        }
        if command.data.len() > 16 {
            return Err(status::WRONG_LENGTH);
        }
        let right = bool::from(pin.value.as_bytes().ct_eq(&command.data));
        let left = if right { limit } else { tries - 1 };
        if left != tries {
            self.change(|state| {
                if let Some(pin) = state.pin_mut(entry.application, entry.file) {
                    pin.tries = left;
                }
            })?;
        }
        self.session.verified.retain(|file| *file != entry.file);
        if right {
            self.session.verified.push(entry.file);
            Ok(Answer::done())
        } else {
            Err(status::tries_left(left))
        }
    }

    /// `00 24 01`: only the new value is sent, after VERIFY with the old one. JPKI and card-entry applications.
    pub(super) fn change_reference_data(&mut self, command: &Command) -> Outcome {
        if command.p1 != 0x01 {
            return Err(status::WRONG_P1P2);
        }
        if !matches!(self.session.application, Application::Jpki | Application::Text) {
            return Err(status::CONDITIONS);
        }
        self.replace_verified(command)
    }

    /// `80 32 00`, the same for the common and the resident-register applications.
    pub(super) fn change_key(&mut self, command: &Command) -> Outcome {
        if command.p1 != 0x00 {
            return Err(status::WRONG_P1P2);
        }
        if !matches!(self.session.application, Application::Common | Application::Juki) {
            return Err(status::NO_RIGHT);
        }
        self.replace_verified(command)
    }

    fn replace_verified(&mut self, command: &Command) -> Outcome {
        let entry = self.addressed(short_identifier(command.p2)?, status::NO_DATA)?;
        let entry = expect_kind(entry, Kind::Pin)?;
        // What is printed on the card can't be changed in the chip.
        let own = matches!(
            (entry.application, entry.file),
            (Application::Jpki | Application::Common | Application::Juki, _)
                | (Application::Text, id::TEXT_PIN)
        );
        if !own || !self.session.verified.contains(&entry.file) {
            return Err(status::NO_RIGHT);
        }
        let value = pin_value(entry, &command.data)?;
        self.change(|state| {
            if let Some(pin) = state.pin_mut(entry.application, entry.file) {
                pin.value = value;
            }
        })?;
        Ok(Answer::done())
    }
}

/// The value a reference can take. The card looks at lengths and digits; the rules for good values are the office's.
pub(super) fn pin_value(entry: &Entry, data: &[u8]) -> Result<String, u16> {
    let signature = entry.application == Application::Jpki && entry.file == id::SIGNATURE_PIN;
    let (length, characters) = if signature {
        (
            (6..=16).contains(&data.len()),
            data.iter().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()),
        )
    } else {
        (data.len() == 4, data.iter().all(u8::is_ascii_digit))
    };
    if !length {
        return Err(status::WRONG_LENGTH);
    }
    if !characters {
        return Err(status::WRONG_DATA);
    }
    String::from_utf8(data.to_vec()).map_err(|_| status::WRONG_DATA)
}
