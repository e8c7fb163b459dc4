//! Where the office keeps what it must not lose.

use crate::error::{Refusal, Result};
use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The office's directory: the database, and in training the virtual cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataDir {
    path: PathBuf,
}

impl DataDir {
    /// Opens the directory, and makes it (readable by its owner only) when it isn't there.
    ///
    /// # Errors
    /// A refusal when it can't be made or written to.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|_| no_rights(path))?;
        }
        if !path.is_dir() {
            let sentence = format!("{} はディレクトリではありません。", path.display());
            return Err(Refusal::setup(sentence, "--data にはディレクトリを指定してください。").into());
        }
        let probe = path.join(".write-test");
        fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe)).map_err(|_| no_rights(path))?;
        Ok(Self { path: path.to_owned() })
    }

    /// The directory itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.path.join("office.db")
    }

    /// The private key that signs checkpoints of the trail. It stays here: no backup holds it.
    pub fn audit_key(&self) -> PathBuf {
        audit_key(&self.path)
    }

    /// The virtual cards of a training office, one file a card.
    pub fn virtual_cards(&self) -> PathBuf {
        self.path.join("virtual-cards")
    }

    /// The register of the training issuer.
    pub fn training_issuer(&self) -> PathBuf {
        self.path.join("training-issuer.json")
    }

    /// The office's own words for its papers, a text file each.
    pub fn wordings(&self) -> PathBuf {
        self.path.join("wording")
    }

    /// The key that seals the second factors of the staff.
    pub fn sign_in_key(&self) -> PathBuf {
        self.path.join("sign-in.key")
    }

    /// The office's self-made certificate and its key.
    pub fn tls(&self) -> PathBuf {
        self.path.join("tls")
    }

    /// Files for the print room.
    pub fn print_room(&self) -> PathBuf {
        self.path.join("print")
    }

    /// True when others on this machine may look into the directory.
    ///
    /// # Errors
    /// When the directory can't be looked at.
    pub fn open_to_others(&self) -> std::io::Result<bool> {
        is_open_to_others(&self.path)
    }
}

/// The private key that signs checkpoints, in the office's directory.
pub fn audit_key(data: &Path) -> PathBuf {
    data.join("audit-key.pem")
}

/// True when others on this machine may look into a file or directory.
///
/// # Errors
/// When it can't be looked at.
pub fn is_open_to_others(path: &Path) -> std::io::Result<bool> {
    Ok(fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

fn no_rights(path: &Path) -> Refusal {
    let sentence = format!("データの置き場所 {} に書き込めません。", path.display());
    Refusal::setup(sentence, "ディレクトリの権限を確かめるか、--data で別の場所を指定してください。")
}
