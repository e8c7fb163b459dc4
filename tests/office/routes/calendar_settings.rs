//! `/settings/calendar`.

use chrono::Days;
use office_tests::clerk::{Clerk, Page, hidden_fields};
use office_tests::office::{Office, today};
use reqwest::StatusCode;
use rules::calendar::holiday;
use rules::{NaiveDate, wareki};

const PAGE: &str = "/settings/calendar";

async fn enter(clerk: &Clerk, list: &str, fields: &[(&str, &str)]) -> Page {
    let named: Vec<(String, &str)> =
        fields.iter().map(|(name, value)| (format!("{list}_{name}"), *value)).collect();
    let named: Vec<(&str, &str)> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    clerk.submit(PAGE, &format!("{PAGE}/{list}"), &named).await
}

async fn entered(clerk: &Clerk, list: &str, fields: &[(&str, &str)]) {
    let page = enter(clerk, list, fields).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{list} {fields:?}: {}", page.words());
    assert_eq!(page.location.as_deref(), Some("/settings/calendar?done=entered"));
}

async fn refused(clerk: &Clerk, list: &str, fields: &[(&str, &str)], sentence: &str) {
    let page = enter(clerk, list, fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{list} {fields:?}");
    assert!(page.words().contains(sentence), "{fields:?}: {}", page.words());
    // What was typed stands in the form, which is open.
    for (name, value) in fields.iter().filter(|(name, _)| !matches!(*name, "weekday" | "weeks")) {
        assert!(page.text.contains(&format!("value=\"{value}\"")), "{name}");
    }
    assert!(page.text.contains("<details open"), "{list}");
}

async fn remove(clerk: &Clerk, list: &str, key: &str) -> Page {
    let action = format!("{PAGE}/{list}/remove");
    clerk.submit(PAGE, &action, &[("key", key)]).await
}

/// What 期限計算 says about a day.
async fn asked(clerk: &Clerk, day: NaiveDate) -> String {
    clerk.get(&format!("/calc?ask=open_day&date={day}")).await.words()
}

/// The first day after today that `is` what is looked for.
fn next(is: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    today().iter_days().skip(1).find(|day| is(*day)).expect("a day")
}

/// A weekday that is no holiday, not at the year's end, and not the day before one.
fn ordinary(day: NaiveDate) -> bool {
    let works = |day: NaiveDate| {
        use chrono::Datelike;
        day.weekday().num_days_from_monday() < 5
            && holiday(day).is_none()
            && !matches!((day.month(), day.day()), (12, 28..) | (1, ..4))
    };
    works(day) && works(day + Days::new(1))
}

fn weekday(day: NaiveDate, from_monday: u32) -> bool {
    use chrono::Datelike;
    day.weekday().num_days_from_monday() == from_monday
}

/// A closure closes the counter at once, says who entered it, and is gone when it is taken out.
#[tokio::test]
async fn a_closure_comes_and_goes() {
    let office = Office::training();
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let (first, last) = (next(ordinary), next(ordinary) + Days::new(1));
    assert!(asked(&clerk, first).await.contains("は開いています"));
    let (from, until) = (wareki::short(first), last.to_string());
    entered(&supervisor, "closures", &[("from", &from), ("until", &until), ("reason", "庁舎の点検")]).await;
    for day in [first, last] {
        let told = asked(&clerk, day).await;
        assert!(told.contains("は閉まっています(庁舎の点検)。"), "{told}");
    }
    let span = format!("{}から{}まで", wareki::long_weekday(first), wareki::long_weekday(last));
    let page = supervisor.get(PAGE).await;
    assert!(page.words().contains(&span) && page.words().contains("高橋"), "{}", page.words());
    assert!(page.words().contains("閉庁(庁舎の点検)"), "the days ahead: {}", page.words());
    let trail = supervisor.get("/audit?kind=70").await.words();
    assert!(trail.contains(&format!("「閉庁日」に「{span} 庁舎の点検」を登録しました。")), "{trail}");
    assert_eq!(super::trail::verify(office.data()).0, Some(0));

    let key = format!("{first}_{last}");
    let gone = remove(&supervisor, "closures", &key).await;
    assert_eq!(gone.location.as_deref(), Some("/settings/calendar?done=removed"), "{}", gone.words());
    assert!(asked(&clerk, first).await.contains("は開いています"));
    let trail = supervisor.get("/audit?kind=70").await.words();
    assert!(trail.contains("を取り消しました。"), "{trail}");
}

/// A closed today is told on the first page at once, to everybody.
#[tokio::test]
async fn today_can_be_closed() {
    let office = Office::training();
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let day = today().to_string();
    assert!(!clerk.get("/").await.words().contains("今日は閉庁日です"));
    entered(&supervisor, "closures", &[("from", &day), ("until", ""), ("reason", "大雪")]).await;
    let home = clerk.get("/").await.words();
    assert!(home.contains("今日は閉庁日です(大雪)。"), "{home}");
}

/// Stops, single openings, weekends, evenings: each changes its days, as 期限計算 tells.
#[tokio::test]
async fn every_list_changes_its_days() {
    let office = Office::training();
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let day = next(ordinary);
    let text = day.to_string();
    entered(&supervisor, "stops", &[("from", &text), ("until", ""), ("reason", "全国システムの更改")]).await;
    let told = asked(&supervisor, day).await;
    assert!(
        told.contains(
            "電子証明書の手続きはできません(全国システムの更改のため、電子証明書の手続きはできません)"
        ),
        "{told}"
    );
    let evening = next(|day| ordinary(day) && weekday(day, 3));
    entered(&supervisor, "evenings", &[("weekday", "thu"), ("time_until", "20時30分")]).await;
    let told = asked(&supervisor, evening).await;
    assert!(
        told.contains("8:30から20:30まで") && told.contains("8:30から20:00まで"),
        "the link ends: {told}"
    );

    let saturday = next(|day| {
        use chrono::Datelike;
        weekday(day, 5) && holiday(day).is_none() && (8..=14).contains(&day.day()) && day.month() > 1
    });
    assert!(asked(&supervisor, saturday).await.contains("閉まっています"));
    let fields =
        [("weekday", "sat"), ("weeks", "2"), ("weeks", "4"), ("time_from", "9:00"), ("time_until", "12:00")];
    entered(&supervisor, "weekends", &fields).await;
    let told = asked(&supervisor, saturday).await;
    assert!(told.contains("9:00から12:00まで"), "{told}");
    assert!(
        asked(&supervisor, saturday + Days::new(7)).await.contains("閉まっています"),
        "the third Saturday"
    );
    assert!(supervisor.get(PAGE).await.words().contains("第2・第4土曜日 9:00から12:00まで"));

    let sunday = saturday + Days::new(15);
    let text = wareki::long(sunday);
    let fields =
        [("from", text.as_str()), ("time_from", "10:00"), ("time_until", "15:00"), ("reason", "臨時の窓口")];
    entered(&supervisor, "openings", &fields).await;
    let told = asked(&supervisor, sunday).await;
    assert!(told.contains("は開いています(臨時の窓口)。") && told.contains("10:00から15:00まで"), "{told}");
}

/// Lunch, hours, the year's end and the national link.
#[tokio::test]
async fn ordinary_days() {
    let office = Office::training();
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let usual = |lunch: (&'static str, &'static str)| {
        [
            ("time_from", "9:00"),
            ("time_until", "17時"),
            ("lunch_from", lunch.0),
            ("lunch_until", lunch.1),
            ("year_end_from", "12/28"),
            ("year_end_until", "1月4日"),
            ("link_until", "19:30"),
        ]
    };
    let action = "/settings/calendar/usual";
    let seen = hidden_fields(&supervisor.get(PAGE).await.text, action);
    let saved = supervisor.submit(PAGE, action, &usual(("12:00", "13:00"))).await;
    assert_eq!(saved.location.as_deref(), Some("/settings/calendar?done=saved"), "{}", saved.words());
    let told = asked(&supervisor, next(ordinary)).await;
    assert!(told.contains("9:00から12:00まで、13:00から17:00まで"), "{told}");
    let page = supervisor.get(PAGE).await;
    assert!(page.text.contains("value=\"12月28日\"") && page.words().contains("高橋"), "{}", page.words());
    let trail = supervisor.get("/audit?kind=70").await.words();
    assert!(trail.contains("昼休み12:00から13:00まで"), "{trail}");

    for (lunch, sentence) in [
        (("12:00", ""), "始まりと終わりを両方入れるか、両方を空欄にしてください。"),
        (("正午", "13:00"), "「正午」を時刻として読めません。"),
        (("8:00", "9:30"), "昼休みを、開庁時間(9:00から17:00まで)の中に入る時刻にしてください。"),
    ] {
        let wrong = supervisor.submit(PAGE, action, &usual(lunch)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.words().contains(sentence), "{}", wrong.words());
        assert!(wrong.text.contains(&format!("value=\"{}\"", lunch.0)), "what was typed stays");
    }
    // A form made before somebody else's change is out of date.
    let mut stale = vec![("csrf", seen["csrf"].as_str()), ("version", seen["version"].as_str())];
    stale.extend(usual(("", "")));
    let page = supervisor.send(action, &stale).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "{}", page.words());
    assert!(asked(&supervisor, next(ordinary)).await.contains("9:00から12:00まで"));
}

/// What can't be is told at its field with what was typed, and nothing changes.
#[tokio::test]
async fn refuses_what_cannot_be() {
    let office = Office::training();
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    let (first, last) = (next(ordinary).to_string(), (next(ordinary) + Days::new(1)).to_string());
    let past = (today() - Days::new(1)).to_string();
    let far = (today() + Days::new(800)).to_string();
    for (fields, sentence) in [
        ([("from", ""), ("until", ""), ("reason", "点検")], "最初の日を入れてください。"),
        ([("from", "きのう"), ("until", ""), ("reason", "点検")], "「きのう」を日付として読めません。"),
        ([("from", &first), ("until", ""), ("reason", "")], "理由を、1文字から40文字まで"),
        ([("from", &last), ("until", &first), ("reason", "点検")], "最後の日を、最初の日("),
        ([("from", &past), ("until", ""), ("reason", "点検")], "は過ぎた日です。"),
        ([("from", &first), ("until", &far), ("reason", "点検")], "1年より長い期間"),
    ] {
        refused(&supervisor, "closures", &fields, sentence).await;
    }
    entered(&supervisor, "closures", &[("from", &first), ("until", &last), ("reason", "点検")]).await;
    let again = [("from", last.as_str()), ("until", ""), ("reason", "工事")];
    refused(&supervisor, "closures", &again, "と重なります。先にそれを取り消してから").await;
    let evening = [("weekday", "thu"), ("time_until", "17:00")];
    refused(&supervisor, "evenings", &evening, "ふだんの終わり(17:15)より後").await;
    let friday = [("weekday", "fri"), ("time_from", "9:00"), ("time_until", "12:00")];
    refused(&supervisor, "weekends", &friday, "土曜日と日曜日から選んでください。").await;
    let usual = next(|day| ordinary(day) && day > today() + Days::new(7)).to_string();
    let opening = [("from", usual.as_str()), ("time_from", ""), ("time_until", ""), ("reason", "臨時")];
    refused(&supervisor, "openings", &opening, "ふだんから開いている日です。").await;
    let gone = remove(&supervisor, "closures", "2000-01-01_2000-01-01").await;
    assert_eq!(gone.status, StatusCode::CONFLICT, "{}", gone.words());
    assert!(gone.words().contains("その登録はもうありません。"));
}

/// A clerk reads the days and changes nothing; there is no sixth list.
#[tokio::test]
async fn who_may() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let administrator = Clerk::log_in(office.address(), "yamamoto").await;
    let csrf = hidden_fields(&clerk.get("/").await.text, "/logout").remove("csrf").expect("a token");
    let day = next(ordinary).to_string();
    for path in ["usual", "closures", "closures/remove"] {
        let fields =
            [("csrf", csrf.as_str()), ("key", "x"), ("closures_from", &day), ("closures_reason", "休み")];
        let refused = clerk.send(&format!("{PAGE}/{path}"), &fields).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}: {}", refused.words());
    }
    assert!(asked(&clerk, next(ordinary)).await.contains("は開いています"));
    let page = administrator.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let csrf = hidden_fields(&administrator.get("/").await.text, "/logout").remove("csrf").expect("a token");
    let nowhere = administrator.send("/settings/calendar/nothing", &[("csrf", &csrf)]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND, "{}", nowhere.words());
}
