//! The program killed at every step of a card update's journal: after the start, one press, and screen, register and
//! card say the same.

use super::{clerk_with_pad, go_on, lay_again};
use card::read::read_public;
use card::readers::{Reader, SimulatedReader};
use card::virtual_card::{VirtualCard, profiles};
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::Office;
use reqwest::StatusCode;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

const PROFILE: &str = "renewable";
const TRAINING: &[&str] = &["--training"];

/// Where the program is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kill {
    /// While this step is being written: the one before is done, this one isn't on disk.
    Writing(usize),
    /// As soon as this step is on disk: somewhere among its commands.
    Within(usize),
    /// After the last step, while the office writes down what the card said.
    Settling,
}

/// Asks the office's database; `None` when somebody else is writing.
fn sql(data: &Path, statement: &str) -> Option<String> {
    let file = data.join("office.db");
    let output = Command::new("sqlite3").arg(file).arg(statement).output().expect("sqlite3 is installed");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if said.contains("locked") {
        return None;
    }
    assert!(output.status.success(), "{statement}: {said}");
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Makes a write of the office last for ever, so that it can be killed inside.
fn hold(data: &Path, kill: Kill) {
    let trigger = match kill {
        Kill::Writing(step) => format!("AFTER INSERT ON card_update_steps WHEN NEW.number = {step}"),
        Kill::Settling => "AFTER UPDATE OF outcome ON card_updates".to_owned(),
        Kill::Within(_) => return,
    };
    let for_ever =
        "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) AS x FROM n";
    let statement = format!(
        "CREATE VIEW for_ever AS {for_ever};
         CREATE TRIGGER held {trigger} BEGIN SELECT x FROM for_ever; END;"
    );
    sql(data, &statement).expect("nobody writes yet");
}

/// The journal's steps so far.
fn steps(data: &Path) -> usize {
    sql(data, "SELECT count(*) FROM card_update_steps").expect("readers never wait").parse().unwrap()
}

/// Waits for the moment at which the program is killed.
async fn until(data: &Path, kill: Kill, all: usize) {
    let reached = |number| steps(data) >= number;
    // Reading never waits for a writer; beginning to write does.
    let writing = || sql(data, "BEGIN IMMEDIATE; ROLLBACK;").is_none();
    let mut seen = 0;
    for _ in 0..6000 {
        let now = match kill {
            Kill::Within(step) => {
                if reached(step) {
                    return;
                }
                false
            }
            Kill::Writing(step) => reached(step - 1) && writing(),
            Kill::Settling => reached(all) && writing(),
        };
        // An ordinary write is over by the third look.
        seen = if now { seen + 1 } else { 0 };
        if seen == 3 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{kill:?} was never reached: {} steps", steps(data));
}

fn copy_of(prepared: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    let from = format!("{}/.", prepared.display());
    let done = Command::new("cp").args(["-a", &from]).arg(copy.path()).status().expect("cp runs");
    assert!(done.success());
    copy
}

/// Begins the update of a prepared case.
async fn begin(clerk: &Clerk, case: &Journey<'_>) {
    lay_again(clerk, case, PROFILE).await;
    case.enter_right_pins().await;
    let begun = case.step("update", &[]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.words());
}

/// The clerk's one press, the PINs, and the case is where it can be handed over.
async fn recover(clerk: &Clerk, case: &Journey<'_>) -> String {
    let words = case.page().await.words();
    assert!(words.contains("更新の途中でプログラムが止まりました。"), "{words}");
    lay_again(clerk, case, PROFILE).await;
    go_on(clerk, case).await.words()
}

/// What the card says, what the register says and what the screen says are one.
fn agree(data: &Path, card_number: &str, screen: &str, at: &str) {
    let folder = data.join("virtual-cards");
    let file = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let file = file.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let mut cards = file.filter_map(|path| VirtualCard::open(&path).ok());
    let card = cards.find(|card| card.person().card_number == card_number).expect("the card's file");
    let reader = SimulatedReader::new("試験用リーダー");
    reader.lay(card);
    let reading = read_public(&mut *reader.connect().unwrap()).unwrap();
    let found = reading.authentication.expect("a certificate");
    assert!(reading.pins.0.iter().all(|pin| pin.full()), "{at}: nobody lost a try");
    let register = |kind: &str| {
        let statement = format!(
            "SELECT serial || ' ' || expires FROM certificates WHERE card_number = '{card_number}' AND kind = '{kind}' AND current = 1"
        );
        sql(data, &statement).expect("readers never wait")
    };
    assert_eq!(register("authentication"), format!("{} {}", found.serial, found.expires), "{at}");
    assert!(register("signature").ends_with(&found.expires.to_string()), "{at}: {}", register("signature"));
    let day = rules::wareki::long(found.expires);
    assert_eq!(screen.matches(&format!("{day} {day} ✓ 予定どおり")).count(), 2, "{at}: {screen}");
    let open = sql(data, "SELECT count(*) FROM card_updates WHERE ended_at IS NULL").unwrap();
    assert_eq!(open, "0", "{at}: no journal stays open");
}

/// SIGKILL at every step of the journal, before it is on disk and right after, and while the end is written down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_every_step_of_the_journal() {
    let person = profiles::find(PROFILE, office_tests::office::today()).unwrap();
    let card_number = person.person.card_number.as_str();
    let (prepared, address) = {
        let office = Office::training();
        let clerk = clerk_with_pad(&office).await;
        let case = Journey::receive(&clerk, PROFILE).await;
        case.identify_and_apply(false).await;
        let address = case.case.clone();
        (office.close(), address)
    };
    let all = {
        let office = Office::start_in(copy_of(prepared.path()), TRAINING);
        let clerk = clerk_with_pad(&office).await;
        let case = Journey::at(&clerk, &address);
        begin(&clerk, &case).await;
        let screen =
            Journey::until(&clerk, &address, &format!("action=\"{address}/hand-over\"")).await.words();
        agree(office.data(), card_number, &screen, "undisturbed");
        steps(office.data())
    };
    assert!(all > 10, "{all} steps");
    let mut kills: Vec<Kill> = (1..=all).map(Kill::Writing).collect();
    kills.extend((1..=all).step_by(2).map(Kill::Within));
    kills.push(Kill::Settling);
    let (mut interrupted, mut too_late) = (0, 0);
    for kill in &kills {
        let at = format!("{kill:?} of {all}");
        let mut office = Office::start_in(copy_of(prepared.path()), TRAINING);
        hold(office.data(), *kill);
        {
            let clerk = clerk_with_pad(&office).await;
            begin(&clerk, &Journey::at(&clerk, &address)).await;
            until(office.data(), *kill, all).await;
        }
        let data = office.close();
        sql(data.path(), "DROP TRIGGER IF EXISTS held; DROP VIEW IF EXISTS for_ever;")
            .expect("nobody writes");
        if let Kill::Writing(step) = kill {
            assert_eq!(steps(data.path()), step - 1, "{at}: what wasn't on disk isn't there");
        }
        office = Office::start_in(data, TRAINING);
        let clerk = clerk_with_pad(&office).await;
        let case = Journey::at(&clerk, &address);
        let page = case.page().await;
        // Killed among the last commands, the end may have been written down already.
        let screen = if matches!(kill, Kill::Within(_)) && page.words().contains("予定どおりにできました。")
        {
            too_late += 1;
            page.words()
        } else {
            interrupted += 1;
            recover(&clerk, &case).await
        };
        agree(office.data(), card_number, &screen, &at);
        let closed = case.hand_over().await.words();
        assert!(closed.contains("更新が完了しました。"), "{at}: {closed}");
    }
    println!(
        "{} points at which the office was killed ({interrupted} interrupted, {too_late} finished before), 0 failures",
        kills.len()
    );
}
