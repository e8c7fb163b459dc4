//! `madoguchi import`: takes a file of residents or cards.

use crate::error::{Refusal, Result};
use crate::import::{self, FileKind, Mode, Progress, Report, Source};
use crate::office::Office;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// What is to be taken in, before any office is opened or made for it.
///
/// # Errors
/// A refusal when the kind is unknown or there is no such file.
pub fn source(kind: &str, file: &Path) -> Result<Source> {
    let Some(kind) = FileKind::from_code(kind) else {
        let sentence = format!("「{kind}」は取り込めません。");
        return Err(Refusal::input(sentence, "residents(住民)か cards(カード)を指定してください。").into());
    };
    if let Err(error) = std::fs::File::open(file) {
        tracing::debug!(%error, "file");
        let sentence = format!("ファイル {} を開けません。", file.display());
        return Err(Refusal::input(sentence, "ファイルの名前と権限を確かめてください。").into());
    }
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    Ok(Source { path: file.to_owned(), name, kind })
}

/// Takes a file, or only checks it with `dry_run`. Progress goes to standard error, each refused row and the counts to
/// standard output. 0 when every row was good, 1 when some were refused and the others taken, 2 when nothing could be
/// taken.
///
/// # Errors
/// A refusal when the whole file can't be used; nothing is changed then.
pub async fn run(office: &Office, source: &Source, dry_run: bool) -> Result<u8> {
    let mode = if dry_run {
        Mode::Check
    } else {
        Mode::Take { actor: "command line".to_owned(), staff_id: None, checked: None }
    };
    let meter = Meter::new();
    let report = import::run(office, source, &mode, |progress| meter.show(progress)).await?;
    meter.end(report.rows);
    tell(&report, dry_run)?;
    Ok(match (report.refused.is_empty(), report.good()) {
        (true, _) => 0,
        (false, 0) => 2,
        (false, _) => 1,
    })
}

fn tell(report: &Report, dry_run: bool) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for refused in &report.refused {
        writeln!(out, "{}行目 {}: {}", refused.row, refused.column, refused.sentence)?;
    }
    if dry_run {
        for change in &report.changes {
            for field in &change.fields {
                writeln!(
                    out,
                    "{}行目 {} {}: 「{}」→「{}」",
                    change.row, change.key, field.column, field.from, field.to
                )?;
            }
        }
    }
    if !report.unused_columns.is_empty() {
        writeln!(out, "使わない列: {}", report.unused_columns.join("、"))?;
    }
    let ending = match (dry_run, report.good()) {
        (true, _) => "調べただけで、取り込んでいません。",
        (false, 0) if !report.refused.is_empty() => "何も取り込んでいません。",
        (false, _) => "取り込みました。",
    };
    writeln!(out, "{}。{ending}", report.summary())?;
    Ok(())
}

/// Progress on standard error: a line that renews itself on a terminal, a line every few seconds elsewhere.
struct Meter {
    begun: Instant,
    terminal: bool,
    next: std::sync::Mutex<Instant>,
}

impl Meter {
    fn new() -> Self {
        let begun = Instant::now();
        Self { begun, terminal: std::io::stderr().is_terminal(), next: std::sync::Mutex::new(begun) }
    }

    fn show(&self, progress: Progress) {
        let now = Instant::now();
        let mut next = self.next.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if now < *next {
            return;
        }
        *next = now + if self.terminal { Duration::from_millis(200) } else { Duration::from_secs(5) };
        let (start, end) = if self.terminal { ("\r", "") } else { ("", "\n") };
        let line = format!(
            "{start}{}行 {}% {}行/秒{end}",
            progress.rows,
            progress.percent(),
            self.rate(progress.rows)
        );
        let _ = std::io::stderr().write_all(line.as_bytes());
    }

    fn end(&self, rows: u64) {
        let start = if self.terminal { "\r" } else { "" };
        eprintln!("{start}{rows}行 100% {}行/秒", self.rate(rows));
    }

    fn rate(&self, rows: u64) -> u64 {
        let milliseconds = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        rows.saturating_mul(1000) / milliseconds
    }
}
