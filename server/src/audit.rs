//! Who did what to whom, when, and how it ended.
//!
//! A row is written in the transaction of what it records, so that neither can exist without the other. Each row's
//! hash covers its canonical bytes and the hash before it: a changed, removed or reordered row breaks the chain.

use crate::error::{Error, Result};
use crate::store::{self, Store, WriteTx, audit::AuditRow};
use sha2::{Digest, Sha256};

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
    /// Somebody logged in, or tried to.
    Login = 10,
    /// Somebody logged out.
    Logout = 11,
    /// A staff account was opened or changed.
    StaffChanged = 12,
    /// A PIN pad was paired with a counter.
    PadPaired = 13,
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
    /// A backup was made or restored.
    BackedUp = 80,
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
    /// The login of who did it, `system` or `command line`.
    pub actor: &'a str,
    /// The person it concerns.
    pub subject: Option<&'a str>,
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
    /// An entry about something that was done.
    pub fn done(kind: Kind, actor: &'a str, sentence: impl Into<String>) -> Self {
        Self {
            kind,
            actor,
            subject: None,
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
/// # Errors
/// When the database refuses.
pub async fn record(tx: &mut WriteTx, at: &str, entry: Entry<'_>) -> Result<()> {
    let (last, previous) = store::audit::head(tx).await?.unwrap_or((0, BEGINNING.to_vec()));
    let mut row = AuditRow {
        number: last + 1,
        at: at.to_owned(),
        kind: entry.kind as i64,
        actor: entry.actor.to_owned(),
        subject: entry.subject.map(str::to_owned),
        case_id: entry.case_id,
        object: entry.object.map(str::to_owned),
        outcome: entry.outcome.code().to_owned(),
        sentence: entry.sentence,
        previous,
        hash: Vec::new(),
    };
    row.hash = hash(&row);
    store::audit::append(tx, &row).await
}

/// The hash of a row: each field with its length before it, so that no two rows share their bytes.
fn hash(row: &AuditRow) -> Vec<u8> {
    let mut bytes = Sha256::new();
    let mut field = |value: Option<&[u8]>| match value {
        Some(value) => {
            bytes.update([1]);
            bytes.update((value.len() as u64).to_be_bytes());
            bytes.update(value);
        }
        None => bytes.update([0]),
    };
    field(Some(b"madoguchi audit 1"));
    field(Some(&row.number.to_be_bytes()));
    field(Some(row.at.as_bytes()));
    field(Some(&row.kind.to_be_bytes()));
    field(Some(row.actor.as_bytes()));
    field(row.subject.as_deref().map(str::as_bytes));
    field(row.case_id.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    field(row.object.as_deref().map(str::as_bytes));
    field(Some(row.outcome.as_bytes()));
    field(Some(row.sentence.as_bytes()));
    field(Some(&row.previous));
    bytes.finalize().to_vec()
}

/// What a check of the whole chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The chain is whole.
    Whole {
        /// How many rows.
        count: i64,
        /// The last row's hash.
        head: Vec<u8>,
    },
    /// The first row that doesn't fit, and why.
    Broken {
        /// The number that the row has or should have.
        number: i64,
        /// Why, in words.
        sentence: String,
    },
}

/// Checks every row of the audit table against the row before it.
///
/// # Errors
/// When the table can't be read.
pub async fn verify(store: &Store) -> Result<Verdict, Error> {
    let (mut count, mut head) = (0, BEGINNING.to_vec());
    loop {
        let rows = store::audit::page(store.read(), count, 1000).await?;
        if rows.is_empty() {
            return Ok(Verdict::Whole { count, head });
        }
        for row in rows {
            if let Some(sentence) = fault(&row, count + 1, &head) {
                return Ok(Verdict::Broken { number: count + 1, sentence });
            }
            (count, head) = (row.number, row.hash);
        }
    }
}

fn fault(row: &AuditRow, expected: i64, previous: &[u8]) -> Option<String> {
    if row.number != expected {
        return Some(format!("{expected}番の記録がありません。"));
    }
    if row.previous != previous {
        return Some(format!("{expected}番の記録が、前の記録とつながっていません。"));
    }
    (row.hash != hash(row)).then(|| format!("{expected}番の記録が書き換えられています。"))
}
