//! The words of each paper: the file in the data directory where there is one, otherwise what came with the program.

use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::{self, wordings::WordingRow};
use forms::{Fault, Paper, Wording, Wordings};
use std::fs::{self, DirBuilder};
use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

/// Most bytes of a file that are looked at.
const LONGEST: u64 = 100_000;

/// The office's words as they stand.
#[derive(Debug, Default)]
pub struct Loaded {
    /// What is in force, and every version that a letter may name.
    pub wordings: Wordings,
    /// Papers with a file of the office's own.
    pub own: Vec<Paper>,
    /// Files that can't be used; the version from before is in force for them.
    pub faults: Vec<(Paper, Vec<Fault>)>,
}

/// The file of a paper's own words.
pub fn file(office: &Office, paper: Paper) -> PathBuf {
    office.data().wordings().join(format!("{}.txt", paper.code()))
}

/// Reads them. A file that somebody changed by hand counts from the next sheet on, or is told to be wrong.
///
/// # Errors
/// When the database or a file can't be read.
pub async fn load(office: &Office) -> Result<Loaded> {
    let mut loaded = Loaded::default();
    let versions = store::wordings::all(office.store().read()).await?;
    for row in &versions {
        // A version that an older program took and this one wouldn't is no reason not to print anything else.
        if let Some(wording) = version(row) {
            loaded.wordings.remember(wording);
        }
    }
    for paper in Paper::ALL {
        let Some(text) = read(office, paper)? else { continue };
        loaded.own.push(paper);
        match Wording::parse(paper, &text) {
            Ok(wording) => loaded.wordings.put_in_force(wording),
            Err(faults) => {
                let before = versions.iter().rev().filter(|row| row.paper == paper.code()).find_map(version);
                if let Some(before) = before {
                    loaded.wordings.put_in_force(before);
                }
                loaded.faults.push((paper, faults));
            }
        }
    }
    Ok(loaded)
}

fn version(row: &WordingRow) -> Option<Wording> {
    Wording::parse(Paper::from_code(&row.paper)?, &row.text).ok()
}

/// The text of a paper's file; nothing where it has none.
///
/// # Errors
/// When there is one and it can't be read.
pub fn read(office: &Office, paper: Paper) -> Result<Option<String>> {
    let file = file(office, paper);
    let size = match fs::metadata(&file) {
        Ok(found) => found.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if size > LONGEST {
        return Ok(Some("[".to_owned()));
    }
    let bytes = fs::read(&file)?;
    // What isn't UTF-8 becomes marks that no font has to print, and is told with its line.
    Ok(Some(String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim_start_matches('\u{FEFF}').to_owned()))
}

/// Holds a text against its paper: fields, sentences, characters, room.
///
/// # Errors
/// When the typefaces are missing.
pub async fn check(
    office: &Office,
    paper: Paper,
    text: &str,
) -> Result<std::result::Result<Wording, Vec<Fault>>> {
    let fonts = office.fonts().await?;
    let options = super::options(office, paper).await?;
    let (words, office_text) = (text.to_owned(), office.text());
    tokio::task::spawn_blocking(move || forms::check_wording(paper, &words, &office_text, &fonts, &options))
        .await?
        .map_err(cannot)
}

fn cannot(error: forms::FormError) -> Error {
    Refusal::setup(error.sentence(), "設定の「用紙と印刷」と madoguchi doctor で確かめてください。").into()
}

/// Puts words in force that were found good: in the file, and as a version for ever.
///
/// # Errors
/// When the role may not, or the file can't be written.
pub async fn save(office: &Office, visitor: &Visitor, wording: &Wording) -> Result<()> {
    visitor.require(Act::ChangeSettings)?;
    visitor.require_fresh(office)?;
    let paper = wording.paper();
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    let row = (wording.id(), paper.code(), wording.text());
    store::wordings::put_in_force(&mut tx, row, visitor.staff_id, &at).await?;
    note(&mut tx, visitor, paper, "変えました", &at).await?;
    // The file last: it decides what is in force.
    let file = file(office, paper);
    let directory = office.data().wordings();
    DirBuilder::new().recursive(true).mode(0o700).create(&directory)?;
    let unfinished = file.with_extension("txt.unfinished");
    let mut out = fs::File::create(&unfinished)?;
    out.write_all(wording.text().as_bytes())?;
    out.sync_all()?;
    fs::rename(&unfinished, &file)?;
    tx.commit().await?;
    Ok(())
}

/// Goes back to the words that came with the program.
///
/// # Errors
/// When the role may not, or the file can't be taken away.
pub async fn reset(office: &Office, visitor: &Visitor, paper: Paper) -> Result<()> {
    visitor.require(Act::ChangeSettings)?;
    visitor.require_fresh(office)?;
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    note(&mut tx, visitor, paper, "はじめの文に戻しました", &at).await?;
    match fs::remove_file(file(office, paper)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    tx.commit().await?;
    Ok(())
}

async fn note(tx: &mut store::WriteTx, visitor: &Visitor, paper: Paper, what: &str, at: &str) -> Result<()> {
    let object = format!("wording {}", paper.code());
    let sentence = format!("「{}」の文を{what}。", paper.label());
    let entry = Entry::done(Kind::SettingChanged, visitor, sentence).object(&object);
    audit::record(tx, at, entry).await
}
