//! The issuer's side: two commands, and the channel stands.

use subtle::ConstantTimeEq;

use super::kdf::{constant, derive_8};
use super::{Channel, ChannelError, Level, StaticKeys};
use crate::apdu::Command;

/// What the card said in its answer to INITIALIZE UPDATE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardHello {
    /// The ten bytes the issuer derives the card's keys from.
    pub diversification: [u8; 10],
    /// Version of the card's key set.
    pub key_version: u8,
    /// Eight bytes of the card's own.
    pub card_challenge: [u8; 8],
    /// The card's proof that it has the keys.
    pub card_cryptogram: [u8; 8],
    /// How many channels the card has opened, where it says so.
    pub sequence: Option<u32>,
}

impl CardHello {
    /// Takes the data of the answer apart (without the status word).
    ///
    /// # Errors
    /// When it isn't SCP03.
    pub fn parse(data: &[u8]) -> Result<Self, ChannelError> {
        if !matches!(data.len(), 29 | 32) || data[11] != 0x03 {
            return Err(ChannelError::NotScp03);
        }
        let part = |from: usize| -> [u8; 8] { std::array::from_fn(|at| data[from + at]) };
        Ok(Self {
            diversification: std::array::from_fn(|at| data[at]),
            key_version: data[10],
            card_challenge: part(13),
            card_cryptogram: part(21),
            sequence: data
                .get(29..)
                .filter(|rest| !rest.is_empty())
                .map(|rest| rest.iter().fold(0, |number, &byte| number << 8 | u32::from(byte))),
        })
    }
}

/// INITIALIZE UPDATE.
pub fn initialize_update(key_version: u8, host_challenge: [u8; 8]) -> Command {
    Command::new(0x80, 0x50, key_version, 0x00).data(&host_challenge).expecting(256)
}

/// Checks the card's cryptogram and makes EXTERNAL AUTHENTICATE; once that is answered 9000 the channel stands.
///
/// # Errors
/// When the card doesn't have these keys.
pub fn external_authenticate(
    keys: &StaticKeys,
    host_challenge: [u8; 8],
    hello: &CardHello,
    level: Level,
) -> Result<(Command, Channel), ChannelError> {
    let mut channel = Channel::derive(keys, host_challenge, hello.card_challenge);
    let context: [&[u8]; 2] = [&host_challenge, &hello.card_challenge];
    let expected = derive_8(channel.s_mac(), constant::CARD_CRYPTOGRAM, &context);
    if !bool::from(expected.ct_eq(&hello.card_cryptogram)) {
        return Err(ChannelError::Cryptogram);
    }
    let cryptogram = derive_8(channel.s_mac(), constant::HOST_CRYPTOGRAM, &context);
    let command = channel.seal(&Command::new(0x80, 0x82, level.code(), 0x00).data(&cryptogram));
    channel.restart_counter();
    channel.raise(level);
    Ok((command, channel))
}
