//! Readers: where a card is laid, what is seen there, and how a connection to it begins.
//!
//! The office works with [`Reader`] only. [`pcsc`] is the real one, [`simulated`] belongs to the training office.

mod board;
mod first_command;
pub mod pcsc;
pub mod simulated;

pub use board::Board;
pub use first_command::FirstCommand;
pub use pcsc::{PcscReader, PcscWatcher, list_pcsc};
pub use simulated::SimulatedReader;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::CardError;
use crate::link::CardLink;

/// A reader at the counter.
pub trait Reader: Send + Sync {
    /// The reader's name, as the reader service gives it.
    fn name(&self) -> &str;

    /// What lies on it now.
    fn sight(&self) -> Sight;

    /// Connects to the card, for ourselves alone. Dropping the link takes the card's power away.
    ///
    /// # Errors
    /// What keeps us from the card: no service, no reader, no card, another program, an unreadable chip.
    fn connect(&self) -> Result<Box<dyn CardLink>, CardError>;

    /// Where changes of the sight are announced.
    fn changes(&self) -> Arc<Board>;
}

/// What is seen at a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "sight", rename_all = "snake_case")]
pub enum Sight {
    /// The reader service doesn't answer.
    #[default]
    NoService,
    /// The service runs, and no reader of the wanted name is connected.
    NoReader,
    /// Nothing lies on the reader.
    Empty,
    /// A card lies on the reader and is free for us (or held by us).
    CardPresent {
        /// Answer to reset, hexadecimal. For display only: it doesn't tell what card it is.
        atr: String,
        /// Rises each time a card is laid on this reader, so that a swap is noticed.
        generation: u64,
    },
    /// A card lies there, and another program holds it for itself.
    HeldByAnother {
        /// As in [`Sight::CardPresent`].
        generation: u64,
    },
    /// Something lies there that gives no answer.
    Mute {
        /// As in [`Sight::CardPresent`].
        generation: u64,
    },
}

impl Sight {
    /// The sentence on the clerk's screen.
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::NoService => "カードリーダーのサービス(pcscd)が動いていません。",
            Self::NoReader => "カードリーダーが接続されていません。",
            Self::Empty => "カードを置いてください。",
            Self::CardPresent { .. } => "カードがあります。",
            Self::HeldByAnother { .. } => "カードを別のプログラムが使用しています。",
            Self::Mute { .. } => "カードのICチップが応答しません。置き直してください。",
        }
    }

    /// A short name for scripts and style sheets.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoService => "no_service",
            Self::NoReader => "no_reader",
            Self::Empty => "empty",
            Self::CardPresent { .. } => "card_present",
            Self::HeldByAnother { .. } => "held_by_another",
            Self::Mute { .. } => "mute",
        }
    }

    /// Which laying-down of a card this is; `None` when nothing lies there.
    pub fn generation(&self) -> Option<u64> {
        match self {
            Self::CardPresent { generation, .. }
            | Self::HeldByAnother { generation }
            | Self::Mute { generation } => Some(*generation),
            Self::NoService | Self::NoReader | Self::Empty => None,
        }
    }

    /// Whether a connection can be tried.
    pub fn has_card(&self) -> bool {
        matches!(self, Self::CardPresent { .. })
    }
}

/// A reader that the reader service knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderInfo {
    /// Its name.
    pub name: String,
    /// What lies on it.
    #[serde(flatten)]
    pub sight: Sight,
}
