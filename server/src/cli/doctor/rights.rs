//! Who may read the office's files: its user, and nobody else.

use super::Finding;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Files that are named before the rest is only counted.
const NAMED: usize = 3;

/// The data directory's files: database, certificate's key, cards of a training office, files for the print room.
pub(super) fn of_data(data: &Path) -> Finding {
    judge("ファイルの権限", data, look(data))
}

/// A copy's directory and files.
pub(super) fn of_backup(copy: &Path) -> Finding {
    judge("写しの権限", copy, look(copy))
}

fn judge(about: &'static str, root: &Path, open: io::Result<Vec<PathBuf>>) -> Finding {
    let shown = root.display();
    match open {
        Ok(open) if open.is_empty() => {
            Finding::fine(about, format!("{shown} の中は、動かしている人だけが読めます。"))
        }
        Ok(open) => {
            let names: Vec<String> = open.iter().take(NAMED).map(|path| path.display().to_string()).collect();
            let more = if open.len() > NAMED { format!("など{}件", open.len()) } else { String::new() };
            Finding::care(
                about,
                format!("{}{more}を、この端末のほかの利用者も読めます。", names.join("、")),
                format!("chmod -R go= {shown} で閉じてください。"),
            )
        }
        Err(_) => Finding::care(
            about,
            format!("{shown} の中を確かめられません。"),
            "窓口を動かす利用者で madoguchi doctor を動かしてください。",
        ),
    }
}

/// What is open to others, below `root` and `root` itself. Links are left alone: their own rights mean nothing.
fn look(root: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut open, mut waiting) = (Vec::new(), vec![root.to_owned()]);
    while let Some(path) = waiting.pop() {
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            // The database's log comes and goes with the office.
            Err(error) if error.kind() == io::ErrorKind::NotFound && path != root => continue,
            Err(error) => return Err(error),
        };
        if metadata.is_symlink() {
            continue;
        }
        if metadata.permissions().mode() & 0o077 != 0 {
            open.push(path.clone());
        }
        if metadata.is_dir() {
            for entry in fs::read_dir(&path)? {
                waiting.push(entry?.path());
            }
        }
    }
    open.sort();
    Ok(open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fs::Permissions;

    /// Each file that others may read is found, however deep; what is tight and what is a link isn't.
    #[test]
    fn finds_what_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let set = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        fs::create_dir(root.join("tls")).unwrap();
        set(root, 0o700);
        set(&root.join("tls"), 0o700);
        for (name, mode) in [("office.db", 0o600), ("tls/key.pem", 0o640), ("tls/certificate.pem", 0o600)] {
            fs::write(root.join(name), b"").unwrap();
            set(&root.join(name), mode);
        }
        std::os::unix::fs::symlink("/etc/hostname", root.join("link")).unwrap();
        let found = of_data(root);
        assert!(
            found.sentence.starts_with(&format!("{}を、", root.join("tls/key.pem").display())),
            "{found}"
        );
        assert!(found.cure.as_ref().is_some_and(|cure| cure.contains("chmod -R go=")), "{found}");
        set(&root.join("tls/key.pem"), 0o600);
        assert!(of_data(root).cure.is_none());
        set(root, 0o755);
        assert!(of_backup(root).cure.is_some());
        assert!(of_backup(&root.join("nowhere")).cure.is_some());
    }
}
