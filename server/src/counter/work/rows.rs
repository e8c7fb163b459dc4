//! A row of a list, as the page shows it.

use super::List;
use crate::counter::inquiry::board::left;
use crate::error::{Error, Result};
use crate::notices::{Month, Span};
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::work_lists::{CaseRow, NoticeGroup, ReturnedNotice};
use app::pages::work_lists::WorkItem;
use chrono::{DateTime, NaiveDate};
use rules::case_states::CaseState;
use rules::kinds::Applicant;
use rules::procedure::Procedure;
use rules::wareki;

/// A case: the next thing to do is on its own page.
pub(super) fn of_case(visitor: &Visitor, row: &CaseRow, today: NaiveDate) -> Result<WorkItem> {
    let state = CaseState::from_code(&row.state);
    let masked = row.suppressed && !visitor.may(Act::SeeSuppressed);
    let applicant = Applicant::from_code(&row.applicant).map_or("", Applicant::label);
    let deadline: Option<NaiveDate> = row
        .deadline
        .as_deref()
        .filter(|_| matches!(state, Some(CaseState::AwaitingReply | CaseState::ReplyLapsed)))
        .map(|day| day.parse().map_err(|_| Error::internal(format!("letters.deadline holds {day}"))))
        .transpose()?;
    let since = row.since.as_deref().unwrap_or(&row.opened_at);
    let who_detail = if masked { String::new() } else { format!("{} / {applicant}が来庁", row.kana) };
    Ok(WorkItem {
        number: row.reception_number.clone(),
        kind: Procedure::from_code(&row.procedure)
            .map_or_else(|| row.procedure.clone(), |known| known.label().to_owned()),
        who: if masked { "責任者が扱う方".to_owned() } else { row.name.clone() },
        who_detail,
        state: state.map_or_else(|| row.state.clone(), |state| state.label().to_owned()),
        why: if masked { String::new() } else { row.state_reason.clone().unwrap_or_default() },
        day: deadline.map_or_else(|| moment(since, today), wareki::short),
        left: deadline.map_or_else(String::new, |day| left(day, today)),
        pressing: matches!(
            state,
            Some(
                CaseState::Differs
                    | CaseState::ReplyLapsed
                    | CaseState::InquiryReturned
                    | CaseState::NeedsRecheck
            )
        ) || (state == Some(CaseState::Interrupted) && !row.by_hand),
        station: row.station.clone().unwrap_or_default(),
        clerk: row.clerk.clone(),
        next: next(state, row).to_owned(),
        href: format!("/cases/{}", row.reception_number),
    })
}

/// The one thing to do next.
fn next(state: Option<CaseState>, row: &CaseRow) -> &'static str {
    match state {
        Some(CaseState::Received) => "本人確認をする",
        Some(CaseState::IdentityChecked) => "申請書を受け取る",
        Some(CaseState::Applied) => "暗証番号を入力してもらう",
        Some(CaseState::PinsVerified) => "カードを更新する",
        Some(CaseState::Updating) => "更新の進み具合を見る",
        Some(CaseState::Differs) => "カードの内容を責任者が確かめる",
        Some(CaseState::Updated) => "カードをお渡しする",
        Some(CaseState::ReplyReceived) => "2回目の本人確認をする",
        Some(CaseState::InquiryToPost) if row.letter.is_some() => "発送を記録する",
        Some(CaseState::InquiryToPost) => "照会書を作る",
        Some(CaseState::AwaitingReply) => "回答書を受け取る",
        Some(CaseState::ReplyLapsed) => "送り直すか終える",
        Some(CaseState::InquiryReturned) => "連絡して送り直す",
        Some(CaseState::NeedsRecheck) => "変わった内容を確かめる",
        Some(CaseState::Interrupted) if row.by_hand => "来庁したら再開する",
        Some(CaseState::Interrupted) => "カードを確かめる",
        _ => "受付を開く",
    }
}

/// The notices of one campaign, as one piece of work.
pub(super) fn of_campaign(visitor: &Visitor, list: List, group: &NoticeGroup) -> Result<WorkItem> {
    let month = |text: &str| -> Result<Month> {
        text.parse().map_err(|_| Error::internal(format!("campaigns hold the month {text}")))
    };
    let span = Span::new(month(&group.first)?, month(&group.last)?)?;
    let to_print = list == List::Print;
    Ok(WorkItem {
        number: format!("通知の回 {}", group.campaign),
        kind: "有効期限通知書".to_owned(),
        who: format!("{}通", group.letters),
        who_detail: format!("{}に満了する方あて", span.wareki()),
        state: if to_print { "印刷待ち" } else { "発送待ち" }.to_owned(),
        day: day_of(&group.since),
        next: if to_print { "通知書を印刷する" } else { "発送を記録する" }.to_owned(),
        href: if visitor.may(Act::MakeNotices) {
            format!("/campaigns/{}", group.campaign)
        } else {
            String::new()
        },
        ..WorkItem::default()
    })
}

/// A notice that came back: the person's page says how to reach them.
pub(super) fn of_returned(visitor: &Visitor, notice: &ReturnedNotice) -> Result<WorkItem> {
    let masked = notice.suppressed && !visitor.may(Act::SeeSuppressed);
    let ended = notice.ended_on.as_deref().map(str::parse::<NaiveDate>).transpose();
    let ended = ended.map_err(|_| Error::internal(format!("letters.ended_on of {}", notice.number)))?;
    Ok(WorkItem {
        number: format!("通知-{:06}", notice.number),
        kind: "有効期限通知書".to_owned(),
        who: if masked { "責任者が扱う方".to_owned() } else { notice.name.clone() },
        who_detail: if masked { String::new() } else { notice.kana.clone() },
        state: "返戻".to_owned(),
        why: notice.ended_reason.clone().unwrap_or_default(),
        day: ended.map_or_else(String::new, wareki::short),
        pressing: true,
        next: "住所を確かめる".to_owned(),
        href: if masked { String::new() } else { format!("/residents/{}", notice.resident_number) },
        ..WorkItem::default()
    })
}

/// 14:05 today, the day for older ones.
fn moment(at: &str, today: NaiveDate) -> String {
    match DateTime::parse_from_rfc3339(at) {
        Ok(moment) if moment.date_naive() == today => moment.format("%H:%M").to_string(),
        _ => day_of(at),
    }
}

fn day_of(at: &str) -> String {
    DateTime::parse_from_rfc3339(at)
        .map_or_else(|_| at.to_owned(), |moment| wareki::short(moment.date_naive()))
}
