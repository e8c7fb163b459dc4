//! The steps on the left: done ones with their result in one line.

use super::Seen;
use app::components::{StepItem, StepStatus};
use rules::case_states::{CaseEvent, CaseState};

/// The steps in the order of the work, each with the state that completes it.
const ORDER: [(&str, CaseEvent); 5] = [
    ("本人確認", CaseEvent::CheckIdentity),
    ("申請内容", CaseEvent::TakeApplication),
    ("暗証番号", CaseEvent::VerifyPins),
    ("カードの更新", CaseEvent::Prove),
    ("お渡し", CaseEvent::ReturnCard),
];

/// How many of the steps are behind a case in this state.
fn done(state: CaseState) -> usize {
    match state {
        CaseState::IdentityChecked => 1,
        CaseState::Applied | CaseState::ResettingPins => 2,
        CaseState::PinsVerified | CaseState::Updating | CaseState::Interrupted => 3,
        CaseState::Updated | CaseState::Differs => 4,
        CaseState::Closed => 5,
        _ => 0,
    }
}

pub(super) fn list(seen: &Seen<'_>) -> Vec<StepItem> {
    let state = seen.case.state;
    let stopped = state.is_final() && state != CaseState::Closed;
    let done = if stopped { reached(seen) } else { done(state) };
    ORDER
        .iter()
        .enumerate()
        .map(|(index, (title, event))| StepItem {
            title: (*title).to_owned(),
            status: if index < done {
                StepStatus::Done(result(seen, *event))
            } else if stopped {
                StepStatus::Skipped(state.label().to_owned())
            } else if index == done && matches!(state, CaseState::Interrupted | CaseState::Differs) {
                StepStatus::Halted(state.label().to_owned())
            } else if index == done {
                StepStatus::Current
            } else {
                StepStatus::Todo
            },
        })
        .collect()
}

/// How far a case came that ended before its time.
fn reached(seen: &Seen<'_>) -> usize {
    ORDER
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
