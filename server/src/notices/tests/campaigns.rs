//! A campaign's life, step by step, and what the register does to it meanwhile.

use super::desk::Desk;
use super::ward::{ANYBODY, Somebody, move_in, register, text_of, ward};
use crate::audit::{self, Verdict};
use crate::clock::Clock;
use crate::data_dir::DataDir;
use crate::error::Error;
use crate::notices::campaign::job;
use crate::notices::campaign::planning::OrderForm;
use crate::notices::campaign::press::Done;
use crate::notices::returned::Scan;
use crate::notices::{batch, watch};
use crate::office::{Mode, Office};
use crate::store::{campaign_parts, campaign_targets, campaigns, letters, staff_messages};
use rules::campaign::CampaignState;
use rules::settings::{NoticeRelease, NoticesElsewhere};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const DIES: &str = "UPDATE residents SET status = 'dead' WHERE resident_number = ?";
const MOVES: &str = "UPDATE residents SET address = '東京都見本区志茂一丁目9番9号' WHERE resident_number = ?";

fn wrong(done: &Done) -> &str {
    match done {
        Done::Wrong(errors) => errors.0[0].code.as_str(),
        Done::Moved(location) => panic!("it was done: {location}"),
    }
}

/// Everybody of a state: 宛名番号, and the letter or the reason.
async fn people(desk: &Desk, id: i64, state: &str) -> BTreeMap<String, String> {
    let rows = campaign_targets::page(desk.office.store().read(), id, state, 0, 1000).await.unwrap();
    let what = |row: &campaign_targets::ListedTarget| {
        row.reason.clone().or_else(|| row.letter_number.map(|number| number.to_string())).unwrap_or_default()
    };
    rows.iter().map(|row| (row.resident_number.clone(), what(row))).collect()
}

async fn letter_of(desk: &Desk, number: &str) -> letters::LetterRow {
    letters::of_resident(desk.office.store().read(), number).await.unwrap().remove(0)
}

/// All the pages of a campaign's files, one after the other.
async fn pages(desk: &Desk, id: i64) -> Vec<String> {
    let mut pages = Vec::new();
    for part in campaign_parts::of_campaign(desk.office.store().read(), id).await.unwrap() {
        if part.pages.unwrap() > 0 {
            pages.extend(text_of(&batch::file(&desk.office, id, part.part, "maker").await.unwrap()));
        }
    }
    pages
}

/// From the order to the end: everybody is in the list with the reason, a second person releases it, each letter is in
/// the files once, it is posted, and the trail holds.
#[tokio::test]
async fn from_the_order_to_the_end() {
    let desk = Desk::open().await;
    let id = desk.order().await;
    assert_eq!(desk.campaign(id).await.state, CampaignState::AwaitingRelease);
    let expected: BTreeMap<String, String> = ward()
        .iter()
        .filter_map(|(one, told)| told.map(|told| (one.number.to_owned(), told.to_owned())))
        .filter(|(_, told)| told != "included")
        .collect();
    assert_eq!(people(&desk, id, "excluded").await, expected);
    let open: BTreeSet<String> = people(&desk, id, "open").await.into_keys().collect();
    assert_eq!(open.len() + expected.len(), usize::try_from(desk.counts(id).await.targets()).unwrap());

    assert_eq!(wrong(&desk.release(id, &desk.maker).await.unwrap()), "M-2010", "four eyes");
    desk.release(id, &desk.checker).await.unwrap();
    assert_eq!(desk.wait(id).await.state, CampaignState::Printed);
    let printed = people(&desk, id, "printed").await;
    assert_eq!(printed.keys().cloned().collect::<BTreeSet<_>>(), open);
    let text = pages(&desk, id).await;
    assert_eq!(text.len(), 2 * open.len(), "a notice and its reply form each");
    for number in printed.values() {
        let document = format!("通知-{:06}", number.parse::<i64>().unwrap());
        assert_eq!(text.iter().filter(|page| page.contains(&document)).count(), 2, "{document}");
    }
    desk.post(id).await.unwrap();
    assert_eq!(desk.campaign(id).await.state, CampaignState::Posted);
    assert_eq!(desk.counts(id).await.posted, open.len() as u64);
    assert!(letter_of(&desk, "01").await.posted_on.is_some());
    desk.end(id).await.unwrap();
    assert_eq!(desk.campaign(id).await.state, CampaignState::Ended);
    assert!(matches!(audit::verify(desk.office.store()).await.unwrap(), Verdict::Whole { .. }));
    // Nobody gets a second letter: another campaign about the month has nobody left.
    let again = desk.order().await;
    assert_eq!(desk.counts(again).await.open, 0);
    assert_eq!(people(&desk, again, "excluded").await["01"], "already_noticed");
    assert_eq!(wrong(&desk.release(again, &desk.checker).await.unwrap()), "M-2011");
}

/// Whoever began the work is told when it is done, on every page until the campaign is opened.
#[tokio::test]
async fn tells_whoever_began_it() {
    let desk = Desk::open().await;
    let id = desk.order().await;
    let told = |staff_id| staff_messages::unread(desk.office.store().read(), staff_id);
    let first = told(desk.maker.staff_id).await.unwrap();
    assert!(first.len() == 1 && first[0].sentence.contains("対象者の一覧ができました"), "{first:?}");
    assert!(told(desk.checker.staff_id).await.unwrap().is_empty());
    desk.release(id, &desk.checker).await.unwrap();
    desk.wait(id).await;
    for staff_id in [desk.maker.staff_id, desk.checker.staff_id] {
        let last = told(staff_id).await.unwrap();
        assert!(last.len() == 1 && last[0].sentence.contains("印刷用ファイルができました"), "{last:?}");
    }
    let asked = crate::notices::campaign::page::Asked { page: 1, ..Default::default() };
    crate::notices::campaign::page::page(&desk.office, &desk.maker, id, asked).await.unwrap();
    assert!(told(desk.maker.staff_id).await.unwrap().is_empty(), "the maker has opened it");
    assert_eq!(told(desk.checker.staff_id).await.unwrap().len(), 1, "the checker hasn't");
}

/// Where the office wants no second person, an order can go straight to the files.
#[tokio::test]
async fn straight_to_the_files() {
    let desk = Desk::open().await;
    let form = OrderForm {
        first: "2027-02".to_owned(),
        notices_to: "everyone".to_owned(),
        straight: "yes".to_owned(),
        once: desk.once(),
        ..OrderForm::default()
    };
    let waits = desk.ordered(&form).await;
    assert_eq!(
        desk.campaign(waits).await.state,
        CampaignState::AwaitingRelease,
        "the setting wants a second person"
    );
    desk.cancel(waits).await.unwrap();
    let mut settings = desk.office.rulebook().settings.clone();
    settings.notice_release = NoticeRelease::Anyone;
    desk.office.put_in_force(settings);
    let id = desk.ordered(&OrderForm { once: desk.once(), ..form }).await;
    assert_eq!(desk.campaign(id).await.state, CampaignState::Printed);
    assert_eq!(desk.campaign(id).await.row.released_by, Some(desk.maker.staff_id));
}

/// A second press of a button does nothing more, and a page that is out of date is told so.
#[tokio::test]
async fn presses_act_once() {
    let desk = Desk::open().await;
    let form = OrderForm {
        first: "2027-02".to_owned(),
        notices_to: "everyone".to_owned(),
        once: desk.once(),
        ..OrderForm::default()
    };
    let id = desk.ordered(&form).await;
    assert_eq!(desk.ordered(&form).await, id);
    assert_eq!(campaigns::living(desk.office.store().read()).await.unwrap().len(), 1);
    let stale = crate::notices::campaign::press::StepForm { version: 1, once: desk.once() };
    let late = crate::notices::campaign::release::release(&desk.office, &desk.checker, id, &stale).await;
    assert!(matches!(late, Err(Error::Refused(refusal)) if refusal.status == 409));
    let other = OrderForm { once: desk.once(), ..form };
    let refused = crate::notices::campaign::planning::order(&desk.office, &desk.maker, &other).await.unwrap();
    assert_eq!(wrong(&refused), "M-2020", "one unfinished campaign a month");
}

/// A planned day that comes while the office is open or closed makes the list once.
#[tokio::test]
async fn the_planned_day_comes() {
    let desk = Desk::open().await;
    let form = OrderForm {
        first: "2027-02".to_owned(),
        planned_on: "2026-12-05".to_owned(),
        notices_to: "everyone".to_owned(),
        once: desk.once(),
        ..OrderForm::default()
    };
    let id = desk.ordered(&form).await;
    assert_eq!(desk.campaign(id).await.state, CampaignState::Planned);
    assert_eq!(job::start_due(&desk.office).await.unwrap(), 0, "not yet");
    assert_eq!(desk.counts(id).await.targets(), 0);
    // The office was down on the day and opens two days later.
    let Desk { dir, office, maker, checker } = desk;
    office.store().close().await;
    let clock = Clock::starting("2026-12-07".parse().unwrap());
    let data = DataDir::open(&dir.path().join("data")).unwrap();
    let office = Office::open(data, Some(Mode::Training), clock).await.unwrap();
    let desk = Desk { dir, office, maker, checker };
    assert_eq!(job::resume(&desk.office).await.unwrap(), 1);
    let made = desk.wait(id).await;
    assert_eq!((made.state, made.row.made_by), (CampaignState::AwaitingRelease, Some(desk.maker.staff_id)));
    let counts = desk.counts(id).await;
    assert!(counts.open > 0);
    assert_eq!(job::start_due(&desk.office).await.unwrap(), 0, "never twice");
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(desk.counts(id).await, counts);
}

/// Who dies, moves or renews before the post has a void letter and the reason; who does so after it has a note.
#[tokio::test]
async fn the_register_changes() {
    let desk = Desk::open().await;
    let id = desk.order().await;
    register(&desk.office, DIES, "01").await;
    assert_eq!(watch::sweep(&desk.office).await.unwrap(), 1);
    assert_eq!(people(&desk, id, "excluded").await["01"], "dead", "before there is a letter");
    desk.release(id, &desk.checker).await.unwrap();
    desk.wait(id).await;
    register(&desk.office, MOVES, "10").await;
    register(
        &desk.office,
        "UPDATE certificates SET current = 0, status = 'revoked' WHERE card_number = 'C' || ?",
        "11",
    )
    .await;
    register(
        &desk.office,
        "INSERT INTO certificates (card_number, kind, serial, issued, expires, status)
         VALUES ('C' || ?, 'authentication', 'NEW', '2026-12-01', '2032-02-01', 'valid')",
        "11",
    )
    .await;
    watch::sweep(&desk.office).await.unwrap();
    let excluded = people(&desk, id, "excluded").await;
    assert_eq!((excluded["10"].as_str(), excluded["11"].as_str()), ("register_changed", "renewed"));
    assert_eq!(letter_of(&desk, "10").await.state, "voided");
    assert!(letter_of(&desk, "10").await.ended_reason.unwrap().contains("住所"));
    let text = pages(&desk, id).await.concat();
    for gone in [letter_of(&desk, "10").await.number, letter_of(&desk, "11").await.number] {
        assert!(!text.contains(&format!("通知-{gone:06}")), "a void letter isn't printed again");
    }
    desk.post(id).await.unwrap();
    register(&desk.office, DIES, "12").await;
    watch::sweep(&desk.office).await.unwrap();
    let posted = campaign_targets::page(desk.office.store().read(), id, "posted", 0, 99).await.unwrap();
    let dead = posted.iter().find(|row| row.resident_number == "12").unwrap();
    assert!(dead.note.as_deref().unwrap().contains("亡くなられ"), "{dead:?}");
    assert_eq!(letter_of(&desk, "12").await.state, "posted");
    assert_eq!(watch::sweep(&desk.office).await.unwrap(), 0, "noted once");
    // The one who moved can get a letter to the new address.
    let old = letter_of(&desk, "10").await.number;
    desk.letters(id, vec![old], "again").await.unwrap();
    assert_eq!(desk.wait(id).await.state, CampaignState::Printed);
    assert!(pages(&desk, id).await.concat().contains("志茂一丁目"));
    assert!(matches!(audit::verify(desk.office.store()).await.unwrap(), Verdict::Whole { .. }));
}

/// Giving up leaves no half state: what isn't printed is void, what is printed and kept can be posted.
#[tokio::test]
async fn giving_up() {
    let desk = Desk::open().await;
    let id = desk.order().await;
    desk.cancel(id).await.unwrap();
    let counts = desk.counts(id).await;
    assert_eq!(
        (desk.campaign(id).await.state, counts.open, counts.printed()),
        (CampaignState::Cancelled, 0, 0)
    );
    let id = desk.printed().await;
    let printed = desk.counts(id).await.to_post;
    desk.cancel(id).await.unwrap();
    let counts = desk.counts(id).await;
    assert_eq!(
        (desk.campaign(id).await.state, counts.printed(), counts.open),
        (CampaignState::Cancelled, 0, 0)
    );
    assert_eq!(counts.reasons["cancelled"], printed);
    assert_eq!(letter_of(&desk, "01").await.state, "voided");
    // The month is free for another campaign, and what was posted there can't be given up any more.
    let id = desk.printed().await;
    desk.post(id).await.unwrap();
    assert!(desk.cancel(id).await.is_err());
    let number = letter_of(&desk, "01").await.number;
    desk.letters(id, vec![number], "again").await.unwrap();
    desk.wait(id).await;
    desk.cancel(id).await.unwrap();
    assert_eq!(desk.campaign(id).await.state, CampaignState::Posted, "what is at the post stays there");
    assert_eq!(desk.counts(id).await.to_post, 0);
}

/// What comes back is noted with the post's reason, once; scanned again the reason is corrected.
#[tokio::test]
async fn letters_come_back() {
    let desk = Desk::open().await;
    let id = desk.printed().await;
    let number = letter_of(&desk, "01").await.number;
    assert!(matches!(desk.scan(number, "moved").await, Scan::Refused("scanned", "M-2033", _)), "not posted");
    desk.post(id).await.unwrap();
    assert!(matches!(desk.scan(number, "").await, Scan::Refused("reason", ..)));
    assert!(matches!(desk.scan(999_999, "moved").await, Scan::Refused("scanned", "M-2031", _)));
    assert_eq!(desk.scan(number, "moved").await, Scan::Noted(number));
    assert_eq!(desk.scan(number, "moved").await, Scan::Known(number));
    assert_eq!(desk.scan(number, "unknown").await, Scan::Noted(number));
    let letter = letter_of(&desk, "01").await;
    assert_eq!(
        (letter.state.as_str(), letter.ended_reason.as_deref()),
        ("returned", Some("あて所に尋ねあたりません"))
    );
    assert_eq!(desk.counts(id).await.returned, 1);
    // Sent anew, the old one stays in the report and the person is among the printed.
    desk.letters(id, vec![number], "again").await.unwrap();
    desk.wait(id).await;
    let counts = desk.counts(id).await;
    assert_eq!((counts.returned, counts.to_post), (0, 1));
    let today = desk.office.clock().today();
    let report = crate::notices::returned_lists::between(&desk.office, today, today, 9).await.unwrap();
    assert_eq!((report.len(), report[0].since.as_str()), (1, "作り直しました"));
}

/// A single letter is void with its reason; what is posted can't be voided, and then nothing of the press is done.
#[tokio::test]
async fn single_letters() {
    let desk = Desk::open().await;
    let id = desk.printed().await;
    let (one, other) = (letter_of(&desk, "01").await.number, letter_of(&desk, "10").await.number);
    desk.letters(id, vec![one], "void").await.unwrap();
    assert_eq!(people(&desk, id, "excluded").await["01"], "damaged");
    assert_eq!(wrong(&desk.letters(id, Vec::new(), "void").await.unwrap()), "M-2018");
    assert_eq!(wrong(&desk.letters(id, vec![other, one], "void").await.unwrap()), "M-2019");
    assert_eq!(letter_of(&desk, "10").await.state, "printed", "all or nothing");
    desk.letters(id, vec![one], "again").await.unwrap();
    assert_eq!(desk.wait(id).await.state, CampaignState::Printed);
    let anew = letter_of(&desk, "01").await;
    assert!(anew.number > other && anew.state == "printed");
    let documents = pages(&desk, id).await.concat();
    assert!(
        documents.contains(&format!("通知-{:06}", anew.number))
            && !documents.contains(&format!("通知-{one:06}"))
    );
}

/// A range of months: one letter a person lists both certificates, and either month is noticed by it.
#[tokio::test]
async fn several_months_at_once() {
    let desk = Desk::open().await;
    let form = |first: &str, last: &str| OrderForm {
        first: first.to_owned(),
        last: last.to_owned(),
        notices_to: "everyone".to_owned(),
        once: desk.once(),
        ..OrderForm::default()
    };
    let id = desk.ordered(&form("2027-02", "2027-03")).await;
    desk.release(id, &desk.checker).await.unwrap();
    desk.wait(id).await;
    let printed = people(&desk, id, "printed").await;
    assert!(printed.contains_key("14") && printed.contains_key("15"));
    let of_one = letters::of_resident(desk.office.store().read(), "15").await.unwrap();
    assert_eq!(of_one.len(), 1);
    desk.post(id).await.unwrap();
    let march = desk.ordered(&form("2027-03", "")).await;
    assert_eq!(desk.counts(march).await.open, 0);
    assert_eq!(people(&desk, march, "excluded").await["15"], "already_noticed");
}

/// 居所登録 is a reason only where the office says so, and who has renewed is named.
#[tokio::test]
async fn reasons_of_the_office_and_of_renewals() {
    let desk = Desk::open().await;
    let mut settings = desk.office.rulebook().settings.clone();
    settings.notices_elsewhere = NoticesElsewhere::LeaveOut;
    desk.office.put_in_force(settings);
    let renewed =
        Somebody { number: "90", authentication: None, signature: Some(("valid", "2032-02-10")), ..ANYBODY };
    move_in(&desk.office, &[renewed]).await;
    register(
        &desk.office,
        "INSERT INTO certificates (card_number, kind, serial, issued, expires, status, current)
         VALUES ('C' || ?, 'signature', 'OLD', '2022-02-20', '2027-02-10', 'revoked', 0)",
        "90",
    )
    .await;
    let id = desk.order().await;
    let excluded = people(&desk, id, "excluded").await;
    assert_eq!((excluded["16"].as_str(), excluded["90"].as_str()), ("registered_elsewhere", "renewed"));
}

/// After a stop in the middle of the files, or before the first of them, the rest is made and nobody gets two.
#[tokio::test]
async fn goes_on_after_a_stop() {
    let desk = Desk::open().await;
    let id = desk.printed().await;
    let before = pages(&desk, id).await;
    let file = desk.office.data().print_room().join(batch::name(id, 1));
    let mut tx = desk.office.store().write().await.unwrap();
    for statement in [
        "UPDATE campaign_parts SET printed_at = NULL, pages = NULL",
        "UPDATE campaigns SET state = 'printing'",
        "UPDATE letters SET state = 'drafted', printed_at = NULL WHERE state = 'printed'",
        "UPDATE campaign_targets SET state = 'open' WHERE state = 'printed'",
    ] {
        sqlx::query(statement).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    std::fs::remove_file(&file).unwrap();
    std::fs::write(file.with_extension("unfinished"), b"%PDF-1.7 half").unwrap();
    assert_eq!(job::resume(&desk.office).await.unwrap(), 1);
    desk.wait(id).await;
    assert_eq!(pages(&desk, id).await, before);
    assert!(!file.with_extension("unfinished").exists() && file.exists());
    assert_eq!(job::resume(&desk.office).await.unwrap(), 0);
}
