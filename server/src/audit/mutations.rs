//! Ten thousand ways to tamper with a trail, by somebody who may write the whole disk and knows how rows are hashed,
//! but hasn't the key and can't reach what left the machine. Each must be found.

use super::canonical::{self, VERSION};
use super::checkpoint::{self, Checkpoint, Occasion, OfficeId};
use super::key::{self, SigningKey};
use super::verify::{Evidence, Outside, Report, Verifier};
use super::{Actor, BEGINNING, Counterparty, CounterpartyRole, Entry, Kind, Outcome};
use crate::rng::Rng;
use crate::store::audit::AuditRow;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng};

const ROWS: usize = 40;
/// Rows that version 1 wrote.
const FIRST: usize = 8;
/// Rows that checkpoints cover; the last one covers everything.
const CHECKPOINTS: [usize; 3] = [15, 27, ROWS];
const MUTATIONS: u64 = 10_000;

/// A trail with what stands beside it and what left the machine.
#[derive(Clone, Debug, PartialEq)]
struct Trail {
    rows: Vec<AuditRow>,
    office: OfficeId,
    keys: Vec<key::PublicKey>,
    stored: Vec<Checkpoint>,
    /// Names and texts of the files that were kept elsewhere.
    files: Vec<(String, String)>,
    kept_keys: Vec<key::PublicKey>,
}

impl Trail {
    fn check(&self) -> Report {
        let checkpoints =
            self.files.iter().map(|(name, text)| (name.clone(), Checkpoint::from_json(text))).collect();
        let outside = Outside { keys: self.kept_keys.clone(), checkpoints, papers: Vec::new() };
        let evidence = Evidence {
            office: Some(self.office.clone()),
            keys: self.keys.clone(),
            stored: self.stored.clone(),
            outside,
        };
        let mut verifier = Verifier::new(evidence);
        let mut rows = self.rows.clone();
        rows.sort_by_key(|row| row.number);
        for row in &rows {
            verifier.row(row);
        }
        verifier.finish()
    }

    /// Numbers, links and hashes as an honest program would have written them, from a row on.
    fn make_anew(&mut self, from: usize) {
        for index in from..self.rows.len() {
            let previous = index.checked_sub(1).map_or(BEGINNING.to_vec(), |at| self.rows[at].hash.clone());
            let row = &mut self.rows[index];
            row.number = number_of(index + 1);
            row.previous = previous;
            row.hash = canonical::hash(row).unwrap_or_else(|| vec![1; 32]);
        }
    }

    /// Stored checkpoints made to agree with the rows; their signatures can't be.
    fn bend_stored(&mut self) {
        for stored in &mut self.stored {
            if let Some(row) = self.rows.iter().find(|row| row.number == stored.count) {
                stored.head.clone_from(&row.hash);
            }
        }
    }
}

/// The trail of an office, honest to the last row.
fn honest(key: &SigningKey) -> Trail {
    let office = OfficeId::new(Rng);
    let mut trail = Trail {
        rows: Vec::new(),
        office: office.clone(),
        keys: vec![key.public()],
        stored: Vec::new(),
        files: Vec::new(),
        kept_keys: vec![key.public()],
    };
    for index in 0..ROWS {
        let at = format!("2026-11-2{}T{:02}:00:00+09:00", index / 10, 8 + index % 10);
        let announced = key::object(&office, key.public());
        let number = CHECKPOINTS.iter().position(|count| *count == index + 1).map(|at| number_of(at + 1));
        let named = checkpoint::object(number.unwrap_or_default());
        let entry = match (index, number) {
            (FIRST, _) => {
                Entry::done(Kind::CheckpointKeyMade, Actor::System, "鍵を作りました。").object(&announced)
            }
            (_, Some(_)) => {
                Entry::done(Kind::CheckpointMade, Actor::CommandLine, "控えを作りました。").object(&named)
            }
            _ => usual(index),
        };
        let mut row = super::row(&at, entry, trail.rows.last());
        if index < FIRST {
            (row.version, row.actor_kind, row.station) = (1, None, None);
            (row.counterparty_kind, row.counterparty) = (None, None);
            row.hash = canonical::hash(&row).unwrap();
        }
        trail.rows.push(row);
        if let Some(number) = number {
            sign(&mut trail, key, number);
        }
    }
    trail
}

/// A place in the list, counted from 1, as rows are numbered.
fn number_of(place: usize) -> i64 {
    i64::try_from(place).expect("a short list")
}

fn usual(index: usize) -> Entry<'static> {
    let kinds = [Kind::Login, Kind::ResidentSeen, Kind::CaseOpened, Kind::CaseMoved, Kind::Printed];
    let outcomes = [Outcome::Done, Outcome::Refused, Outcome::Done, Outcome::Failed];
    let proxy = Counterparty { role: CounterpartyRole::Proxy, name: Some("見本 太郎") };
    let mut entry = Entry::done(
        kinds[index % kinds.len()],
        Actor::Staff { login: ["sato", "suzuki"][index % 2], station: Some(1) },
        format!("{index}番目にしたことです。"),
    )
    .outcome(outcomes[index % outcomes.len()])
    .with((index.is_multiple_of(3)).then_some(proxy));
    if index.is_multiple_of(2) {
        entry = entry.about(["9900000001", "9900000018"][index % 4 / 2]).in_case(3).object("card 1");
    }
    entry
}

fn sign(trail: &mut Trail, key: &SigningKey, number: i64) {
    let row = trail.rows.last().unwrap();
    let mut made = Checkpoint {
        office: trail.office.clone(),
        number,
        at: row.at.clone(),
        occasion: Occasion::Closing,
        count: row.number,
        head: row.hash.clone(),
        key: key.public(),
        signature: Vec::new(),
    };
    made.signature = key.sign(made.signed().as_bytes());
    trail.files.push((made.file_name(), made.to_json()));
    trail.stored.push(made);
}

/// Fields that say something; the two hashes come after them.
const CONTENT: u32 = 12;

/// Changes one of the first `many` fields of a row to something else.
fn change_field(row: &mut AuditRow, many: u32, dice: &mut StdRng) {
    let other = |text: &Option<String>| match text {
        Some(_) => None,
        None => Some("x".to_owned()),
    };
    match dice.random_range(0..many) {
        0 => row.at = row.at.replace(":00:00+", ":00:01+"),
        1 => row.kind += 1,
        2 => row.actor.push('2'),
        3 => row.subject = other(&row.subject),
        4 => row.case_id = row.case_id.map_or(Some(9), |_| None),
        5 => row.object = other(&row.object),
        6 => row.outcome = if row.outcome == "done" { "refused" } else { "done" }.to_owned(),
        7 => row.sentence = row.sentence.replace('。', "."),
        8 => row.station = row.station.map_or(Some(2), |_| None),
        9 => {
            row.actor_kind =
                Some(if row.actor_kind.as_deref() == Some("pad") { "staff" } else { "pad" }.into());
        }
        10 => row.counterparty_kind = other(&row.counterparty_kind),
        11 => row.counterparty = other(&row.counterparty),
        12 => row.hash[dice.random_range(0..32)] ^= 1,
        _ => row.previous[dice.random_range(0..32)] ^= 1,
    }
}

/// One way to tamper, by its number; `other` is an office of somebody else.
fn tamper(trail: &mut Trail, way: u64, dice: &mut StdRng, other: &Trail, thief: &SigningKey) {
    let at = dice.random_range(0..ROWS);
    match way {
        // A field, and then nothing, the row's own hash, everything after it, or the stored checkpoints as well.
        0 => change_field(&mut trail.rows[at], CONTENT + 2, dice),
        1 => {
            change_field(&mut trail.rows[at], CONTENT, dice);
            trail.rows[at].hash = canonical::hash(&trail.rows[at]).unwrap_or_else(|| vec![0; 32]);
        }
        2 => {
            change_field(&mut trail.rows[at], CONTENT, dice);
            trail.make_anew(at);
        }
        3 => {
            change_field(&mut trail.rows[at], CONTENT, dice);
            trail.make_anew(at);
            trail.bend_stored();
        }
        // A row less.
        4 => drop(trail.rows.remove(at)),
        5 => {
            trail.rows.remove(at);
            trail.make_anew(at);
            trail.bend_stored();
        }
        // Two rows change places.
        6 | 7 => {
            let with = (at + dice.random_range(1..ROWS)) % ROWS;
            let (first, second) = (trail.rows[at].number, trail.rows[with].number);
            (trail.rows[at].number, trail.rows[with].number) = (second, first);
            if way == 7 {
                trail.rows.swap(at, with);
                trail.make_anew(at.min(with));
                trail.bend_stored();
            }
        }
        // Other times, everything hashed anew to the end.
        8 => {
            for row in &mut trail.rows[at..] {
                row.at = row.at.replace("2026-11", ["2026-10", "2026-12"][at % 2]);
            }
            trail.make_anew(at);
            trail.bend_stored();
        }
        // The end is cut off, stored checkpoints with it.
        9 => {
            trail.rows.truncate(at);
            trail.stored.retain(|stored| stored.count <= number_of(at));
        }
        // A row more: squeezed in with everything made anew, or where no row can be.
        10 => {
            let mut forged = trail.rows[at].clone();
            forged.sentence = "なかったことです。".to_owned();
            trail.rows.insert(at, forged);
            trail.make_anew(at);
            trail.bend_stored();
        }
        11 => {
            let mut forged = trail.rows[at].clone();
            forged.number = -dice.random_range(0..5);
            trail.rows.push(forged);
        }
        // What is stored about checkpoints.
        12 => {
            let which = dice.random_range(0..CHECKPOINTS.len());
            match dice.random_range(0..5) {
                0 => drop(trail.stored.remove(which)),
                1 => trail.stored[which].signature[7] ^= 1,
                2 => trail.stored[which].count -= 1,
                3 => trail.keys.clear(),
                _ => {
                    let mut forged = trail.stored[which].clone();
                    forged.key = thief.public();
                    forged.signature = thief.sign(forged.signed().as_bytes());
                    trail.stored[which] = forged;
                }
            }
        }
        // The files that were kept: swapped, put together from two, another office's, one bit.
        13 => {
            let which = dice.random_range(0..CHECKPOINTS.len());
            let with = (which + 1) % CHECKPOINTS.len();
            match dice.random_range(0..5) {
                0 => {
                    let text = trail.files[which].1.clone();
                    trail.files[which].1 = std::mem::replace(&mut trail.files[with].1, text);
                }
                1 => {
                    let signature = trail.stored[with].signature.clone();
                    trail.files[which].1 = Checkpoint { signature, ..trail.stored[which].clone() }.to_json();
                }
                2 => trail.files[which].1.clone_from(&other.files[which].1),
                3 => {
                    let mut forged = other.stored[which].clone();
                    forged.office = trail.office.clone();
                    forged.key = thief.public();
                    forged.signature = thief.sign(forged.signed().as_bytes());
                    trail.files[which].1 = forged.to_json();
                }
                _ => {
                    let mut bytes = trail.files[which].1.clone().into_bytes();
                    let at = dice.random_range(0..bytes.len() - 1);
                    bytes[at] ^= 1 << dice.random_range(0..7);
                    trail.files[which].1 = String::from_utf8_lossy(&bytes).into_owned();
                }
            }
        }
        // The whole office is another one, or everything is signed by a key of the thief's.
        14 => {
            let (files, kept_keys) = (trail.files.clone(), trail.kept_keys.clone());
            *trail = Trail { files, kept_keys, ..other.clone() };
        }
        15 => {
            trail.rows[at].sentence.push('x');
            let mine = key::object(&trail.office, thief.public());
            trail.rows[FIRST].object = Some(mine);
            trail.make_anew(0);
            trail.keys = vec![thief.public()];
            let files = trail.files.clone();
            let rows = trail.rows.clone();
            trail.stored.clear();
            for (index, count) in CHECKPOINTS.into_iter().enumerate() {
                trail.rows = rows[..count].to_vec();
                sign(trail, thief, number_of(index + 1));
            }
            (trail.rows, trail.files) = (rows, files);
        }
        // A row put back into the older version, in which its counterparty would count for nothing.
        _ => {
            let at = at.max(FIRST + 1);
            trail.rows[at].version = 3 - VERSION;
            if dice.random_bool(0.5) {
                let row = &mut trail.rows[at];
                (row.actor_kind, row.station) = (None, None);
                (row.counterparty_kind, row.counterparty) = (None, None);
                trail.make_anew(at);
                trail.bend_stored();
            }
        }
    }
}

/// The ways that [`tamper`] knows.
const WAYS: u64 = 17;

/// An honest trail has no fault; each of ten thousand tampered ones has.
#[test]
fn every_one_is_found() {
    let (key, thief) = (SigningKey::generate(Rng).unwrap(), SigningKey::generate(Rng).unwrap());
    let whole = honest(&key);
    let other = honest(&SigningKey::generate(Rng).unwrap());
    let report = whole.check();
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    assert_eq!((report.proven, report.count), (number_of(ROWS), number_of(ROWS)));
    let mut found = std::collections::HashMap::new();
    for seed in 0..MUTATIONS {
        let mut dice = StdRng::seed_from_u64(seed);
        let mut trail = whole.clone();
        tamper(&mut trail, seed % WAYS, &mut dice, &other, &thief);
        assert!(trail != whole, "seed {seed} changed nothing");
        let report = trail.check();
        assert!(!report.faults.is_empty(), "seed {seed}, way {}: not found", seed % WAYS);
        for fault in report.faults {
            *found.entry(fault.kind).or_insert(0) += 1;
        }
    }
    assert_eq!(found.len(), 11, "every kind of fault was seen: {found:?}");
}

/// Without what was kept elsewhere, a trail that was cut off together with its checkpoints looks whole: that is what
/// checkpoints are kept elsewhere for.
#[test]
fn an_end_cut_off_needs_a_checkpoint() {
    let key = SigningKey::generate(Rng).unwrap();
    let mut trail = honest(&key);
    trail.rows.truncate(20);
    trail.stored.truncate(1);
    assert!(!trail.check().faults.is_empty());
    (trail.files, trail.kept_keys) = (Vec::new(), Vec::new());
    let report = trail.check();
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    assert_eq!(report.proven, 0, "and nothing is said to be proven");
}

/// What a paper says is enough to find it, without any file.
#[test]
fn a_paper_is_enough() {
    let key = SigningKey::generate(Rng).unwrap();
    let trail = honest(&key);
    let paper = (number_of(ROWS), trail.rows[ROWS - 1].hash.clone());
    let check = |rows: &[AuditRow]| {
        let outside = Outside { papers: vec![paper.clone()], ..Outside::default() };
        let mut verifier = Verifier::new(Evidence { outside, ..Evidence::default() });
        for row in rows {
            verifier.row(row);
        }
        verifier.finish()
    };
    let kinds = |report: Report| report.faults.iter().map(|fault| fault.kind.code()).collect::<Vec<_>>();
    assert!(kinds(check(&trail.rows[..30])).contains(&"truncated"));
    let mut anew = trail.clone();
    anew.rows[5].sentence = "なかったことです。".to_owned();
    anew.make_anew(5);
    assert!(kinds(check(&anew.rows)).contains(&"restamped"));
    assert_eq!(check(&trail.rows).proven, number_of(ROWS));
}
