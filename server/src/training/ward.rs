//! Puts the made-up ward into an empty training office, in one transaction.

use super::generator::{Entry, Generator};
use super::staff::{PASSWORD, STAFF};
use super::{RESIDENTS, samples};
use crate::audit::{self, Kind};
use crate::error::Result;
use crate::office::Office;
use crate::staff::password;
use crate::store::{self, WriteTx};
use chrono::NaiveDate;

/// The training ward's seed: the ward is the same wherever it is opened on the same day.
const SEED: u64 = 20_160_104;
/// Residents written at once.
const BATCH: usize = 500;
/// The counters of the ward.
const COUNTERS: [&str; 3] = ["1番窓口", "2番窓口", "3番窓口"];

/// Makes the ward in a training office that has none yet.
///
/// # Errors
/// When the database refuses.
pub async fn open_ward(office: &Office) -> Result<()> {
    if store::residents::count(office.store().read()).await? > 0 {
        return Ok(());
    }
    populate(office, office.clock().today(), SEED).await
}

/// Fills an empty training office: residents, cards, certificates, staff and counters as of `today`.
///
/// # Errors
/// When the office isn't empty or the database refuses.
pub async fn populate(office: &Office, today: NaiveDate, seed: u64) -> Result<()> {
    let mut hashes = Vec::with_capacity(STAFF.len());
    for _ in STAFF {
        hashes.push(password::hash(PASSWORD.to_owned(), office.rng()).await?);
    }
    let at = office.clock().stamp();
    let mut entries = samples::all(today);
    let samples = entries.len();
    entries.extend(Generator::new(seed, today).take(RESIDENTS));
    let mut tx = office.store().write().await?;
    for batch in entries.chunks(BATCH) {
        save(&mut tx, batch, &at).await?;
    }
    for ((login, name, role), hash) in STAFF.iter().zip(&hashes) {
        store::staff::add(&mut tx, login, name, role.code(), hash, &at).await?;
    }
    for name in COUNTERS {
        store::stations::add(&mut tx, name, "simulated", None, "relay").await?;
    }
    let sentence =
        format!("訓練用の区を作りました。住民{}人、うち見本カードの人{samples}人。", entries.len());
    audit::record(&mut tx, &at, audit::Entry::done(Kind::OfficeMade, audit::SYSTEM, sentence)).await?;
    tx.commit().await
}

async fn save(tx: &mut WriteTx, entries: &[Entry], at: &str) -> Result<()> {
    let residents: Vec<_> = entries.iter().map(|entry| &entry.resident).collect();
    let lives = || entries.iter().flat_map(|entry| &entry.cards);
    let cards: Vec<_> = lives().map(|life| &life.card).collect();
    let certificates: Vec<_> = lives().flat_map(|life| &life.certificates).collect();
    store::residents::save(tx, &residents, at).await?;
    store::search::index(tx, &residents).await?;
    store::cards::save(tx, &cards, at).await?;
    store::certificates::add(tx, &certificates).await
}
