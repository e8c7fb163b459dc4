//! `madoguchi backup` and `madoguchi restore`: a whole copy of the office, proven before anyone relies on it.
//!
//! A copy is made beside its destination under a name that says it isn't finished, checked there, and then renamed: a
//! directory with the destination's name is always whole. The office may go on working meanwhile.

use super::audit::write_new;
use crate::audit::checkpoint::{self, Checkpoint, Occasion};
use crate::audit::verify::Outside;
use crate::audit::{self, Actor, Entry, Kind, Verdict, check};
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use std::fs;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The name of the checkpoint in a copy.
const CHECKPOINT: &str = "audit-checkpoint.json";
/// The name of the public key in a copy.
const KEY: &str = "audit-key.pub.pem";

/// Copies the office to a new directory `to`.
///
/// # Errors
/// A refusal when `to` is already there, can't be written, or the copy doesn't prove whole.
pub async fn backup(office: &Office, to: &Path) -> Result<u8> {
    refuse_if_taken(to)?;
    let unfinished = Unfinished::beside(to)?;
    let signed = sign(office).await?;
    office.store().copy_to(&unfinished.dir.database()).await.map_err(|error| cannot_write(to, &error))?;
    copy_beside(office.data().path(), &unfinished.path).map_err(|error| cannot_write(to, &error))?;
    let beside = [
        (checkpoint_file(&unfinished.path), signed.to_json()),
        (unfinished.path.join(KEY), signed.key.to_pem()),
    ];
    for (file, text) in beside {
        write_new(&file, &text)?;
    }
    let count = prove(&unfinished.dir, &unfinished.path).await?;
    unfinished.finish(to)?;
    note(office, format!("バックアップを作りました(操作の記録{count}件を確認)。")).await?;
    println!("{} にバックアップを作りました。操作の記録{count}件は、すべてつながっています。", to.display());
    println!(
        "操作の記録の控え{}({CHECKPOINT})と公開鍵({KEY})が入っています。写しとは別の場所にも保管してください。",
        signed.printable().number
    );
    Ok(0)
}

/// Puts a copy back as the office's data in `data`, where there is no office yet.
///
/// # Errors
/// A refusal when `from` holds no copy, `data` already holds an office, or the copy doesn't prove whole.
pub async fn restore(from: &Path, data: &Path) -> Result<u8> {
    if !from.join("office.db").is_file() {
        let sentence = format!("{} にバックアップがありません。", from.display());
        return Err(
            Refusal::setup(sentence, "madoguchi backup で作ったディレクトリを指定してください。").into()
        );
    }
    refuse_if_taken(data)?;
    let unfinished = Unfinished::beside(data)?;
    copy_all(from, &unfinished.path).map_err(|error| cannot_write(data, &error))?;
    let count = prove(&unfinished.dir, from).await?;
    unfinished.finish(data)?;
    let office = Office::open(DataDir::open(data)?, None, Clock::real()).await?;
    note(&office, format!("バックアップから戻しました(操作の記録{count}件を確認)。")).await?;
    office.store().close().await;
    println!(
        "{} にバックアップから戻しました。操作の記録{count}件は、すべてつながっています。",
        data.display()
    );
    Ok(0)
}

/// Anything but an empty directory, or nothing at all, is somebody's data.
fn refuse_if_taken(to: &Path) -> Result<()> {
    let free = match fs::read_dir(to) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    if free {
        return Ok(());
    }
    let sentence = format!("{} はすでに使われています。上書きはしません。", to.display());
    Err(Refusal::setup(sentence, "新しいディレクトリの名前を指定してください。").into())
}

/// A directory that isn't finished, taken away again unless [`Unfinished::finish`] is reached.
struct Unfinished {
    path: PathBuf,
    dir: DataDir,
}

impl Unfinished {
    fn beside(to: &Path) -> Result<Self> {
        let name = to.file_name().ok_or_else(|| cannot_write(to, &"no name"))?;
        let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let path = parent.join(format!(".{}.unfinished-{}", name.to_string_lossy(), std::process::id()));
        let mut builder = fs::DirBuilder::new();
        builder.mode(0o700);
        fs::create_dir_all(parent)
            .and_then(|()| builder.create(&path))
            .map_err(|error| cannot_write(to, &error))?;
        Ok(Self { dir: DataDir::open(&path)?, path })
    }

    /// Writes everything through to the disk and gives the directory its name.
    fn finish(self, to: &Path) -> Result<()> {
        let named = || -> std::io::Result<()> {
            for entry in fs::read_dir(&self.path)? {
                fs::File::open(entry?.path())?.sync_all()?;
            }
            fs::File::open(&self.path)?.sync_all()?;
            if to.exists() {
                fs::remove_dir(to)?;
            }
            fs::rename(&self.path, to)
        };
        named().map_err(|error| cannot_write(to, &error))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A copy that somebody opened may have a log beside it; without the log it would be older than it is.
fn copy_all(from: &Path, to: &Path) -> std::io::Result<()> {
    for name in ["office.db", "office.db-wal"] {
        if from.join(name).is_file() {
            copy_file(&from.join(name), &to.join(name))?;
        }
    }
    copy_beside(from, to)
}

/// What an office keeps beside its database: the cards of a training office, the office's own words for its papers, the
/// key without which no second factor of the copy could be used. A copy is as secret as the office itself.
/// Files for the print room are no part of it: they are printed again from the database.
fn copy_beside(from: &Path, to: &Path) -> std::io::Result<()> {
    for name in ["virtual-cards", "wording"] {
        if from.join(name).is_dir() {
            copy_dir(&from.join(name), &to.join(name))?;
        }
    }
    // What the training issuer has issued belongs to the cards that carry it.
    for name in ["sign-in.key", "training-issuer.json"] {
        if from.join(name).is_file() {
            copy_file(&from.join(name), &to.join(name))?;
        }
    }
    Ok(())
}

fn copy_dir(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.mode(0o700).create(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_dir(&entry.path(), &target)?;
        } else {
            copy_file(&entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Copies a file, readable by its owner only, through to the disk.
fn copy_file(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut source = fs::File::open(from)?;
    let mut target = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    std::io::copy(&mut source, &mut target)?;
    target.sync_all()
}

/// What the copy's trail must still be.
async fn sign(office: &Office) -> Result<Checkpoint> {
    let mut tx = office.store().write().await?;
    let made = checkpoint::make(office, &mut tx, Occasion::Backup, Actor::CommandLine).await?;
    tx.commit().await?;
    Ok(made)
}

fn checkpoint_file(copy: &Path) -> PathBuf {
    copy.join(CHECKPOINT)
}

/// Looks at the copy without changing it and checks the whole trail, also against the checkpoint made with it; returns
/// how many rows it has. Older copies have no checkpoint.
async fn prove(dir: &DataDir, with: &Path) -> Result<i64> {
    let mut outside = Outside::default();
    if let Ok(text) = fs::read_to_string(checkpoint_file(with)) {
        outside.checkpoints.push((CHECKPOINT.to_owned(), Checkpoint::from_json(&text)));
    }
    match check::of_file(&dir.database(), outside).await?.into() {
        Verdict::Whole { count, .. } => Ok(count),
        verdict @ Verdict::Broken { .. } => {
            let sentence = format!("写しを使えません。{}", super::audit::sentence(&verdict));
            Err(Refusal::setup(
                sentence,
                "この写しは使わず、元のデータを madoguchi audit verify で確かめてください。",
            )
            .into())
        }
    }
}

async fn note(office: &Office, sentence: String) -> Result<()> {
    let mut tx = office.store().write().await?;
    let entry = Entry::done(Kind::BackedUp, Actor::CommandLine, sentence);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}

fn cannot_write(to: &Path, error: &dyn std::fmt::Display) -> Error {
    tracing::debug!(%error, "copy");
    let sentence = format!("{} に書き込めません。", to.display());
    Refusal::setup(sentence, "置き場所の権限と空き容量を確かめて、もう一度お試しください。").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Mode;
    use std::os::unix::fs::PermissionsExt;

    async fn office(dir: &Path) -> Office {
        Office::open(DataDir::open(dir).unwrap(), Some(Mode::Training), Clock::real()).await.unwrap()
    }

    /// A copy comes back as the office it was, virtual cards and the office's words included, and its trail goes on.
    #[tokio::test]
    async fn comes_back_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let (live, copy, back) = (dir.path().join("live"), dir.path().join("copy"), dir.path().join("back"));
        let open = office(&live).await;
        fs::create_dir(open.data().virtual_cards()).unwrap();
        fs::write(open.data().virtual_cards().join("one.json"), b"{}").unwrap();
        fs::write(open.data().training_issuer(), b"[]").unwrap();
        fs::create_dir(open.data().wordings()).unwrap();
        fs::write(open.data().wordings().join("receipt.txt"), "[題名]\n控え\n").unwrap();
        assert_eq!(backup(&open, &copy).await.unwrap(), 0);
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o700);

        assert_eq!(restore(&copy, &back).await.unwrap(), 0);
        let restored = Office::open(DataDir::open(&back).unwrap(), None, Clock::real()).await.unwrap();
        assert!(restored.mode().is_training());
        assert_eq!(fs::read(restored.data().virtual_cards().join("one.json")).unwrap(), b"{}");
        assert_eq!(fs::read(restored.data().training_issuer()).unwrap(), b"[]");
        assert_eq!(
            fs::read(restored.data().wordings().join("receipt.txt")).unwrap(),
            "[題名]\n控え\n".as_bytes()
        );
        // What the copy held (the office and its key were made, a checkpoint), a key of its own, and the restoring itself.
        let verdict = audit::verify(restored.store()).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole { count: 5, .. }), "{verdict:?}");
        assert!(matches!(audit::verify(open.store()).await.unwrap(), Verdict::Whole { count: 4, .. }));
    }

    /// Neither a copy nor an office is ever written over.
    #[tokio::test]
    async fn writes_nothing_over() {
        let dir = tempfile::tempdir().unwrap();
        let (live, copy) = (dir.path().join("live"), dir.path().join("copy"));
        let open = office(&live).await;
        backup(&open, &copy).await.unwrap();
        let before = fs::read(copy.join("office.db")).unwrap();
        assert!(matches!(backup(&open, &copy).await, Err(Error::Refused(_))));
        assert_eq!(fs::read(copy.join("office.db")).unwrap(), before);
        assert!(matches!(restore(&copy, &live).await, Err(Error::Refused(_))));
        let names: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "nothing unfinished is left: {names:?}");
    }

    /// A copy whose trail was tampered with isn't put back.
    #[tokio::test]
    async fn refuses_a_broken_copy() {
        use sqlx::Connection;
        let dir = tempfile::tempdir().unwrap();
        let (live, copy, back) = (dir.path().join("live"), dir.path().join("copy"), dir.path().join("back"));
        backup(&office(&live).await, &copy).await.unwrap();
        let address = format!("sqlite://{}", copy.join("office.db").display());
        let mut intruder = sqlx::SqliteConnection::connect(&address).await.unwrap();
        sqlx::raw_sql("DROP TRIGGER audit_is_never_changed; UPDATE audit SET sentence = '何もありません。'")
            .execute(&mut intruder)
            .await
            .unwrap();
        intruder.close().await.unwrap();
        assert!(matches!(restore(&copy, &back).await, Err(Error::Refused(_))));
        assert!(!back.exists());
        assert!(matches!(restore(&dir.path().join("nothing"), &back).await, Err(Error::Refused(_))));
    }
}
