//! Text to rows: comma-separated values with quotes, as RFC 4180 and spreadsheets write them.
//!
//! Rows are numbered as a spreadsheet shows them: the header is 1, an empty line counts, a line break inside quotes
//! doesn't.

use super::encoding::Text;
use std::io::{self, Read};

/// The longest row in bytes of text. A quote that is never closed would otherwise swallow the file.
const LONGEST: usize = 64 * 1024;

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Its number in a spreadsheet.
    pub row: u64,
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True when there is nothing in any cell.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// A cell; nothing where the row is too short.
    pub fn get(&self, index: usize) -> &str {
        let Some(&end) = self.ends.get(index) else { return "" };
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..end]
    }

    /// All cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    fn clear(&mut self, row: u64) {
        self.row = row;
        self.text.clear();
        self.ends.clear();
    }

    fn end_cell(&mut self) {
        self.ends.push(self.text.len());
    }
}

/// Why rows can't be read on.
#[derive(Debug)]
pub enum RowError {
    /// The file can't be read.
    Io(io::Error),
    /// A quote in this row is never closed.
    OpenQuote(u64),
    /// This row is longer than any row can be.
    TooLong(u64),
}

/// Where the reader stands in a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first character of a cell.
    Start,
    /// In a cell without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// After a quote that closes, or is the first of two.
    AfterQuote,
}

/// The rows of a text.
pub struct Rows<R> {
    source: Text<R>,
    chunk: String,
    at: usize,
    row: u64,
}

impl<R: Read> Rows<R> {
    /// The rows of `source`.
    pub fn new(source: Text<R>) -> Self {
        Self { source, chunk: String::new(), at: 0, row: 0 }
    }

    /// Bytes read so far, for progress.
    pub fn bytes_read(&self) -> u64 {
        self.source.bytes_read()
    }

    /// Reads the next row into `record`; false at the end.
    ///
    /// # Errors
    /// When the file can't be read or a quote is never closed.
    pub fn next(&mut self, record: &mut Record) -> Result<bool, RowError> {
        self.row += 1;
        record.clear(self.row);
        let mut state = State::Start;
        loop {
            if self.at == self.chunk.len() && !self.refill().map_err(RowError::Io)? {
                return self.at_the_end(record, state);
            }
            if self.step(record, &mut state) {
                return Ok(true);
            }
            if record.text.len() > LONGEST {
                let quoted = state == State::Quoted;
                return Err(if quoted { RowError::OpenQuote(self.row) } else { RowError::TooLong(self.row) });
            }
        }
    }

    fn refill(&mut self) -> io::Result<bool> {
        self.chunk.clear();
        self.at = 0;
        while self.chunk.is_empty() {
            if !self.source.fill(&mut self.chunk)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn at_the_end(&self, record: &mut Record, state: State) -> Result<bool, RowError> {
        if state == State::Quoted {
            return Err(RowError::OpenQuote(self.row));
        }
        if record.text.is_empty() && record.ends.is_empty() {
            return Ok(false);
        }
        strip_return(record);
        record.end_cell();
        Ok(true)
    }

    /// Takes text up to the next character that means something; true at the end of the row.
    fn step(&mut self, record: &mut Record, state: &mut State) -> bool {
        let rest = &self.chunk.as_bytes()[self.at..];
        let special: &[u8] = if *state == State::Quoted { b"\"" } else { b",\n\"" };
        let length = rest.iter().position(|byte| special.contains(byte)).unwrap_or(rest.len());
        if length > 0 {
            record.text.push_str(&self.chunk[self.at..self.at + length]);
            self.at += length;
            if *state != State::Quoted {
                *state = State::Plain;
            }
            return false;
        }
        let byte = rest[0];
        self.at += 1;
        match (byte, *state) {
            (b'"', State::Start) => *state = State::Quoted,
            (b'"', State::Quoted) => *state = State::AfterQuote,
            (b'"', State::AfterQuote) => {
                record.text.push('"');
                *state = State::Quoted;
            }
            (b'"', State::Plain) => record.text.push('"'),
            (b',', _) => {
                record.end_cell();
                *state = State::Start;
            }
            _ => {
                strip_return(record);
                record.end_cell();
                return true;
            }
        }
        false
    }
}

/// Takes the CR of a CRLF off the last cell.
fn strip_return(record: &mut Record) {
    let start = record.ends.last().copied().unwrap_or(0);
    if record.text.len() > start && record.text.ends_with('\r') {
        record.text.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut rows = Rows::new(Text::open(text.as_bytes()).unwrap().ok().unwrap());
        let (mut record, mut all) = (Record::default(), Vec::new());
        while rows.next(&mut record).unwrap() {
            all.push((record.row, record.cells().map(str::to_owned).collect()));
        }
        all
    }

    /// CRLF, LF, no line break at the end: the same rows.
    #[test]
    fn reads_every_line_ending() {
        for text in ["a,b\r\n1,\r\n", "a,b\n1,\n", "a,b\r\n1,"] {
            assert_eq!(read(text), [(1, vec!["a".into(), "b".into()]), (2, vec!["1".into(), String::new()])]);
        }
    }

    /// Quotes hold commas, quotes and line breaks; the row number stays what a spreadsheet shows.
    #[test]
    fn quotes_hold_commas_quotes_and_line_breaks() {
        let rows = read("h\r\n\"a,\"\"b\"\"\r\nc\",2\r\n\r\nx,y\r\n");
        assert_eq!(rows[1], (2, vec!["a,\"b\"\r\nc".into(), "2".into()]));
        assert_eq!(rows[2], (3, vec![String::new()]));
        assert_eq!(rows[3].0, 4, "an empty line is a row of the spreadsheet");
    }

    /// Rows that lie across chunks are whole.
    #[test]
    fn rows_across_chunks_are_whole() {
        let lines: Vec<String> = (0..20_000).map(|n| format!("{n},\"渡邉{n}\"\r\n")).collect();
        let text = lines.concat();
        let rows = read(&text);
        assert_eq!(rows.len(), 20_000);
        for (n, (row, cells)) in rows.iter().enumerate() {
            assert_eq!((*row, &cells[1]), (n as u64 + 1, &format!("渡邉{n}")));
        }
    }

    /// A quote that is never closed names its row.
    #[test]
    fn an_open_quote_names_its_row() {
        let text = format!("h\n\"a\n{}", "1,2\n".repeat(100_000));
        let mut rows = Rows::new(Text::open(text.as_bytes()).unwrap().ok().unwrap());
        let mut record = Record::default();
        assert!(rows.next(&mut record).unwrap());
        assert!(matches!(rows.next(&mut record), Err(RowError::OpenQuote(2))));
    }
}
