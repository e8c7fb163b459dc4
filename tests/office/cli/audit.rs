//! `madoguchi audit`: checkpoints that left the machine, and copies that somebody tampered with.

use super::{refused, said};
use office_tests::clerk::Clerk;
use office_tests::office::{Office, run};
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn text(path: &Path) -> &str {
    path.to_str().expect("a path that is text")
}

fn sentences(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// An office that was worked in, closed, with two checkpoints and the public key kept elsewhere.
struct Kept {
    data: TempDir,
    elsewhere: TempDir,
}

impl Kept {
    async fn make() -> Self {
        let office = Office::training();
        let elsewhere = tempfile::tempdir().unwrap();
        let clerk = Clerk::log_in(office.address(), "sato").await;
        clerk.get("/residents/9900000001").await;
        let file = |name: &str| elsewhere.path().join(name);
        let data = text(office.data());
        for name in ["audit-checkpoint-000001.json", "audit-checkpoint-000002.json"] {
            clerk.get("/residents/9900000002").await;
            let made = run(&["audit", "checkpoint", "--out", text(&file(name)), "--data", data]);
            assert_eq!(made.status.code(), Some(0), "{}", said(&made));
        }
        let made = run(&["audit", "key", "--out", text(&file("key.pem")), "--data", data]);
        assert_eq!(made.status.code(), Some(0), "{}", said(&made));
        let data = office.close();
        // The log is folded into the file, so that a copy of the file is the whole office.
        sqlite(data.path(), "PRAGMA wal_checkpoint(TRUNCATE);");
        Self { data, elsewhere }
    }

    fn file(&self, name: &str) -> String {
        text(&self.elsewhere.path().join(name)).to_owned()
    }

    fn verify(&self, data: &Path) -> Output {
        let (first, second, key) = (
            self.file("audit-checkpoint-000001.json"),
            self.file("audit-checkpoint-000002.json"),
            self.file("key.pem"),
        );
        run(&[
            "audit",
            "verify",
            "--data",
            text(data),
            "--checkpoint",
            &first,
            "--checkpoint",
            &second,
            "--key",
            &key,
        ])
    }

    /// A copy of the database alone, as somebody would carry it away.
    fn copy(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        fs::copy(self.data.path().join("office.db"), copy.path().join("office.db")).unwrap();
        copy
    }
}

fn sqlite(data: &Path, sql: &str) -> String {
    let output =
        Command::new("sqlite3").arg(data.join("office.db")).arg(sql).output().expect("sqlite3 is installed");
    assert!(output.status.success(), "{sql}: {}", said(&output));
    sentences(&output)
}

/// A whole copy holds on a medium that nothing can be written to, and is left as it was.
#[tokio::test]
async fn holds_on_a_copy_that_is_only_looked_at() {
    let kept = Kept::make().await;
    let copy = kept.copy();
    let file = copy.path().join("office.db");
    let before = fs::read(&file).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
    fs::set_permissions(copy.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let output = kept.verify(copy.path());
    assert_eq!(output.status.code(), Some(0), "{}{}", sentences(&output), said(&output));
    assert!(sentences(&output).contains("外に保管した控えと一致しています"), "{}", sentences(&output));
    fs::set_permissions(copy.path(), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(fs::read_dir(copy.path()).unwrap().count(), 1, "nothing is left beside it");

    let bare = run(&["audit", "verify", "--data", text(copy.path())]);
    assert_eq!(bare.status.code(), Some(0));
    assert!(sentences(&bare).contains("この確かめだけではわかりません"), "{}", sentences(&bare));
    let json = run(&["audit", "verify", "--data", text(copy.path()), "--json"]);
    let line: serde_json::Value = serde_json::from_str(sentences(&json).trim()).unwrap();
    assert_eq!((&line["whole"], &line["proven"]), (&serde_json::json!(true), &serde_json::json!(0)));
}

/// What somebody did to a copy behind the program's back is found, a sentence and a code for each.
#[tokio::test]
async fn finds_what_was_done_to_copies() {
    let kept = Kept::make().await;
    let off = "PRAGMA foreign_keys = OFF; DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted; \
               DROP TRIGGER audit_checkpoints_are_never_changed; DROP TRIGGER audit_checkpoints_are_never_deleted; \
               DROP TRIGGER audit_keys_are_never_changed; DROP TRIGGER audit_keys_are_never_deleted;";
    let last = "(SELECT max(number) FROM audit)";
    let tampers = [
        ("changed", "UPDATE audit SET station = 2 WHERE number = 5".to_owned()),
        ("changed", "UPDATE audit SET counterparty_kind = 'proxy' WHERE number = 5".to_owned()),
        ("changed", "UPDATE audit SET actor_kind = 'system' WHERE number = 5".to_owned()),
        ("missing", "DELETE FROM audit WHERE number = 4".to_owned()),
        ("surplus", "INSERT INTO audit SELECT 0, at, kind, actor, subject, case_id, object, outcome, sentence, previous, hash, version, actor_kind, station, counterparty_kind, counterparty FROM audit WHERE number = 5".to_owned()),
        ("truncated", format!("DELETE FROM audit WHERE number = {last}; DELETE FROM audit_checkpoints WHERE number = 2")),
        ("stored", "DELETE FROM audit_checkpoints WHERE number = 1".to_owned()),
        ("stored", "UPDATE audit_checkpoints SET occasion = 'closing' WHERE number = 1".to_owned()),
        ("signature", "UPDATE audit_checkpoints SET signature = zeroblob(64) WHERE number = 2".to_owned()),
        ("unknown_key", "DELETE FROM audit_keys".to_owned()),
        ("other_office", "UPDATE settings SET value = '\"00000000000000000000000000000000\"' WHERE key = 'office_id'".to_owned()),
    ];
    for (code, sql) in tampers {
        let copy = kept.copy();
        sqlite(copy.path(), &format!("{off} {sql};"));
        let output = kept.verify(copy.path());
        assert_eq!(output.status.code(), Some(1), "{sql}: {}", sentences(&output));
        let json = run(&[
            "audit",
            "verify",
            "--json",
            "--data",
            text(copy.path()),
            "--checkpoint",
            &kept.file("audit-checkpoint-000001.json"),
            "--checkpoint",
            &kept.file("audit-checkpoint-000002.json"),
            "--key",
            &kept.file("key.pem"),
        ]);
        assert_eq!(json.status.code(), Some(1), "{sql}");
        let codes: Vec<String> = sentences(&json)
            .lines()
            .filter_map(|line| {
                Some(serde_json::from_str::<serde_json::Value>(line).ok()?["fault"].as_str()?.to_owned())
            })
            .collect();
        assert!(codes.iter().any(|found| found == code), "{sql}: {codes:?}");
    }
}

/// An office's files don't pass for another's, swapped files are told, and what is no file of ours says so.
#[tokio::test]
async fn tells_files_apart() {
    let (kept, other) = (Kept::make().await, Kept::make().await);
    let data = kept.data.path();
    let check = |options: &[&str]| {
        let mut all = vec!["audit", "verify", "--data", text(data)];
        all.extend_from_slice(options);
        run(&all)
    };
    let theirs = other.file("audit-checkpoint-000001.json");
    let output = check(&["--checkpoint", &theirs]);
    assert_eq!(output.status.code(), Some(1));
    assert!(sentences(&output).contains("ほかの窓口の控えです"), "{}", sentences(&output));
    let output = check(&["--key", &other.file("key.pem")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(sentences(&output).contains("この窓口の鍵ではありません"), "{}", sentences(&output));

    let (first, second) =
        (kept.file("audit-checkpoint-000001.json"), kept.file("audit-checkpoint-000002.json"));
    let text_of_first = fs::read_to_string(&first).unwrap();
    fs::copy(&second, &first).unwrap();
    let output = check(&["--checkpoint", &first]);
    assert_eq!(output.status.code(), Some(1));
    assert!(sentences(&output).contains("名前と違います"), "{}", sentences(&output));
    fs::write(&first, text_of_first.replace("\"count\": ", "\"count\": 1")).unwrap();
    let output = check(&["--checkpoint", &first]);
    assert!(sentences(&output).contains("署名が正しくありません"), "{}", sentences(&output));
    fs::write(&first, [0xff, 0xfe, 0x00]).unwrap();
    let output = check(&["--checkpoint", &first]);
    assert_eq!(output.status.code(), Some(1));
    assert!(sentences(&output).contains("控えとして読めません"), "{}", sentences(&output));

    refused(&check(&["--checkpoint", "/nowhere/at/all.json"]), "を読めません");
    refused(&check(&["--key", &second]), "公開鍵として読めません");
    refused(&check(&["--paper", "many"]), "--paper の「many」を読めません");
    refused(&run(&["audit", "checkpoint", "--out", &second, "--data", text(data)]), "すでにあります");
}

/// What a paper says, groups of digits and all, proves as much as the file.
#[tokio::test]
async fn a_paper_proves_as_much() {
    let kept = Kept::make().await;
    let file = fs::read_to_string(kept.file("audit-checkpoint-000002.json")).unwrap();
    let file: serde_json::Value = serde_json::from_str(&file).unwrap();
    let paper = format!("{}件:{}", file["count"], file["head"].as_str().unwrap());
    let check = |paper: &str| run(&["audit", "verify", "--data", text(kept.data.path()), "--paper", paper]);
    let output = check(&paper);
    assert_eq!(output.status.code(), Some(0), "{}", sentences(&output));
    assert!(sentences(&output).contains("外に保管した控えと一致しています"), "{}", sentences(&output));
    let wrong = format!("{}:{}", file["count"], "00".repeat(32));
    let output = check(&wrong);
    assert_eq!(output.status.code(), Some(1));
    assert!(sentences(&output).contains("作り直されています"), "{}", sentences(&output));
}

/// OpenSSL agrees about a signature: nobody has to believe this program about its own checkpoints.
#[tokio::test]
async fn openssl_agrees() {
    let kept = Kept::make().await;
    let file = fs::read_to_string(kept.file("audit-checkpoint-000001.json")).unwrap();
    let file: serde_json::Value = serde_json::from_str(&file).unwrap();
    let mut signed = format!("{}\n", file["format"].as_str().unwrap());
    for field in ["office", "number", "at", "occasion", "count", "head", "key"] {
        let value = file[field].as_str().map_or_else(|| file[field].to_string(), str::to_owned);
        let _ = writeln!(signed, "{field} {value}");
    }
    let signature = file["signature"].as_str().unwrap();
    let bytes: Vec<u8> = (0..signature.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&signature[at..at + 2], 16).unwrap())
        .collect();
    let (words, seal) = (kept.elsewhere.path().join("words"), kept.elsewhere.path().join("seal"));
    fs::write(&seal, bytes).unwrap();
    for (text_signed, agrees) in [(signed.clone(), true), (signed.replace("office ", "office 0"), false)] {
        fs::write(&words, text_signed).unwrap();
        let output = Command::new("openssl")
            .args(["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", &kept.file("key.pem")])
            .args(["-in", text(&words), "-sigfile", text(&seal)])
            .output()
            .expect("openssl is installed");
        assert_eq!(output.status.success(), agrees, "{}{}", sentences(&output), said(&output));
    }
}

/// The key is the owner's alone, stays out of backups, and the doctor says when others may read it.
#[test]
fn the_key_stays_here() {
    let office = Office::training();
    let key = office.data().join("audit-key.pem");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let folder = tempfile::tempdir().unwrap();
    let (copy, back) = (folder.path().join("copy"), folder.path().join("back"));
    let made = run(&["backup", text(&copy), "--data", text(office.data())]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    assert!(!copy.join("audit-key.pem").exists());
    let (checkpoint, public) = (copy.join("audit-checkpoint.json"), copy.join("audit-key.pub.pem"));
    let checked = |data: &Path| {
        run(&[
            "audit",
            "verify",
            "--data",
            text(data),
            "--checkpoint",
            text(&checkpoint),
            "--key",
            text(&public),
        ])
    };
    for data in [office.data(), &copy] {
        let output = checked(data);
        assert_eq!(output.status.code(), Some(0), "{}", sentences(&output));
        assert!(sentences(&output).contains("外に保管した控えと一致しています"), "{}", sentences(&output));
    }
    let restored = run(&["restore", text(&copy), "--data", text(&back)]);
    assert_eq!(restored.status.code(), Some(0), "{}", said(&restored));
    assert_ne!(fs::read(back.join("audit-key.pem")).unwrap(), fs::read(&key).unwrap(), "a key of its own");
    let output = checked(&back);
    assert_eq!(output.status.code(), Some(0), "{}", sentences(&output));

    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let doctor = run(&["doctor", "--data", text(office.data())]);
    assert_eq!(doctor.status.code(), Some(1));
    assert!(sentences(&doctor).contains("chmod 600"), "{}", sentences(&doctor));
}
