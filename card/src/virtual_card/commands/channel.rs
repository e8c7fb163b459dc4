//! The issuer's secure channel: how it opens, and how a command comes out of it.

use super::super::layout::Application;
use super::super::{VirtualCard, status};
use super::{Answer, Outcome};
use crate::apdu::Command;
use crate::issuer::training;
use crate::scp03::chip;

impl VirtualCard {
    pub(super) fn initialize_update(&mut self, command: &Command) -> Outcome {
        self.end_channel();
        if command.p2 != 0x00 || !matches!(command.p1, 0x00 | training::KEY_VERSION) {
            return Err(status::WRONG_P1P2);
        }
        let Ok(host_challenge) = <[u8; 8]>::try_from(command.data.as_slice()) else {
            return Err(status::WRONG_LENGTH);
        };
        let sequence = self.state.channels + 1;
        self.change(|state| state.channels = sequence)?;
        let number = &self.state.person.card_number;
        let (answer, pending) = chip::initialize_update(
            &training::card_keys(number),
            training::KEY_VERSION,
            &training::diversification(number),
            sequence,
            Application::CardManager.aid(),
            host_challenge,
        );
        self.session.pending = Some(pending);
        Ok(Answer::with(answer))
    }

    /// Whatever comes on CLA 84: without a channel there is no right to it.
    pub(super) fn secured_command(&mut self, command: &Command) -> Vec<u8> {
        if command.ins == 0x82 {
            return Answer::bytes(self.external_authenticate(command));
        }
        let Some(mut channel) = self.session.channel.take() else {
            return Answer::bytes(Err(status::NO_RIGHT));
        };
        // A wrong MAC ends the channel: it was taken out above and isn't put back.
        let Ok(plain) = channel.open(command) else {
            self.end_channel();
            return Answer::bytes(Err(status::NO_RIGHT));
        };
        let outcome = self.administer(&plain);
        let Answer { data, status } = outcome.unwrap_or_else(|status| Answer { data: Vec::new(), status });
        let answer = channel.seal_answer(&data, status);
        self.session.channel = Some(channel);
        answer
    }

    fn external_authenticate(&mut self, command: &Command) -> Outcome {
        let pending = self.session.pending.take().ok_or(status::CONDITIONS)?;
        let channel = pending.external_authenticate(command).map_err(|_| status::NO_RIGHT)?;
        self.session.channel = Some(channel);
        Ok(Answer::done())
    }

    /// A plain SELECT, a reset or the loss of power ends the channel.
    pub(super) fn end_channel(&mut self) {
        self.session.pending = None;
        self.session.channel = None;
    }
}
