//! The table of a campaign's states, and the words for what becomes of letters.

use std::collections::BTreeSet;

use rules::campaign::{
    CampaignEvent as E, CampaignState as S, ReturnReason, TABLE, VoidReason, exclusion, next,
};
use rules::kinds::Role;
use rules::notice::NotNoticedReason;

fn walk(from: S, events: &[E]) -> Option<S> {
    events.iter().try_fold(from, |state, event| next(state, *event).map(|row| row.to))
}

/// From the plan every state can be reached, and from every state some way leads to an end.
#[test]
fn no_state_is_cut_off() {
    let mut reached = BTreeSet::from([S::Planned]);
    let mut ending: BTreeSet<S> = S::ALL.iter().copied().filter(|state| state.is_final()).collect();
    for _ in S::ALL {
        reached.extend(
            TABLE.iter().filter(|row| reached.contains(&row.from)).map(|row| row.to).collect::<Vec<_>>(),
        );
        ending.extend(
            TABLE.iter().filter(|row| ending.contains(&row.to)).map(|row| row.from).collect::<Vec<_>>(),
        );
    }
    for state in S::ALL {
        assert!(reached.contains(state) && ending.contains(state), "{state:?}");
        assert_eq!(TABLE.iter().any(|row| row.from == *state), !state.is_final(), "{state:?}");
    }
}

/// The usual life, a reprint after the post, and a campaign that is given up wherever nothing is posted.
#[test]
fn a_campaigns_life() {
    let to_post = [E::BeginMaking, E::TargetsMade, E::Release, E::LettersMade, E::FilesMade, E::Post];
    assert_eq!(walk(S::Planned, &to_post), Some(S::Posted));
    assert_eq!(walk(S::Posted, &[E::PrintAgain, E::FilesMade, E::Post, E::End]), Some(S::Ended));
    assert_eq!(walk(S::AwaitingRelease, &[E::BeginMaking, E::TargetsMade]), Some(S::AwaitingRelease));
    assert_eq!(walk(S::Released, &[E::NobodyLeft]), Some(S::Ended));
    for state in S::ALL {
        let given_up = next(*state, E::Cancel).is_some();
        assert_eq!(given_up, !state.is_final() && *state != S::Posted, "{state:?}");
    }
    // Nothing is printed that nobody released.
    for row in TABLE.iter().filter(|row| row.to == S::Released) {
        assert_eq!((row.from, row.event), (S::AwaitingRelease, E::Release));
    }
}

/// One row for an event in a state, each told in a sentence, none for counter clerks or auditors.
#[test]
fn each_way_is_told() {
    let mut seen = BTreeSet::new();
    for row in TABLE {
        assert!(seen.insert((row.from, row.event)), "{row:?}");
        assert!(row.sentence.ends_with('。'), "{row:?}");
        assert_eq!(row.who, [Role::Supervisor, Role::BackOffice], "{row:?}");
    }
    for event in E::ALL {
        assert!(TABLE.iter().any(|row| row.event == *event), "{event:?}");
    }
    let working: Vec<S> = S::ALL.iter().copied().filter(|state| state.is_working()).collect();
    for state in working {
        let alone = TABLE.iter().any(|row| row.from == state && row.event.happens_by_itself());
        assert!(alone, "{state:?} ends by itself");
    }
}

/// A stored reason is told in the sentence of the list it belongs to, and no two lists share a code.
#[test]
fn reasons_have_their_sentences() {
    let mut codes = BTreeSet::new();
    for reason in NotNoticedReason::ALL {
        assert!(codes.insert(reason.code()));
        assert_eq!(exclusion(reason.code()), reason.label());
    }
    for reason in VoidReason::ALL {
        assert!(codes.insert(reason.code()), "{reason:?}");
        assert_eq!(exclusion(reason.code()), reason.label());
        assert!(reason.label().ends_with('。'));
    }
    assert!(exclusion("no such reason").contains("記録がありません"));
    let post: Vec<&str> = ReturnReason::ALL.iter().map(|reason| reason.label()).collect();
    assert_eq!(post, ["あて所に尋ねあたりません", "転居先不明", "保管期間経過", "受取拒絶", "その他"]);
}
