//! Checkpoints: how many rows the trail has and what the last one's hash is, signed, to be kept elsewhere.
//!
//! A checkpoint leaves the machine on the daily report, in each backup and as a small file. Whoever changes the trail
//! afterwards, from a single word to the whole chain made anew, is found by comparing with it.

use super::key::PublicKey;
use super::{Actor, Entry, Kind};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::rng::{Rng, hex};
use crate::store::{WriteTx, audit_checkpoints, audit_checkpoints::CheckpointRow};
use chrono::DateTime;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the file says it is.
const FORMAT: &str = "madoguchi audit checkpoint 1";

/// Which office it is: 128 random bits in 32 hexadecimal digits, made with the office and never changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OfficeId(String);

impl OfficeId {
    /// A new one.
    pub fn new(rng: Rng) -> Self {
        Self(hex(&rng.bytes::<16>()))
    }

    /// The id behind its digits.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 32 && is_hex(text)).then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for OfficeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a checkpoint is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// The day is closed.
    Closing,
    /// A backup is made.
    Backup,
    /// Somebody wants one.
    ByHand,
}

impl Occasion {
    /// The code as stored and signed.
    pub fn code(self) -> &'static str {
        match self {
            Self::Closing => "closing",
            Self::Backup => "backup",
            Self::ByHand => "hand",
        }
    }

    /// The occasion behind a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Closing, Self::Backup, Self::ByHand].into_iter().find(|occasion| occasion.code() == code)
    }

    /// As people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Closing => "日締め",
            Self::Backup => "バックアップ",
            Self::ByHand => "職員の操作",
        }
    }
}

/// A signed checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose trail it is.
    pub office: OfficeId,
    /// 1, 2, 3 … without a gap.
    pub number: i64,
    /// When it was made.
    pub at: String,
    /// Why.
    pub occasion: Occasion,
    /// How many rows it covers; the last of them says that it was made.
    pub count: i64,
    /// The hash of that row.
    pub head: Vec<u8>,
    /// The key it is signed with.
    pub key: PublicKey,
    /// The signature over [`Checkpoint::signed`].
    pub signature: Vec<u8>,
}

/// A checkpoint in the words of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printable {
    /// 第3号
    pub number: String,
    /// 1,234件
    pub count: String,
    /// The last row's hash, 16 groups of four digits.
    pub head: String,
    /// The signature's first 16 digits in groups of four: enough to find the file that belongs to the paper.
    pub signature: String,
}

/// The file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    office: String,
    number: i64,
    at: String,
    occasion: String,
    count: i64,
    head: String,
    key: String,
    signature: String,
}

/// Makes a checkpoint of everything up to now, inside the caller's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn make(
    office: &Office,
    tx: &mut WriteTx,
    occasion: Occasion,
    by: Actor<'_>,
) -> Result<Checkpoint> {
    let number = audit_checkpoints::next_number(tx).await?;
    let object = object(number);
    let sentence = format!("操作記録の控え第{number}号を作りました({})。", occasion.label());
    let entry = Entry::done(Kind::CheckpointMade, by, sentence).object(&object);
    let row = super::append(tx, &office.clock().stamp(), entry).await?;
    let mut checkpoint = Checkpoint {
        office: office.id().clone(),
        number,
        at: row.at,
        occasion,
        count: row.number,
        head: row.hash,
        key: office.signing_key().public(),
        signature: Vec::new(),
    };
    checkpoint.signature = office.signing_key().sign(checkpoint.signed().as_bytes());
    audit_checkpoints::add(tx, &checkpoint.row()).await?;
    Ok(checkpoint)
}

/// How the row of a checkpoint names it.
pub(super) fn object(number: i64) -> String {
    format!("checkpoint {number}")
}

impl Checkpoint {
    /// What is signed: a line of plain text for each field, so that a person with another program can check it.
    pub fn signed(&self) -> String {
        format!(
            "{FORMAT}\noffice {}\nnumber {}\nat {}\noccasion {}\ncount {}\nhead {}\nkey {}\n",
            self.office,
            self.number,
            self.at,
            self.occasion.code(),
            self.count,
            hex(&self.head),
            self.key.hex()
        )
    }

    /// True when the signature is of the key that the checkpoint names.
    pub fn is_signed(&self) -> bool {
        self.key.has_signed(self.signed().as_bytes(), &self.signature)
    }

    /// The file: JSON, one field a line.
    pub fn to_json(&self) -> String {
        let file = File {
            format: FORMAT.to_owned(),
            office: self.office.to_string(),
            number: self.number,
            at: self.at.clone(),
            occasion: self.occasion.code().to_owned(),
            count: self.count,
            head: hex(&self.head),
            key: self.key.hex(),
            signature: hex(&self.signature),
        };
        let mut text = serde_json::to_string_pretty(&file).expect("text and numbers are always JSON");
        text.push('\n');
        text
    }

    /// The checkpoint in a file; `None` when it isn't one. The signature is not checked here.
    pub fn from_json(text: &str) -> Option<Self> {
        let file: File = serde_json::from_str(text).ok()?;
        let at = DateTime::parse_from_rfc3339(&file.at).ok()?;
        if file.format != FORMAT || file.number < 1 || file.count < 1 || crate::clock::stamp(at) != file.at {
            return None;
        }
        Some(Self {
            office: OfficeId::parse(&file.office)?,
            number: file.number,
            at: file.at,
            occasion: Occasion::from_code(&file.occasion)?,
            count: file.count,
            head: unhex(&file.head).filter(|head| head.len() == 32)?,
            key: PublicKey::from_bytes(&unhex(&file.key)?)?,
            signature: unhex(&file.signature).filter(|signature| signature.len() == 64)?,
        })
    }

    /// The usual name of its file.
    pub fn file_name(&self) -> String {
        format!("audit-checkpoint-{:06}.json", self.number)
    }

    /// The checkpoint in the words of a paper.
    pub fn printable(&self) -> Printable {
        Printable {
            number: format!("第{}号", self.number),
            count: format!("{}件", app::components::grouped(self.count.unsigned_abs())),
            head: in_groups(&hex(&self.head)),
            signature: in_groups(&hex(&self.signature)[..16.min(self.signature.len() * 2)]),
        }
    }

    /// The stored form.
    pub fn row(&self) -> CheckpointRow {
        CheckpointRow {
            number: self.number,
            at: self.at.clone(),
            occasion: self.occasion.code().to_owned(),
            count: self.count,
            head: self.head.clone(),
            public_key: self.key.bytes().to_vec(),
            signature: self.signature.clone(),
        }
    }

    /// A stored checkpoint of an office.
    ///
    /// # Errors
    /// When a column holds what was never written there.
    pub fn from_row(office: &OfficeId, row: CheckpointRow) -> Result<Self> {
        let impossible =
            |column| Error::internal(format!("audit_checkpoints.{column} of number {} is none", row.number));
        Ok(Self {
            office: office.clone(),
            number: row.number,
            at: row.at,
            occasion: Occasion::from_code(&row.occasion).ok_or_else(|| impossible("occasion"))?,
            count: row.count,
            head: row.head,
            key: PublicKey::from_bytes(&row.public_key).ok_or_else(|| impossible("public_key"))?,
            signature: row.signature,
        })
    }
}

/// Hexadecimal digits in groups of four.
pub fn in_groups(hex: &str) -> String {
    hex.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The bytes behind lower-case hexadecimal digits.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !is_hex(text) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::key::SigningKey;

    fn checkpoint(key: &SigningKey) -> Checkpoint {
        let mut made = Checkpoint {
            office: OfficeId::new(Rng),
            number: 3,
            at: "2026-11-26T17:15:00+09:00".to_owned(),
            occasion: Occasion::Closing,
            count: 1234,
            head: vec![0xab; 32],
            key: key.public(),
            signature: Vec::new(),
        };
        made.signature = key.sign(made.signed().as_bytes());
        made
    }

    /// A checkpoint comes back from its file; no field of it can be another one without breaking the signature.
    #[test]
    fn every_field_is_signed() {
        let key = SigningKey::generate(Rng).unwrap();
        let made = checkpoint(&key);
        assert_eq!(Checkpoint::from_json(&made.to_json()), Some(made.clone()));
        assert!(made.is_signed());
        let other = SigningKey::generate(Rng).unwrap();
        let changes: [fn(&mut Checkpoint); 6] = [
            |it| it.office = OfficeId::new(Rng),
            |it| it.number += 1,
            |it| it.at = "2026-11-26T17:15:01+09:00".to_owned(),
            |it| it.occasion = Occasion::ByHand,
            |it| it.count -= 1,
            |it| it.head[31] ^= 1,
        ];
        for (which, change) in changes.iter().enumerate() {
            let mut changed = made.clone();
            change(&mut changed);
            assert!(!changed.is_signed(), "{which}");
        }
        assert!(!Checkpoint { key: other.public(), ..made.clone() }.is_signed());
    }

    /// What isn't wholly a checkpoint is none.
    #[test]
    fn takes_no_half_file() {
        let text = checkpoint(&SigningKey::generate(Rng).unwrap()).to_json();
        for wrong in [
            text.replace("checkpoint 1", "checkpoint 2"),
            text.replace("\"count\": 1234", "\"count\": -1234"),
            text.replace("abab", "ABAB"),
            text.replace("\"closing\"", "\"lunch\""),
            text.replace("+09:00", "Z"),
            text.replace("\"number\": 3,", "\"number\": 3, \"more\": 1,"),
            text[..text.len() / 2].to_owned(),
            String::new(),
        ] {
            assert_eq!(Checkpoint::from_json(&wrong), None, "{wrong}");
        }
    }

    /// Paper shows the whole hash in groups that people can compare.
    #[test]
    fn prints_in_groups() {
        let printed = checkpoint(&SigningKey::generate(Rng).unwrap()).printable();
        assert_eq!((printed.number.as_str(), printed.count.as_str()), ("第3号", "1,234件"));
        assert_eq!(printed.head.split(' ').count(), 16);
        assert_eq!(printed.signature.split(' ').count(), 4);
    }

    /// Digits become bytes and back; anything else becomes nothing.
    #[test]
    fn reads_digits() {
        assert_eq!(unhex("00ff7a"), Some(vec![0, 255, 122]));
        assert!(unhex("0").is_none() && unhex("0g").is_none() && unhex("あ0").is_none());
    }
}
