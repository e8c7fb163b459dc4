//! What waits today.

use crate::counter::work::{Counts, List};
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store;
use app::components::{Notice, Tone};
use app::pages::home::{HomePage, OpenCase, WorkList};
use chrono::{DateTime, NaiveDate};
use rules::case_states::CaseState;
use rules::procedure::Procedure;
use rules::wareki;

/// The most cases the page lists; what broke off comes first, because somebody's card may be of no use meanwhile, then
/// the oldest.
const MOST_CASES: i64 = 100;

/// The page of today for one person.
///
/// # Errors
/// When the database refuses.
pub async fn page(office: &Office, visitor: &Visitor) -> Result<HomePage> {
    let today = office.clock().today();
    let pool = office.store().read();
    let cases = store::work::open_cases(pool, MOST_CASES).await?;
    let open = u64::from(store::work::open_case_count(pool).await?);
    let interrupted = Counts::now(office).await?.of(List::Interrupted);
    let closed_today = store::work::closed_on(pool, &today.to_string()).await?;
    let expiring = store::work::expiring_between(pool, today, today + chrono::Months::new(3)).await?;
    let hides = !visitor.may(Act::SeeSuppressed);
    Ok(HomePage {
        today,
        calendar: calendar_note(office, today),
        notices: Vec::new(),
        work: vec![
            WorkList {
                title: "終わっていない受付".into(),
                count: open,
                unit: "件".into(),
                detail: "手続きの途中の方".into(),
                href: visitor.may(Act::SeeResidents).then(|| "/work".into()),
            },
            WorkList {
                title: "中断した更新".into(),
                count: interrupted,
                unit: "件".into(),
                detail: "カードを確かめて再開か中止を選ぶもの".into(),
                href: visitor.may(Act::SeeResidents).then(|| "/work?list=interrupted".into()),
            },
            WorkList {
                title: "3か月以内に満了".into(),
                count: expiring,
                unit: "人".into(),
                detail: "有効な電子証明書の期限が来る方".into(),
                href: visitor.may(Act::MakeNotices).then(|| "/notices".into()),
            },
        ],
        open,
        cases: cases.into_iter().map(|case| line(case, today, hides)).collect(),
        closed_today: u32::try_from(closed_today).unwrap_or(u32::MAX),
    })
}

fn is_trouble(state: &str) -> bool {
    CaseState::from_code(state) == Some(CaseState::Interrupted)
}

fn line(case: store::work::OpenCase, today: NaiveDate, hides: bool) -> OpenCase {
    let masked = case.suppressed && hides;
    OpenCase {
        trouble: is_trouble(&case.state),
        state: CaseState::from_code(&case.state).map_or(case.state.clone(), |state| state.label().to_owned()),
        procedure: Procedure::from_code(&case.procedure)
            .map_or(case.procedure, |known| known.label().to_owned()),
        reception: case.reception_number,
        name: if masked { "責任者が扱う方".to_owned() } else { case.name },
        kana: if masked { String::new() } else { case.kana },
        opened: opened(&case.opened_at, today),
        staff: case.opened_by,
    }
}

/// 14:05 today, the day for older ones.
fn opened(at: &str, today: NaiveDate) -> String {
    match DateTime::parse_from_rfc3339(at) {
        Ok(moment) if moment.date_naive() == today => moment.format("%H:%M").to_string(),
        Ok(moment) => wareki::short(moment.date_naive()),
        Err(_) => at.to_owned(),
    }
}

/// What the calendar says of today, in a sentence.
pub(super) fn calendar_note(office: &Office, today: NaiveDate) -> Notice {
    let note = |tone, sentence: String| Notice { tone, title: String::new(), sentence };
    let rulebook = office.rulebook();
    let day = rulebook.calendar.day(today);
    if !day.open {
        let why = day.reason.unwrap_or_else(|| "閉庁日です。".to_owned());
        let next = day.next_open.map_or_else(|| "設定の暦にない日".to_owned(), wareki::long_weekday);
        let why = why.trim_end_matches('。');
        return note(Tone::Caution, format!("今日は閉庁日です({why})。次に開くのは{next}です。"));
    }
    if !day.card_work {
        return note(
            Tone::Caution,
            "今日は全国のシステムの保守のため、カードの書き込みができません。受付と案内はできます。"
                .to_owned(),
        );
    }
    note(Tone::Information, "今日はすべての手続きができます。".to_owned())
}
