//! Reads a trail, from the running office or from a copy that is only looked at, and has it checked.

use super::BEGINNING;
use super::checkpoint::{Checkpoint, OfficeId};
use super::key::PublicKey;
use super::verify::{Evidence, Fault, FaultKind, Outside, Report, Verifier};
use crate::error::Result;
use crate::store::audit::AuditRow;
use crate::store::audit_copy::{self, Beside, Copy};
use crate::store::{self, Store};
use std::path::Path;

/// Rows read at once.
const PAGE: i64 = 1000;
/// Before every number a row can have, forged ones included.
const BEFORE_ALL: i64 = i64::MIN;

/// What a check of the whole chain found, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The chain is whole.
    Whole {
        /// How many rows.
        count: i64,
        /// The last row's hash.
        head: Vec<u8>,
    },
    /// The first thing that doesn't fit, and why.
    Broken {
        /// The number that the row has or should have; 0 when it isn't about a row.
        number: i64,
        /// Why, in words.
        sentence: String,
    },
}

impl From<Report> for Verdict {
    fn from(report: Report) -> Self {
        match report.faults.into_iter().next() {
            None => Self::Whole { count: report.count, head: report.head },
            Some(fault) => {
                Self::Broken { number: fault.number.unwrap_or_default(), sentence: fault.sentence }
            }
        }
    }
}

/// Checks every row of the office's trail against the row before it and against the checkpoints stored beside it.
///
/// # Errors
/// When the table can't be read.
pub async fn verify(store: &Store) -> Result<Verdict> {
    Ok(of_store(store).await?.into())
}

/// The same with everything that was found.
///
/// # Errors
/// When the table can't be read.
pub async fn of_store(store: &Store) -> Result<Report> {
    let mut reading = store.read().begin().await?;
    let beside = audit_copy::beside(&mut reading).await?;
    let (mut verifier, unreadable) = begin(beside, Outside::default());
    let mut after = BEFORE_ALL;
    loop {
        let rows = store::audit::page(&mut *reading, after, PAGE).await?;
        let Some(last) = take(&mut verifier, &rows) else { break };
        after = last;
    }
    Ok(end(verifier, unreadable))
}

/// Checks the trail in a database file that is only looked at, and against what was kept elsewhere.
///
/// # Errors
/// A refusal when the file can't be read.
pub async fn of_file(file: &Path, outside: Outside) -> Result<Report> {
    let alone = !audit_copy::has_company(file);
    let report = once(file, outside.clone()).await;
    // Somebody opened it for writing meanwhile: what was read may be of two moments.
    if alone && audit_copy::has_company(file) { once(file, outside).await } else { report }
}

async fn once(file: &Path, outside: Outside) -> Result<Report> {
    let mut copy = Copy::open(file).await?;
    let (mut verifier, unreadable) = begin(copy.beside().await?, outside);
    let mut after = BEFORE_ALL;
    loop {
        let rows = copy.page(after, PAGE).await?;
        let Some(last) = take(&mut verifier, &rows) else { break };
        after = last;
    }
    copy.close().await;
    Ok(end(verifier, unreadable))
}

fn take(verifier: &mut Verifier, rows: &[AuditRow]) -> Option<i64> {
    for row in rows {
        verifier.row(row);
    }
    rows.last().map(|row| row.number)
}

/// The evidence out of stored columns, and a fault for each that holds what was never written there.
fn begin(beside: Beside, outside: Outside) -> (Verifier, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut unreadable = |what: String| {
        let sentence = format!("保存されている{what}を読めません。");
        faults.push(Fault { kind: FaultKind::Stored, number: None, sentence });
    };
    let stored_office = beside.office.as_deref();
    let office = stored_office.map(|json| json.trim_matches('"')).and_then(OfficeId::parse);
    if stored_office.is_some() && office.is_none() {
        unreadable("窓口の番号".to_owned());
    }
    let mut keys = Vec::new();
    for key in &beside.keys {
        match PublicKey::from_bytes(key) {
            Some(key) => keys.push(key),
            None => unreadable("署名の鍵".to_owned()),
        }
    }
    let mut stored = Vec::new();
    for row in beside.checkpoints {
        let name = format!("控え第{}号", row.number);
        match office.as_ref().map(|office| Checkpoint::from_row(office, row)) {
            Some(Ok(checkpoint)) => stored.push(checkpoint),
            _ => unreadable(name),
        }
    }
    (Verifier::new(Evidence { office, keys, stored, outside }), faults)
}

fn end(verifier: Verifier, unreadable: Vec<Fault>) -> Report {
    let mut report = verifier.finish();
    report.faults.extend(unreadable);
    debug_assert!(report.count > 0 || report.head == BEGINNING);
    report
}
