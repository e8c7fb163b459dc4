//! What is being printed in the background, for the pages that show it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Letters laid out since the office was opened or the run was begun.
    pub letters: u64,
    /// Why it stopped, in a sentence.
    pub failed: Option<String>,
    /// Somebody is at it.
    pub running: bool,
}

/// The runs that were printed since the office was opened.
#[derive(Clone, Debug, Default)]
pub struct Printing {
    inner: Arc<Mutex<HashMap<i64, Progress>>>,
}

impl Printing {
    fn lock(&self) -> MutexGuard<'_, HashMap<i64, Progress>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a run; false when somebody is at it already.
    pub fn begin(&self, run: i64) -> bool {
        let mut runs = self.lock();
        let progress = runs.entry(run).or_default();
        let free = !progress.running;
        if free {
            *progress = Progress { running: true, ..Progress::default() };
        }
        free
    }

    /// So many letters more are laid out.
    pub fn add(&self, run: i64, letters: u64) {
        self.lock().entry(run).or_default().letters += letters;
    }

    /// The letters that are laid out but not yet noted in the database count no longer.
    pub fn set(&self, run: i64, letters: u64) {
        self.lock().entry(run).or_default().letters = letters;
    }

    /// The run is over, well or not.
    pub fn end(&self, run: i64, failed: Option<String>) {
        let mut runs = self.lock();
        let progress = runs.entry(run).or_default();
        progress.running = false;
        progress.failed = failed;
    }

    /// How far a run is; nothing when nobody printed it since the office was opened.
    pub fn of(&self, run: i64) -> Option<Progress> {
        self.lock().get(&run).cloned()
    }
}
