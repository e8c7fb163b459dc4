//! The program killed at random points of a campaign: after each start it goes on, and in the end every letter is there
//! exactly once.

use super::{TRAINING, counts, read, until};
use office_tests::clerk::Clerk;
use office_tests::office::{Office, run};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Times that the office is killed while a campaign is at work.
const KILLS: usize = 50;
/// People beside the training ward: a few hundred letters, so that there is something to interrupt.
const PEOPLE: usize = 40_000;
/// The months of the campaign.
const MONTHS: (&str, &str) = ("2026-12", "2027-05");

/// Numbers between 0 and 1 that are the same in every run (Knuth's MMIX).
struct Moments(u64);

impl Moments {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap_or_default()) / f64::from(u32::MAX)
    }
}

/// Asks the office's database.
fn sql(data: &Path, statement: &str) -> String {
    let output =
        Command::new("sqlite3").arg(data.join("office.db")).arg(statement).output().expect("sqlite3");
    assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn number(data: &Path, statement: &str) -> usize {
    sql(data, statement).parse().unwrap_or_else(|_| panic!("{statement}"))
}

/// An office with more people, small files and no second person, so that one press runs from the order to the files.
async fn prepared() -> Office {
    let office = Office::start(TRAINING);
    let folder = tempfile::tempdir().unwrap();
    let (residents, cards) = (folder.path().join("residents.csv"), folder.path().join("cards.csv"));
    let open = |path: &Path| File::create(path).unwrap();
    let today = super::DAY.parse().unwrap();
    server::training::write_csv(PEOPLE, 20_260_401, today, open(&residents), open(&cards)).unwrap();
    for (kind, file) in [("residents", &residents), ("cards", &cards)] {
        let data = office.data().to_str().unwrap();
        let output = run(&["import", kind, file.to_str().unwrap(), "--data", data]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    super::super::paper::print_settings(&supervisor, &[("part_letters", "40")]).await;
    let saved = supervisor.submit("/settings", "/settings", &[("notice_release", "anyone")]).await;
    assert_eq!(saved.location.as_deref(), Some("/settings?saved=1"), "{}", saved.words());
    office
}

async fn order(office: &Office) -> String {
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    let fields = [
        ("first", MONTHS.0),
        ("last", MONTHS.1),
        ("notices_to", "everyone"),
        ("again", "yes"),
        ("straight", "yes"),
    ];
    let ordered = clerk.submit("/campaigns/new", "/campaigns", &fields).await;
    ordered.location.unwrap_or_else(|| panic!("{}", ordered.text))
}

/// The code of where the newest campaign stands.
fn state(data: &Path) -> String {
    sql(data, "SELECT state FROM campaigns ORDER BY id DESC LIMIT 1")
}

/// Every letter once: in the list, in the database and on paper; nothing half is left.
async fn check(office: &Office, campaign: &str) -> usize {
    let id: i64 = campaign.rsplit('/').next().unwrap().parse().unwrap();
    let clerk = Clerk::log_in(office.address(), "takahashi").await;
    let page = until(&clerk, campaign, "発送待ち").await;
    let [targets, printed, _, open, ..] = counts(&page);
    let data = office.data();
    assert_eq!(open, 0);
    assert_eq!(
        number(data, &format!("SELECT count(*) FROM campaign_targets WHERE campaign_id = {id}")),
        targets
    );
    let letters = format!("FROM letters WHERE campaign_id = {id}");
    assert_eq!(number(data, &format!("SELECT count(*) {letters}")), printed, "no letter without its person");
    assert_eq!(
        number(data, &format!("SELECT count(DISTINCT resident_number) {letters}")),
        printed,
        "nobody twice"
    );
    assert_eq!(number(data, &format!("SELECT count(*) {letters} AND state = 'printed'")), printed);
    let living = "SELECT count(*) FROM (SELECT 1 FROM letters WHERE kind = 'notice' AND state <> 'voided'
                  GROUP BY resident_number, expiring HAVING count(*) > 1)";
    assert_eq!(number(data, living), 0, "nobody has two that count");
    let files = number(data, &format!("SELECT count(*) FROM campaign_parts WHERE campaign_id = {id}"));
    assert_eq!(files, printed.div_ceil(40));
    let mut words = String::new();
    let mut pages = 0;
    for file in 1..=files {
        let (more, text) =
            read(&std::fs::read(data.join(format!("print/notices-{id}-{file:03}.pdf"))).unwrap());
        pages += more;
        words += &text;
    }
    assert_eq!(pages, 2 * printed);
    let numbers = sql(data, &format!("SELECT number {letters} ORDER BY number"));
    let numbers: BTreeSet<String> = numbers.lines().map(|number| format!("{number:0>6}")).collect();
    let seen = documents(&words);
    assert_eq!(
        seen.keys().cloned().collect::<BTreeSet<_>>(),
        numbers,
        "those letters and no others are on paper"
    );
    let often: BTreeSet<usize> = seen.values().copied().collect();
    assert_eq!(often.len(), 1, "every letter as often as every other: {often:?}");
    let unfinished = std::fs::read_dir(data.join("print")).unwrap();
    let unfinished = unfinished.filter(|entry| {
        entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "unfinished")
    });
    assert_eq!(unfinished.count(), 0);
    let verified = run(&["audit", "verify", "--data", data.to_str().unwrap()]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stderr));
    printed
}

/// How often each document number stands on paper.
fn documents(words: &str) -> BTreeMap<String, usize> {
    let mut seen = BTreeMap::new();
    for after in words.split("通知-").skip(1) {
        let number = after.chars().take_while(char::is_ascii_digit).collect();
        *seen.entry(number).or_insert(0) += 1;
    }
    seen
}

/// SIGKILL at random moments while lists, letters and files are made, fifty times.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_fifty_times_and_every_letter_once() {
    let mut office = prepared().await;
    // How long an undisturbed campaign takes, so that the kills fall into all of it.
    let begun = Instant::now();
    let campaign = order(&office).await;
    while state(office.data()) != "printed" {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let whole = begun.elapsed();
    let letters = check(&office, &campaign).await;
    assert!(letters > 100, "{letters} letters");
    let mut moments = Moments(20_260_401);
    let (mut kills, mut campaigns, mut in_state) = (0, 1, BTreeMap::new());
    while kills < KILLS {
        let campaign = order(&office).await;
        campaigns += 1;
        while kills < KILLS {
            // Early moments are commoner: the list and the numbering are short beside the files.
            tokio::time::sleep(whole.mul_f64(moments.next().powi(2) / 2.0)).await;
            let before = state(office.data());
            if !matches!(before.as_str(), "making" | "released" | "printing") {
                break;
            }
            office.kill_and_reopen(TRAINING);
            *in_state.entry(before).or_insert(0) += 1;
            kills += 1;
        }
        assert_eq!(check(&office, &campaign).await, letters, "{campaign} after {kills} kills");
    }
    println!("{kills} kills {in_state:?} in {campaigns} campaigns of {letters} letters, 0 failures");
}
