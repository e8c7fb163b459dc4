//! The card torn away at every command, and the program dead at every step of the journal, inside everything that is
//! done to cards; and what one look and one more action make of it.

mod counter;
#[path = "../desk/mod.rs"]
mod desk;
mod scenario;

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use card::error::CardError;
use card::issuer::training::TrainingIssuer;
use card::update::{Cause, Journal, JournalError, JournalStep, Next};
use card::virtual_card::PreparedKeys;
use counter::{go_on, is_done, look, says_nothing_false};
use desk::{Drawer, Tear, TearingReader};
use scenario::Scenario;

/// The chip's keys: real ones, made once. Enough of them that no card meets its old one again.
static KEYS: LazyLock<PreparedKeys> = LazyLock::new(|| PreparedKeys::make(24));

/// How many commands it sends when nothing disturbs it, and that it is then done.
fn undisturbed(scenario: &Scenario, drawer: &Drawer) -> (usize, Vec<JournalStep>) {
    let reader = TearingReader::new(drawer.card(), Tear::Never);
    let (issuer, mut journal) = (TrainingIssuer::default(), Vec::new());
    let outcome = scenario.act(&reader, &issuer, &scenario.plan, &mut journal);
    let outcome = outcome.unwrap_or_else(|error| panic!("{}: {error}", scenario.name));
    let sent = reader.sent.load(Ordering::SeqCst);
    is_done(scenario, &*reader.reader, &issuer, &[outcome], scenario.name);
    let written = serde_json::to_string(&journal).unwrap();
    for secret in ["TRAIN123", "1111", "2222", "3333", "KAETA", "8642", "7531", "9517"] {
        assert!(!written.contains(&format!("\"{secret}")), "{}: the journal holds a PIN", scenario.name);
    }
    assert_eq!(serde_json::from_str::<Vec<JournalStep>>(&written).unwrap(), journal);
    (sent, journal)
}

/// Torn at one point; then one look and one action bring the card to where it should be.
fn torn(scenario: &Scenario, drawer: &Drawer, tear: Tear) {
    let at = format!("{}, {tear:?}", scenario.name);
    let reader = TearingReader::new(drawer.card(), tear);
    let (issuer, mut steps) = (TrainingIssuer::default(), Vec::new());
    let error = scenario.act(&reader, &issuer, &scenario.plan, &mut steps).unwrap_err();
    assert!(matches!(error.cause, Cause::Card(CardError::CardRemoved | CardError::NoCard)), "{at}: {error}");
    reader.lay_again();
    let first = look(&*reader.reader, &scenario.plan, &steps, None);
    says_nothing_false(&first, &error, &at);
    if !error.touched() && !matches!(tear, Tear::Before(n) | Tear::After(n) if n % 16 == 1) {
        // The card is as it was and the work is simply done again, which a few of these points show for all.
        return;
    }
    let done = go_on(scenario, &*reader.reader, &issuer, &mut steps, &at);
    is_done(scenario, &*reader.reader, &issuer, &done, &at);
}

fn torn_everywhere(scenarios: &[Scenario]) {
    let points = AtomicUsize::new(0);
    let next = AtomicUsize::new(0);
    let drawers: Vec<_> = scenarios.iter().map(|scenario| Drawer::quick(&scenario.person, &KEYS)).collect();
    let mut all = Vec::new();
    for (scenario, drawer) in scenarios.iter().zip(&drawers) {
        let (commands, _) = undisturbed(scenario, drawer);
        println!("{}: {commands} commands", scenario.name);
        all.extend(
            (1..=commands).flat_map(|n| [Tear::Before(n), Tear::After(n)]).map(|t| (scenario, drawer, t)),
        );
    }
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((scenario, drawer, tear)) = all.get(next.fetch_add(1, Ordering::SeqCst)) {
                    torn(scenario, drawer, *tear);
                    points.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    let points = points.load(Ordering::SeqCst);
    assert_eq!(points, all.len());
    println!("{} kinds of work, {points} points of tearing, 0 failures", scenarios.len());
}

#[test]
fn torn_at_any_command_pins_and_revocations_are_brought_to_a_proven_end() {
    torn_everywhere(&scenario::without_new_keys());
}

#[test]
fn torn_at_any_command_new_certificates_are_brought_to_a_proven_end() {
    torn_everywhere(&scenario::with_new_keys());
}

/// Torn once, and once more inside the work that goes on: the second look is as honest as the first.
#[test]
fn torn_twice_the_card_is_brought_to_a_proven_end() {
    let mut points = 0;
    for scenario in scenario::without_new_keys().into_iter().take(5) {
        let drawer = Drawer::quick(&scenario.person, &KEYS);
        let (commands, _) = undisturbed(&scenario, &drawer);
        for (one, two) in
            (1..=commands).step_by(7).flat_map(|n| (1..=commands).step_by(11).map(move |m| (n, m)))
        {
            let at = format!("{}, after {one} and after {two}", scenario.name);
            let reader = TearingReader::new(drawer.card(), Tear::After(one));
            let (issuer, mut steps) = (TrainingIssuer::default(), Vec::new());
            scenario.act(&reader, &issuer, &scenario.plan, &mut steps).unwrap_err();
            reader.lay_again();
            let mut state = look(&*reader.reader, &scenario.plan, &steps, None);
            if let Next::AskPins { kinds } = &state.next {
                state = look(&*reader.reader, &scenario.plan, &steps, Some(&scenario.asked(kinds)));
            }
            let mut kept = vec![state.done.clone()];
            let mut rest = Scenario { plan: state.rest.clone(), ..scenario.clone() };
            if state.next == Next::Finish {
                continue;
            }
            rest.whole = scenario.plan.clone();
            let card = reader.reader.take_away().unwrap();
            let reader = TearingReader::new(card, Tear::After(two));
            let again = rest.act(&reader, &issuer, &rest.plan, &mut steps);
            reader.lay_again();
            match again {
                Ok(outcome) => kept.push(outcome),
                Err(_) => kept.extend(go_on(&rest, &*reader.reader, &issuer, &mut steps, &at)),
            }
            is_done(&scenario, &*reader.reader, &issuer, &kept, &at);
            points += 1;
        }
    }
    println!("{points} pairs of points, 0 failures");
}

/// The program dies at every step of the journal: before the step is on disk, and with the step on disk and nothing of
/// it sent.
#[test]
fn dead_at_any_step_of_the_journal_the_card_is_brought_to_a_proven_end() {
    struct Dying {
        written: Vec<JournalStep>,
        dies_at: usize,
        keeps_it: bool,
    }
    impl Journal for Dying {
        fn step(&mut self, step: &JournalStep) -> Result<(), JournalError> {
            let dies = self.written.len() == self.dies_at;
            if !dies || self.keeps_it {
                self.written.push(step.clone());
            }
            if dies { Err(JournalError("電源が切れました".into())) } else { Ok(()) }
        }
    }
    let mut points = 0;
    let with_keys = scenario::with_new_keys()
        .into_iter()
        .filter(|scenario| scenario.name.contains("both") || scenario.name.contains("locked"));
    for scenario in scenario::without_new_keys().into_iter().chain(with_keys) {
        let drawer = Drawer::quick(&scenario.person, &KEYS);
        let (_, whole) = undisturbed(&scenario, &drawer);
        for (dies_at, keeps_it) in (0..whole.len()).flat_map(|n| [(n, false), (n, true)]) {
            let at = format!("{}, step {dies_at}, on disk: {keeps_it}", scenario.name);
            let reader = TearingReader::new(drawer.card(), Tear::Never);
            let issuer = TrainingIssuer::default();
            let mut journal = Dying { written: Vec::new(), dies_at, keeps_it };
            let error = scenario.act(&reader, &issuer, &scenario.plan, &mut journal).unwrap_err();
            assert!(matches!(error.cause, Cause::Journal(_)), "{at}: {error}");
            let mut steps = journal.written;
            let done = go_on(&scenario, &*reader.reader, &issuer, &mut steps, &at);
            is_done(&scenario, &*reader.reader, &issuer, &done, &at);
            points += 1;
        }
    }
    println!("{points} steps at which the program died, 0 failures");
}
