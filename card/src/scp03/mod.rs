//! SCP03, GlobalPlatform's secure channel with AES-128 (Card Specification 2.3, Amendment D), both sides of it.
//!
//! [`host`] is the issuer's side, [`chip`] the card's. Both share the key derivation and the way a command and its
//! answer are sealed, so a mistake there would go unnoticed between the two of them: that is why the tests replay
//! exchanges which another implementation recorded with a card.

pub mod chip;
pub mod host;
mod kdf;
mod seal;

pub use kdf::{card_keys, derive};
pub use seal::Channel;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// The `i` parameter of the key information: pseudo-random card challenge, R-MAC and R-ENC supported.
pub const PARAMETER: u8 = 0x70;

/// A card's static keys.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct StaticKeys {
    /// Key-ENC.
    pub enc: [u8; 16],
    /// Key-MAC.
    pub mac: [u8; 16],
    /// Key-DEK, for secrets inside the data of a command.
    pub dek: [u8; 16],
}

impl std::fmt::Debug for StaticKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StaticKeys(..)")
    }
}

/// What the channel protects, as P1 of EXTERNAL AUTHENTICATE carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(u8);

impl Level {
    /// Commands authenticated.
    pub const C_MAC: Self = Self(0x01);
    /// Commands authenticated and encrypted.
    pub const C_MAC_ENC: Self = Self(0x03);
    /// Commands and answers authenticated.
    pub const MAC: Self = Self(0x11);
    /// Commands authenticated and encrypted, answers authenticated.
    pub const C_ENC_MAC: Self = Self(0x13);
    /// Everything authenticated and encrypted.
    pub const FULL: Self = Self(0x33);

    /// The level of a P1, if it is one.
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::C_MAC, Self::C_MAC_ENC, Self::MAC, Self::C_ENC_MAC, Self::FULL]
            .into_iter()
            .find(|level| level.0 == code)
    }

    /// The value for P1.
    pub fn code(self) -> u8 {
        self.0
    }

    fn command_encryption(self) -> bool {
        self.0 & 0x02 != 0
    }

    fn answer_mac(self) -> bool {
        self.0 & 0x10 != 0
    }

    fn answer_encryption(self) -> bool {
        self.0 & 0x20 != 0
    }
}

/// The other side's bytes don't fit this channel. The channel is of no more use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChannelError {
    /// The answer to INITIALIZE UPDATE has another length or another protocol.
    #[error("カードの応答がSCP03ではありません。")]
    NotScp03,
    /// A cryptogram isn't the one the keys give: the other side has other keys.
    #[error("照合用の暗号値が一致しません。")]
    Cryptogram,
    /// A MAC is missing or wrong.
    #[error("改ざん検知用の符号が一致しません。")]
    Mac,
    /// The padding inside an encrypted field is wrong.
    #[error("暗号化された内容が正しくありません。")]
    Padding,
}

#[cfg(test)]
mod tests;
