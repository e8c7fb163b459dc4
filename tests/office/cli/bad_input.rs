//! Bad input ends in one clear sentence and exit code 2, with nothing changed.

use super::refused;
use office_tests::office::{Office, run};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

fn sqlite(file: &Path, statement: &str) -> String {
    let output = Command::new("sqlite3").arg(file).arg(statement).output().expect("sqlite3 is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Another program has the port: the sentence names it and no data directory is made.
#[test]
fn a_port_in_use() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("office");
    let output = run(&["serve", "--training", "--data", data.to_str().unwrap(), "--listen", &address]);
    refused(&output, &format!("{address} は、ほかのプログラムが使っています。"));
    assert!(!data.exists());
}

/// The data directory can't be made: the parent is a file.
#[test]
fn a_data_directory_without_rights() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "not a directory").unwrap();
    let data = file.join("office");
    let output = run(&["serve", "--training", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    refused(&output, "に書き込めません。");
    assert_eq!(fs::read_to_string(&file).unwrap(), "not a directory");
}

/// A database that a newer program made is left as it is.
#[test]
fn a_database_from_a_newer_version() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let made = run(&["audit", "verify", "--data", make_live(data)]);
    assert!(made.status.success());
    let database = data.join("office.db");
    let columns = "version, description, success, checksum, execution_time";
    sqlite(
        &database,
        &format!("INSERT INTO _sqlx_migrations ({columns}) VALUES (9999, 'later', 1, x'00', 0)"),
    );
    let before = sqlite(&database, "SELECT count(*) FROM audit");
    let output = run(&["audit", "verify", "--data", data.to_str().unwrap()]);
    refused(&output, "新しい版の窓口で作られています。");
    assert_eq!(sqlite(&database, "SELECT count(*) FROM audit"), before);
}

/// A file that isn't a database is refused and left as it is.
#[test]
fn a_file_that_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("office.db");
    fs::write(&database, "これはデータベースではありません。".repeat(100)).unwrap();
    let before = fs::read(&database).unwrap();
    let output = run(&["audit", "verify", "--data", folder.path().to_str().unwrap()]);
    refused(&output, "を開けません。");
    assert_eq!(fs::read(&database).unwrap(), before);
}

/// A training office's data never open as a real one, nor the other way round.
#[test]
fn training_and_live_never_mix() {
    let office = Office::training();
    let data = office.data().to_str().unwrap().to_owned();
    refused(&run(&["serve", "--data", &data, "--listen", "127.0.0.1:0"]), "訓練用のデータが入っています。");
    let folder = tempfile::tempdir().unwrap();
    let live = make_live(folder.path());
    let output = run(&["serve", "--training", "--data", live, "--listen", "127.0.0.1:0"]);
    refused(&output, "本番のデータが入っています。");
}

/// An unknown reader, profile, day and address are each named.
#[test]
fn unknown_names() {
    refused(&run(&["card", "status", "--reader", "ありません"]), "リーダ");
    refused(&run(&["virtual-card", "--profile", "nobody"]), "仮想カード「nobody」はありません。");
    let serve = ["serve", "--training", "--data", "/nonexistent/never"];
    refused(&run(&[&serve[..], &["--today", "2026-02-30"]].concat()), "日付として読めません。");
    refused(&run(&[&serve[..], &["--listen", "here"]].concat()), "待ち受ける場所として読めません。");
    assert!(!Path::new("/nonexistent").exists());
}

/// An empty live office.
fn make_live(data: &Path) -> &str {
    let folder = data.to_str().unwrap();
    let empty = tempfile::NamedTempFile::new().unwrap();
    fs::write(empty.path(), "").unwrap();
    // A file to take in begins an office; this one is empty and is then refused.
    let output = run(&["import", "residents", empty.path().to_str().unwrap(), "--data", folder]);
    assert_eq!(output.status.code(), Some(2));
    assert!(data.join("office.db").is_file());
    folder
}
