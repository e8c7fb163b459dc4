//! What a check found, or a take did.

/// A row that can't be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRow {
    /// Its number as a spreadsheet shows it.
    pub row: u64,
    /// The column.
    pub column: &'static str,
    /// What stands there.
    pub value: String,
    /// One sentence.
    pub sentence: String,
}

/// A row that changes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedRow {
    /// Its number as a spreadsheet shows it.
    pub row: u64,
    /// 宛名番号 or カード番号.
    pub key: String,
    /// What changes, column by column.
    pub fields: Vec<FieldChange>,
}

/// One column that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The column.
    pub column: &'static str,
    /// What the office has.
    pub from: String,
    /// What the file says.
    pub to: String,
}

impl FieldChange {
    /// Adds a change to `fields` where the two differ.
    pub fn note(
        fields: &mut Vec<Self>,
        column: &'static str,
        from: impl Into<String>,
        to: impl Into<String>,
    ) {
        let (from, to) = (from.into(), to.into());
        if from != to {
            fields.push(Self { column, from, to });
        }
    }
}

/// How many changed rows a report shows one by one; the rest are counted.
pub const CHANGES_SHOWN: usize = 200;

/// What a check found, or a take did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows with something in them, the header left out.
    pub rows: u64,
    /// Rows that are new.
    pub added: u64,
    /// Rows that change something.
    pub changed: u64,
    /// Rows that say what is known.
    pub unchanged: u64,
    /// The first rows that change something.
    pub changes: Vec<ChangedRow>,
    /// Every refused row, in order.
    pub refused: Vec<RefusedRow>,
    /// Columns of the file that nobody asked for.
    pub unused_columns: Vec<String>,
    /// How the file was read: UTF-8 or CP932.
    pub encoding: &'static str,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
}

impl Report {
    /// Rows that can be taken.
    pub fn good(&self) -> u64 {
        self.added + self.changed + self.unchanged
    }

    /// Notes a row that changes something.
    pub fn note_change(&mut self, row: u64, key: &str, fields: Vec<FieldChange>) {
        self.changed += 1;
        if self.changes.len() < CHANGES_SHOWN {
            self.changes.push(ChangedRow { row, key: key.to_owned(), fields });
        }
    }

    /// Notes a row that can't be taken.
    pub fn refuse(&mut self, row: u64, column: &'static str, value: &str, sentence: impl Into<String>) {
        self.refused.push(RefusedRow { row, column, value: value.to_owned(), sentence: sentence.into() });
    }

    /// The counts in one sentence.
    pub fn summary(&self) -> String {
        format!(
            "{}行のうち、追加{}、変更{}、変更なし{}、取り込めない行{}",
            self.rows,
            self.added,
            self.changed,
            self.unchanged,
            self.refused.len()
        )
    }
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows done.
    pub rows: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes in all.
    pub total: u64,
}

impl Progress {
    /// Hundredths done.
    pub fn percent(&self) -> u8 {
        let total = self.total.max(1);
        u8::try_from((self.bytes.min(total) * 100) / total).unwrap_or(100)
    }
}
