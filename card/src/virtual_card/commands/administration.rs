//! What an issuer may do inside its channel: new keys, certificates, PINs. Our own design over ISO 7816-4 and -8; how
//! the real card is administered isn't public.

use rsa::Oaep;
use rules::kinds::PinKind;
use sha2::Sha256;

use super::super::layout::{self, Application, Kind, id};
use super::super::state::Key;
use super::super::{VirtualCard, keys, status};
use super::pins::pin_value;
use super::{Answer, Outcome, expect_kind, short_identifier};
use crate::apdu::Command;
use crate::issuer::pin_block;
use crate::issuer::training::STATE_OBJECT;
use crate::tlv::{group, object};

impl VirtualCard {
    pub(super) fn administer(&mut self, command: &Command) -> Outcome {
        match command.ins {
            0xA4 => self.select(command),
            0x47 => self.key_pair(command),
            0xD6 => self.update_binary(command),
            0x04 => self.deactivate_file(command),
            0x2C => self.reset_retry_counter(command),
            0xCA => self.tell_state(command),
            _ => Err(status::NO_INSTRUCTION),
        }
    }

    /// GENERATE ASYMMETRIC KEY PAIR: P1 00 makes a new one, P1 81 shows the public half of the present one.
    fn key_pair(&mut self, command: &Command) -> Outcome {
        let file = u16::from(command.p2);
        if self.session.application != Application::Jpki
            || !matches!(file, id::AUTHENTICATION_KEY | id::SIGNATURE_KEY)
        {
            return Err(status::NO_DATA);
        }
        let same = |key: &Key| key.application == Application::Jpki && key.file == file;
        match command.p1 {
            0x00 => {
                // The old key is gone before the new one exists. A card torn away in between has neither.
                self.change(|state| state.keys.retain(|key| !same(key)))?;
                let pkcs8 = self.prepared.as_ref().map_or_else(keys::generate, keys::PreparedKeys::next);
                let new = Key { application: Application::Jpki, file, pkcs8 };
                self.change(|state| state.keys.push(new))?;
            }
            0x81 => {}
            _ => return Err(status::WRONG_P1P2),
        }
        let stored = self.state.keys.iter().find(|key| same(key)).ok_or(status::NO_DATA)?;
        Ok(Answer::with(keys::public_iso(&keys::parse(&stored.pkcs8).ok_or(status::INTERNAL)?)))
    }

    /// DEACTIVATE FILE of a key: it is gone at once, and only a new one takes its place.
    fn deactivate_file(&mut self, command: &Command) -> Outcome {
        if command.p1p2() != 0 || !command.data.is_empty() {
            return Err(status::WRONG_P1P2);
        }
        let entry = expect_kind(self.addressed(0, status::NOT_FOUND)?, Kind::Key)?;
        if entry.application != Application::Jpki || entry.file == id::TERMINAL_CA {
            return Err(status::NO_RIGHT);
        }
        self.change(|state| {
            state.keys.retain(|key| key.application != entry.application || key.file != entry.file);
        })?;
        Ok(Answer::done())
    }

    /// UPDATE BINARY of the certificate files and of the file that says which are there.
    fn update_binary(&mut self, command: &Command) -> Outcome {
        let (short, offset) = match command.p1 {
            p1 if p1 & 0x80 == 0 => (0, usize::from(command.p1p2())),
            p1 if p1 & 0x60 == 0 && p1 & 0x1F != 0 => (p1 & 0x1F, usize::from(command.p2)),
            _ => return Err(status::WRONG_P1P2),
        };
        let entry = self.addressed(short, status::NOT_FOUND)?;
        let entry = expect_kind(entry, Kind::Transparent)?;
        let writable = matches!(
            entry.file,
            id::SIGNATURE_CERTIFICATE
                | id::SIGNATURE_CA
                | id::AUTHENTICATION_CERTIFICATE
                | id::AUTHENTICATION_CA
                | id::AVAILABILITY
        );
        if entry.application != Application::Jpki || !writable {
            return Err(status::NO_RIGHT);
        }
        if command.data.is_empty() {
            return Err(status::WRONG_LENGTH);
        }
        let size = self.state.content(entry.application, entry.file).map_or(0, <[u8]>::len);
        if offset >= size {
            return Err(status::WRONG_OFFSET);
        }
        if offset + command.data.len() > size {
            return Err(status::NO_SPACE);
        }
        self.change(|state| {
            if let Some(bytes) = state.content_mut(entry.application, entry.file) {
                bytes[offset..offset + command.data.len()].copy_from_slice(&command.data);
            }
        })?;
        Ok(Answer::done())
    }

    /// RESET RETRY COUNTER: P1 02 sets a new value as well, P1 03 only the counter.
    ///
    /// A value of more than 16 bytes is sealed for this card, so that whoever carries it can't read it.
    fn reset_retry_counter(&mut self, command: &Command) -> Outcome {
        let entry = self.addressed(short_identifier(command.p2)?, status::NO_DATA)?;
        let entry = expect_kind(entry, Kind::Pin)?;
        let own = matches!(entry.application, Application::Jpki | Application::Common | Application::Juki)
            || (entry.application == Application::Text && entry.file == id::TEXT_PIN);
        if !own {
            return Err(status::NO_RIGHT);
        }
        let value = match (command.p1, command.data.len()) {
            (0x02, 1..=16) => Some(pin_value(entry, &command.data)?),
            (0x02, 17..) => Some(pin_value(entry, &self.unseal(entry, &command.data)?)?),
            (0x03, 0) => None,
            (0x02 | 0x03, _) => return Err(status::WRONG_LENGTH),
            _ => return Err(status::WRONG_P1P2),
        };
        let unset = self.state.pin(entry.application, entry.file).is_none_or(|pin| pin.value.is_empty());
        if value.is_none() && unset {
            return Err(status::CONDITIONS);
        }
        self.change(|state| {
            if let Some(pin) = state.pin_mut(entry.application, entry.file) {
                pin.tries = pin.limit;
                if let Some(value) = value {
                    pin.value = value;
                }
            }
        })?;
        self.session.verified.retain(|file| *file != entry.file);
        Ok(Answer::done())
    }

    /// Opens a sealed PIN. It must be for this reference and for this channel: an old block is of no use again.
    fn unseal(&self, entry: &layout::Entry, block: &[u8]) -> Result<Vec<u8>, u16> {
        let stored = self.state.key(Application::Text, id::TEXT_KEY).ok_or(status::NO_DATA)?;
        let key = keys::parse(&stored.pkcs8).ok_or(status::INTERNAL)?;
        let plain = key.decrypt(Oaep::new::<Sha256>(), block).map_err(|_| status::WRONG_DATA)?;
        let kind = match (entry.application, entry.file) {
            (Application::Jpki, id::SIGNATURE_PIN) => PinKind::Signature,
            (Application::Jpki, _) => PinKind::Authentication,
            (Application::Text, _) => PinKind::CardEntry,
            _ => PinKind::ResidentRegister,
        };
        let purpose = pin_block::purpose(kind, self.state.channels);
        plain.strip_prefix(purpose.as_slice()).map(<[u8]>::to_vec).ok_or(status::WRONG_DATA)
    }

    /// The card's own word on where it stands, for a session that was broken off: keys, certificates, tries.
    fn tell_state(&mut self, command: &Command) -> Outcome {
        if command.p1p2() != STATE_OBJECT {
            return Err(status::NO_DATA);
        }
        let keys = [id::SIGNATURE_KEY, id::AUTHENTICATION_KEY].map(|file| {
            let there = self.state.key(Application::Jpki, file).is_some();
            object(0x81, &[file.to_be_bytes()[1], u8::from(there)])
        });
        let pins = self.state.pins.iter().filter(|pin| pin.limit > 0).map(|pin| {
            let at = Application::ALL.iter().position(|application| *application == pin.application);
            object(0x82, &[u8::try_from(at.unwrap_or(0)).unwrap_or(0), pin.file.to_be_bytes()[1], pin.tries])
        });
        let [_, channels @ ..] = self.state.channels.to_be_bytes();
        let parts: Vec<Vec<u8>> = std::iter::once(object(0x80, &channels)).chain(keys).chain(pins).collect();
        Ok(Answer::with(group(u32::from(STATE_OBJECT), &parts)))
    }
}
