//! The door between card logic and whatever carries bytes to the chip.

use crate::error::CardError;

/// One powered connection to a card, held by us alone for as long as the value lives.
///
/// Dropping a link takes the card's power away, whatever the reason for the drop: the chip keeps a verified PIN
/// over a warm reset, so a reset would leave the card open to the next program that looks at it.
pub trait CardLink: Send {
    /// Sends one encoded command APDU and returns the whole answer, status word included.
    ///
    /// # Errors
    /// [`CardError::CardRemoved`] when the answer is shorter than a status word, and the other transport errors.
    /// A status word that refuses the command is an answer, not an error.
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError>;
}

impl<T: CardLink + ?Sized> CardLink for Box<T> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, CardError> {
        (**self).transmit(command)
    }
}
