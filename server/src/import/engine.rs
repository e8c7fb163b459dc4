//! Runs a check or a take: rows come in batches from a reading thread, the store answers what is known, the report grows.

use super::cards::CardRecord;
use super::reader::{self, Batch, Ending, FromRow};
use super::report::{Progress, Report};
use super::{FileKind, take_cards, take_residents};
use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::store::imports::NewImport;
use crate::store::residents::Resident;
use crate::store::{self, WriteTx};
use chrono::NaiveDate;
use sqlx::SqliteConnection;
use std::path::PathBuf;
use tokio::sync::mpsc;

/// Batches that wait between the reading thread and the database.
const WAITING: usize = 4;

/// A file to be checked or taken.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// What people call it.
    pub name: String,
    /// What it holds.
    pub kind: FileKind,
}

/// Whether anything is written.
#[derive(Clone, Debug)]
pub enum Mode {
    /// Nothing is written.
    Check,
    /// The good rows are written, in one transaction with their audit row.
    Take {
        /// The login of who takes it, or `command line`.
        actor: String,
        /// Who takes it; none for the command line.
        staff_id: Option<i64>,
        /// The hash of the file that was checked: another one isn't taken.
        checked: Option<String>,
    },
}

/// What a batch needs besides its rows.
pub(super) struct Desk<'a> {
    /// Where the database is read, and written where something is taken.
    pub connection: &'a mut SqliteConnection,
    /// The moment that goes into the rows; none when nothing is written.
    pub taken_at: Option<&'a str>,
    /// Today.
    pub today: NaiveDate,
    /// What is said about it all.
    pub report: &'a mut Report,
}

/// Checks a file or takes it. A take with no good row writes nothing.
///
/// # Errors
/// A refusal when the whole file can't be used; nothing is written then.
pub async fn run(
    office: &Office,
    source: &Source,
    mode: &Mode,
    progress: impl Fn(Progress) + Send,
) -> Result<Report> {
    match source.kind {
        FileKind::Residents => run_as::<Resident>(office, source, mode, progress).await,
        FileKind::Cards => run_as::<CardRecord>(office, source, mode, progress).await,
    }
}

/// Rows that the store can be asked about, and that it can keep.
pub(super) trait Takeable: FromRow {
    /// Compares a batch with what is known, and writes it where something is taken.
    fn take(desk: &mut Desk<'_>, rows: Vec<(u64, Self)>) -> impl Future<Output = Result<()>> + Send;
}

impl Takeable for Resident {
    async fn take(desk: &mut Desk<'_>, rows: Vec<(u64, Self)>) -> Result<()> {
        take_residents::take(desk, rows).await
    }
}

impl Takeable for CardRecord {
    async fn take(desk: &mut Desk<'_>, rows: Vec<(u64, Self)>) -> Result<()> {
        take_cards::take(desk, rows).await
    }
}

async fn run_as<T: Takeable>(
    office: &Office,
    source: &Source,
    mode: &Mode,
    progress: impl Fn(Progress) + Send,
) -> Result<Report> {
    let today = office.clock().today();
    let mut report = Report::default();
    match mode {
        Mode::Check => {
            let mut connection = office.store().read().acquire().await?;
            let mut desk = Desk { connection: &mut connection, taken_at: None, today, report: &mut report };
            all_batches::<T>(&mut desk, source, progress).await?;
        }
        Mode::Take { actor, staff_id, checked } => {
            let at = office.clock().stamp();
            let mut tx = office.store().write().await?;
            store::imports::make_room(&mut tx).await?;
            let mut desk = Desk { connection: &mut tx, taken_at: Some(&at), today, report: &mut report };
            let taken = all_batches::<T>(&mut desk, source, progress).await;
            store::imports::give_room_back(&mut tx).await?;
            taken?;
            if checked.as_ref().is_some_and(|checked| *checked != report.sha256) {
                let what_now = "ファイルを選び直して、もう一度調べてください。";
                return Err(Refusal::conflict("調べたファイルと中身が違います。", what_now).into());
            }
            if report.good() > 0 {
                note(&mut tx, source, actor, *staff_id, &at, &report).await?;
                tx.commit().await?;
                // What the file changed under a request that waits shows on the next look, and not weeks later.
                let moved = crate::counter::inquiry::watch::sweep(office).await?;
                tracing::info!(moved, "open cases looked at after an import");
                let noted = crate::notices::watch::sweep(office).await?;
                tracing::info!(noted, "notices looked at after an import");
            }
        }
    }
    report.refused.sort_by_key(|refused| refused.row);
    Ok(report)
}

/// Lets the reading thread run and takes each batch as it comes.
async fn all_batches<T: Takeable>(
    desk: &mut Desk<'_>,
    source: &Source,
    progress: impl Fn(Progress) + Send,
) -> Result<()> {
    let (sender, mut batches) = mpsc::channel::<Batch<T>>(WAITING);
    let (path, today) = (source.path.clone(), desk.today);
    let reading = tokio::task::spawn_blocking(move || reader::read::<T>(&path, today, &sender));
    while let Some(batch) = batches.recv().await {
        desk.report.rows = batch.progress.rows;
        desk.report.refused.extend(batch.refused);
        T::take(desk, batch.good).await?;
        progress(batch.progress);
    }
    let Ending { unused_columns, encoding, sha256 } = reading.await.map_err(Error::from)??;
    desk.report.unused_columns = unused_columns;
    desk.report.encoding = encoding;
    desk.report.sha256 = sha256;
    Ok(())
}

async fn note(
    tx: &mut WriteTx,
    source: &Source,
    actor: &str,
    staff_id: Option<i64>,
    at: &str,
    report: &Report,
) -> Result<()> {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let new = NewImport {
        kind: source.kind.code(),
        file_name: &source.name,
        file_sha256: &report.sha256,
        taken_by: staff_id,
        taken_at: at,
        counts: [
            count(report.added),
            count(report.changed),
            count(report.unchanged),
            count(report.refused.len() as u64),
        ],
    };
    store::imports::note(tx, &new).await?;
    let sentence = format!("{}のファイルを取り込みました。{}。", source.kind.label(), report.summary());
    audit::record(tx, at, Entry::done(Kind::Imported, actor, sentence).object(&report.sha256)).await
}
