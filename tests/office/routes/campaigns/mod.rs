//! `/campaigns` and `/returns`: a campaign over HTTP, from the order to what comes back.

mod killed;

use office_tests::clerk::{Clerk, Page, hidden_fields};
use office_tests::office::Office;
use reqwest::StatusCode;
use std::process::Command;
use std::time::Duration;

const DAY: &str = "2026-11-24";
const TRAINING: &[&str] = &["--training", "--today", DAY];

/// The number that stands before a word on a page: `通知書を送る人 11人` → 11.
pub fn count(words: &str, before: &str) -> usize {
    let after = words.split_once(before).unwrap_or_else(|| panic!("no 「{before}」: {words}")).1;
    let digits: String = after.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    digits.replace(',', "").parse().unwrap_or_else(|_| panic!("no number after 「{before}」: {words}"))
}

/// The pages of a PDF and all its words, as Debian's poppler reads them.
pub fn read(pdf: &[u8]) -> (usize, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letters.pdf");
    std::fs::write(&file, pdf).unwrap();
    let run = |tool: &str, last: &[&str]| {
        let output = Command::new(tool).arg(&file).args(last).output().expect("poppler-utils is installed");
        assert!(output.status.success(), "{tool}");
        String::from_utf8(output.stdout).unwrap()
    };
    let info = run("pdfinfo", &[]);
    (count(&info, "Pages:"), run("pdftotext", &["-"]))
}

/// Orders a month for today; gives the campaign's address.
pub async fn order(clerk: &Clerk, month: &str) -> String {
    let fields = [("first", month), ("planned_on", ""), ("notices_to", "everyone")];
    let ordered = clerk.submit("/campaigns/new", "/campaigns", &fields).await;
    assert_eq!(ordered.status, StatusCode::SEE_OTHER, "{}", ordered.words());
    ordered.location.expect("the campaign's address")
}

/// Orders, releases and prints a month; gives the campaign's address.
pub async fn printed(office: &Office, month: &str) -> String {
    let maker = Clerk::log_in(office.address(), "tanaka").await;
    let checker = Clerk::log_in(office.address(), "takahashi").await;
    let campaign = order(&maker, month).await;
    until(&maker, &campaign, "承認待ち").await;
    let released = press(&checker, &campaign, "release", &[]).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.words());
    until(&checker, &campaign, "発送待ち").await;
    campaign
}

/// Presses a button of a campaign's page.
async fn press(clerk: &Clerk, campaign: &str, action: &str, fields: &[(&str, &str)]) -> Page {
    clerk.submit(campaign, &format!("{campaign}/{action}"), fields).await
}

/// Waits until a campaign's page says something.
pub async fn until(clerk: &Clerk, campaign: &str, words: &str) -> Page {
    for _ in 0..1200 {
        let page = clerk.get(campaign).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        if page.words().contains(words) {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{campaign} never says 「{words}」: {}", clerk.get(campaign).await.words());
}

/// The counts of a campaign as its page says them.
fn counts(page: &Page) -> [usize; 6] {
    let words = page.words();
    let table = words.split_once("発送済みのうち返戻").expect("the table of counts").1;
    let mut numbers = table.split_whitespace().map(|word| word.replace(',', "").parse().expect("a count"));
    let counts = std::array::from_fn(|_| numbers.next().expect("six counts"));
    let [targets, printed, excluded, open, posted, returned] = counts;
    assert_eq!(targets, printed + excluded + open, "{words}");
    assert!(posted <= printed && returned <= posted, "{words}");
    counts
}

/// Two colleagues take January from the order to the post; the counts add up at each step, the first files are those of
/// the list, and the person's page tells the letter's way.
#[tokio::test]
async fn from_the_order_to_the_post() {
    let office = Office::training_on(DAY);
    let maker = Clerk::log_in(office.address(), "tanaka").await;
    let checker = Clerk::log_in(office.address(), "takahashi").await;
    let preview = count(&maker.get("/notices/2027-01").await.words(), "通知書を送る人");
    let campaign = order(&maker, "2027-01").await;
    let list = until(&maker, &campaign, "承認待ち").await;
    let [targets, printed, excluded, open, ..] = counts(&list);
    assert_eq!((printed, open), (0, preview));
    assert!(excluded > 0 && targets > open);
    assert!(list.words().contains("別の職員が確かめて承認すると"), "{}", list.words());
    assert!(!list.text.contains(&format!("{campaign}/release")), "the maker has no button");

    let released = press(&checker, &campaign, "release", &[]).await;
    assert_eq!(released.location.as_deref(), Some(campaign.as_str()), "{}", released.words());
    let done = until(&checker, &campaign, "発送待ち").await;
    assert_eq!(counts(&done)[1..4], [open, excluded, 0]);
    let (pages, text) = read(&checker.bytes(&format!("{campaign}/1.pdf")).await);
    assert_eq!(pages, 2 * open, "a notice and its reply form each");
    assert!(text.contains("旧型"), "who is on the list has a letter: {text}");
    assert!(!text.contains("見本　小春") && !text.contains("シュウバン"), "who is left out has none");
    assert_eq!(read(&checker.bytes(&format!("{campaign}/all.pdf")).await), (pages, text));
    let (_, contents) = read(&checker.bytes(&format!("{campaign}/contents.pdf")).await);
    for number in 1..=open {
        assert_eq!(contents.matches(&format!("通知-{number:06}")).count(), 1, "{number}: {contents}");
    }

    let future = press(&checker, &campaign, "post", &[("posted_on", "R8.12.1")]).await;
    assert_eq!(future.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(future.words().contains("今日より後です") && future.text.contains("value=\"R8.12.1\""));
    press(&checker, &campaign, "post", &[("posted_on", "")]).await;
    let posted = until(&checker, &campaign, "発送済み").await;
    assert_eq!(counts(&posted)[4], open);
    let counter = Clerk::log_in(office.address(), "sato").await;
    let resident = counter.get("/residents/9900000014").await.words();
    assert!(resident.contains("を発送しました(発送 R8.11.24)"), "{resident}");
    let auditor = Clerk::log_in(office.address(), "ito").await;
    let trail = auditor.get("/audit?kind=62").await.words();
    for step in ["予定しました", "一覧を作りました", "承認しました", "作り終えました", "発送しました"]
    {
        assert!(trail.contains(step), "{step}: {trail}");
    }
    assert_eq!(auditor.get("/audit?kind=60").await.words().matches("✓ 行った").count(), open, "each letter");
}

/// The message of the work's end is on the maker's next page, whichever it is, and gone once the campaign was opened.
#[tokio::test]
async fn whoever_began_it_is_told() {
    let office = Office::training_on(DAY);
    let maker = Clerk::log_in(office.address(), "tanaka").await;
    let checker = Clerk::log_in(office.address(), "takahashi").await;
    let campaign = order(&maker, "2027-01").await;
    until(&checker, &campaign, "承認待ち").await;
    let words = "の対象者の一覧ができました";
    for page in ["/", "/imports"] {
        let page = maker.get(page).await;
        assert!(
            page.words().contains(words) && page.text.contains(&format!("href=\"{campaign}\"")),
            "{}",
            page.words()
        );
    }
    assert!(!checker.get("/").await.words().contains(words), "nobody else is told");
    maker.get(&campaign).await;
    assert!(!maker.get("/").await.words().contains(words));
}

/// The same form sent twice does its work once, and a form of a page that is out of date does nothing.
#[tokio::test]
async fn a_second_press_does_nothing() {
    let office = Office::training_on(DAY);
    let maker = Clerk::log_in(office.address(), "tanaka").await;
    let checker = Clerk::log_in(office.address(), "takahashi").await;
    let hidden = hidden_fields(&maker.get("/campaigns/new").await.text, "/campaigns");
    let mut fields: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend([("first", "2027-01"), ("notices_to", "everyone")]);
    let first = maker.send("/campaigns", &fields).await;
    let second = maker.send("/campaigns", &fields).await;
    assert_eq!((first.location.as_deref(), &second.location), (Some("/campaigns/1"), &first.location));
    let page = until(&checker, "/campaigns/1", "承認待ち").await;
    let hidden = hidden_fields(&page.text, "/campaigns/1/release");
    let fields: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let first = checker.send("/campaigns/1/release", &fields).await;
    let second = checker.send("/campaigns/1/release", &fields).await;
    assert_eq!((first.status, &second.location), (StatusCode::SEE_OTHER, &first.location));
    until(&checker, "/campaigns/1", "発送待ち").await;
    let stale: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, if *name == "once" { "another" } else { *value }))
        .collect();
    assert_eq!(checker.send("/campaigns/1/release", &stale).await.status, StatusCode::CONFLICT);
    assert_eq!(checker.get("/campaigns/2").await.status, StatusCode::NOT_FOUND);
}

/// Letters that come back are scanned one after the other; what can't be noted says so and changes nothing.
#[tokio::test]
async fn letters_are_scanned_back_in() {
    let office = Office::training_on(DAY);
    let checker = Clerk::log_in(office.address(), "takahashi").await;
    let campaign = printed(&office, "2027-01").await;
    let counter = Clerk::log_in(office.address(), "sato").await;
    let scan = async |scanned: &str, reason: &str| {
        counter.submit("/returns", "/returns", &[("scanned", scanned), ("reason", reason)]).await
    };
    let early = scan("通知-1", "moved").await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.words().contains("発送の記録がありません"), "{}", early.words());
    press(&checker, &campaign, "post", &[]).await;
    let none = scan("通知-1", "").await;
    assert!(none.words().contains("返戻の理由を選んでください") && none.text.contains("value=\"通知-1\""));
    // The QR code of the first letter, as a keyboard wedge types it.
    let token = token(office.data(), 1);
    let noted = scan(&token.to_lowercase(), "moved").await;
    assert_eq!(noted.location.as_deref(), Some("/returns?noted=1&reason=moved"), "{}", noted.words());
    let page = counter.get("/returns?noted=1&reason=moved").await;
    assert!(
        page.words().contains("通知-000001の返戻を記録しました")
            && page.words().contains("今日記録した返戻 1通")
    );
    assert!(
        page.text.contains("autofocus") && page.text.contains("value=\"moved\" checked"),
        "{}",
        page.text
    );
    assert_eq!(scan("000002", "refused").await.location.as_deref(), Some("/returns?noted=2&reason=refused"));
    assert!(scan("通知-999999", "moved").await.words().contains("通知書はありません"));
    assert_eq!(counts(&checker.get(&campaign).await)[5], 2);

    let report = counter.get("/returns/report").await.words();
    assert!(report.contains("転居先不明 1") && report.contains("受取拒絶 1"), "{report}");
    let csv = String::from_utf8(counter.bytes("/returns/report.csv").await).unwrap();
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(csv.contains("通知-000001") && csv.contains("転居先不明"), "{csv}");
    let wrong = counter.get("/returns/report?from=R8.12.1&until=R8.11.1").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Made anew from the list of those that came back, and in the person's history.
    let list = format!("{campaign}?list=returned");
    let fields = [("letter", "1"), ("reason", "sent_anew"), ("action", "again")];
    let anew = checker.submit(&list, &format!("{campaign}/letters"), &fields).await;
    assert_eq!(anew.status, StatusCode::SEE_OTHER, "{}", anew.words());
    let done = until(&checker, &campaign, "発送待ち").await;
    assert_eq!(counts(&done)[5], 1);
    assert!(done.text.contains(&format!("{campaign}/2.pdf")), "a file of its own");
    assert!(counter.get("/returns/report").await.words().contains("作り直しました"));
}

/// The code on a letter, as the office's database has it.
fn token(data: &std::path::Path, number: u32) -> String {
    let statement = format!("SELECT token FROM letters WHERE number = {number}");
    let output =
        Command::new("sqlite3").arg(data.join("office.db")).arg(statement).output().expect("sqlite3");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Giving up says what it means, wants to be sure, and leaves the month free.
#[tokio::test]
async fn a_campaign_is_given_up() {
    let office = Office::training_on(DAY);
    let maker = Clerk::log_in(office.address(), "tanaka").await;
    let campaign = order(&maker, "2027-01").await;
    until(&maker, &campaign, "承認待ち").await;
    let still = maker.get(&format!("{campaign}?cancelling=yes")).await;
    assert!(still.text.contains("<details open"), "the form stands open: {}", still.text);
    let unsure = press(&maker, &campaign, "cancel", &[]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsure.words().contains("取りやめは行っていません"), "{}", unsure.words());
    press(&maker, &campaign, "cancel", &[("sure", "yes")]).await;
    let page = until(&maker, &campaign, "取りやめ").await;
    assert_eq!(counts(&page)[3], 0);
    assert_eq!(order(&maker, "2027-01").await, "/campaigns/2");
    let twice = [("first", "2027-01"), ("notices_to", "everyone")];
    let refused = maker.submit("/campaigns/new", "/campaigns", &twice).await;
    assert!(refused.words().contains("まだ発送まで進んでいません"), "{}", refused.words());
}

/// The day that was planned passes while the office is closed: its list is made when it opens, once.
#[tokio::test]
async fn a_planned_day_is_made_up_for() {
    let office = Office::training_on(DAY);
    let maker = Clerk::log_in(office.address(), "tanaka").await;
    let fields = [("first", "R9.2"), ("planned_on", "R8.11.26"), ("notices_to", "everyone")];
    let ordered = maker.submit("/campaigns/new", "/campaigns", &fields).await;
    assert_eq!(ordered.location.as_deref(), Some("/campaigns/1"), "{}", ordered.words());
    assert!(maker.get("/campaigns/1").await.words().contains("今日、対象者の一覧を作る"));
    for day in ["2026-11-25", "2026-11-30", "2026-12-01"] {
        let data = office_data(&office);
        let later = Office::start_in(data, &["--training", "--today", day]);
        let maker = Clerk::log_in(later.address(), "tanaka").await;
        if day == "2026-11-25" {
            assert!(maker.get("/campaigns/1").await.words().contains("予定の日を待たずに"));
            continue;
        }
        let page = until(&maker, "/campaigns/1", "承認待ち").await;
        assert!(counts(&page)[3] > 0);
        assert_eq!(maker.get("/campaigns/2").await.status, StatusCode::NOT_FOUND);
    }
}

/// A copy of an office's data, as a backup has them.
fn office_data(office: &Office) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let from = format!("{}/.", office.data().display());
    assert!(Command::new("cp").args(["-a", &from]).arg(copy.path()).status().unwrap().success());
    copy
}

/// Nobody under support measures gets a letter by itself, and no list names them.
#[tokio::test]
async fn people_under_support_measures_get_none() {
    let office = Office::training_on(DAY);
    let maker = Clerk::log_in(office.address(), "tanaka").await;
    let checker = Clerk::log_in(office.address(), "takahashi").await;
    assert!(maker.get("/notices/2026-12").await.words().contains("支援措置"));
    let campaign = order(&maker, "2026-12").await;
    until(&maker, &campaign, "承認待ち").await;
    for list in ["/notices/2026-12".to_owned(), format!("{campaign}?list=excluded"), campaign.clone()] {
        let page = maker.get(&list).await;
        for secret in ["秘匿", "ヒトク", "9900000018"] {
            assert!(!page.text.contains(secret), "{list} {secret}: {}", page.text);
        }
    }
    press(&checker, &campaign, "release", &[]).await;
    until(&checker, &campaign, "発送待ち").await;
    let (_, text) = read(&checker.bytes(&format!("{campaign}/all.pdf")).await);
    assert!(!text.contains("秘匿") && !text.contains("守江"), "{text}");
}

/// The files for the print room have the size the office has set, hold each letter once and in the same order as the
/// whole.
#[tokio::test]
async fn files_for_the_print_room() {
    let office = Office::training_on(DAY);
    let checker = Clerk::log_in(office.address(), "takahashi").await;
    super::paper::print_settings(&checker, &[("part_letters", "4")]).await;
    let maker = Clerk::log_in(office.address(), "tanaka").await;
    let campaign = order(&maker, "2027-01").await;
    until(&maker, &campaign, "承認待ち").await;
    press(&checker, &campaign, "release", &[]).await;
    let words = until(&checker, &campaign, "発送待ち").await;
    let letters = counts(&words)[1];
    let files = letters.div_ceil(4);
    assert_eq!(words.words().matches("✓ できました").count(), files, "{}", words.words());
    let (mut pages, mut text) = (0, String::new());
    for file in 1..=files {
        let (more, words) = read(&checker.bytes(&format!("{campaign}/{file}.pdf")).await);
        assert!(more == 8 || file == files, "{more} pages in file {file}");
        pages += more;
        text += &words;
    }
    assert_eq!((pages, text), read(&checker.bytes(&format!("{campaign}/all.pdf")).await));
    assert_eq!(checker.get(&format!("{campaign}/{}.pdf", files + 1)).await.status, StatusCode::NOT_FOUND);
}
