//! Cases of people under support measures: a supervisor's, from beginning to end.

use super::fields;
use card::virtual_card::{Profile, profiles};
use office_tests::clerk::{Clerk, Page};
use office_tests::journey::Journey;
use office_tests::office::{Office, today};
use reqwest::StatusCode;

fn person() -> Profile {
    profiles::find("suppressed", today()).expect("a sample person")
}

fn names_nothing(page: &Page, what: &str) {
    let person = person();
    let holder = &person.person.holder;
    for secret in
        ["秘匿", "ヒトク", "モリエ", &holder.address, &person.person.card_number, &person.resident_number]
    {
        assert!(!page.text.contains(secret), "{what}: {secret}: {}", page.text);
    }
}

/// A supervisor renews such a person's card; meanwhile no page of a clerk names her, and the pad doesn't either.
#[tokio::test]
async fn a_supervisor_renews_and_nobody_else_sees() {
    let office = Office::training();
    let clerk = Clerk::log_in(office.address(), "sato").await;
    let back_office = Clerk::log_in(office.address(), "tanaka").await;
    let supervisor = Clerk::log_in(office.address(), "takahashi").await;
    Journey::open_pad(&supervisor).await;
    let resident = format!("/residents/{}", person().resident_number);
    supervisor.submit(&resident, &format!("{resident}/open"), &[("reason", "本人が来庁したため")]).await;
    let case = Journey::receive(&supervisor, "suppressed").await;
    case.identify_and_apply(false).await;
    case.step("pins", &[]).await;
    let pad = Journey::until(&supervisor, "/pinpad", "action=\"/pinpad/pins\"").await;
    names_nothing(&pad, "the pad");

    // The card lies on the clerk's counter as well: the chip in the header knows it and doesn't say whose it is.
    let search = format!("/search?q={}", person().person.holder.birth);
    for path in ["/", search.as_str(), "/calc", "/residents/9900000001"] {
        let page = clerk.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        names_nothing(&page, path);
    }
    names_nothing(&back_office.get("/").await, "the first page of the back office");
    let number = case.case.strip_prefix("/cases/").expect("a case");
    let csrf = fields(&clerk.get("/calc").await, "/logout");
    for path in [case.case.clone(), format!("{}/certificate-copy.pdf", case.case)] {
        let page = clerk.get(&path).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        names_nothing(&page, &path);
    }
    for step in ["pins-cancel", "withdraw", "update", "hand-over"] {
        let form = [("csrf", csrf[0].1.as_str()), ("once", step), ("version", "3"), ("reason_withdraw", "x")];
        let refused = clerk.send(&format!("{}/{step}", case.case), &form).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{step}: {}", refused.words());
        names_nothing(&refused, step);
    }
    let found = clerk.get(&format!("/search?q={number}")).await;
    names_nothing(&found, "the search for the reception number");

    let pins = [("signature", "TRAIN123"), ("authentication", "1111"), ("resident_register", "2222")];
    supervisor.submit("/pinpad", "/pinpad/pins", &pins).await;
    Journey::until(&supervisor, &case.case, &format!("action=\"{}/update\"", case.case)).await;
    case.update().await;
    let closed = case.hand_over().await;
    assert!(closed.words().contains("更新が完了しました。"), "{}", closed.words());
    names_nothing(&clerk.get("/").await, "the first page afterwards");
}
