//! Real readers, through the PC/SC service.

mod connection;
mod watcher;

pub use connection::PcscReader;
pub use watcher::PcscWatcher;

use std::time::Duration;

use ::pcsc::{Context, Error, ReaderState, Scope, State};

use super::{Reader as _, ReaderInfo, Sight};
use crate::error::CardError;
use crate::hex;
use crate::link::CardLink;

/// The readers that the PC/SC service knows now, and what lies on each.
///
/// # Errors
/// [`CardError::NoService`] when the service doesn't answer.
pub fn list_pcsc() -> Result<Vec<ReaderInfo>, CardError> {
    let context = Context::establish(Scope::User).map_err(|error| in_words(error, ""))?;
    let mut states: Vec<ReaderState> = context
        .list_readers_owned()
        .map_err(|error| in_words(error, ""))?
        .into_iter()
        .map(|name| ReaderState::new(name, State::UNAWARE))
        .collect();
    if states.is_empty() {
        return Ok(Vec::new());
    }
    match context.get_status_change(Duration::ZERO, &mut states) {
        Ok(()) | Err(Error::Timeout) => {}
        Err(error) => return Err(in_words(error, "")),
    }
    Ok(states
        .iter()
        .map(|state| ReaderInfo {
            name: state.name().to_string_lossy().into_owned(),
            sight: sight_of(&Seen::from(state), false, u64::from(state.event_count())),
        })
        .collect())
}

/// Connects to the card on the reader of that name, without anybody watching it: for the command line.
///
/// # Errors
/// As [`super::Reader::connect`].
pub fn connect(name: &str) -> Result<Box<dyn CardLink>, CardError> {
    PcscReader::unwatched(name).connect()
}

/// What the service last said of one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    state: State,
    count: u32,
    atr: String,
}

impl From<&ReaderState> for Seen {
    fn from(state: &ReaderState) -> Self {
        Self { state: state.event_state(), count: state.event_count(), atr: hex::encode(state.atr()) }
    }
}

/// The service's flags as a sight. `ours` says that the exclusive holder is this program.
fn sight_of(seen: &Seen, ours: bool, generation: u64) -> Sight {
    let state = seen.state;
    if state.intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE) {
        Sight::NoReader
    } else if !state.contains(State::PRESENT) {
        Sight::Empty
    } else if state.contains(State::MUTE) {
        Sight::Mute { generation }
    } else if state.contains(State::EXCLUSIVE) && !ours {
        Sight::HeldByAnother { generation }
    } else {
        Sight::CardPresent { atr: seen.atr.clone(), generation }
    }
}

/// A PC/SC error in the office's words.
fn in_words(error: Error, reader: &str) -> CardError {
    match error {
        Error::NoService
        | Error::ServiceStopped
        | Error::InvalidHandle
        | Error::CommError
        | Error::Shutdown
        | Error::SystemCancelled => CardError::NoService,
        Error::UnknownReader | Error::ReaderUnavailable | Error::NoReadersAvailable => {
            CardError::NoReader { name: reader.to_owned() }
        }
        Error::SharingViolation => CardError::HeldByAnother,
        Error::NoSmartcard => CardError::NoCard,
        Error::RemovedCard | Error::ResetCard | Error::NotTransacted => CardError::CardRemoved,
        Error::UnresponsiveCard
        | Error::UnpoweredCard
        | Error::UnsupportedCard
        | Error::InvalidAtr
        | Error::ProtoMismatch
        | Error::NotReady => CardError::Unreadable,
        other => CardError::ReaderTrouble(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(state: State) -> Seen {
        Seen { state, count: 1, atr: "3B".into() }
    }

    #[test]
    fn flags_become_sights() {
        let present = Sight::CardPresent { atr: "3B".into(), generation: 7 };
        assert_eq!(sight_of(&seen(State::EMPTY), false, 7), Sight::Empty);
        assert_eq!(sight_of(&seen(State::PRESENT), false, 7), present);
        assert_eq!(
            sight_of(&seen(State::PRESENT | State::INUSE), false, 7),
            present,
            "shared is no hindrance"
        );
        let exclusive = seen(State::PRESENT | State::EXCLUSIVE | State::INUSE);
        assert_eq!(sight_of(&exclusive, false, 7), Sight::HeldByAnother { generation: 7 });
        assert_eq!(sight_of(&exclusive, true, 7), present, "we are the holder");
        assert_eq!(sight_of(&seen(State::PRESENT | State::MUTE), false, 7), Sight::Mute { generation: 7 });
        assert_eq!(sight_of(&seen(State::UNKNOWN | State::UNAVAILABLE), false, 7), Sight::NoReader);
    }

    #[test]
    fn a_dead_service_is_never_called_a_missing_card() {
        for error in [Error::NoService, Error::ServiceStopped, Error::InvalidHandle, Error::CommError] {
            assert_eq!(in_words(error, "R"), CardError::NoService);
        }
        assert_eq!(in_words(Error::UnknownReader, "R"), CardError::NoReader { name: "R".into() });
        assert_eq!(in_words(Error::SharingViolation, "R"), CardError::HeldByAnother);
    }
}
