//! Checks the trail row by row against itself and against checkpoints. Pure: rows and evidence go in, faults come out.
//!
//! What the chain alone shows: a row that was changed, removed, put in or moved without making everything after it
//! anew. What only a checkpoint shows that was kept elsewhere: a chain made anew from some row on, and an end cut off.

use super::checkpoint::{Checkpoint, OfficeId};
use super::key::{self, PublicKey};
use super::{BEGINNING, Kind, canonical, checkpoint};
use crate::clock::stamp;
use crate::store::audit::AuditRow;
use chrono::DateTime;
use std::collections::{BTreeMap, BTreeSet};

/// What the rows are held against.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Whose trail it says it is.
    pub office: Option<OfficeId>,
    /// The public keys stored beside it.
    pub keys: Vec<PublicKey>,
    /// The checkpoints stored beside it.
    pub stored: Vec<Checkpoint>,
    /// What was kept elsewhere.
    pub outside: Outside,
}

/// What was kept elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// Public keys.
    pub keys: Vec<PublicKey>,
    /// Checkpoint files, each with its name; none where the file isn't a checkpoint.
    pub checkpoints: Vec<(String, Option<Checkpoint>)>,
    /// What papers say: number of rows and the last one's hash.
    pub papers: Vec<(i64, Vec<u8>)>,
}

/// What kind of fault it is. The codes are stable: scripts read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// A row isn't there.
    Missing,
    /// A row has a number that no row can have.
    Surplus,
    /// A row doesn't continue the one before it.
    Unlinked,
    /// A row isn't as it was written.
    Changed,
    /// A row is older than the one before it.
    Time,
    /// The rows up to a checkpoint were made anew after it.
    Restamped,
    /// The end isn't there any more.
    Truncated,
    /// A checkpoint isn't one, or its signature isn't right.
    Signature,
    /// A checkpoint, or the key's row, is of another office.
    OtherOffice,
    /// A key isn't one of this office's.
    UnknownKey,
    /// What is stored about checkpoints doesn't fit the rows.
    Stored,
}

impl FaultKind {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Surplus => "surplus",
            Self::Unlinked => "unlinked",
            Self::Changed => "changed",
            Self::Time => "time",
            Self::Restamped => "restamped",
            Self::Truncated => "truncated",
            Self::Signature => "signature",
            Self::OtherOffice => "other_office",
            Self::UnknownKey => "unknown_key",
            Self::Stored => "stored",
        }
    }
}

/// Something that doesn't fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind.
    pub kind: FaultKind,
    /// The row it is about, where it is about one.
    pub number: Option<i64>,
    /// What it is, in words.
    pub sentence: String,
}

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The last row's number.
    pub count: i64,
    /// The last row's hash.
    pub head: Vec<u8>,
    /// What doesn't fit, in the order it was found; none when the trail is whole.
    pub faults: Vec<Fault>,
    /// Up to this row what was kept elsewhere proves that nothing was made anew or cut off.
    pub proven: i64,
    /// The last stored checkpoint: number and rows.
    pub last_checkpoint: Option<(i64, i64)>,
}

/// More faults than anybody reads; one row changed by a careless hand can bring one for each row after it.
pub const MOST_FAULTS: usize = 1000;

/// A check under way.
pub struct Verifier {
    evidence: Evidence,
    claims: BTreeMap<i64, Vec<Claim>>,
    report: Report,
    last: Option<(i64, String)>,
    announced_keys: BTreeSet<String>,
    announced_checkpoints: BTreeSet<i64>,
}

/// Somebody says that this row had this hash.
struct Claim {
    who: String,
    head: Vec<u8>,
    outside: bool,
}

impl Verifier {
    /// Begins: the evidence is looked at for itself.
    pub fn new(evidence: Evidence) -> Self {
        let mut verifier = Self {
            evidence,
            claims: BTreeMap::new(),
            report: Report { head: BEGINNING.to_vec(), ..Report::default() },
            last: None,
            announced_keys: BTreeSet::new(),
            announced_checkpoints: BTreeSet::new(),
        };
        verifier.weigh_stored();
        verifier.weigh_outside();
        verifier
    }

    /// Takes the next row. Rows come in the order of their numbers.
    pub fn row(&mut self, row: &AuditRow) {
        let number = row.number;
        let expected = self.report.count + 1;
        if number < expected {
            self.fault(FaultKind::Surplus, number, format!("{number}番の、あるはずのない記録があります。"));
            return;
        }
        if number > expected {
            let words = if number == expected + 1 {
                format!("{expected}番の記録がありません。")
            } else {
                format!("{expected}番から{}番までの記録がありません。", number - 1)
            };
            self.fault(FaultKind::Missing, expected, words);
        } else if row.previous != self.report.head {
            self.fault(
                FaultKind::Unlinked,
                number,
                format!("{number}番の記録が、前の記録とつながっていません。"),
            );
        }
        if canonical::hash(row).is_none_or(|hash| hash != row.hash) {
            self.fault(FaultKind::Changed, number, format!("{number}番の記録が書き換えられています。"));
        }
        self.time(row);
        self.announcements(row);
        self.hold_against_claims(row);
        self.report.count = number;
        self.report.head.clone_from(&row.hash);
        self.last = Some((row.version, row.at.clone()));
    }

    /// Ends: what should have come and didn't.
    pub fn finish(mut self) -> Report {
        let missing: Vec<String> = self
            .claims
            .range(self.report.count + 1..)
            .flat_map(|(count, claims)| claims.iter().map(move |claim| (count, claim)))
            .map(|(count, claim)| {
                format!(
                    "{}では{count}件ありましたが、今は{}件です。末尾の記録が切り取られています。",
                    claim.who, self.report.count
                )
            })
            .collect();
        for sentence in missing {
            self.say(FaultKind::Truncated, Some(self.report.count + 1), sentence);
        }
        self.weigh_announcements();
        self.report.last_checkpoint =
            self.evidence.stored.last().map(|checkpoint| (checkpoint.number, checkpoint.count));
        self.report
    }

    /// Version 1 noted the moment before a request waited for its turn to write, so its times prove nothing.
    fn time(&mut self, row: &AuditRow) {
        let (version, at) = self.last.take().unwrap_or((1, String::new()));
        if row.version < version {
            let sentence = format!("{}番の記録が、前の記録より古い形です。", row.number);
            self.fault(FaultKind::Changed, row.number, sentence);
        }
        if row.version < 2 {
            return;
        }
        let written = DateTime::parse_from_rfc3339(&row.at).is_ok_and(|at| stamp(at) == row.at);
        let back = row.at < at && row.kind != Kind::ClockSetBack as i64;
        if !written || back {
            let sentence = format!("{}番の記録の時刻が、前の記録より戻っています。", row.number);
            self.fault(FaultKind::Time, row.number, sentence);
        }
    }

    /// What a row says about keys and checkpoints must be there, and the other way round.
    fn announcements(&mut self, row: &AuditRow) {
        let object = row.object.as_deref().unwrap_or_default();
        if row.kind == Kind::CheckpointKeyMade as i64 {
            self.announced_keys.insert(object.to_owned());
        }
        if row.kind == Kind::CheckpointMade as i64 {
            self.announced_checkpoints.insert(row.number);
            let stored = self.evidence.stored.iter().find(|stored| stored.count == row.number);
            if stored.is_none_or(|stored| checkpoint::object(stored.number) != object) {
                let sentence = format!("{}番の記録が言う控え({object})が保存されていません。", row.number);
                self.fault(FaultKind::Stored, row.number, sentence);
            }
        }
    }

    fn hold_against_claims(&mut self, row: &AuditRow) {
        let Some(claims) = self.claims.get(&row.number) else { return };
        let mut wrong = Vec::new();
        for claim in claims {
            if claim.head == row.hash {
                if claim.outside {
                    self.report.proven = self.report.proven.max(row.number);
                }
            } else {
                let number = row.number;
                wrong.push(format!(
                    "{number}番までの記録が、{}の後で作り直されています。ハッシュが一致しません。",
                    claim.who
                ));
            }
        }
        for sentence in wrong {
            self.fault(FaultKind::Restamped, row.number, sentence);
        }
    }

    fn weigh_stored(&mut self) {
        for (index, stored) in self.evidence.stored.clone().into_iter().enumerate() {
            let who = format!("保存されている控え第{}号", stored.number);
            let expected = i64::try_from(index).unwrap_or(i64::MAX).saturating_add(1);
            if stored.number != expected {
                self.say(FaultKind::Stored, None, format!("控え第{expected}号が保存されていません。"));
            }
            if !stored.is_signed() {
                self.say(FaultKind::Signature, None, format!("{who}の署名が正しくありません。"));
                continue;
            }
            if !self.evidence.keys.contains(&stored.key) {
                self.say(FaultKind::UnknownKey, None, format!("{who}の鍵は、この窓口の鍵ではありません。"));
                continue;
            }
            self.claim(stored.count, Claim { who, head: stored.head, outside: false });
        }
    }

    fn weigh_outside(&mut self) {
        let outside = self.evidence.outside.clone();
        for key in &outside.keys {
            if !self.evidence.keys.contains(key) {
                let sentence =
                    format!("渡された公開鍵({}…)は、この窓口の鍵ではありません。", &key.hex()[..16]);
                self.say(FaultKind::UnknownKey, None, sentence);
            }
        }
        for (name, checkpoint) in outside.checkpoints {
            if let Err((kind, sentence)) = self.weigh(&name, checkpoint) {
                self.say(kind, None, sentence);
            }
        }
        for (count, head) in outside.papers {
            let who = format!("紙の控え({count}件)");
            self.claim(count, Claim { who, head, outside: true });
        }
    }

    /// A checkpoint file counts when it is signed, by a key we trust, for this office, and is what its name says.
    fn weigh(&mut self, name: &str, checkpoint: Option<Checkpoint>) -> Result<(), (FaultKind, String)> {
        let Some(given) = checkpoint else {
            return Err((FaultKind::Signature, format!("{name} は控えとして読めません。")));
        };
        if !given.is_signed() {
            return Err((FaultKind::Signature, format!("{name} の署名が正しくありません。")));
        }
        if self.evidence.office.as_ref() != Some(&given.office) {
            return Err((FaultKind::OtherOffice, format!("{name} は、ほかの窓口の控えです。")));
        }
        let outside = &self.evidence.outside.keys;
        let trusted = if outside.is_empty() { &self.evidence.keys } else { outside };
        if !trusted.contains(&given.key) {
            return Err((
                FaultKind::UnknownKey,
                format!("{name} は、渡された公開鍵や、この窓口の鍵で署名されたものではありません。"),
            ));
        }
        if numbered(name).is_some_and(|number| number != given.number) {
            let sentence = format!("{name} の中身は第{}号の控えです。名前と違います。", given.number);
            return Err((FaultKind::Signature, sentence));
        }
        let who = format!("渡された控え第{}号", given.number);
        match self.evidence.stored.iter().find(|stored| stored.number == given.number) {
            Some(stored) if *stored != given => {
                let sentence = format!("{who}が、保存されている第{}号と違います。", given.number);
                self.say(FaultKind::Stored, None, sentence);
            }
            None => {
                let sentence = format!("{who}が、この窓口には保存されていません。");
                self.say(FaultKind::Stored, None, sentence);
            }
            Some(_) => {}
        }
        self.claim(given.count, Claim { who, head: given.head, outside: true });
        Ok(())
    }

    fn weigh_announcements(&mut self) {
        for stored in self.evidence.stored.clone() {
            if stored.count <= self.report.count && !self.announced_checkpoints.contains(&stored.count) {
                let sentence = format!("保存されている控え第{}号を作った記録がありません。", stored.number);
                self.say(FaultKind::Stored, None, sentence);
            }
        }
        let office = self.evidence.office.clone();
        let known: BTreeSet<String> = office
            .iter()
            .flat_map(|office| self.evidence.keys.iter().map(|key| key::object(office, *key)))
            .collect();
        for object in self.announced_keys.difference(&known).cloned().collect::<Vec<_>>() {
            let mine = office.as_ref().is_some_and(|office| object.starts_with(&format!("office {office} ")));
            let (kind, sentence) = if mine {
                (FaultKind::UnknownKey, "操作記録にある署名の鍵が、保存されていません。".to_owned())
            } else {
                (FaultKind::OtherOffice, "操作記録が、ほかの窓口のものです。".to_owned())
            };
            self.say(kind, None, sentence);
        }
        for _ in known.difference(&self.announced_keys.clone()) {
            let sentence = "保存されている署名の鍵を作った記録がありません。".to_owned();
            self.say(FaultKind::UnknownKey, None, sentence);
        }
    }

    fn claim(&mut self, count: i64, claim: Claim) {
        self.claims.entry(count).or_default().push(claim);
    }

    fn fault(&mut self, kind: FaultKind, number: i64, sentence: String) {
        self.say(kind, Some(number), sentence);
    }

    fn say(&mut self, kind: FaultKind, number: Option<i64>, sentence: String) {
        if self.report.faults.len() < MOST_FAULTS {
            self.report.faults.push(Fault { kind, number, sentence });
        }
    }
}

/// The number in the usual name of a checkpoint's file.
fn numbered(name: &str) -> Option<i64> {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.strip_prefix("audit-checkpoint-")?.strip_suffix(".json")?.parse().ok()
}
