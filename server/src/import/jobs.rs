//! Files that the browser brought: kept in the data directory between check and take, run beside the requests.

use super::engine::{self, Mode, Source};
use super::report::{Progress, Report};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::rng::hex;
use std::collections::HashMap;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a job is doing, or how it ended.
#[derive(Clone, Debug)]
pub enum State {
    /// The file is being checked.
    Checking(Progress),
    /// The file was checked; it waits for a decision.
    Checked(Box<Report>),
    /// The file is being taken.
    Taking(Progress),
    /// The file was taken.
    Taken(Box<Report>),
    /// The file was left.
    Left,
    /// The file as a whole can't be used.
    Failed(Refusal),
}

impl State {
    fn is_over(&self) -> bool {
        matches!(self, Self::Taken(_) | Self::Left | Self::Failed(_))
    }
}

/// One file that somebody brought.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its number: random, so that nobody comes upon another's by counting.
    pub id: String,
    /// The file.
    pub source: Source,
    /// Who brought it.
    pub staff_id: i64,
    /// What it is doing.
    pub state: State,
}

/// The jobs of a running office. They end with it; what isn't taken by then has to be brought again.
#[derive(Clone, Debug, Default)]
pub struct Jobs {
    inner: Arc<Mutex<HashMap<String, Job>>>,
}

/// Most jobs that are remembered.
const REMEMBERED: usize = 50;

impl Jobs {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Job>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The job with this number, if it is this person's.
    pub fn find(&self, id: &str, staff_id: i64) -> Option<Job> {
        self.lock().get(id).filter(|job| job.staff_id == staff_id).cloned()
    }

    fn set(&self, id: &str, state: State) {
        if let Some(job) = self.lock().get_mut(id) {
            job.state = state;
        }
    }

    /// Begins to check a file that was brought, and returns the job's number.
    pub fn check(&self, office: &Office, source: Source, staff_id: i64) -> String {
        let id = hex(&office.rng().bytes::<12>());
        let job = Job {
            id: id.clone(),
            source: source.clone(),
            staff_id,
            state: State::Checking(Progress::default()),
        };
        {
            let mut jobs = self.lock();
            if jobs.len() >= REMEMBERED {
                jobs.retain(|_, job| !job.state.is_over());
            }
            jobs.insert(id.clone(), job);
        }
        let (jobs, office, job) = (self.clone(), office.clone(), id.clone());
        tokio::spawn(async move {
            let tell = |progress| jobs.set(&job, State::Checking(progress));
            let state = match engine::run(&office, &source, &Mode::Check, tell).await {
                Ok(report) => State::Checked(Box::new(report)),
                Err(error) => {
                    forget(&source);
                    State::Failed(refusal(error))
                }
            };
            jobs.set(&job, state);
        });
        id
    }

    /// Begins to take a file that was checked. A second press finds the job taken or being taken, and does nothing.
    ///
    /// # Errors
    /// A refusal when the file was left or can't be used.
    pub fn take(&self, office: &Office, id: &str, staff_id: i64, actor: &str) -> Result<()> {
        let (source, checked) = {
            let mut jobs = self.lock();
            let Some(job) = jobs.get_mut(id).filter(|job| job.staff_id == staff_id) else {
                return Err(unknown());
            };
            let checked = match &job.state {
                State::Checked(report) => report.sha256.clone(),
                State::Taking(_) | State::Taken(_) => return Ok(()),
                State::Checking(_) => {
                    return Err(
                        Refusal::conflict("まだ確かめています。", "終わるまでお待ちください。").into()
                    );
                }
                State::Left | State::Failed(_) => return Err(unknown()),
            };
            job.state = State::Taking(Progress::default());
            (job.source.clone(), checked)
        };
        let mode = Mode::Take { actor: actor.to_owned(), staff_id: Some(staff_id), checked: Some(checked) };
        let (jobs, office, job) = (self.clone(), office.clone(), id.to_owned());
        tokio::spawn(async move {
            let tell = |progress| jobs.set(&job, State::Taking(progress));
            let state = match engine::run(&office, &source, &mode, tell).await {
                Ok(report) => State::Taken(Box::new(report)),
                Err(error) => State::Failed(refusal(error)),
            };
            forget(&source);
            jobs.set(&job, state);
        });
        Ok(())
    }

    /// Leaves a file: it is deleted and nothing is taken.
    ///
    /// # Errors
    /// A refusal when the file is being taken or isn't there.
    pub fn leave(&self, id: &str, staff_id: i64) -> Result<()> {
        let mut jobs = self.lock();
        let Some(job) = jobs.get_mut(id).filter(|job| job.staff_id == staff_id) else {
            return Err(unknown());
        };
        match job.state {
            State::Taking(_) | State::Taken(_) => {
                Err(Refusal::conflict("もう取り込みを始めています。", "結果の画面を見てください。").into())
            }
            State::Checking(_) => {
                Err(Refusal::conflict("まだ確かめています。", "終わるまでお待ちください。").into())
            }
            State::Checked(_) | State::Left | State::Failed(_) => {
                forget(&job.source);
                job.state = State::Left;
                Ok(())
            }
        }
    }
}

fn unknown() -> Error {
    Refusal::not_found("この取り込みは、終わったか、取りやめられています。").into()
}

fn refusal(error: Error) -> Refusal {
    match error {
        Error::Refused(refusal) => *refusal,
        Error::Internal(details) => {
            tracing::error!(%details, "import failed");
            let what_now = "もう一度お試しください。続くときは、時刻をシステム担当に伝えてください。";
            Refusal::new(
                500,
                "M-1390",
                "取り込みの途中で問題が起きました。",
                "何も取り込んでいません。",
                what_now,
            )
        }
    }
}

/// The file holds residents' data: it stays no longer than it is needed.
fn forget(source: &Source) {
    if let Err(error) = std::fs::remove_file(&source.path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::error!(%error, "an imported file could not be deleted");
    }
}

/// A place for a file that somebody brings, readable by the office only.
///
/// # Errors
/// When the directory can't be made.
pub fn place(office: &Office) -> Result<PathBuf> {
    let directory = directory(office);
    DirBuilder::new().recursive(true).mode(0o700).create(&directory)?;
    Ok(directory.join(hex(&office.rng().bytes::<12>())))
}

/// Deletes what an office that ended in the middle of an import has left behind. Called when the office opens.
///
/// # Errors
/// When the directory can't be emptied.
pub fn sweep(office: &Office) -> Result<()> {
    match std::fs::remove_dir_all(directory(office)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn directory(office: &Office) -> PathBuf {
    office.data().path().join("incoming")
}
