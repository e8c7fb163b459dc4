//! `myna-card` over one of our links, with its errors in the office's words.

use myna_card::{Card, Transmit};

use crate::error::CardError;
use crate::link::CardLink;

/// A card behind a link, for the time of one piece of work.
pub(crate) struct Chip<'a> {
    card: Card<Wire<'a>>,
}

/// Carries bytes for `myna-card` and keeps the link's own error, which that crate couldn't hold.
pub(crate) struct Wire<'a> {
    link: &'a mut dyn CardLink,
    failed: Option<CardError>,
    sent: u32,
}

/// More commands than any piece of work needs. A chip that keeps announcing more data must not hold the counter.
const MOST_COMMANDS: u32 = 1_000;

impl Transmit for Wire<'_> {
    fn transmit(&mut self, command: &[u8]) -> myna_card::Result<Vec<u8>> {
        self.sent += 1;
        let answer = if self.sent > MOST_COMMANDS {
            Err(CardError::Protocol("応答が終わりません".to_owned()))
        } else {
            self.link.transmit(command)
        };
        answer.map_err(|error| {
            self.failed = Some(error);
            myna_card::Error::ShortResponse(0)
        })
    }
}

impl<'a> Chip<'a> {
    /// Sends nothing yet.
    pub(crate) fn new(link: &'a mut dyn CardLink) -> Self {
        Self { card: Card::new(Wire { link, failed: None, sent: 0 }) }
    }

    /// Does something with the card; any refusal becomes an error that says what was being done.
    pub(crate) fn run<T>(
        &mut self,
        about: &'static str,
        work: impl FnOnce(&mut Card<Wire<'a>>) -> myna_card::Result<T>,
    ) -> Result<T, CardError> {
        self.attempt(work)?.map_err(|error| self.in_words(error, about))
    }

    /// Does something with the card whose refusal is an answer. The outer error is the link's.
    pub(crate) fn attempt<T>(
        &mut self,
        work: impl FnOnce(&mut Card<Wire<'a>>) -> myna_card::Result<T>,
    ) -> Result<myna_card::Result<T>, CardError> {
        let result = work(&mut self.card);
        match self.card.transport_mut().failed.take() {
            Some(error) => Err(error),
            None => Ok(result),
        }
    }

    /// Selects an application by its whole name.
    ///
    /// # Errors
    /// [`CardError::Refused`] when the card doesn't have it.
    pub(crate) fn application(&mut self, name: &[u8]) -> Result<(), CardError> {
        self.run("アプリケーションの選択", |card| card.select_df(name))
    }

    /// One of `myna-card`'s errors in the office's words.
    #[expect(clippy::unused_self, reason = "reads as the chip's own account of what happened")]
    pub(crate) fn in_words(&self, error: myna_card::Error, about: &'static str) -> CardError {
        use myna_card::Error;
        match error {
            Error::Status(status) => CardError::Refused { status: status.value(), about },
            Error::PinBlocked => CardError::Refused { status: 0x6984, about },
            Error::PinIncorrect { retries } => {
                CardError::Refused { status: 0x63C0 | u16::from(retries.unwrap_or(0)), about }
            }
            Error::ShortResponse(_) => CardError::CardRemoved,
            Error::Malformed(what) => CardError::Protocol(what),
            other => CardError::Protocol(other.to_string()),
        }
    }
}
