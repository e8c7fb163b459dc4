//! Whatever people press and the register does, in whatever order: the counts add up, and they are the letters'.

use super::desk::Desk;
use super::ward::register;
use crate::audit::{self, Verdict};
use crate::error::Error;
use crate::notices::watch;
use proptest::prelude::*;
use rules::campaign::{CampaignState, TargetState};
use std::collections::BTreeMap;

/// Something that happens. Numbers choose among the letters or people there are.
#[derive(Clone, Debug)]
enum Action {
    MakeList,
    Release { by_maker: bool },
    Post,
    Return(usize),
    Void(usize),
    Again(usize),
    Cancel,
    End,
    Dies(usize),
    Moves(usize),
    Renews(usize),
    ComesBack(usize),
}

/// Those of the ward who get a letter in February 2027.
const PEOPLE: [&str; 6] = ["01", "10", "11", "12", "15", "16"];

fn action() -> impl Strategy<Value = Action> {
    let one = 0..PEOPLE.len();
    prop_oneof![
        1 => Just(Action::MakeList),
        1 => Just(Action::Release { by_maker: true }),
        5 => Just(Action::Release { by_maker: false }),
        4 => Just(Action::Post),
        4 => one.clone().prop_map(Action::Return),
        3 => one.clone().prop_map(Action::Void),
        4 => one.clone().prop_map(Action::Again),
        1 => Just(Action::Cancel),
        1 => Just(Action::End),
        2 => one.clone().prop_map(Action::Dies),
        2 => one.clone().prop_map(Action::Moves),
        2 => one.clone().prop_map(Action::Renews),
        1 => one.prop_map(Action::ComesBack),
    ]
}

/// The newest letter of somebody, if there is one.
async fn letter(desk: &Desk, person: &str) -> i64 {
    let letters = crate::store::letters::of_resident(desk.office.store().read(), person).await.unwrap();
    letters.first().map_or(999_999, |letter| letter.number)
}

async fn act(desk: &Desk, id: i64, action: &Action, step: usize) {
    let person = |index: &usize| PEOPLE[*index];
    let done = match action {
        Action::MakeList => desk.make_list(id).await.map(drop),
        Action::Release { by_maker } => {
            let by = if *by_maker { &desk.maker } else { &desk.checker };
            desk.release(id, by).await.map(drop)
        }
        Action::Post => desk.post(id).await.map(drop),
        Action::Return(index) => {
            desk.scan(letter(desk, person(index)).await, "moved").await;
            Ok(())
        }
        Action::Void(index) => {
            desk.letters(id, vec![letter(desk, person(index)).await], "void").await.map(drop)
        }
        Action::Again(index) => {
            desk.letters(id, vec![letter(desk, person(index)).await], "again").await.map(drop)
        }
        Action::Cancel => desk.cancel(id).await.map(drop),
        Action::End => desk.end(id).await.map(drop),
        Action::Dies(index) => {
            register(
                &desk.office,
                "UPDATE residents SET status = 'dead' WHERE resident_number = ?",
                person(index),
            )
            .await;
            watch::sweep(&desk.office).await.map(drop)
        }
        Action::Moves(index) => {
            let statement = "UPDATE residents SET address = address || '9' WHERE resident_number = ?";
            register(&desk.office, statement, person(index)).await;
            watch::sweep(&desk.office).await.map(drop)
        }
        Action::Renews(index) => {
            renew(desk, person(index), step).await;
            Ok(())
        }
        Action::ComesBack(index) => {
            register(
                &desk.office,
                "UPDATE residents SET status = 'resident' WHERE resident_number = ?",
                person(index),
            )
            .await;
            watch::sweep(&desk.office).await.map(drop)
        }
    };
    // What isn't possible here is refused with a sentence; anything else is a fault.
    if let Err(Error::Internal(why)) = done {
        panic!("{action:?}: {why}");
    }
    desk.wait(id).await;
}

/// What a case does that writes a new certificate: the notice hears of it in the same transaction.
async fn renew(desk: &Desk, person: &str, step: usize) {
    let mut tx = desk.office.store().write().await.unwrap();
    sqlx::query("UPDATE certificates SET current = 0, status = 'revoked' WHERE card_number = 'C' || ?1 AND kind = 'authentication'")
        .bind(person)
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query("UPDATE certificates SET current = 0, status = 'revoked' WHERE card_number = 'C' || ?1 AND kind = 'signature'")
        .bind(person)
        .execute(&mut *tx)
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO certificates (card_number, kind, serial, issued, expires, status)
         VALUES ('C' || ?1, 'authentication', ?2, '2026-12-01', '2032-02-01', 'valid')",
    )
    .bind(person)
    .bind(format!("NEW{person}-{step}"))
    .execute(&mut *tx)
    .await
    .unwrap();
    watch::settled(&desk.office, &mut tx, person).await.unwrap();
    tx.commit().await.unwrap();
}

/// What must hold at any time.
async fn holds(desk: &Desk, id: i64, history: &[Action]) {
    let campaign = desk.campaign(id).await;
    let counts = desk.counts(id).await;
    let at = format!("{:?} after {history:?}: {counts:?}", campaign.state);
    // The sum, against a count of its own.
    let pool = desk.office.store().read();
    let all: i64 = sqlx::query_scalar("SELECT count(*) FROM campaign_targets WHERE campaign_id = ?")
        .bind(id)
        .fetch_one(pool)
        .await
        .unwrap();
    assert_eq!(u64::try_from(all).unwrap(), counts.printed() + counts.excluded + counts.open, "{at}");
    assert_eq!(counts.reasons.values().sum::<u64>(), counts.excluded, "{at}");
    // Everybody's state is that of their newest letter, and nobody has two that count.
    let rows: Vec<(String, String, Option<String>, i64)> = sqlx::query_as(
        "SELECT t.resident_number, t.state, l.state,
                (SELECT count(*) FROM letters o WHERE o.resident_number = t.resident_number AND o.state <> 'voided')
         FROM campaign_targets t LEFT JOIN letters l ON l.number = t.letter_number WHERE t.campaign_id = ?",
    )
    .bind(id)
    .fetch_all(pool)
    .await
    .unwrap();
    for (person, target, letter, living) in &rows {
        let fits = match TargetState::from_code(target).unwrap() {
            TargetState::Open => matches!(letter.as_deref(), None | Some("drafted")),
            TargetState::Printed => letter.as_deref() == Some("printed"),
            TargetState::Posted => letter.as_deref() == Some("posted"),
            TargetState::Returned => letter.as_deref() == Some("returned"),
            TargetState::Excluded => matches!(letter.as_deref(), None | Some("voided")),
        };
        assert!(fits, "{person} is {target} and the letter {letter:?}; {at}");
        assert!(*living <= 1, "{person} has {living} letters; {at}");
    }
    // Where a campaign stands says what its people can be.
    let of: BTreeMap<&str, u64> = BTreeMap::from([
        ("open", counts.open),
        ("to_post", counts.to_post),
        ("posted", counts.posted + counts.returned),
    ]);
    match campaign.state {
        CampaignState::Planned | CampaignState::AwaitingRelease => {
            assert_eq!((of["to_post"], of["posted"], counts.numbered), (0, 0, 0), "{at}");
        }
        CampaignState::Printed => assert_eq!(of["open"], 0, "{at}"),
        CampaignState::Posted | CampaignState::Ended => {
            assert_eq!((of["open"], of["to_post"]), (0, 0), "{at}");
        }
        CampaignState::Cancelled => {
            assert_eq!((of["open"], of["to_post"], of["posted"]), (0, 0, 0), "{at}");
        }
        CampaignState::Making | CampaignState::Released | CampaignState::Printing => {
            panic!("still at work; {at}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 64, ..ProptestConfig::default() })]

    /// Sequences of everything that can happen to a campaign.
    #[test]
    fn counts_add_up_whatever_happens(actions in prop::collection::vec(action(), 4..16)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let desk = Desk::open().await;
            let id = desk.order().await;
            holds(&desk, id, &[]).await;
            for (step, action) in actions.iter().enumerate() {
                act(&desk, id, action, step).await;
                holds(&desk, id, &actions[..=step]).await;
            }
            assert!(matches!(audit::verify(desk.office.store()).await.unwrap(), Verdict::Whole { .. }));
        });
    }
}
