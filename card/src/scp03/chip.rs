//! The card's side.

use subtle::ConstantTimeEq;

use super::kdf::{constant, derive_8};
use super::{Channel, ChannelError, Level, PARAMETER, StaticKeys};
use crate::apdu::Command;

/// A channel that waits for the host's proof.
#[derive(Debug)]
pub struct Pending {
    channel: Channel,
    host_cryptogram: [u8; 8],
}

/// Answers INITIALIZE UPDATE: the data to send back and the channel that waits for EXTERNAL AUTHENTICATE.
///
/// `sequence` must never be the same twice with the same keys: the card challenge comes from it.
pub fn initialize_update(
    keys: &StaticKeys,
    key_version: u8,
    diversification: &[u8; 10],
    sequence: u32,
    application: &[u8],
    host_challenge: [u8; 8],
) -> (Vec<u8>, Pending) {
    let [_, counter @ ..] = sequence.to_be_bytes();
    let card_challenge = derive_8(&keys.enc, constant::CARD_CHALLENGE, &[&counter, application]);
    let channel = Channel::derive(keys, host_challenge, card_challenge);
    let context: [&[u8]; 2] = [&host_challenge, &card_challenge];
    let card_cryptogram = derive_8(channel.s_mac(), constant::CARD_CRYPTOGRAM, &context);
    let host_cryptogram = derive_8(channel.s_mac(), constant::HOST_CRYPTOGRAM, &context);
    let mut answer = diversification.to_vec();
    answer.extend_from_slice(&[key_version, 0x03, PARAMETER]);
    answer.extend_from_slice(&card_challenge);
    answer.extend_from_slice(&card_cryptogram);
    answer.extend_from_slice(&counter);
    (answer, Pending { channel, host_cryptogram })
}

impl Pending {
    /// Checks EXTERNAL AUTHENTICATE and opens the channel at the level it asks for.
    ///
    /// # Errors
    /// When the MAC or the host's cryptogram is wrong, or the level is none.
    pub fn external_authenticate(mut self, command: &Command) -> Result<Channel, ChannelError> {
        let level = Level::from_code(command.p1).ok_or(ChannelError::Mac)?;
        let plain = self.channel.open(command)?;
        if !bool::from(plain.data.ct_eq(&self.host_cryptogram[..])) {
            return Err(ChannelError::Cryptogram);
        }
        self.channel.restart_counter();
        self.channel.raise(level);
        Ok(self.channel)
    }
}
