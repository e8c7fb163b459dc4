//! `/notices`, `/notices/{expiring}`, `/notices/runs/{id}.pdf`.

use office_tests::clerk::Clerk;
use office_tests::office::Office;
use reqwest::StatusCode;
use std::process::Command;

const DAY: &str = "2026-11-24";
const MONTH: &str = "/notices/2027-01";

/// Letters are made at one press, printed as often as wanted, and nobody gets a second one by pressing again.
#[tokio::test]
async fn makes_a_month_once() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    assert!(clerk.get("/notices").await.text.contains("作る時期です"));

    let made = clerk.submit(MONTH, MONTH, &[]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    assert_eq!(made.location.as_deref(), Some("/notices/2027-01?run=1"));
    let page = clerk.get("/notices/2027-01?run=1").await.text;
    assert!(page.contains("通知書を作りました。") && page.contains("/notices/runs/1.pdf"), "{page}");
    let first = clerk.bytes("/notices/runs/1.pdf").await;
    assert!(first.starts_with(b"%PDF-"));

    let again = clerk.submit(MONTH, MONTH, &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("何も作っていません。"), "{}", again.text);
    assert_eq!(clerk.get("/notices/runs/2.pdf").await.status, StatusCode::NOT_FOUND);
}

/// The same form sent twice does its work once, also when it asks for new letters in place of old ones.
#[tokio::test]
async fn a_second_press_does_nothing() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    clerk.submit(MONTH, MONTH, &[]).await;
    let hidden = office_tests::clerk::hidden_fields(&clerk.get(MONTH).await.text, MONTH);
    let mut fields: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("again", "yes"));
    let one = clerk.send(MONTH, &fields).await;
    let other = clerk.send(MONTH, &fields).await;
    assert_eq!(one.location.as_deref(), Some("/notices/2027-01?run=2"));
    assert_eq!(other.location, one.location);
    assert_eq!(clerk.get("/notices/runs/3.pdf").await.status, StatusCode::NOT_FOUND);
    // The letters of the first run are void now: printing them again would send two to each.
    assert_eq!(clerk.get("/notices/runs/1.pdf").await.status, StatusCode::GONE);
    assert!(clerk.bytes("/notices/runs/2.pdf").await.starts_with(b"%PDF-"));
}

/// A month may be typed as people do; what is none is told at the field, and an address that is none isn't there.
#[tokio::test]
async fn finds_another_month() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "takahashi").await;
    let found = clerk.get("/notices?month=R9.5").await;
    assert_eq!(found.location.as_deref(), Some("/notices/2027-05"));
    let early = clerk.get("/notices/2027-05").await.text;
    assert!(early.contains("まだ早い月です"), "{early}");
    let none = clerk.get("/notices?month=someday").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text.contains("年月として読めません"), "{}", none.text);
    assert_eq!(clerk.get("/notices/2027-13").await.status, StatusCode::NOT_FOUND);
}

/// Whoever may not make notices sees neither the lists nor the letters.
#[tokio::test]
async fn is_not_for_everyone() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "sato").await;
    for path in ["/notices", MONTH, "/notices/runs/1.pdf"] {
        assert_eq!(clerk.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

/// The number that stands before a word on a page: `通知書を送る人 11人` → 11.
fn count(words: &str, before: &str) -> usize {
    let after = words.split_once(before).unwrap_or_else(|| panic!("no 「{before}」: {words}")).1;
    let digits: String = after.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    digits.replace(',', "").parse().unwrap_or_else(|_| panic!("no number after 「{before}」: {words}"))
}

/// The pages of a PDF and all its words, as Debian's poppler reads them.
fn read(pdf: &[u8]) -> (usize, String) {
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

/// Everybody of the month is on one of the two lists, and everybody who is left out is counted under one reason.
#[tokio::test]
async fn the_counts_add_up() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    let index = clerk.get("/notices").await.words();
    for (month, label) in [("2026-12", "令和8年12月"), ("2027-01", "令和9年1月"), ("2027-02", "令和9年2月")]
    {
        let page = clerk.get(&format!("/notices/{month}")).await;
        let words = page.words();
        let (included, excluded) = (count(&words, "通知書を送る人"), count(&words, "除いた人"));
        assert!(included > 0 && excluded > 0, "{month}: {words}");
        let reasons = words.split_once("除いた人").unwrap().1.split_once("氏名 理由").unwrap().0;
        let numbers =
            reasons.split_whitespace().filter_map(|word| word.strip_suffix('人')?.parse::<usize>().ok());
        assert_eq!(numbers.sum::<usize>(), 2 * excluded, "the heading and the reasons: {reasons}");
        let line =
            index.split_once(label).expect("a line for the month").1.split_once("更新できます。").unwrap().1;
        let cells: Vec<&str> = line.split_whitespace().take(3).collect();
        let (people, left) = ((included + excluded).to_string(), included.to_string());
        assert_eq!(cells, [people.as_str(), "0", left.as_str()], "{month}");
        assert_eq!(page.text.matches("class=\"person\"").count(), included, "{month}: a line for each");
    }
}

/// A run has a letter and its reply form for each; printing it again gives the same letters; the second time nobody is left.
#[tokio::test]
async fn two_pages_a_letter_and_nobody_twice() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    let included = count(&clerk.get(MONTH).await.words(), "通知書を送る人");
    clerk.submit(MONTH, MONTH, &[]).await;
    let (pages, text) = read(&clerk.bytes("/notices/runs/1.pdf").await);
    assert_eq!(pages, 2 * included);
    assert!(text.contains("旧型"), "who is on the list has a letter: {text}");
    assert!(!text.contains("見本　小春") && !text.contains("シュウバン"), "who is left out has none");
    let (again, same) = read(&clerk.bytes("/notices/runs/1.pdf").await);
    assert_eq!((again, same), (pages, text));

    let words = clerk.get(MONTH).await.words();
    assert_eq!(count(&words, "通知書を送る人"), 0, "{words}");
    assert!(words.contains("送る人はいません。"), "{words}");
    assert!(words.contains(&format!("作成済みの{included}人の分も作り直す")), "{words}");
    let index = clerk.get("/notices").await.words();
    let line = index.split_once("令和9年1月").unwrap().1.split_once("更新できます。").unwrap().1;
    let cells: Vec<&str> = line.split_whitespace().skip(1).take(2).collect();
    assert_eq!(cells, [included.to_string().as_str(), "0"], "{index}");
    let auditor = Clerk::log_in(office.address(), "ito").await;
    let trail = auditor.get("/audit?kind=60").await.words();
    assert_eq!(trail.matches("✓ 行った").count(), included + 1, "the run and each letter: {trail}");
    let one = auditor.get("/audit?kind=60&subject=9900000014").await.words();
    assert_eq!(one.matches("宛名番号 9900000014 ✓ 行った").count(), 1, "{one}");
    // Two by hand, and the file for the print room.
    finished(&clerk, 1).await;
    let prints = auditor.get("/audit?kind=61&actor=tanaka").await.words();
    assert_eq!(prints.matches("✓ 行った").count(), 3, "each printing is on record: {prints}");
    // The letter is part of the person's history.
    let counter = Clerk::log_in(office.address(), "sato").await;
    let resident = counter.get("/residents/9900000014").await.words();
    assert!(resident.contains("有効期限通知書(文書番号"), "{resident}");
}

/// Nobody under support measures gets a letter by itself, and the list doesn't name them.
#[tokio::test]
async fn people_under_support_measures_get_none() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    let page = clerk.get("/notices/2026-12").await;
    assert!(page.words().contains("支援措置"), "{}", page.words());
    for secret in ["秘匿", "ヒトク", "9900000018"] {
        assert!(!page.text.contains(secret), "{secret}: {}", page.text);
    }
    clerk.submit("/notices/2026-12", "/notices/2026-12", &[]).await;
    let (_, text) = read(&clerk.bytes("/notices/runs/1.pdf").await);
    assert!(!text.contains("秘匿") && !text.contains("守江"), "{text}");
}

/// Waits until the files of a run are made; gives the page that says so.
async fn finished(clerk: &Clerk, run: u32) -> String {
    for _ in 0..600 {
        let page = clerk.get(&format!("/notices/runs/{run}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        if !page.text.contains("○ これから") {
            return page.words();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("run {run} is never finished");
}

/// The files for the print room have the size the office has set, hold each letter once and in the same order as the
/// whole, and a list says what is where.
#[tokio::test]
async fn files_for_the_print_room() {
    let office = Office::training_on(DAY);
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    super::paper::print_settings(&supervisor, &[("part_letters", "4")]).await;
    let clerk = Clerk::log_in(office.address(), "tanaka").await;
    let included = count(&clerk.get(MONTH).await.words(), "通知書を送る人");
    clerk.submit(MONTH, MONTH, &[]).await;
    let words = finished(&clerk, 1).await;
    let files = included.div_ceil(4);
    assert_eq!(words.matches("✓ できました").count(), files, "{words}");
    let (mut pages, mut text) = (0, String::new());
    for file in 1..=files {
        let (more, words) = read(&clerk.bytes(&format!("/notices/runs/1/{file}.pdf")).await);
        assert!(more == 8 || file == files, "{more} pages in file {file}");
        pages += more;
        text += &words;
    }
    let (all, whole) = read(&clerk.bytes("/notices/runs/1.pdf").await);
    assert_eq!((pages, &text), (all, &whole));
    let (_, list) = read(&clerk.bytes("/notices/runs/1/contents.pdf").await);
    for number in 1..=included {
        assert!(list.contains(&format!("通知-{number:06}")), "{number}: {list}");
    }
    assert_eq!(clerk.get(&format!("/notices/runs/1/{}.pdf", files + 1)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(clerk.get("/notices/runs/2").await.status, StatusCode::NOT_FOUND);
}
