//! Reads a file row by row beside the database work, and hands over batches.
//!
//! What is wrong with the whole file ends the run with one sentence: no text, unknown columns, individual numbers.

use super::FileKind;
use super::cards::{self, CardRecord};
use super::cell::{Cells, Fault};
use super::encoding::Text;
use super::header::{HeaderFault, Layout};
use super::individual_number::Watch;
use super::report::{Progress, RefusedRow};
use super::residents;
use super::rows::{Record, RowError, Rows};
use crate::error::{Error, Refusal, Result};
use crate::rng::hex;
use crate::store::residents::Resident;
use chrono::NaiveDate;
use rules::kinds::CertificateKind;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use tokio::sync::mpsc;

/// Rows handed over at once.
const BATCH: usize = 1000;

/// Something that a row can be read as.
pub trait FromRow: Sized + Send + 'static {
    /// What the file holds.
    const KIND: FileKind;

    /// Reads one row.
    ///
    /// # Errors
    /// The first column that can't be, with one sentence.
    fn read(cells: &Cells<'_>, today: NaiveDate) -> Result<Self, Fault>;

    /// What may be in a file only once: the column and the value.
    fn unique(&self) -> Vec<(usize, &str)>;
}

impl FromRow for Resident {
    const KIND: FileKind = FileKind::Residents;

    fn read(cells: &Cells<'_>, today: NaiveDate) -> Result<Self, Fault> {
        residents::read(cells, today)
    }

    fn unique(&self) -> Vec<(usize, &str)> {
        vec![(0, &self.number)]
    }
}

impl FromRow for CardRecord {
    const KIND: FileKind = FileKind::Cards;

    fn read(cells: &Cells<'_>, today: NaiveDate) -> Result<Self, Fault> {
        cards::read(cells, today)
    }

    fn unique(&self) -> Vec<(usize, &str)> {
        let serials = CertificateKind::ALL.iter().filter_map(|&kind| {
            self.certificate(kind)
                .map(|certificate| (cards::serial_column(kind), certificate.serial.as_str()))
        });
        std::iter::once((cards::NUMBER, self.number.as_str())).chain(serials).collect()
    }
}

/// Rows that were read together.
#[derive(Debug)]
pub struct Batch<T> {
    /// Rows that can be read, with their numbers.
    pub good: Vec<(u64, T)>,
    /// Rows that can't.
    pub refused: Vec<RefusedRow>,
    /// How far the file has been read.
    pub progress: Progress,
}

/// What is known when the file has been read to its end.
#[derive(Clone, Debug, Default)]
pub struct Ending {
    /// Columns nobody asked for.
    pub unused_columns: Vec<String>,
    /// How the file was read.
    pub encoding: &'static str,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
}

/// Reads `path` and sends its rows in batches. Ends early, without a word, when nobody listens any more.
///
/// # Errors
/// A refusal when the whole file can't be used.
pub fn read<T: FromRow>(path: &Path, today: NaiveDate, to: &mpsc::Sender<Batch<T>>) -> Result<Ending> {
    let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
    let total = file.metadata().map_err(|error| cannot_read(path, &error))?.len();
    read_source(file, total, path, today, to)
}

/// The same for bytes from anywhere. `total` is their number, for progress; `path` is what a fault calls them.
///
/// # Errors
/// As [`read`].
pub fn read_source<T: FromRow, R: Read>(
    source: R,
    total: u64,
    path: &Path,
    today: NaiveDate,
    to: &mpsc::Sender<Batch<T>>,
) -> Result<Ending> {
    let mut hasher = Sha256::new();
    let hashed = Hashed { inner: source, hasher: &mut hasher };
    let text = Text::open(hashed).map_err(|error| cannot_read(path, &error))?.map_err(not_text)?;
    let encoding = text.encoding();
    let mut rows = Rows::new(text);
    let (mut record, columns) = (Record::default(), T::KIND.columns());
    let header_there = rows.next(&mut record).map_err(|error| not_rows(path, error))?;
    if !header_there || record.is_empty() {
        return Err(refuse("ファイルの1行目に見出しがありません。", "1行目を列名にしてください。"));
    }
    let layout = Layout::find(&record, columns).map_err(|fault| wrong_header(T::KIND, &fault))?;
    let names: Vec<String> = record.cells().map(|name| super::header::clean(name).to_owned()).collect();
    let (mut watch, mut seen) = (Watch::default(), HashMap::<(usize, String), u64>::new());
    let mut batch = empty(total);
    while rows.next(&mut record).map_err(|error| not_rows(path, error))? {
        if record.is_empty() {
            continue;
        }
        for (place, cell) in record.cells().enumerate() {
            watch.see(place, cell);
        }
        batch.progress.rows += 1;
        let cells = Cells::new(&record, &layout, columns);
        match read_row::<T>(&cells, record.row, today, &mut seen) {
            Ok(row) => batch.good.push((record.row, row)),
            Err(Fault { column, sentence }) => {
                let value = cells.shown(column);
                batch.refused.push(RefusedRow { row: record.row, column, value, sentence });
            }
        }
        if batch.good.len() + batch.refused.len() == BATCH {
            let done = batch.progress.rows;
            batch.progress.bytes = rows.bytes_read();
            if to.blocking_send(std::mem::replace(&mut batch, empty(total))).is_err() {
                return Ok(Ending::default());
            }
            batch.progress.rows = done;
        }
    }
    if let Some(place) = watch.finding() {
        let name = names.get(place).map_or("", String::as_str);
        return Err(individual_number(&format!("「{name}」の列の値が、12桁の個人番号(マイナンバー)です。")));
    }
    batch.progress.bytes = total;
    let _ = to.blocking_send(batch);
    drop(rows);
    Ok(Ending { unused_columns: layout.unused, encoding, sha256: hex(&hasher.finalize()) })
}

fn empty<T>(total: u64) -> Batch<T> {
    Batch {
        good: Vec::with_capacity(BATCH),
        refused: Vec::new(),
        progress: Progress { total, ..Progress::default() },
    }
}

fn read_row<T: FromRow>(
    cells: &Cells<'_>,
    number: u64,
    today: NaiveDate,
    seen: &mut HashMap<(usize, String), u64>,
) -> Result<T, Fault> {
    cells.check()?;
    let row = T::read(cells, today)?;
    for (column, value) in row.unique() {
        if let Some(first) = seen.get(&(column, value.to_owned())) {
            return Err(cells.fault(column, format!("「{value}」は{first}行目にもあります。")));
        }
    }
    for (column, value) in row.unique() {
        seen.insert((column, value.to_owned()), number);
    }
    Ok(row)
}

/// Hashes what is read through it.
struct Hashed<'a, R> {
    inner: R,
    hasher: &'a mut Sha256,
}

impl<R: Read> Read for Hashed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}

fn refuse(sentence: impl Into<String>, what_now: impl Into<String>) -> Error {
    Refusal::new(422, "M-1301", sentence, "何も取り込んでいません。", what_now).into()
}

fn individual_number(sentence: &str) -> Error {
    let what_now =
        "個人番号の列を除いて書き出し直してください。元のファイルは、決められた方法で消去してください。";
    Refusal::new(422, "M-1302", sentence, "個人番号は扱えないため、ファイル全体を取り込みません。", what_now)
        .into()
}

fn cannot_read(path: &Path, error: &io::Error) -> Error {
    let name = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => {
            Refusal::setup(format!("ファイル {name} がありません。"), "ファイル名を確かめてください。").into()
        }
        io::ErrorKind::IsADirectory => {
            Refusal::setup(format!("{name} はディレクトリです。"), "CSVファイルを指定してください。").into()
        }
        _ => {
            let what_now = "ファイルの権限と置き場所を確かめてください。";
            Refusal::setup(format!("ファイル {name} を読めません。"), what_now).into()
        }
    }
}

fn not_text(what: &'static str) -> Error {
    refuse(format!("CSVファイルではなく、{what}のようです。"), "UTF-8かShift_JISのCSVで書き出してください。")
}

fn not_rows(path: &Path, error: RowError) -> Error {
    match error {
        RowError::Io(error) => cannot_read(path, &error),
        RowError::OpenQuote(row) => {
            let what_now = "その行の \" の数を確かめてください。";
            refuse(format!("{row}行目の引用符(\")が閉じていません。"), what_now)
        }
        RowError::TooLong(row) => {
            refuse(format!("{row}行目が長すぎます。"), "CSVファイルかどうかを確かめてください。")
        }
    }
}

fn wrong_header(kind: FileKind, fault: &HeaderFault) -> Error {
    match fault {
        HeaderFault::IndividualNumber(name) => {
            individual_number(&format!("個人番号(マイナンバー)の列「{name}」があります。"))
        }
        HeaderFault::Unknown => refuse(
            format!("{}のファイルの列名が1つも見つかりません。", kind.label()),
            format!("1行目を {} にしてください。", kind.columns().join("、")),
        ),
        HeaderFault::Missing(missing) => refuse(
            format!("{}のファイルに必要な列 {} がありません。", kind.label(), missing.join("、")),
            "列を加えて書き出し直してください。値のない列も、見出しは要ります。",
        ),
        HeaderFault::Twice(name) => {
            refuse(format!("列「{name}」が2つあります。"), "どちらかを除いて書き出し直してください。")
        }
    }
}
