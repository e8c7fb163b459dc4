//! The real sheet beside the words that are being changed.

use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use forms::{Paper, Wording};
use std::collections::VecDeque;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

/// Most drafts that are remembered; the oldest makes room.
const REMEMBERED: usize = 64;
/// Dots an inch: readable beside the text, quick to make.
const RESOLUTION: &str = "80";

/// Words that somebody is looking at and that are not in force.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    inner: Arc<Mutex<VecDeque<Wording>>>,
}

impl Drafts {
    /// Remembers a draft; its identifier is in the address of its picture.
    pub fn remember(&self, wording: Wording) {
        let mut drafts = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.retain(|known| known.id() != wording.id());
        drafts.push_back(wording);
        if drafts.len() > REMEMBERED {
            drafts.pop_front();
        }
    }

    fn find(&self, id: &str) -> Option<Wording> {
        let drafts = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.iter().find(|known| known.id() == id).cloned()
    }
}

/// A made-up sheet with the words of this identifier, as PDF.
///
/// # Errors
/// A refusal when the draft is forgotten, or a font is missing.
pub async fn pdf(office: &Office, id: &str) -> Result<(Paper, Vec<u8>)> {
    let wording = office.drafts().find(id).ok_or_else(|| {
        Refusal::not_found("この見本は、もう残っていません。文の画面で「見本を見る」を押してください。")
    })?;
    let paper = wording.paper();
    let fonts = office.fonts().await?;
    let mut options = super::options(office, paper).await?;
    options.wordings.put_in_force(wording);
    let text = office.text();
    let printed = tokio::task::spawn_blocking(move || forms::samples::print(paper, &text, &fonts, &options))
        .await?
        .map_err(|error| {
            Refusal::setup(error.sentence(), "設定の「用紙と印刷」と madoguchi doctor で確かめてください。")
        })?;
    Ok((paper, printed.pdf))
}

/// One page of it, from 1, as a picture.
///
/// # Errors
/// As [`pdf`]; a refusal when poppler's tool isn't installed.
pub async fn picture(office: &Office, id: &str, page: u32) -> Result<Vec<u8>> {
    let (_, pdf) = pdf(office, id).await?;
    tokio::task::spawn_blocking(move || draw(&pdf, page)).await?
}

/// True when pages can be shown as pictures on this machine.
pub fn can_draw() -> bool {
    Command::new("pdftoppm").arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

fn draw(pdf: &[u8], page: u32) -> Result<Vec<u8>> {
    let page = page.to_string();
    let mut tool = Command::new("pdftoppm")
        .args(["-png", "-r", RESOLUTION, "-f", &page, "-l", &page, "-singlefile", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Refusal::setup("見本の絵を作る道具(pdftoppm)がありません。", "PDFで見てください。"))?;
    // The tool reads all of the document before it says anything, so this cannot wait for itself.
    let written = tool.stdin.take().map(|mut input| input.write_all(pdf));
    let output = tool.wait_with_output()?;
    match written {
        Some(Ok(())) if output.status.success() => Ok(output.stdout),
        _ => Err(Error::internal("pdftoppm could not read the sample")),
    }
}
