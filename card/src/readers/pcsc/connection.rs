//! One powered, exclusive connection through PC/SC.

use std::sync::Arc;

use ::pcsc::{Card, Context, Disposition, Error, MAX_BUFFER_SIZE_EXTENDED, Protocols, Scope, ShareMode};

use super::in_words;
use super::watcher::Watched;
use crate::error::CardError;
use crate::link::CardLink;
use crate::readers::{Board, FirstCommand, Reader, Sight};

/// A reader by its name. It need not be connected yet: the name is what a station is set up with.
pub struct PcscReader {
    name: String,
    watched: Arc<Watched>,
}

impl PcscReader {
    pub(super) fn new(name: String, watched: Arc<Watched>) -> Self {
        Self { name, watched }
    }

    /// A reader that nobody watches: its sight says nothing, connecting works.
    pub(super) fn unwatched(name: &str) -> Self {
        Self::new(name.to_owned(), Arc::new(Watched::new(Sight::NoReader)))
    }
}

impl Reader for PcscReader {
    fn name(&self) -> &str {
        &self.name
    }

    fn sight(&self) -> Sight {
        self.watched.board().latest().1
    }

    fn connect(&self) -> Result<Box<dyn CardLink>, CardError> {
        // Each connection has a context of its own: calls on one context wait for each other, and the watcher waits.
        let context = Context::establish(Scope::User).map_err(|error| in_words(error, &self.name))?;
        let link = PcscLink::open(&context, &self.name, Arc::clone(&self.watched))?;
        Ok(Box::new(FirstCommand::new(link)))
    }

    fn changes(&self) -> Arc<Board> {
        self.watched.board()
    }
}

/// The connection. Its drop powers the card off, on every way out.
struct PcscLink {
    /// `None` only while being dropped.
    card: Option<Card>,
    reader: String,
    buffer: Vec<u8>,
    /// Once the connection is broken it stays broken, with the first reason.
    broken: Option<CardError>,
    watched: Arc<Watched>,
}

impl PcscLink {
    fn open(context: &Context, reader: &str, watched: Arc<Watched>) -> Result<Self, CardError> {
        let words = |error| in_words(error, reader);
        let name = context
            .list_readers_owned()
            .map_err(words)?
            .into_iter()
            .find(|name| name.to_string_lossy() == reader)
            .ok_or_else(|| CardError::NoReader { name: reader.to_owned() })?;
        // Counted before connecting, so that the watcher never takes our own hold for another program's.
        watched.hold();
        let card = match context.connect(&name, ShareMode::Exclusive, Protocols::ANY) {
            Ok(card) => card,
            Err(error) => {
                watched.release();
                return Err(words(error));
            }
        };
        let mut link = Self {
            card: Some(card),
            reader: reader.to_owned(),
            buffer: vec![0; MAX_BUFFER_SIZE_EXTENDED],
            broken: None,
            watched,
        };
        if let Some(card) = link.card.as_mut() {
            // The transaction lasts as long as the link: disconnecting ends it. A guard would borrow the card that
            // stands beside it here, so it is let go without running its drop.
            std::mem::forget(card.transaction().map_err(words)?);
        }
        Ok(link)
    }

    fn exchange(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        let card = self.card.as_ref().ok_or(CardError::CardRemoved)?;
        match card.transmit(command, &mut self.buffer) {
            // A card pulled out inside a command is reported as success without a status word.
            Ok(answer) if answer.len() < 2 => Err(CardError::CardRemoved),
            Ok(answer) => Ok(answer.to_vec()),
            // The card was there when the connection was made.
            Err(Error::NoSmartcard | Error::UnpoweredCard) => Err(CardError::CardRemoved),
            Err(error) => Err(in_words(error, &self.reader)),
        }
    }
}

impl CardLink for PcscLink {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        if let Some(broken) = &self.broken {
            return Err(broken.clone());
        }
        let answer = self.exchange(command);
        // Answers can hold personal data, and the buffer lives as long as the link.
        self.buffer.fill(0);
        if let Err(error) = &answer {
            self.broken = Some(error.clone());
        }
        answer
    }
}

impl Drop for PcscLink {
    fn drop(&mut self) {
        if let Some(card) = self.card.take() {
            // Without power the chip forgets the verified PINs. When this fails the card is already gone.
            if let Err((_card, error)) = card.disconnect(Disposition::UnpowerCard) {
                tracing::debug!(reader = %self.reader, %error, "disconnecting from the card failed");
            }
            self.watched.release();
        }
    }
}
