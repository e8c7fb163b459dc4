//! `/search`.

use card::virtual_card::profiles;
use office_tests::clerk::Clerk;
use office_tests::journey::Journey;
use office_tests::office::{Office, today};
use rules::wareki;

/// What is typed comes back as text, never as markup.
#[tokio::test]
async fn hostile_words_stay_words() {
    let office = Office::training();
    let login = server::training::accounts().remove(0).login;
    let clerk = Clerk::log_in(office.address(), &login).await;
    for words in
        ["\"><script>alert(1)</script>", "</textarea><script>", "' OR 1=1 --", "\u{202e}逆", "%%%___"]
    {
        let address = reqwest::Url::parse_with_params("http://x/search", [("q", words)]).unwrap();
        let page = clerk.get(&format!("/search?{}", address.query().unwrap())).await;
        assert!(page.status.is_success(), "{words}: {}", page.status);
        assert!(
            !page.text.contains("<script>alert") && !page.text.contains("</textarea><script>"),
            "{words}"
        );
    }
}

/// The 宛名番号 of everybody the search shows, over all its pages, and how many are masked.
async fn found(clerk: &Clerk, words: &str) -> (Vec<String>, usize) {
    let (mut numbers, mut masked) = (Vec::new(), 0);
    for page in 1.. {
        let query = [("q", words), ("page", &page.to_string())];
        let address = reqwest::Url::parse_with_params("http://x/search", query).unwrap();
        let text = clerk.get(&format!("/search?{}", address.query().unwrap())).await.text;
        let links = text.split("href=\"/residents/").skip(1).filter_map(|rest| rest.split('"').next());
        let here: Vec<String> = links.map(str::to_owned).collect();
        let hidden = text.matches("row--masked").count();
        numbers.extend(here);
        masked += hidden;
        if !text.contains(&format!("page={}\"", page + 1)) {
            break;
        }
    }
    (numbers, masked)
}

/// One person is found by everything that is known of her, in every way people write it.
#[tokio::test]
async fn finds_a_person_by_anything_known() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let person = profiles::find("renewable", today()).expect("a sample person");
    let (holder, number) = (&person.person.holder, &person.resident_number);
    let birth = holder.birth;
    let place = holder.address.split_once("みほん区").expect("the sample ward").1.to_owned();
    let digits = place.replace("一丁目", "1丁目");
    let ways = [
        "見本 花".to_owned(),
        "見本花子".to_owned(),
        "ミホン ハナコ".to_owned(),
        "ﾐﾎﾝ ﾊﾅ".to_owned(),
        "みほん はな".to_owned(),
        format!("{} 見本", wareki::long(birth)),
        format!("{} 見本", wareki::short(birth)),
        format!("見本 {birth}"),
        format!("{} ミホン", birth.format("%Y%m%d")),
        holder.address.clone(),
        place,
        digits,
        person.person.card_number.clone(),
        number.clone(),
    ];
    for words in ways {
        let (numbers, masked) = found(&clerk, &words).await;
        assert_eq!(numbers, [number.as_str()], "{words}");
        assert_eq!(masked, 0, "{words}");
    }
    // A date alone finds everybody born on it, her among them; another day's people aren't.
    for words in [wareki::long(birth), wareki::short(birth), birth.to_string()] {
        assert!(found(&clerk, &words).await.0.contains(number), "{words}");
    }
    assert!(found(&clerk, &format!("見本 {}", birth.succ_opt().unwrap())).await.0.is_empty());
}

/// Variants of a character find the same people, whichever of them stands in the register.
#[tokio::test]
async fn variants_find_the_same_people() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    for (variants, least) in
        [(&["渡辺", "渡邊", "渡邉"][..], 20), (&["斉藤", "齋藤", "斎藤", "齊藤"], 1), (&["高橋", "髙橋"], 1)]
    {
        let (mut first, masked) = found(&clerk, variants[0]).await;
        assert!(first.len() >= least, "{}: {}", variants[0], first.len());
        first.sort();
        for variant in &variants[1..] {
            let (mut others, also) = found(&clerk, variant).await;
            others.sort();
            assert_eq!((&others, also), (&first, masked), "{variant}");
        }
    }
    // 渡󠄁邉󠄂　𠮷之助, with variation selectors in the register.
    let person = profiles::find("variation-selectors", today()).expect("a sample person");
    for words in ["渡邊 吉之助", "渡辺吉之", "渡邉　𠮷之助", &person.person.holder.name] {
        assert_eq!(found(&clerk, words).await.0, [person.resident_number.as_str()], "{words}");
    }
}

/// A name of before is found too, and the line says so.
#[tokio::test]
async fn finds_by_an_old_surname() {
    let office = Office::training();
    let back_office = Clerk::log_in(office.address(), "tanaka").await;
    super::imports::take(
        &back_office,
        "residents",
        &super::imports::resident("5000001", "新見 取子", "珍野", "S60.2.3"),
    )
    .await;
    let clerk = Clerk::log_in(office.address(), "sato").await;
    for words in ["珍野", "珍野 取子", "新見"] {
        let (numbers, _) = found(&clerk, words).await;
        assert_eq!(numbers, ["5000001"], "{words}");
    }
    assert!(clerk.get("/search?q=珍野").await.words().contains("旧氏 珍野"));
}

/// Whatever finds a person under support measures, a clerk learns only that the supervisor is to be called.
#[tokio::test]
async fn masks_people_under_support_measures() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let person = profiles::find("suppressed", today()).expect("a sample person");
    let holder = &person.person.holder;
    for words in ["秘匿", "ヒトク モリ", &person.person.card_number, &person.resident_number] {
        assert_eq!(found(&clerk, words).await, (Vec::new(), 1), "{words}");
        assert_eq!(found(&supervisor, words).await, (vec![person.resident_number.clone()], 0), "{words}");
    }
    let birth = format!("/search?q={}", holder.birth);
    let page = clerk.get(&birth).await;
    assert!(page.words().contains("責任者を呼んでください。"), "{}", page.text);
    for secret in
        ["秘匿", "モリエ", person.kana, &person.resident_number, &person.person.card_number, &holder.address]
    {
        assert!(!page.text.contains(secret), "{secret}: {}", page.text);
    }
}

/// A reception number leads to its case, however it is typed.
#[tokio::test]
async fn finds_a_case_by_its_number() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let case = Journey::open(&clerk, "9900000001", "renewal").await.case;
    let number = case.strip_prefix("/cases/").unwrap();
    let short = number.replace("-00000", "-").to_lowercase();
    for words in [number, &short] {
        assert_eq!(
            clerk.get(&format!("/search?q={words}")).await.location.as_deref(),
            Some(case.as_str()),
            "{words}"
        );
    }
    assert_eq!(clerk.get(&format!("/search?q={number}9")).await.status, reqwest::StatusCode::OK);
}
