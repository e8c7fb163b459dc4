//! The table of a case's states: every state can be reached and left, every way is told in a sentence.

use std::collections::BTreeSet;

use rules::case_states::{CaseEvent as E, CaseState as S, TABLE, events, next};
use rules::kinds::Role;

fn walk(from: S, events: &[E]) -> Option<S> {
    events.iter().try_fold(from, |state, event| next(state, *event).map(|row| row.to))
}

#[test]
fn every_state_can_be_reached() {
    let mut reached = BTreeSet::from([S::Received]);
    loop {
        let more: Vec<S> = TABLE
            .iter()
            .filter(|row| reached.contains(&row.from) && !reached.contains(&row.to))
            .map(|row| row.to)
            .collect();
        if more.is_empty() {
            break;
        }
        reached.extend(more);
    }
    for state in S::ALL {
        assert!(reached.contains(state), "{state:?}");
    }
}

/// From every state some way leads to an end; out of an end only a supervisor's reopening, out of 完了 nothing.
#[test]
fn every_state_can_be_left() {
    let mut ending: BTreeSet<S> = S::ALL.iter().copied().filter(|state| state.is_final()).collect();
    assert_eq!(ending, BTreeSet::from([S::Closed, S::Withdrawn, S::Refused, S::Diverted, S::Ended]));
    loop {
        let more: Vec<S> = TABLE
            .iter()
            .filter(|row| ending.contains(&row.to) && !ending.contains(&row.from))
            .map(|row| row.from)
            .collect();
        if more.is_empty() {
            break;
        }
        ending.extend(more);
    }
    for state in S::ALL {
        assert!(ending.contains(state), "{state:?}");
        let working = TABLE.iter().any(|row| row.from == *state && row.event != E::Reopen);
        assert_eq!(working, !state.is_final(), "{state:?}");
        let reopened = next(*state, E::Reopen);
        assert_eq!(reopened.is_some(), state.is_final() && *state != S::Closed, "{state:?}");
        assert!(reopened.is_none_or(|row| row.who == [Role::Supervisor] && row.to == S::Received));
    }
}

#[test]
fn one_row_for_an_event_in_a_state() {
    let mut seen = BTreeSet::new();
    for row in TABLE {
        assert!(seen.insert((row.from, row.event)), "{row:?}");
        assert!(row.sentence.ends_with('。') && !row.sentence.contains(['!', '\u{FF01}']), "{row:?}");
        assert!(!row.who.is_empty() && row.who.contains(&Role::Supervisor), "{row:?}");
        assert!(!row.who.contains(&Role::Auditor) && !row.who.contains(&Role::Administrator), "{row:?}");
        assert_eq!(next(row.from, row.event), Some(row));
    }
    for event in E::ALL {
        assert!(TABLE.iter().any(|row| row.event == *event), "{event:?} happens nowhere");
    }
    for state in S::ALL {
        for event in E::ALL {
            assert_eq!(next(*state, *event).is_some(), seen.contains(&(*state, *event)));
        }
    }
}

#[test]
fn the_principals_way() {
    let straight =
        [E::CheckIdentity, E::TakeApplication, E::VerifyPins, E::BeginUpdate, E::Prove, E::ReturnCard];
    assert_eq!(walk(S::Received, &straight), Some(S::Closed));
    // Forgotten at the pad: the reset joins the visit, and identity is looked at once more.
    let forgotten =
        [E::CheckIdentity, E::TakeApplication, E::ChangeWork, E::CheckIdentity, E::TakeApplication];
    assert_eq!(walk(S::Received, &forgotten), Some(S::Applied));
    // Nothing is written: a look at the certificates, a line on the card's face.
    assert_eq!(walk(S::Received, &[E::CheckIdentity, E::Conclude]), Some(S::Closed));
    // 喜多方市: a face-only card has no PIN.
    assert_eq!(walk(S::Applied, &[E::PassOverPins]), Some(S::PinsVerified));
    // Torn at any command: read, go on, or go back; always by one act.
    for way in [
        &[E::BeginUpdate, E::Prove][..],
        &[E::Prove],
        &[E::AbortUpdate, E::VerifyPins, E::BeginUpdate, E::Prove],
        &[E::Resume, E::VerifyPins],
    ] {
        let torn = walk(S::Updating, &[E::Interrupt]).unwrap();
        assert!(walk(torn, way).is_some(), "{way:?}");
    }
    assert_eq!(walk(S::Updating, &[E::FindDifference, E::AcceptDifference, E::ReturnCard]), Some(S::Closed));
}

#[test]
fn the_proxys_two_visits() {
    let first = [E::CheckIdentity, E::RequestInquiry, E::PostInquiry];
    assert_eq!(walk(S::Received, &first), Some(S::AwaitingReply));
    let second = [
        E::ReceiveReply,
        E::CheckIdentity,
        E::TakeApplication,
        E::VerifyPins,
        E::BeginUpdate,
        E::Prove,
        E::ReturnCard,
    ];
    assert_eq!(walk(S::AwaitingReply, &second), Some(S::Closed));
    // 加西市: a request by telephone needs no visit first.
    assert_eq!(walk(S::Received, &[E::RequestInquiry]), Some(S::InquiryToPost));
    for trouble in [E::InquiryCameBack, E::PassDeadline, E::RegisterChanged] {
        assert_eq!(
            walk(S::AwaitingReply, &[trouble, E::RequestInquiry, E::PostInquiry]),
            Some(S::AwaitingReply),
            "{trouble:?}"
        );
    }
    // A wrong PIN on the reply begins again.
    assert_eq!(walk(S::Applied, &[E::RequestInquiry]), Some(S::InquiryToPost));
    assert_eq!(walk(S::NeedsRecheck, &[E::ConfirmUnchanged]), Some(S::InquiryToPost));
}

/// 横浜市: the principal may come instead of the proxy at any time between the two visits.
#[test]
fn between_the_visits() {
    for state in S::ALL {
        let principal = next(*state, E::PrincipalComes).map(|row| row.to);
        assert_eq!(principal, state.is_inquiry().then_some(S::Received), "{state:?}");
    }
    // E2, E3, E8: whatever waits ends by the register alone, unless the card may have been written on.
    for state in S::ALL {
        let written = matches!(state, S::Updating | S::Interrupted | S::Differs | S::Updated);
        let ends = next(*state, E::EndByRegister).map(|row| row.to);
        assert_eq!(ends, (!state.is_final() && !written).then_some(S::Ended), "{state:?}");
    }
    // E1: the letter no longer holds, wherever it is.
    for state in S::ALL {
        let recheck = next(*state, E::RegisterChanged).map(|row| row.to);
        let letter = state.is_inquiry() && *state != S::NeedsRecheck;
        assert_eq!(recheck, letter.then_some(S::NeedsRecheck), "{state:?}");
    }
    for event in E::ALL {
        let itself = [E::RegisterChanged, E::PassDeadline, E::EndByRegister, E::RequestInquiry];
        assert_eq!(event.happens_by_itself(), itself.contains(event), "{event:?}");
    }
}

/// 100,000 steps at random: whatever happens, the table's own words and a second model agree on what is open,
/// and from wherever the walk stands some end is near.
#[test]
fn a_long_walk_has_no_dead_end() {
    let distance = distances();
    let mut state = S::Received;
    let (mut seed, mut ends, mut visited) = (0x9e37_79b9_7f4a_7c15_u64, 0, BTreeSet::new());
    for step in 0..100_000 {
        // xorshift: the same walk every time, so that a failure can be walked again
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let event = E::ALL[usize::try_from(seed % E::ALL.len() as u64).unwrap()];
        visited.insert(state);
        let (before, row) = (state, next(state, event));
        let listed = Role::ALL.iter().any(|role| events(before, *role).any(|open| open.event == event));
        assert_eq!(row.is_some(), listed, "step {step}: {before:?} {event:?}");
        if let Some(row) = row {
            assert!(distance[&row.to] < usize::MAX, "step {step}: no end from {:?}", row.to);
            // The card is written in one place only, and what was begun there ends with a look at the card.
            assert_eq!(row.event == E::BeginUpdate, row.to == S::Updating, "{row:?}");
            if matches!(before, S::Updating) {
                assert!(matches!(row.event, E::Prove | E::AbortUpdate | E::Interrupt | E::FindDifference));
            }
            state = row.to;
        }
        if state.is_final() {
            ends += 1;
            state = S::Received;
        }
    }
    assert!(ends > 1_000, "{ends}");
    assert_eq!(visited.len() + 5, S::ALL.len(), "every open state was walked through: {visited:?}");
}

/// Steps to the nearest end, worked out backwards and apart from the walk.
fn distances() -> std::collections::BTreeMap<S, usize> {
    let far = |state: &S| (*state, if state.is_final() { 0 } else { usize::MAX });
    let mut distance: std::collections::BTreeMap<S, usize> = S::ALL.iter().map(far).collect();
    for _ in S::ALL {
        for row in TABLE.iter().filter(|row| row.event != E::Reopen) {
            let through = distance[&row.to].saturating_add(1);
            if through < distance[&row.from] {
                distance.insert(row.from, through);
            }
        }
    }
    distance
}

/// A card that may have been written on is never simply put away.
#[test]
fn a_card_under_way_is_read_first() {
    for state in [S::Updating, S::Interrupted, S::Differs, S::Updated] {
        for event in [E::Withdraw, E::Refuse] {
            assert!(next(state, event).is_none(), "{state:?} {event:?}");
        }
    }
    for state in [S::Received, S::Applied, S::Updating, S::Interrupted, S::Differs] {
        assert!(next(state, E::ReturnCard).is_none(), "{state:?}");
    }
}

#[test]
fn who_may() {
    let may = |state, role| events(state, role).map(|row| row.event).collect::<BTreeSet<_>>();
    assert!(may(S::Differs, Role::Clerk).contains(&E::BeginUpdate));
    assert!(!may(S::Differs, Role::Clerk).contains(&E::AcceptDifference));
    assert!(may(S::Differs, Role::Supervisor).contains(&E::AcceptDifference));
    assert!(may(S::InquiryToPost, Role::BackOffice).contains(&E::PostInquiry));
    assert!(!may(S::ReplyLapsed, Role::Clerk).contains(&E::ReceiveReply), "a late reply is the supervisor's");
    assert!(may(S::Received, Role::BackOffice).is_empty());
    for state in S::ALL {
        assert!(may(*state, Role::Auditor).is_empty() && may(*state, Role::Administrator).is_empty());
    }
    for state in S::ALL {
        let waits = [
            S::InquiryToPost,
            S::AwaitingReply,
            S::InquiryReturned,
            S::ReplyLapsed,
            S::NeedsRecheck,
            S::Interrupted,
        ];
        assert_eq!(state.is_waiting(), waits.contains(state), "{state:?}");
    }
}
