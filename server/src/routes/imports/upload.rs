//! The file as the browser sends it: written to the data directory as it comes, never held in memory.

use crate::error::{Error, Refusal};
use crate::import::{FileKind, Source, jobs};
use crate::office::Office;
use crate::routes::form::same_token;
use crate::routes::visitor::Visitor;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt;

/// Why a file didn't come in.
pub(super) enum Fault {
    /// Something to be shown at the form.
    Field {
        /// The kind that was chosen.
        kind: String,
        /// What was wrong.
        refusal: Refusal,
    },
    /// Anything else.
    Whole(Error),
}

impl<E: Into<Error>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::Whole(error.into())
    }
}

/// Takes the parts in the order in which the form has them: the session's token first, so that nothing is written for
/// a form that isn't ours; the kind; the file.
pub(super) async fn store(office: &Office, visitor: &Visitor, mut form: Multipart) -> Result<Source, Fault> {
    let (mut trusted, mut kind) = (false, String::new());
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("csrf") => {
                same_token(&short_text(&mut field).await?, &visitor.csrf)?;
                trusted = true;
            }
            Some("kind") => kind = short_text(&mut field).await?,
            Some("file") if trusted => return file(office, &kind, field).await,
            _ => {}
        }
    }
    same_token(if trusted { &visitor.csrf } else { "" }, &visitor.csrf)?;
    Err(refuse(&kind, "ファイルが選ばれていません。", "CSVファイルを選んでください。"))
}

async fn file(office: &Office, kind: &str, mut field: Field<'_>) -> Result<Source, Fault> {
    let Some(known) = FileKind::from_code(kind) else {
        return Err(refuse(kind, "何の一覧か選ばれていません。", "住民かカードを選んでください。"));
    };
    let name = field.file_name().map(plain_name).unwrap_or_default();
    if name.is_empty() {
        return Err(refuse(kind, "ファイルが選ばれていません。", "CSVファイルを選んでください。"));
    }
    let path = jobs::place(office)?;
    match write(&path, &mut field).await {
        Ok(0) => {
            remove(&path).await;
            Err(refuse(kind, "ファイルの中身が空です。", "CSVファイルを確かめて、選び直してください。"))
        }
        Ok(_) => Ok(Source { path, name, kind: known }),
        Err(fault) => {
            remove(&path).await;
            Err(fault)
        }
    }
}

async fn write(path: &Path, field: &mut Field<'_>) -> Result<u64, Fault> {
    let mut options = tokio::fs::OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(path).await?;
    let mut length = 0;
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        file.write_all(&chunk).await?;
        length += chunk.len() as u64;
    }
    file.flush().await?;
    Ok(length)
}

async fn remove(path: &PathBuf) {
    if let Err(error) = tokio::fs::remove_file(path).await {
        tracing::error!(%error, "an upload that failed could not be deleted");
    }
}

/// A field that is a word, not a file.
async fn short_text(field: &mut Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > 1024 {
            return Err(unreadable().into());
        }
    }
    String::from_utf8(bytes).map_err(|_| unreadable().into())
}

/// The file's own name: some browsers send the whole path.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(120).collect()
}

fn refuse(kind: &str, sentence: &str, what_now: &str) -> Fault {
    Fault::Field { kind: kind.to_owned(), refusal: Refusal::input(sentence, what_now) }
}

fn unreadable() -> Refusal {
    Refusal::input("送られた内容を読み取れませんでした。", "ページを開き直して、もう一度送ってください。")
}

fn broken(error: MultipartError) -> Error {
    tracing::debug!(%error, "upload");
    let (status, code) = if error.status().as_u16() == 413 { (413, "M-1413") } else { (422, "M-1422") };
    let what_now = "ファイルの大きさと通信を確かめて、もう一度送ってください。";
    Refusal::new(
        status,
        code,
        "ファイルを最後まで受け取れませんでした。",
        "何も取り込んでいません。",
        what_now,
    )
    .into()
}
