//! How a command and its answer are sealed and opened once the channel stands.

use aes::Aes128;
use aes::cipher::{Block, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, KeyInit, KeyIvInit};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::kdf::{cmac, constant, derive};
use super::{ChannelError, Level, StaticKeys};
use crate::apdu::Command;

/// The part of the class byte that says "secured by GlobalPlatform's secure messaging".
const SECURED: u8 = 0x04;
const MAC_LENGTH: usize = 8;

/// An open channel. Both sides hold one and stay in step as long as every command gets its answer.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Channel {
    s_enc: [u8; 16],
    s_mac: [u8; 16],
    s_rmac: [u8; 16],
    chaining: [u8; 16],
    counter: u128,
    #[zeroize(skip)]
    level: Level,
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Channel").field("level", &self.level).finish_non_exhaustive()
    }
}

impl Channel {
    /// The session keys from both challenges. Only EXTERNAL AUTHENTICATE may be sealed at first (C-MAC alone).
    pub(super) fn derive(keys: &StaticKeys, host_challenge: [u8; 8], card_challenge: [u8; 8]) -> Self {
        let context: [&[u8]; 2] = [&host_challenge, &card_challenge];
        Self {
            s_enc: derive(&keys.enc, constant::S_ENC, 128, &context),
            s_mac: derive(&keys.mac, constant::S_MAC, 128, &context),
            s_rmac: derive(&keys.mac, constant::S_RMAC, 128, &context),
            chaining: [0; 16],
            counter: 0,
            level: Level::C_MAC,
        }
    }

    pub(super) fn s_mac(&self) -> &[u8; 16] {
        &self.s_mac
    }

    /// From here on the channel protects what this level says.
    pub(super) fn raise(&mut self, level: Level) {
        self.level = level;
    }

    /// The command counter starts after EXTERNAL AUTHENTICATE: the first command under the channel has number 1.
    pub(super) fn restart_counter(&mut self) {
        self.counter = 0;
    }

    /// Seals a plain command.
    pub fn seal(&mut self, plain: &Command) -> Command {
        let mut command = plain.clone();
        command.cla |= SECURED;
        self.counter += 1;
        if self.level.command_encryption() && !command.data.is_empty() {
            command.data = self.encrypt(self.counter, &command.data);
        }
        let data = std::mem::take(&mut command.data);
        // The MAC covers the header as it will be sent: with the length of the data and the MAC together.
        command.data = vec![0; data.len() + MAC_LENGTH];
        command.extended = command.needs_extended();
        self.chaining = cmac(&self.s_mac, &[&self.chaining, &command.header_and_length(), &data]);
        command.data.clear();
        command.data.extend_from_slice(&data);
        command.data.extend_from_slice(&self.chaining[..MAC_LENGTH]);
        command
    }

    /// Opens a sealed command and gives the plain one back, with the class byte it was meant to have.
    ///
    /// # Errors
    /// When the MAC or the padding is wrong.
    pub fn open(&mut self, sealed: &Command) -> Result<Command, ChannelError> {
        let split = sealed.data.len().checked_sub(MAC_LENGTH).ok_or(ChannelError::Mac)?;
        let (data, mac) = sealed.data.split_at(split);
        let expected = cmac(&self.s_mac, &[&self.chaining, &sealed.header_and_length(), data]);
        if !bool::from(expected[..MAC_LENGTH].ct_eq(mac)) {
            return Err(ChannelError::Mac);
        }
        self.chaining = expected;
        self.counter += 1;
        let mut plain = sealed.clone();
        plain.cla &= !SECURED;
        plain.data = if self.level.command_encryption() && !data.is_empty() {
            self.decrypt(self.counter, data)?
        } else {
            data.to_vec()
        };
        Ok(plain)
    }

    /// Seals the answer to the last command: its data and its status word.
    pub fn seal_answer(&self, data: &[u8], status: u16) -> Vec<u8> {
        let mut answer = data.to_vec();
        if carries_mac(status) {
            if self.level.answer_encryption() && !answer.is_empty() {
                answer = self.encrypt(self.counter | ANSWER, &answer);
            }
            if self.level.answer_mac() {
                let mac = cmac(&self.s_rmac, &[&self.chaining, &answer, &status.to_be_bytes()]);
                answer.extend_from_slice(&mac[..MAC_LENGTH]);
            }
        }
        answer.extend_from_slice(&status.to_be_bytes());
        answer
    }

    /// Opens the answer to the last command. An answer with an error status carries no MAC and is given back as it is.
    ///
    /// # Errors
    /// When the MAC or the padding is wrong.
    pub fn open_answer(&self, data: &[u8], status: u16) -> Result<Vec<u8>, ChannelError> {
        if !carries_mac(status) || !self.level.answer_mac() {
            return Ok(data.to_vec());
        }
        let split = data.len().checked_sub(MAC_LENGTH).ok_or(ChannelError::Mac)?;
        let (body, mac) = data.split_at(split);
        let expected = cmac(&self.s_rmac, &[&self.chaining, body, &status.to_be_bytes()]);
        if !bool::from(expected[..MAC_LENGTH].ct_eq(mac)) {
            return Err(ChannelError::Mac);
        }
        if self.level.answer_encryption() && !body.is_empty() {
            return self.decrypt(self.counter | ANSWER, body);
        }
        Ok(body.to_vec())
    }

    /// The initial vector is the command counter under S-ENC; answers have the counter's top bit set.
    fn initial_vector(&self, counter: u128) -> Block<Aes128> {
        let mut block = Block::<Aes128>::from(counter.to_be_bytes());
        Aes128::new((&self.s_enc).into()).encrypt_block(&mut block);
        block
    }

    fn encrypt(&self, counter: u128, data: &[u8]) -> Vec<u8> {
        let mut bytes = data.to_vec();
        bytes.push(0x80);
        bytes.resize(bytes.len().next_multiple_of(16), 0);
        let mut cipher = cbc::Encryptor::<Aes128>::new((&self.s_enc).into(), &self.initial_vector(counter));
        for chunk in bytes.chunks_exact_mut(16) {
            let mut block = Block::<Aes128>::default();
            block.copy_from_slice(chunk);
            cipher.encrypt_block(&mut block);
            chunk.copy_from_slice(&block);
        }
        bytes
    }

    fn decrypt(&self, counter: u128, data: &[u8]) -> Result<Vec<u8>, ChannelError> {
        if !data.len().is_multiple_of(16) {
            return Err(ChannelError::Padding);
        }
        let mut bytes = data.to_vec();
        let mut cipher = cbc::Decryptor::<Aes128>::new((&self.s_enc).into(), &self.initial_vector(counter));
        for chunk in bytes.chunks_exact_mut(16) {
            let mut block = Block::<Aes128>::default();
            block.copy_from_slice(chunk);
            cipher.decrypt_block(&mut block);
            chunk.copy_from_slice(&block);
        }
        let end = bytes.iter().rposition(|&byte| byte != 0).ok_or(ChannelError::Padding)?;
        if bytes[end] != 0x80 || bytes.len() - end > 16 {
            return Err(ChannelError::Padding);
        }
        bytes.truncate(end);
        Ok(bytes)
    }
}

/// The top bit of the counter block in the initial vector of an answer.
const ANSWER: u128 = 1 << 127;

/// Only 9000 and warnings are answered under the channel's MAC; an error goes bare.
fn carries_mac(status: u16) -> bool {
    status == 0x9000 || matches!(status >> 8, 0x62 | 0x63)
}
