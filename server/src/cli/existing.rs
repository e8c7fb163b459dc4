//! Commands that look at an office's data don't make an office by the way.

use crate::data_dir::DataDir;
use crate::error::{Refusal, Result};
use std::path::Path;

/// The data directory at `path`, which must hold an office's database already.
///
/// # Errors
/// A refusal when there is none: a mistyped `--data` must not look like an empty office.
pub fn data_dir(path: &Path) -> Result<DataDir> {
    if !path.join("office.db").is_file() {
        let sentence = format!("{} に窓口のデータがありません。", path.display());
        return Err(Refusal::setup(sentence, "--data に窓口のデータの置き場所を指定してください。").into());
    }
    DataDir::open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory without an office is refused and stays as it is.
    #[test]
    fn makes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("not-here");
        assert!(data_dir(&missing).is_err());
        assert!(!missing.exists());
        assert!(data_dir(dir.path()).is_err());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
