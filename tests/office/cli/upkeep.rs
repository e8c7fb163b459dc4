//! `madoguchi audit verify`, `backup`, `restore` and `doctor`.

use super::refused;
use office_tests::office::{Office, run};
use std::path::Path;

fn text(path: &Path) -> &str {
    path.to_str().expect("a path that is text")
}

/// A copy of a running office is whole, comes back somewhere else, and is never written over anything.
#[test]
fn a_copy_comes_back() {
    let office = Office::training();
    let folder = tempfile::tempdir().unwrap();
    let (copy, back) = (folder.path().join("copy"), folder.path().join("back"));
    let made = run(&["backup", text(&copy), "--data", text(office.data())]);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    refused(&run(&["backup", text(&copy), "--data", text(office.data())]), "すでに使われています");
    refused(&run(&["restore", text(&copy), "--data", text(office.data())]), "すでに使われています");
    let restored = run(&["restore", text(&copy), "--data", text(&back)]);
    assert_eq!(restored.status.code(), Some(0), "{}", String::from_utf8_lossy(&restored.stderr));
    let verified = run(&["audit", "verify", "--data", text(&back)]);
    assert_eq!(verified.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&verified.stdout).contains("すべてつながっています"));
    let cards = |data: &Path| std::fs::read_dir(data.join("virtual-cards")).map_or(0, Iterator::count);
    assert_eq!(cards(&back), cards(office.data()));
}

/// A trail that isn't there, and a copy that isn't one, are refused and make nothing.
#[test]
fn nothing_is_made_by_looking() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere");
    refused(&run(&["audit", "verify", "--data", text(&nowhere)]), "窓口のデータがありません");
    refused(&run(&["restore", text(folder.path()), "--data", text(&nowhere)]), "バックアップがありません");
    assert!(!nowhere.exists());
}

/// The doctor names what is open to others, with the cure, and changes nothing.
#[test]
fn the_doctor_finds_an_open_directory() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::training();
    std::fs::set_permissions(office.data(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let output = run(&["doctor", "--data", text(office.data())]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("ほかの利用者も見られます") && said.contains("chmod 700"), "{said}");
    let mode = std::fs::metadata(office.data()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o755);
}

/// The doctor names each file that others may read, in the office's data and in a copy, with the cure.
#[test]
fn the_doctor_finds_open_files() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let office = Office::training();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy");
    set_permissions(office.data(), Permissions::from_mode(0o700)).unwrap();
    assert!(run(&["backup", text(&copy), "--data", text(office.data())]).status.success());
    let doctor = || {
        let output = run(&["doctor", "--backup", text(&copy), "--data", text(office.data())]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let said = doctor();
    assert!(said.contains("○ ファイルの権限") && said.contains("○ 写しの権限"), "{said}");
    for (root, about) in [(office.data(), "ファイルの権限"), (&copy, "写しの権限")] {
        set_permissions(root.join("office.db"), Permissions::from_mode(0o644)).unwrap();
        let said = doctor();
        assert!(said.contains(&format!("▲ {about}: {}", root.join("office.db").display())), "{said}");
        assert!(said.contains(&format!("chmod -R go= {}", root.display())), "{said}");
    }
}
