//! Printing a campaign for the print room: part by part in the background, each part a file that is whole or isn't there.
//!
//! Which letter is in which part was written down with the letters. A part is printed into a file beside its place;
//! the file gets its name, and then the database is told, with the letters it holds. Where that is broken off, the
//! part is printed again from the same letters into the same file: no gap, and nobody twice.

use super::campaign::{self, BY_ITSELF, Campaign, message};
use super::reprint::{self, content, may_go_out};
use super::watch;
use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::paper;
use crate::store::campaign_parts::{self, PartRow};
use crate::store::campaigns::Step;
use crate::store::letters::{self, CampaignLetter};
use crate::store::{WriteTx, campaign_targets};
use chrono::TimeDelta;
use forms::contents::{Contents, ContentsLine};
use forms::notice::NoticeLetter;
use forms::{Bound, Fonts, FormError, Paper, PrintOptions};
use rules::campaign::{CampaignEvent, CampaignState};
use std::fs::{self, DirBuilder, File};
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Days that files for the print room are kept.
const KEPT: i64 = 30;
/// Letters laid out between two looks at the progress.
const STEP: u64 = 50;

/// Takes away files of campaigns that are long over, and files that were never finished. They hold residents' names;
/// what is asked for again is printed again.
///
/// # Errors
/// When the directory can't be read.
pub async fn sweep(office: &Office) -> Result<()> {
    let entries = match fs::read_dir(office.data().print_room()) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let oldest = office.clock().now() - TimeDelta::days(KEPT);
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let id = name.split('-').nth(1).and_then(|id| id.parse().ok()).unwrap_or(0);
        let made = campaign::load(office.store().read(), id).await.ok();
        let made = made.and_then(|campaign| campaign.row.printed_at.or(campaign.row.released_at));
        let fresh = made
            .and_then(|made| chrono::DateTime::parse_from_rfc3339(&made).ok())
            .is_some_and(|made| made >= oldest);
        let finished = entry.path().extension().is_some_and(|extension| extension == "pdf");
        if !(fresh && finished) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Prints what is left of a campaign's files. Stops where somebody has given it up.
///
/// # Errors
/// A refusal when a font is missing or the disk is full.
pub async fn print(office: &Office, id: i64) -> Result<()> {
    let fonts = office.fonts().await?;
    loop {
        // Who died, moved or renewed since the letters were made isn't printed.
        watch::campaign(office, id).await?;
        let parts = campaign_parts::of_campaign(office.store().read(), id).await?;
        let Some(part) = parts.iter().find(|part| part.printed_at.is_none()) else {
            return all_printed(office, id).await;
        };
        if campaign::load(office.store().read(), id).await?.state != CampaignState::Printing {
            return Ok(());
        }
        office.printing().set(id, done_letters(&parts).unsigned_abs());
        let numbers = (part.first_number, part.last_number);
        let letters = letters::between(office.store().read(), id, numbers).await?;
        let letters: Vec<CampaignLetter> = letters.into_iter().filter(may_go_out).collect();
        let sheets = letters.iter().map(content).collect::<Result<Vec<NoticeLetter>>>()?;
        let options = paper::options(office, Paper::Notice).await?;
        let pages = if sheets.is_empty() {
            0
        } else {
            let (file, inner, fonts) = (place(office, id, part.part)?, office.clone(), Arc::clone(&fonts));
            let tell = move |many| inner.printing().add(id, many);
            let bound = tokio::task::spawn_blocking(move || write(&file, &sheets, &fonts, &options, tell));
            bound.await??.pages
        };
        finish(office, id, part, &letters, pages).await?;
    }
}

/// Every file is there, unless somebody asked for more meanwhile or gave the campaign up.
async fn all_printed(office: &Office, id: i64) -> Result<()> {
    let mut tx = office.store().write().await?;
    let campaign = campaign::load(&mut *tx, id).await?;
    let parts = campaign_parts::of_campaign(&mut *tx, id).await?;
    if campaign.state != CampaignState::Printing || parts.iter().any(|part| part.printed_at.is_none()) {
        return Ok(());
    }
    let at = office.clock().stamp();
    let step = Step { printed_at: Some(&at), ..Step::default() };
    let campaign = campaign.advance(&mut tx, &at, BY_ITSELF, CampaignEvent::FilesMade, step, "").await?;
    let waiting = campaign::counts::of(&mut *tx, id).await?.to_post;
    let sentence = format!("{}の通知書{waiting}通の印刷用ファイルができました。", campaign.title());
    let people = [campaign.row.released_by, campaign.row.made_by];
    message::done(&mut tx, &campaign, &people, &sentence, &at).await?;
    tx.commit().await
}

fn done_letters(parts: &[PartRow]) -> i64 {
    parts.iter().filter(|part| part.printed_at.is_some()).map(|part| part.letters).sum()
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

/// Notes that a part is printed with exactly the letters in its file. Where one of them was voided while the file was
/// being written, nothing is noted, and the file is made once more without it.
async fn finish(
    office: &Office,
    id: i64,
    part: &PartRow,
    printed: &[CampaignLetter],
    pages: usize,
) -> Result<()> {
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    let campaign = campaign::load(&mut *tx, id).await?;
    if campaign.state != CampaignState::Printing || !holds(&mut tx, id, part, printed).await? {
        return Ok(());
    }
    let pages = i64::try_from(pages).map_err(Error::internal)?;
    if campaign_parts::finish(&mut tx, id, part.part, pages, &at).await? {
        let numbers: Vec<i64> = printed.iter().map(|letter| letter.number).collect();
        letters::note_printed(&mut tx, &numbers, &at).await?;
        campaign_targets::note_printed(&mut tx, id, &numbers, &at).await?;
        let sentence =
            format!("{}の印刷用ファイル{}({}通)を作りました。", campaign.title(), part.part, numbers.len());
        let object = campaign::object(id);
        let entry = Entry::done(Kind::Printed, audit::SYSTEM, sentence).object(&object);
        audit::record(&mut tx, &at, entry).await?;
    }
    tx.commit().await
}

/// True when the letters of a part that don't count any more are none of those in its file, and all others are.
async fn holds(tx: &mut WriteTx, id: i64, part: &PartRow, printed: &[CampaignLetter]) -> Result<bool> {
    let now = letters::between(&mut **tx, id, (part.first_number, part.last_number)).await?;
    let now = now.iter().filter(|letter| letter.state != "voided").map(|letter| letter.number);
    Ok(now.eq(printed.iter().map(|letter| letter.number)))
}

/// Where the file of a part is.
fn place(office: &Office, id: i64, part: i64) -> Result<PathBuf> {
    let directory = office.data().print_room();
    DirBuilder::new().recursive(true).mode(0o700).create(&directory)?;
    Ok(directory.join(name(id, part)))
}

/// What the file of a part is called.
pub fn name(id: i64, part: i64) -> String {
    format!("notices-{id}-{part:03}.pdf")
}

/// The file of a part. Where a letter in it may no longer go out, or the file has been taken away, it is printed anew
/// without that letter.
///
/// # Errors
/// A refusal when there is no such part, or it isn't printed yet.
pub async fn file(office: &Office, id: i64, number: i64, actor: &str) -> Result<Vec<u8>> {
    let parts = campaign_parts::of_campaign(office.store().read(), id).await?;
    let part = parts.into_iter().find(|part| part.part == number);
    let part = part.ok_or_else(|| Refusal::not_found("このファイルはありません。"))?;
    if part.printed_at.is_none() {
        return Err(Refusal::conflict(
            "このファイルは、まだ作っています。",
            "通知の回の画面で「できました」になってから開いてください。",
        )
        .into());
    }
    let numbers = (part.first_number, part.last_number);
    let letters = letters::between(office.store().read(), id, numbers).await?;
    if letters.iter().all(may_go_out)
        && let Ok(pdf) = tokio::fs::read(place(office, id, number)?).await
    {
        let sentence = format!("有効期限通知書の印刷用ファイル{number}({}通)を開きました。", part.letters);
        let object = campaign::object(id);
        let mut tx = office.store().write().await?;
        let entry = Entry::done(Kind::Printed, actor, sentence).object(&object);
        audit::record(&mut tx, &office.clock().stamp(), entry).await?;
        tx.commit().await?;
        return Ok(pdf);
    }
    Ok(reprint::reprint(office, id, numbers, actor).await?.pdf)
}

/// The list of what lies in the files of a campaign, as PDF.
///
/// # Errors
/// A refusal when there is no such campaign.
pub async fn contents(office: &Office, id: i64) -> Result<Vec<u8>> {
    let campaign = campaign::load(office.store().read(), id).await?;
    let parts = campaign_parts::of_campaign(office.store().read(), id).await?;
    let letters = letters::between(office.store().read(), id, (0, i64::MAX)).await?;
    let contents = Contents {
        title: format!("{}に満了する方の有効期限通知書", campaign.span.wareki()),
        made: made_on(&campaign)?,
        lines: lines(&letters, &parts)?,
        office: (*office.text()).clone(),
    };
    let fonts = office.fonts().await?;
    let options = paper::options(office, Paper::DailyReport).await?;
    let printed =
        tokio::task::spawn_blocking(move || forms::contents::print(&contents, &fonts, &options)).await?;
    Ok(printed.map_err(refused)?.pdf)
}

/// The day the list was made, or the one it is planned for.
fn made_on(campaign: &Campaign) -> Result<chrono::NaiveDate> {
    let Some(made) = &campaign.row.made_at else { return Ok(campaign.row.planned_on) };
    Ok(chrono::DateTime::parse_from_rfc3339(made).map_err(Error::internal)?.date_naive())
}

fn lines(letters: &[CampaignLetter], parts: &[PartRow]) -> Result<Vec<ContentsLine>> {
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
