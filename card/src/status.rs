//! What `madoguchi card list` and `madoguchi card status` say, for people and for scripts.

use serde::{Deserialize, Serialize};

use crate::error::CardError;
use crate::read::{CardReading, read_public};
use crate::readers::{ReaderInfo, pcsc};
use crate::trust::Trust;

/// A card that was read from the command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardStatusReport {
    /// The reader it lies on.
    pub reader: String,
    /// Whose certificate it holds: `live`, `training`, or nothing when neither CA issued it.
    pub issued_by: Option<Trust>,
    /// What the card says without a PIN.
    #[serde(flatten)]
    pub reading: CardReading,
}

/// The readers of this machine.
///
/// # Errors
/// [`CardError::NoService`] when the reader service doesn't answer.
pub fn list() -> Result<Vec<ReaderInfo>, CardError> {
    pcsc::list_pcsc()
}

/// Reads the card on a reader; without a name, on the first reader that has a card.
///
/// # Errors
/// Why it can't be read.
pub fn status(reader: Option<&str>) -> Result<CardStatusReport, CardError> {
    let reader = match reader {
        Some(name) => name.to_owned(),
        None => first_with_card(list()?)?,
    };
    let mut link = pcsc::connect(&reader)?;
    let reading = read_public(&mut *link)?;
    let issued_by = reading.authentication.as_ref().and_then(|certificate| {
        // Asked for its first day: an expired certificate still came from somebody.
        [Trust::Live, Trust::Training]
            .into_iter()
            .find(|trust| trust.check(certificate.kind, &certificate.der, certificate.issued).is_ok())
    });
    Ok(CardStatusReport { reader, issued_by, reading })
}

fn first_with_card(readers: Vec<ReaderInfo>) -> Result<String, CardError> {
    if readers.is_empty() {
        return Err(CardError::NoReader { name: "PC/SC".to_owned() });
    }
    readers
        .into_iter()
        .find(|reader| reader.sight.generation().is_some())
        .map(|r| r.name)
        .ok_or(CardError::NoCard)
}
