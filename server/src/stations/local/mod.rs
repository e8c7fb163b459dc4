//! A station in this process: its reader hangs on this machine, its PIN pad is a page of this server.

mod pad;
mod worker;

use super::message::{CardView, PadView, PinRequest, PinsEnd, Reading, View};
use super::station::{EnteredPins, ExamineJob, Reply, Station, UpdateDone, UpdateJob};
use card::error::CardError;
use card::readers::Reader;
use card::readers::simulated::SimulatedReader;
use card::trust::Trust;
use card::update::{TrueState, UpdateError};
use pad::Pad;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use tokio::sync::{oneshot, watch};
use worker::{Job, Worker};

/// The reader of a local station.
pub enum LocalReader {
    /// None.
    None,
    /// One that hangs on this machine.
    Pcsc(Arc<dyn Reader>),
    /// The training office's.
    Simulated(Arc<SimulatedReader>),
}

/// A station in this process.
pub struct LocalStation {
    shown: Arc<watch::Sender<View>>,
    jobs: Sender<Job>,
    table: Option<Arc<SimulatedReader>>,
}

impl LocalStation {
    /// Opens the station and starts its worker.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn open(name: &str, reader: LocalReader, trust: Trust) -> std::io::Result<Self> {
        let (reader, table): (Option<Arc<dyn Reader>>, _) = match reader {
            LocalReader::None => (None, None),
            LocalReader::Pcsc(reader) => (Some(reader), None),
            LocalReader::Simulated(table) => (Some(Arc::clone(&table) as Arc<dyn Reader>), Some(table)),
        };
        let sight = reader.as_ref().map_or(card::readers::Sight::NoReader, |reader| reader.sight());
        let shown = Arc::new(watch::channel(View { sight, ..View::default() }).0);
        let (jobs, received) = channel();
        let worker = Worker {
            reader: reader.clone(),
            trust,
            shown: Arc::clone(&shown),
            jobs: received,
            pad: Pad::default(),
        };
        std::thread::Builder::new().name(format!("station {name}")).spawn(move || worker.run())?;
        if let Some(reader) = reader {
            follow(&*reader, Arc::clone(&shown), jobs.clone());
        }
        Ok(Self { shown, jobs, table })
    }

    fn send<T>(&self, job: impl FnOnce(oneshot::Sender<T>) -> Job) -> Reply<T> {
        let (reply, answer) = oneshot::channel();
        // A worker that is gone drops the reply, and whoever waits hears that.
        let _ = self.jobs.send(job(reply));
        answer
    }
}

/// Shows each change of the sight at once, also while the worker is busy, and tells the worker.
fn follow(reader: &dyn Reader, shown: Arc<watch::Sender<View>>, jobs: Sender<Job>) {
    reader.changes().subscribe(move |sight| {
        shown.send_modify(|view| {
            if view.sight.generation() != sight.generation() {
                view.card = if sight.has_card() { CardView::Reading } else { CardView::None };
            }
            view.sight = sight.clone();
        });
        jobs.send(Job::Seen).is_ok()
    });
}

impl Station for LocalStation {
    fn watch(&self) -> watch::Receiver<View> {
        self.shown.subscribe()
    }

    fn read(&self) -> Reply<Result<Arc<Reading>, CardError>> {
        self.send(Job::Read)
    }

    fn ask_pins(&self, request: PinRequest) -> Reply<PinsEnd> {
        self.send(|reply| Job::Ask(request, reply))
    }

    fn forget_pins(&self) {
        let _ = self.jobs.send(Job::Forget);
    }

    fn enter_pins(&self, entered: EnteredPins) -> Reply<PadView> {
        self.send(|reply| Job::Enter(entered, reply))
    }

    fn update(&self, job: UpdateJob) -> Reply<Result<UpdateDone, UpdateError>> {
        self.send(|reply| Job::Update(Box::new(job), reply))
    }

    fn examine(&self, job: ExamineJob) -> Reply<Result<TrueState, CardError>> {
        self.send(|reply| Job::Examine(Box::new(job), reply))
    }

    fn table(&self) -> Option<&SimulatedReader> {
        self.table.as_deref()
    }
}

impl Drop for LocalStation {
    fn drop(&mut self) {
        let _ = self.jobs.send(Job::Stop);
    }
}
