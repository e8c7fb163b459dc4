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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Entry, Kind, canonical, record};
    use sqlx::{Connection, SqliteConnection};

    /// The schema as it was before the trail's second version.
    const BEFORE: [&str; 3] = [
        include_str!("../../../migrations/0001_office.sql"),
        include_str!("../../../migrations/0003_paper.sql"),
        include_str!("../../../migrations/0004_two_visits.sql"),
    ];

    async fn login(store: &Store, at: &str) {
        let mut tx = store.write().await.unwrap();
        record(&mut tx, at, Entry::done(Kind::Login, "sato", "佐藤さんがログインしました。")).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A row as version 1 wrote it.
    fn first_version(number: i64, previous: Vec<u8>) -> AuditRow {
        let mut row = AuditRow {
            number,
            at: format!("2026-11-0{}T09:00:00+09:00", 9 - number),
            kind: Kind::Login as i64,
            actor: "sato".to_owned(),
            outcome: "done".to_owned(),
            sentence: "佐藤さんがログインしました。".to_owned(),
            previous,
            version: 1,
            ..AuditRow::default()
        };
        row.hash = canonical::hash(&row).unwrap();
        row
    }

    /// Times never go back: who waited for a turn carries the moment before, and a clock set back is told.
    #[tokio::test]
    async fn times_never_go_back_unsaid() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("office.db")).await.unwrap();
        for at in ["10:00:00", "09:59:30", "09:00:00", "09:00:01"] {
            login(&store, &format!("2026-11-22T{at}+09:00")).await;
        }
        let rows = store::audit::page(store.read(), 0, 10).await.unwrap();
        let told: Vec<(i64, &str)> = rows.iter().map(|row| (row.kind, &row.at[11..19])).collect();
        let (login, back) = (Kind::Login as i64, Kind::ClockSetBack as i64);
        assert_eq!(
            told,
            [
                (login, "10:00:00"),
                (login, "10:00:00"),
                (back, "09:00:00"),
                (login, "09:00:00"),
                (login, "09:00:01")
            ]
        );
        assert!(matches!(verify(&store).await.unwrap(), Verdict::Whole { count: 5, .. }));
        store.close().await;
    }

    /// Rows of version 1 hold in a copy that no newer program has opened, and after one has; new ones follow on.
    #[tokio::test]
    async fn rows_of_the_first_version_still_hold() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("office.db");
        let address = format!("sqlite://{}?mode=rwc", file.display());
        let mut old = SqliteConnection::connect(&address).await.unwrap();
        for sql in BEFORE {
            sqlx::raw_sql(sql).execute(&mut old).await.unwrap();
        }
        let known = sqlx::migrate!("../migrations");
        sqlx::raw_sql(
            "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL,
             installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL,
             checksum BLOB NOT NULL, execution_time BIGINT NOT NULL)",
        )
        .execute(&mut old)
        .await
        .unwrap();
        for one in known.iter().filter(|one| one.version <= 4) {
            sqlx::query("INSERT INTO _sqlx_migrations VALUES (?1, ?2, CURRENT_TIMESTAMP, true, ?3, 0)")
                .bind(one.version)
                .bind(one.description.as_ref())
                .bind(one.checksum.as_ref())
                .execute(&mut old)
                .await
                .unwrap();
        }
        let first = first_version(1, BEGINNING.to_vec());
        let second = first_version(2, first.hash.clone());
        for row in [&first, &second] {
            sqlx::query(
                "INSERT INTO audit (number, at, kind, actor, outcome, sentence, previous, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )
            .bind(row.number)
            .bind(&row.at)
            .bind(row.kind)
            .bind(&row.actor)
            .bind(&row.outcome)
            .bind(&row.sentence)
            .bind(&row.previous)
            .bind(&row.hash)
            .execute(&mut old)
            .await
            .unwrap();
        }
        old.close().await.unwrap();
        let report = of_file(&file, Outside::default()).await.unwrap();
        assert!(report.faults.is_empty() && report.count == 2, "{report:?}");

        let store = Store::open(&file).await.unwrap();
        assert!(matches!(verify(&store).await.unwrap(), Verdict::Whole { count: 2, .. }));
        login(&store, "2026-11-22T10:00:00+09:00").await;
        let verdict = verify(&store).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole { count: 3, .. }), "{verdict:?}");
        store.close().await;
    }
}
