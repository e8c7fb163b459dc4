//! One cell of a row as a value, or the sentence that refuses it.

use super::header::Layout;
use super::rows::Record;
use chrono::NaiveDate;
use rules::wareki;

/// What is wrong with a row: the column and one sentence. The first fault found speaks for the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The column.
    pub column: &'static str,
    /// What is wrong and what would be right.
    pub sentence: String,
}

impl Fault {
    /// A fault in a column.
    pub fn new(column: &'static str, sentence: impl Into<String>) -> Self {
        Self { column, sentence: sentence.into() }
    }
}

/// A row whose cells are found by the place of their column in the office's specification.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    record: &'a Record,
    layout: &'a Layout,
    columns: &'static [&'static str],
}

impl<'a> Cells<'a> {
    /// The cells of a row.
    pub fn new(record: &'a Record, layout: &'a Layout, columns: &'static [&'static str]) -> Self {
        Self { record, layout, columns }
    }

    /// Refuses a row that can't be read at all.
    ///
    /// # Errors
    /// When the row has more or fewer cells than the header, or a character that is none.
    pub fn check(&self) -> Result<(), Fault> {
        if self.record.len() != self.layout.width() {
            let (head, row) = (self.layout.width(), self.record.len());
            return Err(Fault::new("行全体", format!("見出しは{head}列ですが、この行は{row}列です。")));
        }
        for (index, &column) in self.columns.iter().enumerate() {
            let raw = self.raw(index);
            if raw.contains('\u{FFFD}') {
                return Err(Fault::new(column, "読み取れない文字があります。文字コードを確かめてください。"));
            }
            if raw.chars().any(char::is_control) {
                return Err(Fault::new(column, "改行やタブなど、使えない文字があります。"));
            }
        }
        Ok(())
    }

    /// The name of a column.
    pub fn name(&self, index: usize) -> &'static str {
        self.columns[index]
    }

    /// A cell exactly as the file has it.
    pub fn raw(&self, index: usize) -> &'a str {
        self.record.get(self.layout.place(index))
    }

    /// A cell without the white space around it.
    pub fn trimmed(&self, index: usize) -> &'a str {
        self.raw(index).trim()
    }

    /// What stands in a column, shortened to what a line of a report can show.
    pub fn shown(&self, column: &str) -> String {
        let place = self.columns.iter().position(|name| *name == column);
        let text = place.map_or("", |index| self.raw(index));
        let mut short: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
        if text.chars().count() > 40 {
            short.push('…');
        }
        short
    }

    /// A fault in a column.
    pub fn fault(&self, index: usize, sentence: impl Into<String>) -> Fault {
        Fault::new(self.name(index), sentence)
    }

    /// A text that must be there, every code point kept.
    ///
    /// # Errors
    /// When there is nothing, or far more than any record holds.
    pub fn text(&self, index: usize) -> Result<String, Fault> {
        self.optional_text(index)?.ok_or_else(|| self.empty(index))
    }

    /// A text that may be missing, every code point kept.
    ///
    /// # Errors
    /// When it is longer than any record.
    pub fn optional_text(&self, index: usize) -> Result<Option<String>, Fault> {
        let raw = self.raw(index);
        if raw.chars().count() > 300 {
            return Err(self.fault(index, "300文字を超えています。"));
        }
        Ok((!raw.trim().is_empty()).then(|| raw.to_owned()))
    }

    /// A number that names something: half-width letters and digits, at most 20.
    ///
    /// # Errors
    /// When it is empty or has other characters.
    pub fn identifier(&self, index: usize) -> Result<String, Fault> {
        let text = self.trimmed(index);
        if text.is_empty() {
            return Err(self.empty(index));
        }
        let right = text.len() <= 20 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if right {
            Ok(text.to_owned())
        } else {
            Err(self.fault(index, "20文字までの半角の英数字で入れてください。"))
        }
    }

    /// A date in any form the office writes.
    ///
    /// # Errors
    /// When it is empty or no date.
    pub fn date(&self, index: usize) -> Result<NaiveDate, Fault> {
        self.optional_date(index)?.ok_or_else(|| self.empty(index))
    }

    /// A date that may be missing.
    ///
    /// # Errors
    /// When it is no date.
    pub fn optional_date(&self, index: usize) -> Result<Option<NaiveDate>, Fault> {
        let text = self.trimmed(index);
        if text.is_empty() {
            return Ok(None);
        }
        wareki::parse(text).map(Some).map_err(|error| self.fault(index, error.sentence()))
    }

    /// Yes or no; empty is no.
    ///
    /// # Errors
    /// When it is neither.
    pub fn flag(&self, index: usize) -> Result<bool, Fault> {
        match self.trimmed(index) {
            "" | "0" | "０" | "無" | "なし" | "無し" | "非該当" | "否" | "×" | "-" | "FALSE" | "false"
            | "No" | "N" => Ok(false),
            "1" | "１" | "有" | "あり" | "有り" | "該当" | "対象" | "○" | "〇" | "◯" | "TRUE" | "true"
            | "Yes" | "Y" => Ok(true),
            other => Err(self.fault(
                index,
                format!("「{other}」は読めません。1(該当)、0(非該当)、有、無 のどれかにしてください。"),
            )),
        }
    }

    /// One of the office's words.
    ///
    /// # Errors
    /// When the word isn't known; the sentence lists those that are.
    pub fn word<T: Copy>(&self, index: usize, words: &[(&str, T)]) -> Result<T, Fault> {
        let text = self.trimmed(index);
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Ok(*value);
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).filter(|word| !word.is_ascii()).collect();
        let seen = if text.is_empty() {
            "空です。".to_owned()
        } else {
            format!("「{text}」は読めません。")
        };
        Err(self.fault(index, format!("{seen}{} のどれかにしてください。", known.join("、"))))
    }

    fn empty(&self, index: usize) -> Fault {
        self.fault(index, "空です。必ず入れてください。")
    }
}
