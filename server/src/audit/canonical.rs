//! The bytes of a row that its hash covers.
//!
//! Each field has its length before it, so that no two rows share their bytes. The first field names the version:
//! version 1 knew neither kinds of actors nor counters nor counterparties. Both stay readable for ever.

use crate::store::audit::AuditRow;
use sha2::{Digest, Sha256};

/// The version that new rows are written in.
pub const VERSION: i64 = 2;

/// The hash of a row; `None` when its version isn't one this program knows, or a row of version 1 has what only
/// version 2 can have.
pub fn hash(row: &AuditRow) -> Option<Vec<u8>> {
    match row.version {
        1 if !has_second_fields(row) => Some(first(row)),
        2 if row.actor_kind.is_some() => Some(second(row)),
        _ => None,
    }
}

fn has_second_fields(row: &AuditRow) -> bool {
    row.actor_kind.is_some()
        || row.station.is_some()
        || row.counterparty_kind.is_some()
        || row.counterparty.is_some()
}

fn first(row: &AuditRow) -> Vec<u8> {
    let mut bytes = Bytes::beginning(b"madoguchi audit 1");
    bytes.number(Some(row.number));
    bytes.text(Some(&row.at));
    bytes.number(Some(row.kind));
    bytes.text(Some(&row.actor));
    bytes.text(row.subject.as_deref());
    what(bytes, row)
}

fn second(row: &AuditRow) -> Vec<u8> {
    let mut bytes = Bytes::beginning(b"madoguchi audit 2");
    bytes.number(Some(row.number));
    bytes.text(Some(&row.at));
    bytes.number(Some(row.kind));
    bytes.text(row.actor_kind.as_deref());
    bytes.text(Some(&row.actor));
    bytes.number(row.station);
    bytes.text(row.subject.as_deref());
    bytes.text(row.counterparty_kind.as_deref());
    bytes.text(row.counterparty.as_deref());
    what(bytes, row)
}

/// The end that both versions share.
fn what(mut bytes: Bytes, row: &AuditRow) -> Vec<u8> {
    bytes.number(row.case_id);
    bytes.text(row.object.as_deref());
    bytes.text(Some(&row.outcome));
    bytes.text(Some(&row.sentence));
    bytes.field(Some(&row.previous));
    bytes.digest.finalize().to_vec()
}

struct Bytes {
    digest: Sha256,
}

impl Bytes {
    fn beginning(tag: &[u8]) -> Self {
        let mut bytes = Self { digest: Sha256::new() };
        bytes.field(Some(tag));
        bytes
    }

    fn field(&mut self, value: Option<&[u8]>) {
        match value {
            Some(value) => {
                self.digest.update([1]);
                self.digest.update((value.len() as u64).to_be_bytes());
                self.digest.update(value);
            }
            None => self.digest.update([0]),
        }
    }

    fn text(&mut self, value: Option<&str>) {
        self.field(value.map(str::as_bytes));
    }

    fn number(&mut self, value: Option<i64>) {
        self.field(value.map(i64::to_be_bytes).as_ref().map(<[u8; 8]>::as_slice));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::hex;

    fn row(version: i64) -> AuditRow {
        AuditRow {
            number: 7,
            at: "2026-11-22T12:34:56+09:00".into(),
            kind: 41,
            actor: "sato".into(),
            subject: Some("9900000001".into()),
            case_id: Some(3),
            object: None,
            outcome: "done".into(),
            sentence: "本人を確かめました。".into(),
            previous: vec![9; 32],
            version,
            actor_kind: (version == 2).then(|| "staff".into()),
            ..AuditRow::default()
        }
    }

    /// The bytes never change: these hashes were computed when each version was made.
    #[test]
    fn stay_as_they_were_written() {
        assert_eq!(
            hex(&hash(&row(1)).unwrap()),
            "0413e882c1c6e22592b8a919bf14410ee01ec88931cf9e152d1a86492ac05b62"
        );
        assert_eq!(
            hex(&hash(&row(2)).unwrap()),
            "552674ba4276518b38eb76e9d580f8b9c65dfcff5d4fa2e0f37637bc790be066"
        );
    }

    /// Text that moves from one field to the next, and nothing instead of an empty text, are other rows.
    #[test]
    fn no_two_rows_share_their_bytes() {
        let plain = row(2);
        let mut moved = plain.clone();
        (moved.counterparty_kind, moved.counterparty) = (Some("proxy".into()), Some("山".into()));
        let mut other = moved.clone();
        (other.counterparty_kind, other.counterparty) = (Some("pro".into()), Some("xy山".into()));
        let mut empty = plain.clone();
        empty.object = Some(String::new());
        let hashes: std::collections::HashSet<_> =
            [plain, moved, other, empty].iter().map(|row| hash(row).unwrap()).collect();
        assert_eq!(hashes.len(), 4);
    }

    /// A row of version 1 can't carry what only version 2 covers, and unknown versions have no hash.
    #[test]
    fn nothing_hides_in_an_older_version() {
        let mut row = row(1);
        row.counterparty = Some("だれか".into());
        assert_eq!(hash(&row), None);
        row.counterparty = None;
        row.version = 3;
        assert_eq!(hash(&row), None);
    }
}
