//! Who did what to whom, when, and how it ended.
//!
//! A row is written in the transaction of what it records, so that neither can exist without the other. Each row's
//! hash covers its canonical bytes and the hash before it: a changed, removed or reordered row breaks the chain.
//! Signed checkpoints (number of rows, last hash) leave the machine: against them a chain that somebody made anew, or
//! cut off at its end, doesn't hold. `docs/audit.md` tells auditors what this proves and what it can't.

pub mod actor;
mod canonical;
pub mod check;
pub mod checkpoint;
pub mod key;
mod labels;
#[cfg(test)]
mod mutations;
pub mod verify;

pub use actor::{Actor, Counterparty, CounterpartyRole};
pub use check::{Verdict, verify};

use crate::error::Result;
use crate::store::{self, WriteTx, audit::AuditRow};
use chrono::{DateTime, TimeDelta};

/// Who does what nobody's hand did: a file, a day, the program's start.
pub const SYSTEM: &str = "system";

/// The hash before the first row.
const BEGINNING: [u8; 32] = [0; 32];

/// The kinds of event. Numbers are for ever: a kind that goes out of use keeps its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i64)]
pub enum Kind {
    /// The office was made.
    OfficeMade = 1,
    /// The machine's clock was found behind the last row.
    ClockSetBack = 2,
    /// Somebody logged in, or tried to.
    Login = 10,
    /// Somebody logged out.
    Logout = 11,
    /// A staff account was opened or changed.
    StaffChanged = 12,
    /// A PIN pad was paired with a counter.
    PadPaired = 13,
    /// A session's owner proved to be there once more, or hid the screen and showed it again.
    Confirmed = 14,
    /// A second person confirmed what another one does.
    SecondPerson = 15,
    /// A resident's page was looked at.
    ResidentSeen = 20,
    /// A person under support measures was opened by a supervisor.
    SuppressedSeen = 21,
    /// A search was made (the words are not kept).
    Searched = 22,
    /// A file was taken in.
    Imported = 30,
    /// A case was opened.
    CaseOpened = 40,
    /// A case went a step on.
    CaseMoved = 41,
    /// A case was closed.
    CaseClosed = 42,
    /// The rules were overridden with a reason.
    Overridden = 43,
    /// PINs were verified at the card.
    PinsVerified = 50,
    /// A card update began.
    CardUpdateBegun = 51,
    /// A card update ended.
    CardUpdateEnded = 52,
    /// A card was laid on the training office's reader, or taken away.
    TrainingCard = 59,
    /// Notices were made.
    NoticesMade = 60,
    /// A document was printed.
    Printed = 61,
    /// A notice campaign went a step on.
    CampaignMoved = 62,
    /// A notice was voided.
    NoticeVoided = 63,
    /// A notice came back.
    NoticeReturned = 64,
    /// A setting was changed.
    SettingChanged = 70,
    /// A day of the counter was closed.
    DayClosed = 75,
    /// A closed day was opened again.
    DayReopened = 76,
    /// Numbers were written to a file.
    Exported = 77,
    /// A backup was made or restored.
    BackedUp = 80,
    /// The trail was read in the browser.
    TrailRead = 81,
    /// Rows of the trail, or a checkpoint, left in a file.
    TrailExported = 82,
    /// The whole trail was checked in the browser.
    TrailChecked = 83,
    /// A checkpoint was signed; the object names its number.
    CheckpointMade = 84,
    /// A key for checkpoints was made; the object names the office and the key.
    CheckpointKeyMade = 85,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused: by a rule, a right or a person.
    Refused,
    /// It was tried and failed.
    Failed,
}

impl Outcome {
    fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// What a caller says; number, time and hashes are added here.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The kind of event.
    pub kind: Kind,
    /// Who did it.
    pub actor: Actor<'a>,
    /// The person it concerns.
    pub subject: Option<&'a str>,
    /// Who came for that person, or looked too.
    pub counterparty: Option<Counterparty<'a>>,
    /// The case it belongs to.
    pub case_id: Option<i64>,
    /// The thing it concerns.
    pub object: Option<&'a str>,
    /// How it ended.
    pub outcome: Outcome,
    /// What happened, in words; never a PIN, never a search word.
    pub sentence: String,
}

impl<'a> Entry<'a> {
    /// An entry about something that was done. A visitor as the actor brings their counter along.
    pub fn done(kind: Kind, actor: impl Into<Actor<'a>>, sentence: impl Into<String>) -> Self {
        Self {
            kind,
            actor: actor.into(),
            subject: None,
            counterparty: None,
            case_id: None,
            object: None,
            outcome: Outcome::Done,
            sentence: sentence.into(),
        }
    }

    /// The same with the person it concerns.
    #[must_use]
    pub fn about(mut self, resident_number: &'a str) -> Self {
        self.subject = Some(resident_number);
        self
    }

    /// The same with who came for that person, or looked too.
    #[must_use]
    pub fn with(mut self, counterparty: Option<Counterparty<'a>>) -> Self {
        self.counterparty = counterparty;
        self
    }

    /// The same with the case it belongs to.
    #[must_use]
    pub fn in_case(mut self, case_id: i64) -> Self {
        self.case_id = Some(case_id);
        self
    }

    /// The same with the thing it concerns.
    #[must_use]
    pub fn object(mut self, object: &'a str) -> Self {
        self.object = Some(object);
        self
    }

    /// The same with how it ended.
    #[must_use]
    pub fn outcome(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }
}

/// Appends an entry inside the transaction of what it records.
///
/// Times never go back from row to row. A request that waited for its turn to write carries the moment of the row
/// before it; when the clock itself was set back, a row says so first.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &mut WriteTx, at: &str, entry: Entry<'_>) -> Result<()> {
    // Boxed: nearly every procedure holds this future, and each would carry room for two rows.
    Box::pin(append(tx, at, entry)).await.map(|_| ())
}

/// The same, and returns the row as it was written.
///
/// # Errors
/// When the database refuses.
pub async fn append(tx: &mut WriteTx, at: &str, entry: Entry<'_>) -> Result<AuditRow> {
    let last = store::audit::last(&mut **tx).await?;
    let Some(last) = last else { return write(tx, at, entry, None).await };
    match clock(&last.at, at) {
        ClockSays::Onward => write(tx, at, entry, Some(&last)).await,
        ClockSays::Waited => write(tx, &last.at, entry, Some(&last)).await,
        ClockSays::SetBack => {
            let sentence = format!(
                "端末の時計が、前の記録の時刻({})から{}に戻っています。ここからは戻った時計の時刻です。",
                last.at, at
            );
            let set_back = Entry::done(Kind::ClockSetBack, Actor::System, sentence);
            let last = write(tx, at, set_back, Some(&last)).await?;
            write(tx, at, entry, Some(&last)).await
        }
    }
}

async fn write(tx: &mut WriteTx, at: &str, entry: Entry<'_>, last: Option<&AuditRow>) -> Result<AuditRow> {
    let row = row(at, entry, last);
    store::audit::append(tx, &row).await?;
    Ok(row)
}

/// The row that an entry becomes behind the last one.
fn row(at: &str, entry: Entry<'_>, last: Option<&AuditRow>) -> AuditRow {
    let mut row = AuditRow {
        number: last.map_or(1, |last| last.number + 1),
        at: at.to_owned(),
        kind: entry.kind as i64,
        actor: entry.actor.name().to_owned(),
        subject: entry.subject.map(str::to_owned),
        case_id: entry.case_id,
        object: entry.object.map(str::to_owned),
        outcome: entry.outcome.code().to_owned(),
        sentence: entry.sentence,
        previous: last.map_or(BEGINNING.to_vec(), |last| last.hash.clone()),
        hash: Vec::new(),
        version: canonical::VERSION,
        actor_kind: Some(entry.actor.kind().to_owned()),
        station: entry.actor.station(),
        counterparty_kind: entry.counterparty.map(|other| other.role.code().to_owned()),
        counterparty: entry.counterparty.and_then(|other| other.name).map(str::to_owned),
    };
    row.hash = canonical::hash(&row).expect("a new row is of a known version");
    row
}

/// A moment beside the last row's.
enum ClockSays {
    Onward,
    Waited,
    SetBack,
}

/// As long as a request may wait for its turn to write, in seconds.
const LONGEST_WAIT: i64 = 60;

fn clock(last: &str, now: &str) -> ClockSays {
    if now >= last {
        return ClockSays::Onward;
    }
    let behind = DateTime::parse_from_rfc3339(last)
        .and_then(|last| DateTime::parse_from_rfc3339(now).map(|now| last - now));
    match behind {
        Ok(behind) if behind > TimeDelta::seconds(LONGEST_WAIT) => ClockSays::SetBack,
        _ => ClockSays::Waited,
    }
}
