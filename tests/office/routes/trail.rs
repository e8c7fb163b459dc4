//! The trail behind `/audit`: whole after a day's work, and found broken when somebody was at it.

use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::{Office, run};
use std::path::Path;
use std::process::Command;

/// The command's exit code and what it said about the trail in `data`.
pub fn verify(data: &Path) -> (Option<i32>, String) {
    let output = run(&["audit", "verify", "--data", data.to_str().unwrap()]);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

fn sqlite(data: &Path, sql: &str) -> (bool, String) {
    let output =
        Command::new("sqlite3").arg(data.join("office.db")).arg(sql).output().expect("sqlite3 is installed");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).trim().to_owned())
}

/// A day's work: a renewal, an import, notices, a setting, an account opened and closed.
async fn a_day(office: &Office) {
    let clerk = Clerk::log_in(office.address(), "sato").await;
    Journey::open_pad(&clerk).await;
    let case = Journey::up_to_update(&clerk, "renewable").await;
    case.update().await;
    case.hand_over().await;
    clerk.get("/residents/9900000018").await;
    let back_office = Clerk::log_in(office.address(), "tanaka").await;
    super::imports::take(
        &back_office,
        "residents",
        &super::imports::resident("7001", "記録 花子", "", "S60.2.3"),
    )
    .await;
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    supervisor.submit("/settings", "/settings", &[("office_ward", "見本区")]).await;
    let administrator = Clerk::log_in(office.address(), "yamamoto").await;
    let fields = [
        ("login", "shinjin"),
        ("name", "新人"),
        ("role", "clerk"),
        ("password", "十五文字より長い文章のパスワードです"),
    ];
    administrator.submit("/settings/staff", "/settings/staff", &fields).await;
}

/// After a day's work the trail is whole, from the page and from the command line, and it names each of the acts.
#[tokio::test]
async fn is_whole_after_a_day() {
    let office = Office::training();
    a_day(&office).await;
    let auditor = Clerk::log_in(office.address(), "ito").await;
    assert!(auditor.get("/audit").await.words().contains("つながりをまだ一度も確かめていません"));
    auditor.submit("/audit", "/audit/check", &[]).await;
    let page = auditor.get("/audit").await.words();
    assert!(page.contains("すべてつながっています") && page.contains("伊藤(ito)が確かめました"), "{page}");
    for words in [
        "佐藤さんがログインしました。",
        "更新を受け付けました。",
        "カードの更新を始めました。",
        "住民のファイルを取り込みました。",
        "を職員として登録しました。",
        "開こうとしましたが",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let (code, said) = verify(office.data());
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("すべてつながっています"), "{said}");
    let folder = office.close();
    let (code, said) = verify(folder.path());
    assert_eq!(code, Some(0), "{said}");
}

/// The database itself refuses to change the trail; whoever gets round that is found: a changed word, a row that is
/// missing, rows that changed places, and a last row cut off behind one that stayed.
#[tokio::test]
async fn what_somebody_did_to_it_is_found() {
    let office = Office::training();
    a_day(&office).await;
    let folder = office.close();
    let data = folder.path();
    for sql in ["UPDATE audit SET actor = 'suzuki' WHERE number = 5", "DELETE FROM audit WHERE number = 5"] {
        let (done, said) = sqlite(data, sql);
        assert!(!done && said.contains("audit rows are never"), "{said}");
    }
    assert_eq!(verify(data).0, Some(0));
    let off = "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted;";
    let tampers = [
        "UPDATE audit SET actor = 'suzuki' WHERE number = 5",
        "UPDATE audit SET sentence = substr(sentence, 1, length(sentence) - 1) || '.' WHERE number = 7",
        "UPDATE audit SET subject = '9900000002' WHERE subject = '9900000001'",
        "UPDATE audit SET outcome = 'done' WHERE outcome = 'refused'",
        "UPDATE audit SET at = replace(at, 'T', ' ') WHERE number = 3",
        "DELETE FROM audit WHERE number = 6",
        "UPDATE audit SET number = -1 WHERE number = 5; UPDATE audit SET number = 5 WHERE number = 6; UPDATE audit SET number = 6 WHERE number = -1",
        "UPDATE audit SET hash = zeroblob(32) WHERE number = 9",
    ];
    let file = data.join("office.db");
    let (done, _) = sqlite(data, "PRAGMA wal_checkpoint(TRUNCATE);");
    assert!(done);
    let whole = std::fs::read(&file).unwrap();
    for sql in tampers {
        let (done, said) =
            sqlite(data, &format!("PRAGMA foreign_keys = OFF; {off} {sql}; SELECT total_changes();"));
        assert!(done && said.lines().last() != Some("0"), "{sql}: {said}");
        let (code, said) = verify(data);
        assert_eq!(code, Some(1), "{sql}: {said}");
        assert!(said.contains("番で途切れています。"), "{sql}: {said}");
        for part in ["office.db-wal", "office.db-shm"] {
            let _ = std::fs::remove_file(data.join(part));
        }
        std::fs::write(&file, &whole).unwrap();
        assert_eq!(verify(data).0, Some(0), "put back after {sql}");
    }
}
