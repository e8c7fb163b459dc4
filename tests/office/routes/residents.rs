//! `/residents/{number}`: what the counter sees of each kind of person.

use card::virtual_card::{Profile, profiles};
use office_tests::clerk::{Clerk, Page};
use office_tests::office::{Office, today};
use reqwest::StatusCode;
use rules::kinds::CertificateKind;
use rules::{period, wareki};

const VALID: &str = "● 有効";
const PERIOD: &str = "▲ 更新期間";
const EXPIRED: &str = "○ 期間満了";
const SUSPENDED: &str = "◆ 一時停止";
const REVOKED: &str = "■ 失効";
const NONE: &str = "－ なし";

/// A sample person, the words for card, signature and authentication certificate, an offer, and what is refused why.
type Expected = (&'static str, [&'static str; 3], &'static str, &'static str);

const RENEW: &str = "電子証明書を更新する";
const GUIDE: &str = "カードの更新を案内する";
const NOT_DUE: &str = "発行 有効な証明書があります。";
const WITH_CARD: &str = "電子証明書だけの更新はできません。";

const PEOPLE: [Expected; 19] = [
    ("renewable", [VALID, PERIOD, PERIOD], RENEW, NOT_DUE),
    ("early", [VALID, VALID, VALID], "1年短くなります。", NOT_DUE),
    ("expired", [VALID, EXPIRED, EXPIRED], "電子証明書を発行する", "更新ではなく発行の手続きになります。"),
    ("card-ends", [PERIOD, PERIOD, PERIOD], GUIDE, WITH_CARD),
    (
        "minor",
        [PERIOD, NONE, PERIOD],
        "法定代理人が申請します。",
        "15歳未満の方には、原則として署名用電子証明書を発行しません。",
    ),
    ("face-only", [VALID, NONE, PERIOD], RENEW, "顔認証マイナンバーカードには暗証番号がありません。"),
    ("signature-locked", [VALID, PERIOD, PERIOD], RENEW, NOT_DUE),
    ("auth-locked", [VALID, PERIOD, PERIOD], RENEW, NOT_DUE),
    ("last-try", [VALID, PERIOD, PERIOD], RENEW, NOT_DUE),
    (
        "suspended",
        [SUSPENDED, REVOKED, SUSPENDED],
        "一時停止を解除する",
        "更新 カードが一時停止されています。",
    ),
    (
        "signature-revoked",
        [VALID, REVOKED, PERIOD],
        "電子証明書を発行する",
        "一時停止解除 カードは一時停止されていません。",
    ),
    ("limited-stay", [PERIOD, PERIOD, PERIOD], GUIDE, WITH_CARD),
    ("variation-selectors", [VALID, PERIOD, PERIOD], RENEW, NOT_DUE),
    ("old-token", [VALID, PERIOD, PERIOD], RENEW, NOT_DUE),
    ("unreadable", [VALID, PERIOD, PERIOD], RENEW, NOT_DUE),
    ("other-card", [VALID, PERIOD, PERIOD], RENEW, NOT_DUE),
    (
        "adult-ward",
        [VALID, NONE, PERIOD],
        "電子証明書を更新する 法定代理人が申請します。",
        "成年被後見人の方には、原則として署名用電子証明書を発行しません。",
    ),
    ("first-day", [VALID, PERIOD, PERIOD], RENEW, NOT_DUE),
    ("last-day", [VALID, PERIOD, PERIOD], RENEW, NOT_DUE),
];

/// What stands on the page between two words.
fn between<'a>(words: &'a str, from: &str, to: &str) -> &'a str {
    let after = words.split_once(from).unwrap_or_else(|| panic!("no 「{from}」: {words}")).1;
    after.split_once(to).map_or(after, |(before, _)| before)
}

fn check_dates(person: &Profile, kind: CertificateKind, mark: &str, panel: &str) {
    let name = person.name;
    let Some(certificate) = person.person.certificate(kind) else {
        assert!(
            panel.contains("発行されていません。") || panel.contains("発行されません。"),
            "{name}: {panel}"
        );
        return;
    };
    assert!(panel.contains(&format!("満了日 {}", wareki::long(certificate.expires))), "{name}: {panel}");
    assert!(panel.contains(&format!("発行日 {}", wareki::short(certificate.issued))), "{name}: {panel}");
    let with_card = certificate.expires >= person.person.card_expires;
    let left = (certificate.expires - today()).num_days();
    let from = period::first_day(certificate.expires, false);
    let days = match mark {
        PERIOD if with_card => "カードと同じ日に満了します。カードの更新が必要です。".to_owned(),
        PERIOD if left == 0 => "今日が満了日です。".to_owned(),
        PERIOD => format!("満了まであと{left}日です。"),
        VALID => format!("あと{}日で更新できます", (from - today()).num_days()),
        EXPIRED => format!("{}日前に期間が満了しました。", -left),
        SUSPENDED => "カードとともに一時停止されています。".to_owned(),
        _ => "失効しています".to_owned(),
    };
    assert!(panel.contains(&days), "{name}: {days}: {panel}");
    let span = format!("更新期間 {} から {} まで", wareki::short(from), wareki::short(certificate.expires));
    let shown = matches!(mark, PERIOD | VALID) && !with_card;
    assert_eq!(panel.contains(&span) && panel.contains("最後の開庁日"), shown, "{name}: {span}: {panel}");
}

/// Every sample person: the state in words, the dates, what can be done today, and what can't with its reason.
#[tokio::test]
async fn says_what_is_and_what_can_be_done() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let all = profiles::all(today());
    assert_eq!(all.len(), PEOPLE.len() + 1, "every sample person has a row here; one has a test of her own");
    for (name, marks, offer, refusal) in PEOPLE {
        let person = all.iter().find(|profile| profile.name == name).expect("a sample person");
        let page = clerk.get(&format!("/residents/{}", person.resident_number)).await;
        assert_eq!(page.status, StatusCode::OK, "{name}");
        let words = page.words();
        let (card, rest) =
            words.split_once("署名用電子証明書 ").expect("a panel for the signature certificate");
        let (signature, rest) = rest.split_once("利用者証明用電子証明書 ").expect("a panel for the other");
        let authentication = between(rest, "", "今日できること");
        for (mark, panel) in marks.iter().zip([card, signature, authentication]) {
            assert!(panel.contains(mark), "{name}: {mark}: {panel}");
        }
        assert!(
            card.contains(&format!("有効期限 {}", wareki::long(person.person.card_expires))),
            "{name}: {card}"
        );
        check_dates(person, CertificateKind::Signature, marks[1], signature);
        check_dates(person, CertificateKind::Authentication, marks[2], authentication);
        assert!(between(&words, "今日できること", "できないこと").contains(offer), "{name}: {words}");
        assert!(between(&words, "できないこと", "履歴").contains(refusal), "{name}: {words}");
        assert!(
            between(&words, "できないこと", "履歴").contains("根拠を見る"),
            "{name}: each reason has its source"
        );
    }
}

/// What is offered can be had: no button on anybody's page leads to a refusal.
#[tokio::test]
async fn every_offer_opens_a_case() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let mut opened = 0;
    for person in profiles::all(today()).into_iter().filter(|profile| !profile.suppressed) {
        let path = format!("/residents/{}", person.resident_number);
        let cases = format!("{path}/cases");
        if !clerk.get(&path).await.text.contains(&format!("action=\"{cases}\"")) {
            continue;
        }
        let pressed = clerk.submit(&path, &cases, &[]).await;
        assert_eq!(pressed.status, StatusCode::SEE_OTHER, "{}: {}", person.name, pressed.words());
        opened += 1;
    }
    assert!(opened > 15, "{opened} people could be received");
}

/// Whoever is early sees both days before deciding: today's, and a year later for those who come back.
#[tokio::test]
async fn coming_early_costs_a_year() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let early = profiles::find("early", today()).expect("a sample person");
    let end = early.person.certificates[0].expires;
    let words = clerk.get(&format!("/residents/{}", early.resident_number)).await.words();
    let today_only =
        chrono::Datelike::with_year(&end, chrono::Datelike::year(&end) + 4).expect("no leap day");
    assert!(
        words.contains(&format!("新しい満了日 {}。1年短くなります。", wareki::long(today_only))),
        "{words}"
    );
}

fn names_nothing(page: &Page, person: &Profile) {
    for secret in [&person.person.holder.name[..3], person.kana, &person.person.card_number, "モリエ"] {
        assert!(!page.text.contains(secret), "{secret}: {}", page.text);
    }
}

/// Of a person under support measures a clerk learns nothing; a supervisor gives a reason first; all of it is on record.
#[tokio::test]
async fn keeps_people_under_support_measures_hidden() {
    let office = Office::training();
    let person = profiles::find("suppressed", today()).expect("a sample person");
    let (number, path) = (&person.resident_number, format!("/residents/{}", person.resident_number));
    let open = format!("{path}/open");
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let page = clerk.get(&path).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    names_nothing(&page, &person);
    let csrf =
        office_tests::clerk::hidden_fields(&clerk.get("/").await.text, "/logout").remove("csrf").unwrap();
    for (to, extra) in [
        (open.clone(), ("reason", "本人が来庁したため")),
        (format!("{path}/cases"), ("procedure", "renewal")),
    ] {
        let forged = clerk.send(&to, &[("csrf", &csrf), ("once", "forged"), extra]).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN, "{to}");
        names_nothing(&forged, &person);
    }

    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let asked = supervisor.get(&path).await;
    assert!(asked.text.contains("name=\"reason\""), "{}", asked.text);
    names_nothing(&asked, &person);
    let short = supervisor.submit(&path, &open, &[("reason", "  あ ")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.words().contains("開く理由を4文字以上で書いてください。"), "{}", short.text);
    let given = supervisor.submit(&path, &open, &[("reason", "本人が来庁したため")]).await;
    assert_eq!(given.location.as_deref(), Some(path.as_str()));
    let seen = supervisor.get(&path).await.words();
    assert!(seen.contains("秘匿") && seen.contains("支援措置の対象の方です"), "{seen}");

    let auditor = Clerk::log_in(office.address(), "ito").await;
    let trail = auditor.get(&format!("/audit?kind=21&subject={number}")).await.words();
    assert!(
        trail.contains(&format!(
            "高橋(takahashi) 1番窓口 支援措置の対象の方の画面を開きました。理由: 本人が来庁したため 宛名番号 {number} ✓ 行った"
        )),
        "{trail}"
    );
    assert_eq!(
        trail
            .matches(&format!(
                "佐藤(sato) 1番窓口 支援措置の対象の方の画面を開こうとしましたが、開けませんでした。 宛名番号 {number} △ 断った"
            ))
            .count(),
        2,
        "{trail}"
    );
    // The reason is one person's: another supervisor would have to give their own, and a clerk still sees nothing.
    assert_eq!(clerk.get(&path).await.status, StatusCode::FORBIDDEN);
}

/// Opening a page leaves a row in the trail: who looked at whom.
#[tokio::test]
async fn looking_is_on_record() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "suzuki").await;
    clerk.get("/residents/9900000001").await;
    let auditor = Clerk::log_in(office.address(), "ito").await;
    let trail = auditor.get("/audit?actor=suzuki&subject=9900000001").await.words();
    assert!(trail.contains("住民の画面を開きました。 宛名番号 9900000001 ✓ 行った"), "{trail}");
}
