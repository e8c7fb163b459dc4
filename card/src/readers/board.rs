//! Where a reader's sights are posted, for those who wait and those who subscribe.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Sight;

type Subscriber = Box<dyn Fn(&Sight) -> bool + Send + Sync>;

/// The latest sight of one reader, with a number that rises at each change.
#[derive(Default)]
pub struct Board {
    posted: Mutex<Posted>,
    changed: Condvar,
    subscribers: Mutex<Vec<Subscriber>>,
}

#[derive(Default)]
struct Posted {
    version: u64,
    sight: Sight,
}

impl Board {
    /// A board that shows `sight`.
    pub fn new(sight: Sight) -> Self {
        Self { posted: Mutex::new(Posted { version: 0, sight }), ..Self::default() }
    }

    /// The number of the latest change, and what is seen since.
    pub fn latest(&self) -> (u64, Sight) {
        let posted = self.posted();
        (posted.version, posted.sight.clone())
    }

    /// Waits until the sight is newer than `version`, at most `patience`, and returns the latest.
    pub fn wait(&self, version: u64, patience: Duration) -> (u64, Sight) {
        let until = Instant::now() + patience;
        let mut posted = self.posted();
        while posted.version <= version {
            let Some(rest) = until.checked_duration_since(Instant::now()) else { break };
            posted = self.changed.wait_timeout(posted, rest).unwrap_or_else(PoisonError::into_inner).0;
        }
        (posted.version, posted.sight.clone())
    }

    /// Calls `subscriber` with the sight now and at each change, until it returns `false`.
    ///
    /// It is called from the watching thread and must not block.
    pub fn subscribe(&self, subscriber: impl Fn(&Sight) -> bool + Send + Sync + 'static) {
        // The list is locked first, so that no change falls between the first call and the entry.
        let mut subscribers = self.subscribers.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, now) = self.latest();
        if subscriber(&now) {
            subscribers.push(Box::new(subscriber));
        }
    }

    /// Posts a sight; nobody hears of one that says nothing new.
    pub(crate) fn post(&self, sight: Sight) {
        let mut subscribers = self.subscribers.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let mut posted = self.posted();
            if posted.sight == sight {
                return;
            }
            posted.version += 1;
            posted.sight = sight.clone();
        }
        self.changed.notify_all();
        subscribers.retain(|subscriber| subscriber(&sight));
    }

    fn posted(&self) -> MutexGuard<'_, Posted> {
        // A subscriber's panic can't leave half a sight behind: the value is replaced whole.
        self.posted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_waiter_wakes_at_a_change_and_not_at_a_repetition() {
        let board = Arc::new(Board::new(Sight::Empty));
        board.post(Sight::Empty);
        assert_eq!(board.latest().0, 0, "the same sight is no change");
        let poster = Arc::clone(&board);
        let thread = std::thread::spawn(move || poster.post(Sight::NoReader));
        let (version, sight) = board.wait(0, Duration::from_secs(10));
        assert_eq!((version, sight), (1, Sight::NoReader));
        thread.join().unwrap();
        assert_eq!(board.wait(1, Duration::from_millis(5)).0, 1, "patience ends");
    }

    #[test]
    fn a_subscriber_that_says_no_is_called_no_more() {
        let board = Board::new(Sight::Empty);
        let calls = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&calls);
        board.subscribe(move |_| counter.fetch_add(1, Ordering::SeqCst) < 1);
        board.post(Sight::NoReader);
        board.post(Sight::Empty);
        assert_eq!(calls.load(Ordering::SeqCst), 2);
    }
}
