//! Printing a run for the print room: part by part in the background, each part a file that is whole or isn't there.
//!
//! Which letter is in which part was written down with the letters. A part is printed into a file beside its place;
//! the file gets its name, and then the database is told, with the letters it holds. Where that is broken off, the
//! part is printed again from the same letters into the same file: no gap, and nobody twice.

use super::run::{content, may_go_out};
use super::{Month, run};
use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper;
use crate::store::letters::{self, RunLetter};
use crate::store::notice_parts::{self, PartRow};
use chrono::TimeDelta;
use forms::contents::{Contents, ContentsLine};
use forms::notice::NoticeLetter;
use forms::{Bound, Fonts, FormError, Paper, PrintOptions};
use std::fs::{self, DirBuilder, File};
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Days that files for the print room are kept.
const KEPT: i64 = 30;
/// Letters laid out between two looks at the progress.
const STEP: u64 = 50;

/// Begins to print what is left of a run. Does nothing when somebody is at it.
pub fn start(office: &Office, run_id: i64, actor: &str) {
    if !office.printing().begin(run_id) {
        return;
    }
    let (office, actor) = (office.clone(), actor.to_owned());
    tokio::spawn(async move {
        let failed = match print(&office, run_id, &actor).await {
            Ok(()) => None,
            Err(Error::Refused(refusal)) => Some(refusal.to_string()),
            Err(Error::Internal(details)) => {
                tracing::error!(%details, run_id, "print room");
                Some(
                    "印刷用のファイルを作る途中で問題が起きました。「続きを作る」を押してください。"
                        .to_owned(),
                )
            }
        };
        office.printing().end(run_id, failed);
    });
}

/// Goes on with the runs that a stop of the program broke off, and forgets files half written. Called when the office
/// opens; returns how many runs go on.
///
/// # Errors
/// When the database can't be read.
pub async fn resume(office: &Office) -> Result<usize> {
    sweep(office).await?;
    let waiting = notice_parts::waiting(office.store().read()).await?;
    for run_id in &waiting {
        start(office, *run_id, "system");
    }
    Ok(waiting.len())
}

/// Takes away files of runs that are long posted, and files that were never finished. They hold residents' names; what
/// is asked for again is printed again.
async fn sweep(office: &Office) -> Result<()> {
    let entries = match fs::read_dir(office.data().print_room()) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let oldest = office.clock().now() - TimeDelta::days(KEPT);
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let run_id = name.split('-').nth(1).and_then(|id| id.parse().ok()).unwrap_or(0);
        let run = letters::run(office.store().read(), run_id).await?;
        let fresh = run
            .and_then(|run| chrono::DateTime::parse_from_rfc3339(&run.run_at).ok())
            .is_some_and(|made| made >= oldest);
        let finished = entry.path().extension().is_some_and(|extension| extension == "pdf");
        if !(fresh && finished) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

async fn print(office: &Office, run_id: i64, actor: &str) -> Result<()> {
    let month = run::find(office, run_id).await?.expiring.parse::<Month>()?.wareki();
    let fonts = office.fonts().await?;
    for part in notice_parts::of_run(office.store().read(), run_id).await? {
        if part.printed_at.is_some() {
            continue;
        }
        let before: i64 = done_letters(&notice_parts::of_run(office.store().read(), run_id).await?);
        office.printing().set(run_id, before.unsigned_abs());
        let sheets = letters_of(office, run_id, &part).await?;
        let options = paper::options(office, Paper::Notice).await?;
        let pages = if sheets.is_empty() {
            0
        } else {
            let (file, inner, fonts) =
                (place(office, run_id, part.part)?, office.clone(), Arc::clone(&fonts));
            let tell = move |many| inner.printing().add(run_id, many);
            let bound = tokio::task::spawn_blocking(move || write(&file, &sheets, &fonts, &options, tell));
            bound.await??.pages
        };
        finish(office, run_id, &part, pages, &month, actor).await?;
    }
    Ok(())
}

fn done_letters(parts: &[PartRow]) -> i64 {
    parts.iter().filter(|part| part.printed_at.is_some()).map(|part| part.letters).sum()
}

/// The letters of a part that may go out now.
async fn letters_of(office: &Office, run_id: i64, part: &PartRow) -> Result<Vec<NoticeLetter>> {
    let numbers = (part.first_number, part.last_number);
    let letters = letters::between(office.store().read(), run_id, numbers).await?;
    letters.iter().filter(|letter| may_go_out(letter)).map(content).collect()
}

/// Prints into a file beside its place, page by page, and gives it its name when it is whole and on the disk.
fn write(
    file: &Path,
    sheets: &[NoticeLetter],
    fonts: &Fonts,
    options: &PrintOptions,
    tell: impl Fn(u64),
) -> Result<Bound> {
    let unfinished = file.with_extension("unfinished");
    let mut out = BufWriter::new(File::create(&unfinished)?);
    let counted = (1_u64..).zip(sheets).map(|(number, sheet)| {
        if number % STEP == 0 {
            tell(STEP);
        }
        sheet
    });
    let bound = forms::notice::print_to(&mut out, counted, fonts, options).map_err(refused)?;
    out.flush()?;
    out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    fs::rename(&unfinished, file)?;
    Ok(bound)
}

fn refused(error: FormError) -> Error {
    Refusal::setup(error.sentence(), "直してから「続きを作る」を押してください。").into()
}

async fn finish(
    office: &Office,
    run_id: i64,
    part: &PartRow,
    pages: usize,
    month: &str,
    actor: &str,
) -> Result<()> {
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    let pages = i64::try_from(pages).map_err(Error::internal)?;
    if notice_parts::finish(&mut tx, run_id, part, pages, &at).await? {
        let sentence = format!(
            "{month}に満了する方の有効期限通知書の印刷用ファイル{}({}通)を作りました。",
            part.part, part.letters
        );
        let object = format!("notice_run {run_id}");
        audit::record(&mut tx, &at, Entry::done(Kind::Printed, actor, sentence).object(&object)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Where the file of a part is.
fn place(office: &Office, run_id: i64, part: i64) -> Result<PathBuf> {
    let directory = office.data().print_room();
    DirBuilder::new().recursive(true).mode(0o700).create(&directory)?;
    Ok(directory.join(name(run_id, part)))
}

/// What the file of a part is called.
pub fn name(run_id: i64, part: i64) -> String {
    format!("notices-{run_id}-{part:03}.pdf")
}

/// The file of a part. Where a letter in it may no longer go out, or the file has been taken away, it is printed anew
/// without that letter.
///
/// # Errors
/// A refusal when there is no such part, or it isn't printed yet.
pub async fn file(office: &Office, run_id: i64, number: i64, actor: &str) -> Result<Vec<u8>> {
    let parts = notice_parts::of_run(office.store().read(), run_id).await?;
    let part = parts.into_iter().find(|part| part.part == number);
    let part = part.ok_or_else(|| Refusal::not_found("このファイルはありません。"))?;
    if part.printed_at.is_none() {
        return Err(Refusal::conflict(
            "このファイルは、まだ作っています。",
            "作成記録の画面で「できました」になってから開いてください。",
        )
        .into());
    }
    let numbers = (part.first_number, part.last_number);
    let letters = letters::between(office.store().read(), run_id, numbers).await?;
    if letters.iter().all(may_go_out)
        && let Ok(pdf) = tokio::fs::read(place(office, run_id, number)?).await
    {
        let sentence = format!("有効期限通知書の印刷用ファイル{number}({}通)を開きました。", part.letters);
        let object = format!("notice_run {run_id}");
        let mut tx = office.store().write().await?;
        let entry = Entry::done(Kind::Printed, actor, sentence).object(&object);
        audit::record(&mut tx, &office.clock().stamp(), entry).await?;
        tx.commit().await?;
        return Ok(pdf);
    }
    Ok(run::reprint(office, run_id, numbers, actor).await?.pdf)
}

/// The list of what lies in the files of a run, as PDF.
///
/// # Errors
/// A refusal when there is no such run.
pub async fn contents(office: &Office, run_id: i64) -> Result<Vec<u8>> {
    let row = run::find(office, run_id).await?;
    let parts = notice_parts::of_run(office.store().read(), run_id).await?;
    let letters = letters::of_run(office.store().read(), run_id).await?;
    let contents = Contents {
        title: format!("{}に満了する方の有効期限通知書", row.expiring.parse::<Month>()?.wareki()),
        made: chrono::DateTime::parse_from_rfc3339(&row.run_at).map_err(Error::internal)?.date_naive(),
        lines: lines(&letters, &parts)?,
        office: (*office.text()).clone(),
    };
    let fonts = office.fonts().await?;
    let options = paper::options(office, Paper::DailyReport).await?;
    let printed =
        tokio::task::spawn_blocking(move || forms::contents::print(&contents, &fonts, &options)).await?;
    Ok(printed.map_err(refused)?.pdf)
}

fn lines(letters: &[RunLetter], parts: &[PartRow]) -> Result<Vec<ContentsLine>> {
    let (mut part, mut page) = (0, 1);
    let mut lines = Vec::with_capacity(letters.len());
    for letter in letters {
        let sheet = content(letter)?;
        let within =
            parts.iter().find(|part| (part.first_number..=part.last_number).contains(&letter.number));
        let now = within.map_or(1, |part| part.part.unsigned_abs());
        if now != part {
            (part, page) = (now, 1);
        }
        let goes_out = may_go_out(letter);
        let note = match (goes_out, letter.state.as_str()) {
            (true, _) => "",
            (false, "voided") => "無効",
            (false, _) => "発送しません",
        };
        lines.push(ContentsLine {
            part,
            page: if goes_out { page } else { 0 },
            document: sheet.document_number(),
            postal_code: sheet.addressee.postal_code.clone(),
            note: note.to_owned(),
        });
        if goes_out {
            page += if sheet.reply_form { 2 } else { 1 };
        }
    }
    Ok(lines)
}
