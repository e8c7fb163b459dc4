//! The proxies' board: all open requests, what is late or came back first.

use super::watch;
use crate::counter::case::Facts;
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::requests::{self, RequestRow};
use app::components::Choice;
use app::pages::proxy_board::{ProxyBoardPage, ProxyRequest};
use chrono::NaiveDate;
use rules::case_states::CaseState;
use rules::procedure::Procedure;
use rules::wareki;
use serde::Deserialize;

/// Which requests are shown; everything when empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// A counter's number.
    pub station: String,
    /// A clerk's number.
    pub clerk: String,
    /// A state's code.
    pub state: String,
}

/// The states between the visits, in the order of the work.
const STATES: [CaseState; 6] = [
    CaseState::InquiryToPost,
    CaseState::AwaitingReply,
    CaseState::InquiryReturned,
    CaseState::ReplyLapsed,
    CaseState::NeedsRecheck,
    CaseState::ReplyReceived,
];

/// The board, after a look at what files and days have changed.
///
/// # Errors
/// When the database refuses.
pub async fn page(office: &Office, visitor: &Visitor, filter: &Filter) -> Result<ProxyBoardPage> {
    visitor.require(Act::HandleLetters)?;
    watch::sweep(office).await?;
    let rows = requests::open(office.store().read()).await?;
    let today = office.clock().today();
    let count = |state: &CaseState| {
        let many = rows.iter().filter(|row| row.state == state.code()).count();
        (state.label().to_owned(), many as u64)
    };
    let mut shown: Vec<(Order, ProxyRequest)> = Vec::new();
    for row in rows.iter().filter(|row| passes(row, filter)) {
        shown.push(request(row, today, !visitor.may(Act::SeeSuppressed))?);
    }
    shown.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(ProxyBoardPage {
        counts: STATES.iter().map(count).filter(|(_, many)| *many > 0).collect(),
        requests: shown.into_iter().map(|(_, request)| request).collect(),
        stations: choices(rows.iter().filter_map(|row| Some((row.station_id?, row.station.clone()?)))),
        station: filter.station.clone(),
        clerks: choices(rows.iter().map(|row| (row.clerk_id, row.clerk.clone()))),
        clerk: filter.clerk.clone(),
        states: all_and(STATES.iter().map(|state| Choice::new(state.code(), state.label()))),
        state: filter.state.clone(),
    })
}

fn passes(row: &RequestRow, filter: &Filter) -> bool {
    let matches =
        |wanted: &str, id: Option<i64>| wanted.is_empty() || id.is_some_and(|id| id.to_string() == wanted);
    matches(&filter.station, row.station_id)
        && matches(&filter.clerk, Some(row.clerk_id))
        && (filter.state.is_empty() || filter.state == row.state)
}

fn choices(found: impl Iterator<Item = (i64, String)>) -> Vec<Choice> {
    let mut found: Vec<_> = found.collect();
    found.sort();
    found.dedup();
    all_and(found.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)))
}

fn all_and(choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", "すべて")).chain(choices).collect()
}

/// What came back, is late or changed comes first; then by the days that are left; then by age.
type Order = (bool, Option<NaiveDate>, String);

fn request(row: &RequestRow, today: NaiveDate, hides: bool) -> Result<(Order, ProxyRequest)> {
    let facts: Facts = serde_json::from_str(&row.facts)?;
    let state = CaseState::from_code(&row.state);
    let inquiry = facts.inquiry.as_ref();
    let deadline = inquiry.and_then(|inquiry| inquiry.deadline);
    let pressing =
        matches!(state, Some(CaseState::InquiryReturned | CaseState::ReplyLapsed | CaseState::NeedsRecheck));
    let masked = row.suppressed && hides;
    let proxy = facts.third_party.as_ref().map(|third| {
        if third.relation.is_empty() {
            third.name.clone()
        } else {
            format!("{}({})", third.name, third.relation)
        }
    });
    let letter = inquiry.and_then(|inquiry| inquiry.letter);
    let shown = ProxyRequest {
        reception: row.reception_number.clone(),
        name: if masked { "責任者が扱う方".to_owned() } else { row.name.clone() },
        kana: if masked { String::new() } else { row.kana.clone() },
        proxy: if masked { String::new() } else { proxy.unwrap_or_default() },
        procedure: Procedure::from_code(&row.procedure)
            .map_or_else(|| row.procedure.clone(), |known| known.label().to_owned()),
        state: state.map_or_else(|| row.state.clone(), |state| state.label().to_owned()),
        why: if pressing && !masked { row.state_reason.clone().unwrap_or_default() } else { String::new() },
        letter: letter.map_or_else(String::new, |number| format!("照会-{number:06}")),
        deadline: deadline.map_or_else(String::new, wareki::short),
        left: deadline.map_or_else(String::new, |day| left(day, today)),
        pressing,
        station: row.station.clone().unwrap_or_default(),
        clerk: row.clerk.clone(),
        next: next(state, letter.is_some()).to_owned(),
    };
    Ok(((!pressing, deadline, row.reception_number.clone()), shown))
}

/// あと12日, 今日まで, 3日過ぎています
pub fn left(deadline: NaiveDate, today: NaiveDate) -> String {
    match (deadline - today).num_days() {
        0 => "今日まで".to_owned(),
        days @ 1.. => format!("あと{days}日"),
        days => format!("{}日過ぎています", -days),
    }
}

fn next(state: Option<CaseState>, made: bool) -> &'static str {
    match state {
        Some(CaseState::InquiryToPost) if made => "発送を記録する",
        Some(CaseState::InquiryToPost) => "照会書を作る",
        Some(CaseState::AwaitingReply) => "回答書を待つ・受け取る",
        Some(CaseState::InquiryReturned) => "連絡して送り直す",
        Some(CaseState::ReplyLapsed) => "送り直すか終える",
        Some(CaseState::NeedsRecheck) => "変わった内容を確かめる",
        _ => "2回目の確認をする",
    }
}
