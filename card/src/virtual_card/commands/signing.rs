//! COMPUTE DIGITAL SIGNATURE, INTERNAL AUTHENTICATE, GET CHALLENGE, and what this card only refuses.

use super::super::layout::{self, Application, Kind, id};
use super::super::{VirtualCard, keys, status};
use super::{Answer, Outcome, expect_kind, short_identifier};
use crate::apdu::Command;

impl VirtualCard {
    pub(super) fn compute_signature(&mut self, command: &Command) -> Outcome {
        if command.p1 > 0x05 {
            return Err(status::WRONG_P1P2);
        }
        let application = self.session.application;
        let entry = match (application, command.p2) {
            // Card-entry and card-face applications sign with their own key, without a PIN.
            (Application::Text | Application::Surface, 0x00) if command.p1 == 0x00 => {
                layout::find(Application::Text, id::TEXT_KEY).ok_or(status::NO_DATA)?
            }
            (_, 0x00) => return Err(status::WRONG_P1P2),
            (_, p2) => {
                let entry = self.addressed(short_identifier(p2)?, status::NO_DATA)?;
                expect_kind(entry, Kind::Key)?
            }
        };
        if entry.application == Application::Common {
            return Err(status::CONDITIONS);
        }
        if command.data.is_empty() || command.le.is_none_or(|le| le < 256) {
            return Err(status::WRONG_LENGTH);
        }
        if !self.allowed(entry) {
            return Err(status::NO_RIGHT);
        }
        let key = self.private_key(entry.application, entry.file)?;
        if command.p1 < 0x04 {
            return Ok(Answer::with(keys::sign(&key, command.p1, &command.data, &mut self.state.random)?));
        }
        // The salt must be spent before the signature leaves the card.
        let mut random = self.state.random.clone();
        let signature = keys::sign(&key, command.p1, &command.data, &mut random)?;
        self.change(|state| state.random = random)?;
        Ok(Answer::with(signature))
    }

    /// Signs `DigestInfo(SHA-256(challenge))` with the one key that answers this command.
    pub(super) fn internal_authenticate(&mut self, command: &Command) -> Outcome {
        if command.p1 != 0x00 {
            return Err(status::WRONG_P1P2);
        }
        let entry = self.addressed(short_identifier(command.p2)?, status::NO_DATA)?;
        let entry = expect_kind(entry, Kind::Key)?;
        if entry.application != Application::Common {
            return Err(if self.allowed(entry) { status::CONDITIONS } else { status::NO_RIGHT });
        }
        if command.data.is_empty() || command.data.len() > 255 || command.le.is_none_or(|le| le < 256) {
            return Err(status::WRONG_LENGTH);
        }
        let key = self.private_key(entry.application, entry.file)?;
        Ok(Answer::with(keys::sign_sha256(&key, &command.data)))
    }

    pub(super) fn get_challenge(&mut self, command: &Command) -> Outcome {
        if command.p1p2() != 0 {
            return Err(status::WRONG_P1P2);
        }
        let length = command.le.ok_or(status::WRONG_LENGTH)?;
        if command.extended || !command.data.is_empty() {
            return Err(status::CONDITIONS);
        }
        let mut random = self.state.random.clone();
        let challenge = random.bytes(length);
        self.change(|state| state.random = random)?;
        Ok(Answer::with(challenge))
    }

    /// The check of a designated institution's terminal. Nobody outside has such a certificate: garbage is refused.
    pub(super) fn terminal_certificate(&mut self, command: &Command) -> Outcome {
        if !matches!(command.p1p2(), 0x06C1 | 0x00C1) {
            return Err(status::WRONG_P1P2);
        }
        if self.session.application != Application::Jpki || self.session.file != Some(id::TERMINAL_CA) {
            return Err(status::CONDITIONS);
        }
        match command.data.get(..2) {
            Some([0x7F, 0x21] | [0x5F, 0x4E | 0x37]) => Err(status::CONDITIONS),
            _ => Err(status::WRONG_LENGTH),
        }
    }

    /// The card-entry application's own secure messaging is not part of this card; the others refuse as real ones do.
    pub(super) fn set_session_key(&mut self, _command: &Command) -> Outcome {
        match self.session.application {
            Application::Common | Application::Surface => Err(status::NO_ENVIRONMENT),
            Application::Text if self.session.verified.contains(&id::TEXT_PIN) => Err(status::NOT_PROVIDED),
            _ => Err(status::NO_RIGHT),
        }
    }

    fn private_key(&self, application: Application, file: u16) -> Result<rsa::RsaPrivateKey, u16> {
        let stored = self.state.key(application, file).ok_or(status::NO_DATA)?;
        keys::parse(&stored.pkcs8).ok_or(status::INTERNAL)
    }
}
