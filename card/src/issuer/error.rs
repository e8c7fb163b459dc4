//! Why an issuer stops, in words for the clerk.

use std::borrow::Cow;

/// Why an issuer can't go on. Each has a sentence for the clerk.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IssuerError {
    /// The issuer doesn't answer or is closed.
    #[error("発行側のシステムにつながりません。{0}")]
    Unreachable(String),
    /// The card's answer doesn't fit: another card, or a broken channel.
    #[error("カードと発行側の照合ができませんでした。{0}")]
    ChannelRefused(String),
    /// The card refused a command.
    #[error("カードが発行の命令を受け付けませんでした(状態 {status:04X}、{about})。")]
    CardRefused {
        /// The status word.
        status: u16,
        /// What was being done.
        about: Cow<'static, str>,
    },
    /// The order itself can't be carried out.
    #[error("発行の依頼を受け付けられません。{0}")]
    OrderRefused(String),
}
