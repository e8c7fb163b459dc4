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

/// From every state some way leads to an end, and only the ends have no way out.
#[test]
fn every_state_can_be_left() {
    let mut ending: BTreeSet<S> = S::ALL.iter().copied().filter(|state| state.is_final()).collect();
    assert_eq!(ending, BTreeSet::from([S::Closed, S::Withdrawn, S::Refused, S::Diverted]));
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
        assert_eq!(TABLE.iter().all(|row| row.from != *state), state.is_final(), "{state:?}");
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
    let forgotten =
        [E::CheckIdentity, E::TakeApplication, E::BeginPinReset, E::FinishPinReset, E::VerifyPins];
    assert_eq!(walk(S::Received, &forgotten), Some(S::PinsVerified));
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
