//! The steps on the left: done ones with their result in one line.

use super::Seen;
use crate::counter::case::Case;
use crate::counter::visit::conclude;
use app::components::{StepItem, StepStatus};
use rules::case_states::{CaseEvent, CaseState};

/// A step and the event that completes it.
type Step = (&'static str, CaseEvent);

/// The steps of one visit, in the order of the work.
const ONE_VISIT: &[Step] = &[
    ("本人確認", CaseEvent::CheckIdentity),
    ("申請内容", CaseEvent::TakeApplication),
    ("暗証番号", CaseEvent::VerifyPins),
    ("カードの更新", CaseEvent::Prove),
    ("お渡し", CaseEvent::ReturnCard),
];

/// The steps of a proxy's two visits.
const TWO_VISITS: &[Step] = &[
    ("1回目の受付", CaseEvent::RequestInquiry),
    ("照会書の発送", CaseEvent::PostInquiry),
    ("回答書の受領", CaseEvent::ReceiveReply),
    ("2回目の確認", CaseEvent::CheckIdentity),
    ("申請内容", CaseEvent::TakeApplication),
    ("暗証番号", CaseEvent::VerifyPins),
    ("カードの更新", CaseEvent::Prove),
    ("お渡し", CaseEvent::ReturnCard),
];

/// The steps of a case that writes nothing to the chip.
const UNWRITTEN: &[Step] = &[("本人確認", CaseEvent::CheckIdentity), ("確認とお渡し", CaseEvent::Conclude)];

fn order(case: &Case) -> &'static [Step] {
    if case.facts.inquiry.is_some() {
        TWO_VISITS
    } else if conclude::is_unwritten(case) {
        UNWRITTEN
    } else {
        ONE_VISIT
    }
}

/// How many of the steps are behind a case in this state.
fn done(case: &Case, order: &[Step]) -> usize {
    let visits = if case.facts.inquiry.is_some() { 3 } else { 0 };
    match case.state {
        CaseState::InquiryToPost => 1,
        CaseState::AwaitingReply
        | CaseState::InquiryReturned
        | CaseState::ReplyLapsed
        | CaseState::NeedsRecheck => 2,
        CaseState::ReplyReceived => 3,
        CaseState::IdentityChecked => visits + 1,
        CaseState::Applied => visits + 2,
        CaseState::PinsVerified | CaseState::Updating | CaseState::Interrupted => visits + 3,
        CaseState::Updated | CaseState::Differs => visits + 4,
        CaseState::Closed => order.len(),
        _ => 0,
    }
}

pub(super) fn list(seen: &Seen<'_>) -> Vec<StepItem> {
    let state = seen.case.state;
    let stopped = state.is_final() && state != CaseState::Closed;
    let order = order(seen.case);
    let done = if stopped { reached(seen, order) } else { done(seen.case, order) };
    order
        .iter()
        .enumerate()
        .map(|(index, (title, event))| StepItem {
            title: (*title).to_owned(),
            status: if index < done {
                StepStatus::Done(result(seen, *event))
            } else if stopped {
                StepStatus::Skipped(state.label().to_owned())
            } else if index == done && halted(state) {
                StepStatus::Halted(state.label().to_owned())
            } else if index == done {
                StepStatus::Current
            } else {
                StepStatus::Todo
            },
        })
        .collect()
}

/// The step in hand waits for somebody to look at what went wrong.
fn halted(state: CaseState) -> bool {
    matches!(
        state,
        CaseState::Interrupted
            | CaseState::Differs
            | CaseState::InquiryReturned
            | CaseState::ReplyLapsed
            | CaseState::NeedsRecheck
    )
}

/// How far a case came that ended before its time.
fn reached(seen: &Seen<'_>, order: &[Step]) -> usize {
    order
        .iter()
        .take_while(|(_, event)| seen.events.iter().any(|happened| happened.event == event.code()))
        .count()
}

/// The last time the step was done: 14:05 佐藤.
fn result(seen: &Seen<'_>, event: CaseEvent) -> String {
    let last = seen.events.iter().rev().find(|happened| happened.event == event.code());
    last.map_or_else(String::new, |happened| {
        format!("{} {}", happened.at.get(11..16).unwrap_or_default(), happened.staff_name)
    })
}
