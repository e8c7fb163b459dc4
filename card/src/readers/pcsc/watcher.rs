//! The thread that watches all readers.
//!
//! It has a context of its own, waits in pieces of a second, and builds everything anew after any error that
//! isn't a time-out: after a restart of pcscd a context is dead although it calls itself valid.

use std::collections::{BTreeMap, HashMap};
use std::ffi::CString;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use ::pcsc::{Context, Error, PNP_NOTIFICATION, ReaderState, Scope, State};

use super::connection::PcscReader;
use super::{Seen, sight_of};
use crate::readers::{Board, ReaderInfo, Sight};

/// The longest wait inside the service; also how late an unplugged reader can be noticed.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a missing service is asked for.
const RETRY: Duration = Duration::from_millis(500);

/// Watches all PC/SC readers of this machine until it is dropped.
pub struct PcscWatcher {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// One reader as the watcher knows it.
pub(super) struct Watched {
    board: Arc<Board>,
    /// Connections of our own, so that our exclusive hold isn't shown as another program's.
    held: AtomicUsize,
}

#[derive(Default)]
struct Shared {
    readers: Mutex<BTreeMap<String, Arc<Watched>>>,
    service: AtomicBool,
    stop: Mutex<bool>,
    stopped: Condvar,
    /// The context in which the thread waits now, to be woken by a stop.
    waiting: Mutex<Option<Context>>,
}

impl PcscWatcher {
    /// Starts watching. A missing service is no error: it is what the sights say until it comes.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start() -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        let thread = std::thread::Builder::new().name("card-readers".into()).spawn(move || watch(&own))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// The reader of that name, connected or not yet.
    pub fn reader(&self, name: &str) -> PcscReader {
        PcscReader::new(name.to_owned(), self.shared.watched(name))
    }

    /// Every reader that was seen or asked for, with its latest sight.
    pub fn readers(&self) -> Vec<ReaderInfo> {
        lock(&self.shared.readers)
            .iter()
            .map(|(name, watched)| ReaderInfo { name: name.clone(), sight: watched.board.latest().1 })
            .collect()
    }
}

impl Drop for PcscWatcher {
    fn drop(&mut self) {
        *lock(&self.shared.stop) = true;
        self.shared.stopped.notify_all();
        if let Some(context) = lock(&self.shared.waiting).as_ref() {
            // Only shortens the wait: without it the thread sees the stop within a second.
            let _ = context.cancel();
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Watched {
    pub(super) fn new(first: Sight) -> Self {
        Self { board: Arc::new(Board::new(first)), held: AtomicUsize::new(0) }
    }

    pub(super) fn board(&self) -> Arc<Board> {
        Arc::clone(&self.board)
    }

    pub(super) fn hold(&self) {
        self.held.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn release(&self) {
        self.held.fetch_sub(1, Ordering::SeqCst);
    }

    fn ours(&self) -> bool {
        self.held.load(Ordering::SeqCst) > 0
    }
}

impl Shared {
    fn watched(&self, name: &str) -> Arc<Watched> {
        let mut readers = lock(&self.readers);
        Arc::clone(readers.entry(name.to_owned()).or_insert_with(|| {
            let first = if self.service.load(Ordering::SeqCst) { Sight::NoReader } else { Sight::NoService };
            Arc::new(Watched::new(first))
        }))
    }

    fn all(&self) -> Vec<(String, Arc<Watched>)> {
        lock(&self.readers).iter().map(|(name, watched)| (name.clone(), Arc::clone(watched))).collect()
    }

    fn stopping(&self) -> bool {
        *lock(&self.stop)
    }

    /// Waits `RETRY`, or less when a stop comes.
    fn pause(&self) {
        let stop = lock(&self.stop);
        if !*stop {
            drop(self.stopped.wait_timeout(stop, RETRY).unwrap_or_else(PoisonError::into_inner));
        }
    }

    fn service_is(&self, runs: bool) {
        self.service.store(runs, Ordering::SeqCst);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every value behind these locks is replaced whole, so a panic elsewhere can't have left half a value.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn watch(shared: &Shared) {
    let mut generations = Generations::default();
    while !shared.stopping() {
        let error = match Context::establish(Scope::User) {
            Ok(context) => {
                *lock(&shared.waiting) = Some(context.clone());
                let error = watch_with(&context, shared, &mut generations);
                *lock(&shared.waiting) = None;
                error
            }
            Err(error) => Some(error),
        };
        let Some(error) = error else { break };
        tracing::debug!(%error, "the reader service is asked anew");
        shared.service_is(false);
        generations.forget();
        for (_, watched) in shared.all() {
            watched.board.post(Sight::NoService);
        }
        shared.pause();
    }
}

/// Watches until something is wrong with the context, or `None` when told to stop.
fn watch_with(context: &Context, shared: &Shared, generations: &mut Generations) -> Option<Error> {
    let mut states = vec![ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE)];
    loop {
        if shared.stopping() {
            return None;
        }
        // Asked in every round: this is what fails first when the service has gone.
        match context.list_readers_owned() {
            Ok(names) => follow(&mut states, names),
            Err(error) => return Some(error),
        }
        shared.service_is(true);
        match context.get_status_change(PATIENCE, &mut states) {
            Ok(()) => {
                for state in &mut states {
                    state.sync_current_state();
                }
            }
            Err(Error::Timeout | Error::Cancelled) => {}
            // A reader was unplugged between the list and the wait: the next round lists anew.
            Err(Error::UnknownReader) => states.truncate(1),
            Err(error) => return Some(error),
        }
        publish(&states, shared, generations);
    }
}

/// Makes `states` follow the readers of that name, keeping what is known of those that stay.
fn follow(states: &mut Vec<ReaderState>, names: Vec<CString>) {
    let pnp = PNP_NOTIFICATION();
    states.retain(|state| state.name() == pnp || names.iter().any(|name| name.as_c_str() == state.name()));
    for name in names {
        if !states.iter().any(|state| state.name() == name.as_c_str()) {
            states.push(ReaderState::new(name, State::UNAWARE));
        }
    }
}

fn publish(states: &[ReaderState], shared: &Shared, generations: &mut Generations) {
    let seen: HashMap<String, Seen> = states
        .iter()
        .filter(|state| state.name() != PNP_NOTIFICATION())
        .map(|state| (state.name().to_string_lossy().into_owned(), Seen::from(state)))
        .collect();
    for name in seen.keys() {
        // A reader that nobody asked for yet gets a board too, for the list of readers.
        shared.watched(name);
    }
    for (name, watched) in shared.all() {
        let sight = match seen.get(&name) {
            // Not asked yet in this context.
            Some(seen) if seen.state.is_empty() => continue,
            Some(seen) => sight_of(seen, watched.ours(), generations.of(&name, seen)),
            None => {
                generations.gone(&name);
                Sight::NoReader
            }
        };
        watched.board.post(sight);
    }
}

/// Counts how often a card was laid on each reader.
#[derive(Default)]
struct Generations {
    latest: u64,
    /// The service's own count of insertions and removals, with our number for it.
    readers: HashMap<String, (u32, bool, u64)>,
}

impl Generations {
    /// The number of the card that lies on `name` now; a new one when the service counted any coming or going.
    fn of(&mut self, name: &str, seen: &Seen) -> u64 {
        let present = seen.state.contains(State::PRESENT);
        match self.readers.get(name) {
            Some(&(count, was_present, number))
                if was_present == present && (count == seen.count || !present) =>
            {
                number
            }
            _ => {
                self.latest += u64::from(present);
                self.readers.insert(name.to_owned(), (seen.count, present, self.latest));
                self.latest
            }
        }
    }

    fn gone(&mut self, name: &str) {
        self.readers.remove(name);
    }

    /// After a restart of the service nobody knows what was laid down meanwhile.
    fn forget(&mut self) {
        self.readers.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::Reader as _;

    fn seen(present: bool, count: u32) -> Seen {
        let state = if present { State::PRESENT } else { State::EMPTY };
        Seen { state, count, atr: String::new() }
    }

    #[test]
    fn a_swap_between_two_looks_is_a_new_generation() {
        let mut generations = Generations::default();
        let first = generations.of("R", &seen(true, 1));
        assert_eq!(generations.of("R", &seen(true, 1)), first);
        let second = generations.of("R", &seen(true, 3));
        assert!(second > first, "removed and laid again between two looks");
        generations.of("R", &seen(false, 4));
        assert!(generations.of("R", &seen(true, 5)) > second);
    }

    #[test]
    fn a_restarted_service_never_gives_an_old_number_again() {
        let mut generations = Generations::default();
        let before = generations.of("R", &seen(true, 1));
        generations.forget();
        assert!(generations.of("R", &seen(true, 1)) > before);
        let again = generations.of("R", &seen(true, 1));
        generations.gone("R");
        assert!(generations.of("R", &seen(true, 1)) > again);
    }

    #[test]
    fn a_watcher_without_a_service_says_so_and_stops_cleanly() {
        let watcher = PcscWatcher::start().unwrap();
        let reader = watcher.reader("存在しないリーダー");
        let started = std::time::Instant::now();
        drop(watcher);
        assert!(started.elapsed() < Duration::from_secs(3));
        assert!(matches!(reader.sight(), Sight::NoService | Sight::NoReader));
    }
}
