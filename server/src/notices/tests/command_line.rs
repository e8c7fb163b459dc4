//! The command line's month on a real database.

use super::ward::{ANYBODY, Somebody, full_office, month, move_in, office, text_of, ward};
use crate::audit;
use crate::error::{Error, Refusal};
use crate::notices::campaign::counts;
use crate::notices::make::{self, Made, Order};
use crate::notices::{Month, reprint};
use crate::office::Mode;
use crate::store::{campaigns, letters};
use rules::settings::NoticesTo;
use std::collections::BTreeMap;

fn order(month: Month) -> Order<'static> {
    Order { month, actor: "command line", reply_form: false }
}

/// Who is in and who is out with which reason, by 宛名番号.
fn told(made: &Made) -> BTreeMap<&str, &str> {
    let included =
        made.included.iter().map(|(target, _)| (target.person.resident_number.as_str(), "included"));
    let excluded = made.excluded.iter().map(|one| (one.person.resident_number.as_str(), one.why.code));
    included.chain(excluded).collect()
}

/// else is.
#[tokio::test]
async fn names_everyone_once() {
    let (_dir, office) = full_office().await;
    let made = make::make(&office, &order(month("2027-02")), |_| Ok(())).await.unwrap();
    let expected: BTreeMap<&str, &str> =
        ward().iter().filter_map(|(one, told)| told.map(|told| (one.number, told))).collect();
    assert_eq!(told(&made), expected);
    assert_eq!(made.included.len() + made.excluded.len(), expected.len());
}

/// One letter a person lists both certificates, or the one that ends in the month.
#[tokio::test]
async fn lists_what_ends_in_the_month() {
    let (_dir, office) = full_office().await;
    let made = make::make(&office, &order(month("2027-02")), |_| Ok(())).await.unwrap();
    let listed = |number: &str| {
        let (target, _) = made.included.iter().find(|(one, _)| one.person.resident_number == number).unwrap();
        target.certificates.iter().map(|certificate| certificate.kind.code()).collect::<Vec<_>>()
    };
    assert_eq!(listed("01"), ["signature", "authentication"]);
    assert_eq!(listed("10"), ["authentication"]);
    assert_eq!(listed("15"), ["signature"]);
    let march = make::make(&office, &order(month("2027-03")), |_| Ok(())).await.unwrap();
    assert_eq!(told(&march), BTreeMap::from([("14", "included"), ("15", "included")]));
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
    let made = make::make(&office, &order(month("2027-02")), |bytes| {
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

/// measures since is printed again.
#[tokio::test]
async fn prints_again_as_it_was() {
    let (_dir, office) = full_office().await;
    let made = make::make(&office, &order(month("2027-02")), |_| Ok(())).await.unwrap();
    let id = made.run.as_ref().unwrap().id;
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
    let again = reprint::reprint(&office, id, (0, i64::MAX), "sato").await.unwrap();
    assert_eq!(again.pages, made.included.len() - 1);
    let text = text_of(&again.pdf).join("");
    assert!(text.contains("赤羽一丁目") && !text.contains("別区"));
    let missing = reprint::reprint(&office, id + 1, (0, i64::MAX), "sato").await;
    assert!(matches!(missing, Err(Error::Refused(refusal)) if refusal.status == 404));
}

/// When the paper can't be kept, no letter is written down, no number is used and nothing is in the trail.
#[tokio::test]
async fn leaves_neither_half() {
    let (_dir, office) = full_office().await;
    let before = audit::verify(office.store()).await.unwrap();
    let full = |_: &[u8]| Err(Refusal::setup("空きがありません。", "空きを作ってください。").into());
    assert!(make::make(&office, &order(month("2027-02")), full).await.is_err());
    assert_eq!(audit::verify(office.store()).await.unwrap(), before);
    assert!(campaigns::living(office.store().read()).await.unwrap().is_empty());
    let made = make::make(&office, &order(month("2027-02")), |_| Ok(())).await.unwrap();
    assert_eq!(made.included[0].1, 1);
}

/// Two at once: each person gets one letter, and the loser finds nobody left.
#[tokio::test]
async fn two_at_once_make_each_letter_once() {
    let (_dir, office) = full_office().await;
    let (one, other) = (order(month("2027-02")), order(month("2027-02")));
    let (one, other) =
        tokio::join!(make::make(&office, &one, |_| Ok(())), make::make(&office, &other, |_| Ok(())));
    let many = [one.unwrap().included.len(), other.unwrap().included.len()];
    assert!(many.contains(&0), "{many:?}");
    let made = campaigns::living(office.store().read()).await.unwrap();
    assert_eq!(made.len(), 1);
    let counts = counts::of(office.store().read(), made[0].0).await.unwrap();
    assert_eq!(usize::try_from(counts.printed()).unwrap(), many[0] + many[1]);
}

/// Where the office writes only to those whom J-LIS leaves out, the others are told so.
#[tokio::test]
async fn leaves_to_jlis_what_jlis_sends() {
    let (_dir, office) = full_office().await;
    let mut settings = office.rulebook().settings.clone();
    settings.notices_to = NoticesTo::LeftOutByJlis;
    office.put_in_force(settings);
    let made = make::make(&office, &order(month("2027-02")), |_| Ok(())).await.unwrap();
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
    let november = make::make(&office, &order(month("2026-11")), |_| Ok(())).await.unwrap();
    assert_eq!(told(&november), BTreeMap::from([("1", "no_valid_certificate")]));
    let december = make::make(&office, &order(month("2026-12")), |_| Ok(())).await.unwrap();
    assert_eq!(told(&december), BTreeMap::from([("2", "included"), ("3", "included")]));
}

/// A second run prints nobody and leaves nothing behind; the office sees the first as a campaign that waits for the post,
/// with everybody in it.
#[tokio::test]
async fn prints_nobody_twice() {
    let (_dir, office) = full_office().await;
    let february = month("2027-02");
    let first = make::make(&office, &order(february), |_| Ok(())).await.unwrap();
    let second = make::make(&office, &order(february), |_| panic!("nothing to print")).await.unwrap();
    assert!(second.included.is_empty() && second.run.is_none());
    assert_eq!(told(&second)["01"], "already_noticed");
    let id = first.run.as_ref().unwrap().id;
    let living = campaigns::living(office.store().read()).await.unwrap();
    assert_eq!(
        living.iter().map(|(id, state, _)| (*id, state.as_str())).collect::<Vec<_>>(),
        [(id, "printed")]
    );
    let counts = counts::of(office.store().read(), id).await.unwrap();
    let (included, excluded) = (first.included.len() as u64, first.excluded.len() as u64);
    assert_eq!((counts.to_post, counts.excluded, counts.open), (included, excluded, 0));
    let of_one = letters::of_resident(office.store().read(), "01").await.unwrap();
    assert_eq!((of_one.len(), of_one[0].state.as_str(), of_one[0].campaign_id), (1, "printed", Some(id)));
    assert!(matches!(audit::verify(office.store()).await.unwrap(), audit::Verdict::Whole { .. }));
}
