//! The station's own thread: the only one that touches its card, one thing at a time.

use super::pad::{Pad, Presented};
use crate::stations::message::{CardView, PadView, PinRequest, PinsEnd, Reading, Trouble, UpdateView, View};
use crate::stations::station::{EnteredPins, ExamineJob, UpdateDone, UpdateJob, UpdateWay};
use card::error::CardError;
use card::issuer::CardIdentity;
use card::link::CardLink;
use card::readers::Reader;
use card::trust::{Trust, TrustError};
use card::update::{self, Examination, Progress, TrueState, UpdateError, UpdateOrder};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use tokio::sync::{oneshot, watch};

/// How often an idle worker looks up although nothing was asked of it.
const IDLE: Duration = Duration::from_hours(1);

/// Something for the worker to do.
pub enum Job {
    /// What lies on the reader has changed.
    Seen,
    /// Read the card again.
    Read(oneshot::Sender<Result<Arc<Reading>, CardError>>),
    /// Let the resident enter PINs.
    Ask(PinRequest, oneshot::Sender<PinsEnd>),
    /// PINs were typed.
    Enter(EnteredPins, oneshot::Sender<PadView>),
    /// Forget all PINs.
    Forget,
    /// Carry out an update.
    Update(Box<UpdateJob>, oneshot::Sender<Result<UpdateDone, UpdateError>>),
    /// Look at what an interrupted update left.
    Examine(Box<ExamineJob>, oneshot::Sender<Result<TrueState, CardError>>),
    /// Go home.
    Stop,
}

/// The worker's state.
pub struct Worker {
    /// The reader; none when the station has none.
    pub reader: Option<Arc<dyn Reader>>,
    /// Whose certificates are believed.
    pub trust: Trust,
    /// Where the station's view is shown.
    pub shown: Arc<watch::Sender<View>>,
    /// What to do.
    pub jobs: Receiver<Job>,
    /// The pad.
    pub pad: Pad,
}

impl Worker {
    /// Works until it is told to stop or nobody can ask any more.
    pub fn run(mut self) {
        loop {
            let patience = self.pad.keeps_for(Instant::now()).unwrap_or(IDLE);
            match self.jobs.recv_timeout(patience) {
                Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(job) => self.work(job),
                Err(RecvTimeoutError::Timeout) => {
                    if self.pad.keeps_for(Instant::now()).is_some_and(|rest| rest.is_zero()) {
                        self.pad.stop(PinsEnd::Stopped);
                    }
                }
            }
            self.show_pad(false);
        }
    }

    fn work(&mut self, job: Job) {
        // An answer that nobody waits for any more is dropped.
        match job {
            Job::Seen => self.look(),
            Job::Read(reply) => drop(reply.send(self.read())),
            Job::Ask(request, reply) => {
                let reading = self.shown.borrow().reading().cloned();
                self.pad.ask(request, reading.as_deref(), reply);
            }
            Job::Enter(entered, reply) => {
                self.enter(entered);
                drop(reply.send(self.pad.view(false)));
            }
            Job::Forget => self.pad.stop(PinsEnd::Stopped),
            Job::Update(job, reply) => drop(reply.send(self.update(*job))),
            Job::Examine(job, reply) => drop(reply.send(self.examine(&job))),
            Job::Stop => {}
        }
    }

    /// Another sight: PINs of the card that went are forgotten, the card that came is read.
    fn look(&mut self) {
        let Some(reader) = &self.reader else { return };
        let sight = reader.sight();
        self.pad.card_changed(sight.generation());
        let known = match &self.shown.borrow().card {
            CardView::Read(reading) => Some(reading.generation),
            _ => None,
        };
        let came = sight.has_card() && sight.generation() != known;
        self.shown.send_modify(|view| {
            if sight.generation() != known {
                view.card = if came { CardView::Reading } else { CardView::None };
            }
            view.sight = sight;
        });
        if came {
            let _ = self.read();
        }
    }

    fn read(&mut self) -> Result<Arc<Reading>, CardError> {
        let started = Instant::now();
        let reader = self.reader()?;
        let generation = reader.sight().generation().ok_or(CardError::NoCard)?;
        let read = reader.connect().and_then(|mut link| card::read::read_brief(&mut *link));
        let read = read.map(|card| {
            let doubt = doubt(self.trust, &card);
            let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
            Arc::new(Reading { generation, card, doubt, took_ms })
        });
        self.shown.send_modify(|view| {
            view.card = match &read {
                Ok(reading) => CardView::Read(Arc::clone(reading)),
                Err(CardError::NoCard | CardError::CardRemoved) => CardView::None,
                Err(error) => CardView::Unreadable(Trouble::from(error)),
            };
        });
        read
    }

    fn enter(&mut self, entered: EnteredPins) {
        let Some(wanted) = self.pad.request().map(|request| request.card.clone()) else { return };
        let presented = self.pad.take(entered);
        if presented.is_empty() {
            self.choose(&wanted);
            return;
        }
        self.show_pad(true);
        if let Err(error) = self.present(&wanted, presented) {
            self.pad.in_the_way(&error);
        }
        self.pad.settle(Instant::now(), self.generation());
    }

    /// Only new PINs were asked for: they are for the card that lies there, so it must be the right one.
    fn choose(&mut self, wanted: &CardIdentity) {
        if !self.pad.is_complete() {
            return;
        }
        self.show_pad(true);
        let right = self.reader().and_then(|reader| same_card(&mut *reader.connect()?, wanted));
        match right {
            Ok(()) => self.pad.settle(Instant::now(), self.generation()),
            Err(error) => self.pad.in_the_way(&error),
        }
    }

    fn generation(&self) -> Option<u64> {
        self.reader.as_ref().and_then(|reader| reader.sight().generation())
    }

    /// Shows each present PIN to the card, after making sure that it is the right card, in one connection.
    fn present(&mut self, wanted: &CardIdentity, presented: Vec<Presented>) -> Result<(), CardError> {
        let reader = self.reader()?;
        let generation = reader.sight().generation();
        let mut link = reader.connect()?;
        same_card(&mut *link, wanted)?;
        for pin in presented {
            let answer = show(&mut *link, &pin);
            self.pad.answered(pin, &answer, generation);
            if let Err(error) = answer
                && !about_the_pin(&error)
            {
                return Err(error);
            }
        }
        Ok(())
    }

    fn update(&mut self, mut job: UpdateJob) -> Result<UpdateDone, UpdateError> {
        let reader = self.reader().map_err(|error| UpdateError::before_anything(&job.plan, error))?;
        let held = self.pad.hand_out(&job.reception_number).unwrap_or_default();
        self.show_pad(false);
        let order = UpdateOrder {
            plan: &job.plan,
            pins: &held.current,
            new_pins: &held.new,
            holder: &job.holder,
            trust: self.trust,
            at: job.at,
            entropy: job.entropy,
        };
        let (shown, reception_number) = (Arc::clone(&self.shown), &job.reception_number);
        let mut progress = |progress: Progress| {
            let update = UpdateView { reception_number: reception_number.clone(), progress };
            shown.send_modify(|view| view.update = Some(update));
        };
        let (journal, progress) = (&mut *job.journal, &mut progress);
        let done = match &job.way {
            UpdateWay::ChangePins => {
                update::change_pins(&*reader, &order, journal, progress).map(UpdateDone::Proven)
            }
            UpdateWay::Relay(issuer) => {
                update::carry_out(&*reader, &**issuer, &order, journal, progress).map(UpdateDone::Proven)
            }
            UpdateWay::BeforeTerminal => {
                update::before_terminal(&*reader, &order, journal, progress).map(UpdateDone::ReadyForTerminal)
            }
            UpdateWay::AfterTerminal { old } => {
                update::check_after_terminal(&*reader, &order, old, journal, progress).map(UpdateDone::Proven)
            }
        };
        // What the screen says of the card must be what the card says now.
        let _ = self.read();
        self.shown.send_modify(|view| view.update = None);
        done
    }

    fn examine(&mut self, job: &ExamineJob) -> Result<TrueState, CardError> {
        let held = self.pad.held(&job.reception_number);
        let mut link = self.reader()?.connect()?;
        let case = Examination {
            plan: &job.plan,
            steps: &job.steps,
            pins: held.as_ref().map(|held| &held.current),
            trust: self.trust,
            at: job.at,
            entropy: job.entropy,
        };
        update::examine(&mut *link, &case)
    }

    fn reader(&self) -> Result<Arc<dyn Reader>, CardError> {
        self.reader.clone().ok_or_else(|| CardError::NoReader { name: "なし".to_owned() })
    }

    fn show_pad(&self, verifying: bool) {
        let pad = self.pad.view(verifying);
        self.shown.send_if_modified(|view| {
            let changed = view.pad != pad;
            view.pad = pad;
            changed
        });
    }
}

/// Shows one PIN to the card. Where a change was interrupted the card may have the new value already.
fn show(link: &mut dyn CardLink, pin: &Presented) -> Result<(), CardError> {
    if let Some(newer) = &pin.maybe_already {
        let answer = card::pins::verify(link, pin.kind, newer, pin.consent);
        if !matches!(answer, Err(CardError::PinWrong { .. })) {
            return answer;
        }
    }
    card::pins::verify(link, pin.kind, &pin.value, pin.consent)
}

fn same_card(link: &mut dyn CardLink, wanted: &CardIdentity) -> Result<(), CardError> {
    let found = card::read::read_brief(link)?.card;
    if found.card_number == wanted.card_number {
        return Ok(());
    }
    Err(CardError::OtherCard { difference: "カード番号が違います。".to_owned() })
}

/// Errors that say something of one PIN and leave the connection usable.
fn about_the_pin(error: &CardError) -> bool {
    matches!(
        error,
        CardError::PinWrong { .. }
            | CardError::PinLocked { .. }
            | CardError::LastTry { .. }
            | CardError::PinMalformed { .. }
    )
}

/// What is wrong with the authentication certificate's origin. That it has run out is no doubt: it is why people come.
fn doubt(trust: Trust, card: &card::read::CardReading) -> Option<Trouble> {
    let certificate = card.authentication.as_ref()?;
    let error = trust.check(certificate.kind, &certificate.der, certificate.issued).err()?;
    (!matches!(error, TrustError::Expired | TrustError::NotYetValid)).then(|| Trouble {
        code: error.code().to_owned(),
        sentence: error.to_string(),
        what_now: "このカードでは手続きを進めないでください。".to_owned(),
    })
}
