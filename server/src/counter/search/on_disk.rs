//! Searches in a real database on disk.

use super::{Answer, search};
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::Error;
use crate::office::{Mode, Office};
use crate::staff::visitor::Visitor;
use crate::store;
use crate::store::residents::Resident;
use app::pages::search::{Hit, SearchPage};
use chrono::NaiveDate;
use rules::kinds::{ResidentKind, ResidentStatus, Role, Sex};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn visitor(role: Role) -> Visitor {
    Visitor::of_role(role)
}

fn resident(number: &str, name: &str, kana: &str, birth: &str) -> Resident {
    Resident {
        number: number.into(),
        household_number: String::new(),
        name: name.into(),
        kana: kana.into(),
        old_surname: None,
        alias: None,
        birth: day(birth),
        sex: Sex::Female,
        postal_code: "0000001".into(),
        address: format!("訓練市みほん区赤羽一丁目{number}番3号"),
        building: None,
        kind: ResidentKind::Japanese,
        residence_status: None,
        stay_until: None,
        adult_ward: false,
        suppressed: false,
        registered_elsewhere: false,
        change_reason: None,
        change_date: None,
        status: ResidentStatus::Resident,
        version: 0,
    }
}

async fn office(directory: &std::path::Path, residents: &[Resident]) -> Office {
    let clock = Clock::starting(day("2026-11-24"));
    let office = Office::open(DataDir::open(directory).unwrap(), Some(Mode::Training), clock).await.unwrap();
    let mut tx = office.store().write().await.unwrap();
    for batch in residents.chunks(500) {
        let batch: Vec<&Resident> = batch.iter().collect();
        store::residents::save(&mut tx, &batch, "2026-11-24T09:00:00+09:00").await.unwrap();
        store::search::index(&mut tx, &batch).await.unwrap();
    }
    tx.commit().await.unwrap();
    office
}

async fn page(office: &Office, role: Role, query: &str) -> SearchPage {
    match search(office, &visitor(role), query, 1).await.unwrap() {
        Answer::People(page) => *page,
        Answer::Case(number) | Answer::Letter(number) => panic!("{query} led to {number}"),
    }
}

async fn numbers(office: &Office, query: &str) -> Vec<String> {
    let hits = page(office, Role::Clerk, query).await.hits;
    let number = |hit| match hit {
        Hit::Person(person) => person.number,
        Hit::Masked => "masked".to_owned(),
    };
    hits.into_iter().map(number).collect()
}

fn namesakes() -> Vec<Resident> {
    let mut all = vec![
        resident("1", "渡邊　花子", "ワタナベ　ハナコ", "1980-10-10"),
        resident("2", "渡辺　花子", "ワタナベ　ハナコ", "1981-01-01"),
        resident("3", "渡\u{E0101}邉\u{E010F}　太郎", "ワタナベ　タロウ", "1980-10-10"),
        resident("4", "山田　花", "ヤマダ　ハナ", "1980-10-10"),
        resident("5", "SMITH JOHN", "スミス　ジョン", "1990-02-02"),
        resident("6", "秘密　守", "ヒミツ　マモル", "1980-10-10"),
    ];
    all[3].old_surname = Some("渡部".into());
    all[4].alias = Some("渡会　譲".into());
    all[5].suppressed = true;
    all
}

/// A name is found by its beginning, whatever form of its characters is typed and whatever form is registered.
#[tokio::test]
async fn names_are_found_in_every_form() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path(), &namesakes()).await;
    for query in ["渡辺", "渡邊", "渡邉", "渡 辺"] {
        assert_eq!(numbers(&office, query).await, ["3", "1", "2"], "{query}: by kana, then by birth");
    }
    for query in ["渡辺花子", "渡辺 花子", "渡邉　花", "わたなべ はなこ", "ワタナベハナ", "ﾜﾀﾅﾍﾞ ﾊﾅｺ"]
    {
        assert_eq!(numbers(&office, query).await, ["1", "2"], "{query}");
    }
    assert_eq!(numbers(&office, "渡部").await, ["4"], "by old surname");
    assert_eq!(numbers(&office, "渡部 花").await, ["4"], "by old surname and given name");
    assert_eq!(numbers(&office, "渡会").await, ["5"], "by alias");
    assert_eq!(numbers(&office, "smith").await, ["5"]);
    assert_eq!(numbers(&office, "存在しない").await, Vec::<String>::new());
}

/// A birth date finds in either calendar, and narrows a name; so does an address.
#[tokio::test]
async fn words_narrow() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path(), &namesakes()).await;
    for query in ["S55.10.10", "昭和55年10月10日", "1980-10-10", "19801010"] {
        assert_eq!(numbers(&office, query).await, ["4", "3", "1", "masked"], "{query}");
    }
    assert_eq!(numbers(&office, "わたなべ S55.10.10").await, ["3", "1"]);
    assert_eq!(numbers(&office, "1980-10-10 渡辺 花子").await, ["1"]);
    assert_eq!(numbers(&office, "赤羽1-2").await, ["2"], "by the town");
    assert_eq!(numbers(&office, "訓練市みほん区赤羽1丁目2").await, ["2"]);
    assert_eq!(numbers(&office, "渡辺 赤羽").await, ["3", "1", "2"]);
    assert_eq!(numbers(&office, "渡辺 赤羽1-1").await, ["1"]);
    assert_eq!(numbers(&office, "渡辺 品川").await, Vec::<String>::new());
}

/// Of people under support measures a clerk sees nothing; a supervisor sees them.
#[tokio::test]
async fn support_measures_hide_everything_from_a_clerk() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path(), &namesakes()).await;
    for query in ["秘密", "ヒミツ", "赤羽1-6", "6 秘密"] {
        let clerk = page(&office, Role::Clerk, query).await;
        assert!(clerk.hits.iter().all(|hit| matches!(hit, Hit::Masked)), "{query}: {:?}", clerk.hits);
        assert!(!format!("{:?}", clerk.hits).contains("守"));
    }
    let seen = page(&office, Role::Supervisor, "秘密").await;
    assert!(matches!(&seen.hits[..], [Hit::Person(person)] if person.flag == "支援措置"), "{:?}", seen.hits);
}

/// Numbers find: 宛名番号, and a case's number leads to the case.
#[tokio::test]
async fn numbers_find() {
    let directory = tempfile::tempdir().unwrap();
    let mut residents = namesakes();
    residents[0].number = "20010203".into();
    let office = office(directory.path(), &residents).await;
    assert_eq!(numbers(&office, "20010203").await, ["20010203"], "although it may be a date");
    assert!(
        page(&office, Role::Clerk, "R8-000001").await.hits.is_empty(),
        "no such case: an ordinary search"
    );
}

/// The trail knows that a search was made, not for whom; who may not search doesn't.
#[tokio::test]
async fn the_trail_keeps_no_words() {
    let directory = tempfile::tempdir().unwrap();
    let office = office(directory.path(), &namesakes()).await;
    page(&office, Role::Clerk, "渡辺").await;
    let rows = store::audit::newest(office.store().read(), None, 1).await.unwrap();
    assert_eq!((rows[0].kind, rows[0].sentence.as_str()), (22, "住民を検索しました(3人)。"));
    let refused = search(&office, &visitor(Role::Administrator), "渡辺", 1).await;
    assert!(matches!(refused, Err(Error::Refused(refusal)) if refusal.status == 403));
}

/// Many namesakes: pages of fifty in order, and a common word says that it was cut.
#[tokio::test]
async fn long_lists_come_in_pages() {
    let directory = tempfile::tempdir().unwrap();
    let many: Vec<Resident> = (0..2100)
        .map(|n| resident(&format!("{}", 10_000 + n), "佐藤　一", &format!("サトウ　{n:04}"), "1980-10-10"))
        .collect();
    let office = office(directory.path(), &many).await;
    let first = page(&office, Role::Clerk, "佐藤").await;
    assert_eq!(
        (first.hits.len(), first.pages.current, first.pages.last, first.pages.total),
        (50, 1, 40, 2000)
    );
    assert!(first.understood.contains("絞り込め"), "{}", first.understood);
    let Answer::People(second) = search(&office, &visitor(Role::Clerk), "佐藤", 2).await.unwrap() else {
        panic!()
    };
    let Hit::Person(person) = &second.hits[0] else { panic!() };
    assert_eq!(person.kana, "サトウ　0050");
    assert_eq!(
        numbers(&office, "サトウ 赤羽1-11500").await,
        ["11500"],
        "two common words are compared in full"
    );
    assert_eq!(numbers(&office, "サトウ 1980-10-10 赤羽1-12099-3").await, ["12099"]);
}
