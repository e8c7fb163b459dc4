//! `/closing`: the day is counted, explained, closed, printed and, by a supervisor, opened again.

use office_tests::clerk::{Clerk, hidden_fields};
use office_tests::journey::Journey;
use office_tests::office::{Office, run};
use reqwest::StatusCode;
use std::process::Command;

const DAY: &str = "2026-11-24";
const NEXT: &str = "2026-11-25";
const AFTER: &str = "2026-11-26";

/// The text of a document, without blanks.
fn text_of(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, pdf).unwrap();
    let output = Command::new("pdftotext")
        .arg("-layout")
        .arg(&file)
        .arg("-")
        .output()
        .expect("poppler-utils is installed");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect()
}

/// How many records the trail has, and its last hash, as the command line says it.
fn trail(office: &Office) -> String {
    let output = run(&["audit", "verify", "--data", office.data().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Opens a case with the person's card and leaves them standing at the counter.
async fn left_at_counter(clerk: &Clerk, profile: &str) -> String {
    let case = Journey::receive(clerk, profile).await;
    case.case.rsplit('/').next().unwrap().to_owned()
}

/// One renewal done, one person left at the counter: the day closes only with an explanation, once, and its report says
/// numbers, explanation and how far the trail reached.
#[tokio::test]
async fn a_day_is_closed_with_its_report() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "sato").await;
    Journey::open_pad(&clerk).await;
    let case = Journey::up_to_update(&clerk, "renewable").await;
    case.update().await;
    case.hand_over().await;
    let left = left_at_counter(&clerk, "early").await;
    let page = clerk.get("/closing").await;
    let words = page.words();
    assert!(words.contains("令和8年11月24日(火) の締め"), "{words}");
    assert!(words.contains("持ち越し0 + 受付2 + 再開0 = 終わった受付1 + 次への持ち越し1"), "{words}");
    assert!(words.contains("更新を始めたカード 1 読み戻して確かめたカード 1"), "{words}");
    assert!(words.contains(&format!("窓口で手続きの途中の受付が1件あります: {left}")), "{words}");

    let to = format!("/closing/{DAY}/close");
    let refused = clerk.submit("/closing", &to, &[("why_counter", "  ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.words().contains("差異の説明を500文字までで入力してください。"), "{}", refused.words());

    let hidden = hidden_fields(&clerk.get("/closing").await.text, &to);
    let why = "17時に来庁。書類を取りに戻られ、明日続きを行う。";
    let mut fields: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("why_counter", why));
    let closed = clerk.send(&to, &fields).await;
    let place = format!("/closing/{DAY}?closed=1");
    assert_eq!(closed.location.as_deref(), Some(place.as_str()), "{}", closed.words());
    let again = clerk.send(&to, &fields).await;
    assert_eq!(again.location.as_deref(), Some(place.as_str()), "a second press is harmless");
    fields.retain(|(name, _)| *name != "once");
    fields.push(("once", "another"));
    let second = clerk.send(&to, &fields).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(
        second.words().contains("佐藤さんが") && second.words().contains("締めています"),
        "{}",
        second.words()
    );

    let page = clerk.get(&format!("/closing/{DAY}")).await;
    assert!(page.words().contains("は締めました") && page.words().contains(why), "{}", page.words());
    let text = text_of(&clerk.bytes("/closing/reports/1").await);
    for part in
        ["窓口日報", "令和8年11月24日(火)", &left, "17時に来庁。", "受付2", "次回への持ち越し1", "完了"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("花子") && !text.contains("太郎"), "nobody is named: {text}");
    // The head on paper is the one on the page, of the record about the closing itself; the trail goes on from there.
    let words = page.words();
    let said = words.split("最後の記録の印 ").nth(1).unwrap();
    let head: String = said.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(head.len(), 64, "{words}");
    assert!(text.contains(&head), "{head}: {text}");
    let records = words.split("操作の記録 ").nth(1).unwrap().split('件').next().unwrap();
    assert!(text.contains(&format!("{records}件")), "{records}: {text}");
    assert!(trail(&office).contains("すべてつながっています"));
}

/// Work after the closing is in the next report; a day that was forgotten is closed later, in its turn; what was said
/// about a case yesterday stands there today.
#[tokio::test]
async fn late_work_and_a_forgotten_day() {
    let mut office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let left = left_at_counter(&clerk, "renewable").await;
    let to = format!("/closing/{DAY}/close");
    clerk.submit("/closing", &to, &[("why_counter", "明日続きを行う。")]).await;
    let late = left_at_counter(&clerk, "early").await;

    office.kill_and_reopen(&["--training", "--today", NEXT]);
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let case = Journey::at(&clerk, &format!("/cases/{left}"));
    let fields = [("reason_withdraw", "本人が取りやめた")];
    assert_eq!(case.step("withdraw", &fields).await.status, StatusCode::SEE_OTHER);

    office.kill_and_reopen(&["--training", "--today", AFTER]);
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let page = clerk.get("/closing").await;
    let words = page.words();
    assert!(words.contains("令和8年11月25日(水) の締め"), "the forgotten day comes first: {words}");
    assert!(words.contains("締めないまま過ぎました"), "{words}");
    assert!(words.contains("持ち越し1 + 受付1 + 再開0 = 終わった受付1 + 次への持ち越し1"), "{words}");
    assert!(words.contains("前回の締めのあとに行った手続きの記録が1件あります"), "{words}");
    assert!(page.text.contains("menu__count\">1"), "the menu says that a day waits");
    let today = format!("/closing/{AFTER}/close");
    let refused = clerk.submit(&format!("/closing/{AFTER}"), &today, &[("why_counter", "理由")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.words().contains("令和8年11月25日(水)がまだ締められていません"), "{}", refused.words());
    let to = format!("/closing/{NEXT}/close");
    let done = clerk.submit("/closing", &to, &[("why_counter", "夜間の受付。")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    let text = text_of(&clerk.bytes("/closing/reports/2").await);
    assert!(text.contains(&late) && text.contains("11/24"), "late work is told with its day: {text}");
    let done = clerk.submit("/closing", &today, &[("why_counter", "夜間の受付のまま。")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
}

/// Records that were written while the page was open: nothing is closed, what was typed stays, the numbers are new.
#[tokio::test]
async fn a_page_that_is_out_of_date() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "sato").await;
    left_at_counter(&clerk, "renewable").await;
    let to = format!("/closing/{DAY}/close");
    let hidden = hidden_fields(&clerk.get("/closing").await.text, &to);
    left_at_counter(&clerk, "early").await;
    let mut fields: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("why_counter", "書きかけの説明"));
    let page = clerk.send(&to, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("書きかけの説明"), "{}", page.text);
    let words = page.words();
    assert!(words.contains("記録が増え、数が変わりました") && words.contains("受付2"), "{words}");
    assert!(clerk.get("/closing").await.words().contains("まだ締めた日はありません"));
}

/// Only a supervisor opens a closed day again, with a reason; the report stays, and the next one is its second.
#[tokio::test]
async fn a_closed_day_is_opened_again() {
    let office = Office::training_on(DAY);
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let to = format!("/closing/{DAY}/close");
    assert_eq!(clerk.submit("/closing", &to, &[]).await.status, StatusCode::SEE_OTHER, "nothing happened");
    let place = format!("/closing/{DAY}");
    let page = clerk.get(&place).await;
    assert!(!page.text.contains("締めを取り消す"), "a clerk isn't offered it");
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let again = format!("{place}/reopen");
    let form = hidden_fields(&supervisor.get(&place).await.text, &again);
    let csrf = hidden_fields(&page.text, "/logout").remove("csrf").unwrap();
    let forged = [("csrf", csrf.as_str()), ("closing", form["closing"].as_str()), ("reason_reopen", "理由")];
    assert_eq!(clerk.send(&again, &forged).await.status, StatusCode::FORBIDDEN);
    let bare = supervisor.submit(&place, &again, &[("reason_reopen", "")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.words().contains("締めを取り消す理由を"), "{}", bare.words());
    let reason = [("reason_reopen", "受付の入力もれがあった")];
    let opened = supervisor.submit(&place, &again, &reason).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.words());
    let stale = [("csrf", form["csrf"].as_str()), ("closing", form["closing"].as_str()), reason[0]];
    assert_eq!(supervisor.send(&again, &stale).await.status, StatusCode::CONFLICT, "once is enough");
    clerk.submit(&place, &to, &[]).await;
    let words = supervisor.get(&place).await.words();
    assert!(words.contains("は締めました") && words.contains("受付の入力もれがあった"), "{words}");
    let texts = [
        text_of(&clerk.bytes("/closing/reports/1").await),
        text_of(&clerk.bytes("/closing/reports/2").await),
    ];
    assert!(!texts[0].contains("第2版") && texts[1].contains("(第2版)"), "{texts:?}");
    let trail = supervisor.get("/audit?kind=76").await.words();
    assert!(trail.contains("締めを取り消しました。理由: 受付の入力もれがあった"), "{trail}");
}

/// Whoever neither closes days nor checks them sees none; a day that can't be is told.
#[tokio::test]
async fn who_sees_what() {
    let office = Office::training_on(DAY);
    let auditor = Clerk::log_in(office.address(), "ito").await;
    let page = auditor.get("/closing").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("/close\""), "an auditor only reads");
    let back = Clerk::log_in(office.address(), "tanaka").await;
    assert_eq!(back.get("/closing").await.status, StatusCode::FORBIDDEN);
    assert_eq!(back.get("/closing/reports/1").await.status, StatusCode::FORBIDDEN);
    let clerk = Clerk::log_in(office.address(), "sato").await;
    for path in ["/closing/yesterday", "/closing/reports/99"] {
        assert_eq!(clerk.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let future = clerk.get("/closing/2030-01-01").await;
    assert!(future.words().contains("まだ先の日です"), "{}", future.words());
}
