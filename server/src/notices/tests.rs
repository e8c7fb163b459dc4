//! A month of notices on a real database, with a person for every reason there is.

use super::make::{self, Made, Order};
use super::{Month, batch, run};
use crate::audit::{self, Verdict};
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::{Error, Refusal};
use crate::office::{Mode, Office};
use crate::store::{letters, notice_parts};
use chrono::NaiveDate;
use rules::settings::NoticesTo;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A day on which the certificates of February 2027 can be renewed.
const TODAY: &str = "2026-12-01";

/// Somebody made up. Both certificates end on the same day unless said otherwise.
#[derive(Clone)]
struct Somebody {
    number: &'static str,
    name: &'static str,
    postal: &'static str,
    address: &'static str,
    status: &'static str,
    suppressed: bool,
    elsewhere: bool,
    card: (&'static str, &'static str),
    signature: Option<(&'static str, &'static str)>,
    authentication: Option<(&'static str, &'static str)>,
}

const ANYBODY: Somebody = Somebody {
    number: "0000000001",
    name: "見本 花子",
    postal: "1150045",
    address: "東京都見本区赤羽一丁目1番1号",
    status: "resident",
    suppressed: false,
    elsewhere: false,
    card: ("active", "2032-02-10"),
    signature: Some(("valid", "2027-02-10")),
    authentication: Some(("valid", "2027-02-10")),
};

async fn office(dir: &Path, mode: Mode) -> Office {
    let today = NaiveDate::parse_from_str(TODAY, "%Y-%m-%d").unwrap();
    Office::open(DataDir::open(dir).unwrap(), Some(mode), Clock::starting(today)).await.unwrap()
}

async fn move_in(office: &Office, people: &[Somebody]) {
    let mut tx = office.store().write().await.unwrap();
    for one in people {
        sqlx::query(
            "INSERT INTO residents (resident_number, household_number, name, kana, birth, sex, postal_code, address,
                                    resident_kind, suppressed, registered_elsewhere, status, updated_at)
             VALUES (?, 'H', ?, 'ミホン', '1980-02-10', 'female', ?, ?, 'japanese', ?, ?, ?, ?)",
        )
        .bind(one.number)
        .bind(one.name)
        .bind(one.postal)
        .bind(one.address)
        .bind(one.suppressed)
        .bind(one.elsewhere)
        .bind(one.status)
        .bind(TODAY)
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query(
            "INSERT INTO cards (card_number, resident_number, kind, issued, expires, status, updated_at)
             VALUES (?1, ?2, 'individual', '2022-02-20', ?3, ?4, ?5)",
        )
        .bind(format!("C{}", one.number))
        .bind(one.number)
        .bind(one.card.1)
        .bind(one.card.0)
        .bind(TODAY)
        .execute(&mut *tx)
        .await
        .unwrap();
        for (kind, certificate) in [("signature", one.signature), ("authentication", one.authentication)] {
            let Some((status, expires)) = certificate else { continue };
            sqlx::query(
                "INSERT INTO certificates (card_number, kind, serial, issued, expires, status)
                 VALUES (?, ?, ?, '2022-02-20', ?, ?)",
            )
            .bind(format!("C{}", one.number))
            .bind(kind)
            .bind(format!("{kind}{}", one.number))
            .bind(expires)
            .bind(status)
            .execute(&mut *tx)
            .await
            .unwrap();
        }
    }
    tx.commit().await.unwrap();
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn order(month: Month, again: bool) -> Order<'static> {
    Order {
        month,
        again,
        actor: "command line",
        staff_id: None,
        once: None,
        reply_form: false,
        part_letters: None,
    }
}

/// Who is in and who is out with which reason, by 宛名番号.
fn told(made: &Made) -> BTreeMap<&str, &str> {
    let included =
        made.included.iter().map(|(target, _)| (target.person.resident_number.as_str(), "included"));
    let excluded = made.excluded.iter().map(|one| (one.person.resident_number.as_str(), one.why.code));
    included.chain(excluded).collect()
}

/// Everybody of [`ward`] with what becomes of them in February 2027.
fn ward() -> Vec<(Somebody, Option<&'static str>)> {
    let number = |number| Somebody { number, ..ANYBODY };
    vec![
        (number("01"), Some("included")),
        (Somebody { status: "dead", ..number("02") }, Some("dead")),
        (Somebody { status: "moved_out", ..number("03") }, Some("moved_out")),
        (Somebody { status: "deleted", ..number("04") }, Some("moved_out")),
        (Somebody { status: "moved_abroad", ..number("05") }, Some("moved_abroad")),
        (Somebody { suppressed: true, ..number("06") }, Some("suppressed")),
        (Somebody { card: ("active", "2027-02-10"), ..number("07") }, Some("card_renewal")),
        (
            Somebody {
                signature: Some(("revoked", "2027-02-10")),
                authentication: Some(("suspended", "2027-02-10")),
                ..number("08")
            },
            Some("no_valid_certificate"),
        ),
        (Somebody { card: ("abolished", "2032-02-10"), ..number("09") }, Some("no_valid_certificate")),
        // Only one of the two is valid: a letter about that one.
        (Somebody { signature: Some(("revoked", "2027-02-10")), ..number("10") }, Some("included")),
        // The month's first and last day are inside, the days beside them aren't.
        (
            Somebody { signature: None, authentication: Some(("valid", "2027-02-01")), ..number("11") },
            Some("included"),
        ),
        (
            Somebody { signature: None, authentication: Some(("valid", "2027-02-28")), ..number("12") },
            Some("included"),
        ),
        (Somebody { signature: None, authentication: Some(("valid", "2027-01-31")), ..number("13") }, None),
        (Somebody { signature: None, authentication: Some(("valid", "2027-03-01")), ..number("14") }, None),
        // The two end in different months.
        (
            Somebody {
                signature: Some(("valid", "2027-02-10")),
                authentication: Some(("valid", "2027-03-10")),
                ..number("15")
            },
            Some("included"),
        ),
        (Somebody { elsewhere: true, ..number("16") }, Some("included")),
    ]
}

async fn full_office() -> (TempDir, Office) {
    let dir = tempfile::tempdir().unwrap();
    let office = office(&dir.path().join("data"), Mode::Training).await;
    let people: Vec<Somebody> = ward().into_iter().map(|(one, _)| one).collect();
    move_in(&office, &people).await;
    (dir, office)
}

fn text_of(pdf: &[u8]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("letters.pdf");
    std::fs::write(&file, pdf).unwrap();
    let output =
        Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&file).arg("-").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
}

/// Everyone with a certificate that ends in the month is named exactly once, each with the right reason, and nobody
/// else is.
#[tokio::test]
async fn names_everyone_once() {
    let (_dir, office) = full_office().await;
    let made = make::make(&office, &order(month("2027-02"), false), |_| Ok(())).await.unwrap();
    let expected: BTreeMap<&str, &str> =
        ward().iter().filter_map(|(one, told)| told.map(|told| (one.number, told))).collect();
    assert_eq!(told(&made), expected);
    assert_eq!(made.included.len() + made.excluded.len(), expected.len());
}

/// One letter a person lists both certificates, or the one that ends in the month.
#[tokio::test]
async fn lists_what_ends_in_the_month() {
    let (_dir, office) = full_office().await;
    let made = make::make(&office, &order(month("2027-02"), false), |_| Ok(())).await.unwrap();
    let listed = |number: &str| {
        let (target, _) = made.included.iter().find(|(one, _)| one.person.resident_number == number).unwrap();
        target.certificates.iter().map(|certificate| certificate.kind.code()).collect::<Vec<_>>()
    };
    assert_eq!(listed("01"), ["signature", "authentication"]);
    assert_eq!(listed("10"), ["authentication"]);
    assert_eq!(listed("15"), ["signature"]);
    let march = make::make(&office, &order(month("2027-03"), false), |_| Ok(())).await.unwrap();
    assert_eq!(told(&march), BTreeMap::from([("14", "included"), ("15", "included")]));
}

/// A second run prints nobody and leaves nothing behind; asked to, it voids the letters and makes new ones.
#[tokio::test]
async fn prints_nobody_twice_unless_asked() {
    let (_dir, office) = full_office().await;
    let february = month("2027-02");
    let first = make::make(&office, &order(february, false), |_| Ok(())).await.unwrap();
    let many = i64::try_from(first.included.len()).unwrap();

    let second = make::make(&office, &order(february, false), |_| panic!("nothing to print")).await.unwrap();
    assert!(second.included.is_empty() && second.run.is_none());
    assert_eq!(told(&second)["01"], "already_noticed");
    assert_eq!(letters::runs(office.store().read(), "2027-02").await.unwrap().len(), 1);

    let third = make::make(&office, &order(february, true), |_| Ok(())).await.unwrap();
    assert_eq!(told(&third)["01"], "included");
    let of_one = letters::of_resident(office.store().read(), "01").await.unwrap();
    let states: Vec<_> = of_one.iter().map(|letter| letter.state.as_str()).collect();
    assert_eq!(states, ["printed", "voided"]);
    let numbers: Vec<i64> = third.included.iter().map(|(_, number)| *number).collect();
    assert_eq!(numbers, (many + 1..=2 * many).collect::<Vec<_>>(), "numbers go on without a gap");
    assert!(matches!(audit::verify(office.store()).await.unwrap(), Verdict::Whole { .. }));
}

/// Pages are in post order, each with its own person, name as registered, and marked 訓練.
#[tokio::test]
async fn pages_are_in_post_order() {
    let dir = tempfile::tempdir().unwrap();
    let office = office(&dir.path().join("data"), Mode::Training).await;
    let one = |number, postal, address, name| Somebody { number, name, postal, address, ..ANYBODY };
    move_in(
        &office,
        &[
            one("1", "1150045", "東京都見本区赤羽二丁目2番2号", "渡\u{E0101}邉 四子"),
            one("2", "1140002", "東京都見本区王子一丁目1番1号", "佐藤 一子"),
            one("3", "1150045", "東京都見本区赤羽一丁目1番1号", "鈴木 三子"),
            one("4", "1150045", "東京都見本区赤羽一丁目1番1号", "鈴木 二子"),
        ],
    )
    .await;
    let mut pdf = Vec::new();
    let made = make::make(&office, &order(month("2027-02"), false), |bytes| {
        pdf = bytes.to_vec();
        Ok(())
    })
    .await
    .unwrap();
    let order: Vec<&str> = made.included.iter().map(|(one, _)| one.person.resident_number.as_str()).collect();
    assert_eq!(order, ["2", "3", "4", "1"]);
    let pages = text_of(&pdf);
    assert_eq!(pages.len(), 4);
    for (page, name) in pages.iter().zip(["佐藤", "鈴木", "鈴木", "渡"]) {
        assert!(page.contains(name), "{name} is not on\n{page}");
        assert!(page.contains("訓練"));
        assert!(page.contains("令和9年2月10日"));
    }
}

/// A run prints again from what was written down, though the person has moved meanwhile; nobody who came under support
/// measures since is printed again.
#[tokio::test]
async fn prints_again_as_it_was() {
    let (_dir, office) = full_office().await;
    let made = make::make(&office, &order(month("2027-02"), false), |_| Ok(())).await.unwrap();
    let id = made.run.unwrap().id;
    let mut tx = office.store().write().await.unwrap();
    sqlx::query("UPDATE residents SET address = '東京都別区' WHERE resident_number = '01'")
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query("UPDATE residents SET suppressed = 1 WHERE resident_number = '10'")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let again = run::reprint(&office, id, (0, i64::MAX), "sato").await.unwrap();
    assert_eq!(again.pages, made.included.len() - 1);
    let text = text_of(&again.pdf).join("");
    assert!(text.contains("赤羽一丁目") && !text.contains("別区"));
    let missing = run::reprint(&office, id + 1, (0, i64::MAX), "sato").await;
    assert!(matches!(missing, Err(Error::Refused(refusal)) if refusal.status == 404));
}

/// When the paper can't be kept, no letter is written down, no number is used and nothing is in the trail.
#[tokio::test]
async fn leaves_neither_half() {
    let (_dir, office) = full_office().await;
    let before = audit::verify(office.store()).await.unwrap();
    let full = |_: &[u8]| Err(Refusal::setup("空きがありません。", "空きを作ってください。").into());
    assert!(make::make(&office, &order(month("2027-02"), false), full).await.is_err());
    assert_eq!(audit::verify(office.store()).await.unwrap(), before);
    assert!(letters::runs(office.store().read(), "2027-02").await.unwrap().is_empty());
    let made = make::make(&office, &order(month("2027-02"), false), |_| Ok(())).await.unwrap();
    assert_eq!(made.included[0].1, 1);
}

/// Two at once: each person gets one letter, and the loser finds nobody left.
#[tokio::test]
async fn two_at_once_make_each_letter_once() {
    let (_dir, office) = full_office().await;
    let (one, other) = (order(month("2027-02"), false), order(month("2027-02"), false));
    let (one, other) =
        tokio::join!(make::make(&office, &one, |_| Ok(())), make::make(&office, &other, |_| Ok(())));
    let many = [one.unwrap().included.len(), other.unwrap().included.len()];
    assert!(many.contains(&0), "{many:?}");
    let runs = letters::runs(office.store().read(), "2027-02").await.unwrap();
    assert_eq!(runs.len(), 1);
    assert_eq!(usize::try_from(runs[0].included).unwrap(), many[0] + many[1]);
}

/// Where the office writes only to those whom J-LIS leaves out, the others are told so.
#[tokio::test]
async fn leaves_to_jlis_what_jlis_sends() {
    let (_dir, office) = full_office().await;
    let mut settings = office.rulebook().settings.clone();
    settings.notices_to = NoticesTo::LeftOutByJlis;
    office.put_in_force(settings);
    let made = make::make(&office, &order(month("2027-02"), false), |_| Ok(())).await.unwrap();
    let told = told(&made);
    assert_eq!((told["01"], told["16"], told["02"]), ("jlis_sends", "included", "dead"));
}

/// Certificates that have ended already aren't written about, and a month that is over makes no letter.
#[tokio::test]
async fn is_silent_about_what_is_over() {
    let dir = tempfile::tempdir().unwrap();
    let office = office(&dir.path().join("data"), Mode::Training).await;
    let ends =
        |number, day| Somebody { number, signature: None, authentication: Some(("valid", day)), ..ANYBODY };
    move_in(&office, &[ends("1", "2026-11-30"), ends("2", "2026-12-01"), ends("3", "2026-12-31")]).await;
    let november = make::make(&office, &order(month("2026-11"), false), |_| Ok(())).await.unwrap();
    assert_eq!(told(&november), BTreeMap::from([("1", "no_valid_certificate")]));
    let december = make::make(&office, &order(month("2026-12"), false), |_| Ok(())).await.unwrap();
    assert_eq!(told(&december), BTreeMap::from([("2", "included"), ("3", "included")]));
}

/// What every part of a run holds, page by page, once all of them are there.
async fn parts(office: &Office, id: i64) -> Vec<Vec<String>> {
    for _ in 0..600 {
        let all = notice_parts::of_run(office.store().read(), id).await.unwrap();
        let running = office.printing().of(id).is_some_and(|progress| progress.running);
        if !running && all.iter().all(|part| part.printed_at.is_some()) {
            let mut texts = Vec::new();
            for part in all {
                let pdf = batch::file(office, id, part.part, "sato").await.unwrap();
                let pages = text_of(&pdf);
                assert_eq!(pages.len(), usize::try_from(part.pages.unwrap()).unwrap());
                texts.push(pages);
            }
            return texts;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the run was not printed: {:?}", office.printing().of(id));
}

/// For the print room a run comes in parts of the size that is asked for, each letter on two pages once, and after a
/// stop in the middle the missing part is made again: no gap, nobody twice.
#[tokio::test]
async fn the_print_room_gets_each_letter_once_also_after_a_stop() {
    let (_dir, office) = full_office().await;
    let order = Order { reply_form: true, part_letters: Some(2), ..order(month("2027-02"), false) };
    let made = make::make(&office, &order, |_| panic!("nothing is printed yet")).await.unwrap();
    let (id, many) = (made.run.unwrap().id, made.included.len());
    let drafted = letters::of_run(office.store().read(), id).await.unwrap();
    assert!(drafted.iter().all(|letter| letter.state == "drafted"));
    let waiting = notice_parts::waiting(office.store().read()).await.unwrap();
    assert_eq!(waiting, [id]);
    assert!(batch::file(&office, id, 1, "sato").await.is_err(), "a part that isn't there yet");

    assert_eq!(batch::resume(&office).await.unwrap(), 1);
    let first = parts(&office, id).await;
    assert_eq!(first.len(), many.div_ceil(2));
    let pages: Vec<&String> = first.iter().flatten().collect();
    assert_eq!(pages.len(), 2 * many, "a notice and its reply form each");
    for (letter, pages) in made.included.iter().zip(pages.chunks(2)) {
        let number = format!("通知-{:06}", letter.1);
        assert!(pages.iter().all(|page| page.contains(&number)), "{number}");
    }
    let states = letters::of_run(office.store().read(), id).await.unwrap();
    assert!(states.iter().all(|letter| letter.state == "printed"));

    // The power went while the second part was being written: half a file, and nothing noted.
    let file = office.data().print_room().join(batch::name(id, 2));
    let mut tx = office.store().write().await.unwrap();
    sqlx::query("UPDATE notice_parts SET printed_at = NULL, pages = NULL WHERE part = 2")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    std::fs::remove_file(&file).unwrap();
    std::fs::write(file.with_extension("unfinished"), b"%PDF-1.7 half").unwrap();
    assert_eq!(batch::resume(&office).await.unwrap(), 1);
    assert_eq!(parts(&office, id).await, first);
    assert_eq!(batch::resume(&office).await.unwrap(), 0);
    assert!(!file.with_extension("unfinished").exists() && file.exists());

    let contents = text_of(&batch::contents(&office, id).await.unwrap()).join("");
    for (_, number) in &made.included {
        assert_eq!(contents.matches(&format!("通知-{number:06}")).count(), 1);
    }
}

/// A part with somebody who may no longer be written to is made anew without that letter.
#[tokio::test]
async fn a_part_leaves_out_who_may_not_be_written_to_any_more() {
    let (_dir, office) = full_office().await;
    let order = Order { part_letters: Some(0), ..order(month("2027-02"), false) };
    let made = make::make(&office, &order, |_| Ok(())).await.unwrap();
    let id = made.run.unwrap().id;
    batch::start(&office, id, "sato");
    assert_eq!(parts(&office, id).await.concat().len(), made.included.len());
    let mut tx = office.store().write().await.unwrap();
    sqlx::query("UPDATE residents SET suppressed = 1 WHERE resident_number = '10'")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let pdf = batch::file(&office, id, 1, "sato").await.unwrap();
    assert_eq!(text_of(&pdf).len(), made.included.len() - 1);
}
