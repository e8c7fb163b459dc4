//! The card torn away inside an update, at every command; and what one look and one more update make of it.

mod desk;

use std::sync::atomic::Ordering;

use card::error::CardError;
use card::issuer::training::TrainingIssuer;
use card::read::read_brief;
use card::readers::Reader;
use card::trust::Trust;
use card::update::{
    Cause, Examination, Journal, JournalError, JournalStep, Next, OldKey, TrueState, Truth, UpdateError,
    UpdateOutcome, UpdatePins, UpdatePlan, carry_out, examine,
};
use card::virtual_card::CardPerson;
use desk::{Drawer, OLD_AUTHENTICATION, OLD_SIGNATURE, Tear, TearingReader, now, order, person, pins, plan};

fn state_of(reader: &dyn Reader, plan: &UpdatePlan, steps: &[JournalStep], with_pins: bool) -> TrueState {
    let pins = pins();
    let case = Examination {
        plan,
        steps,
        pins: with_pins.then_some(&pins),
        trust: Trust::Training,
        at: now(),
        entropy: [9; 32],
    };
    examine(&mut *reader.connect().unwrap(), &case).unwrap()
}

/// A card for face recognition has no PIN that works: its new certificate is read back, and nothing more is claimed.
#[test]
fn a_card_without_pins_is_renewed_and_its_key_is_not_called_proven() {
    let mut person = person();
    person.face_only = true;
    person.certificates.remove(0);
    let drawer = Drawer::new(&person);
    let mut plan = plan(&person);
    plan.certificates.remove(0);
    let pins = UpdatePins::default();
    let renewed = |reader: &dyn Reader, plan: &UpdatePlan, journal: &mut Vec<JournalStep>| {
        carry_out(
            reader,
            &TrainingIssuer::default(),
            &order(plan, &pins, &person.holder),
            journal,
            &mut |_| {},
        )
    };
    let reader = TearingReader::new(drawer.card(), Tear::Never);
    let outcome = renewed(&reader, &plan, &mut Vec::new()).unwrap();
    assert_eq!(outcome.certificates.len(), 1);
    assert!(!outcome.certificates[0].proven);
    let commands = reader.sent.load(Ordering::SeqCst);
    for n in 1..=commands {
        let reader = TearingReader::new(drawer.card(), Tear::After(n));
        let mut journal = Vec::new();
        let error = renewed(&reader, &plan, &mut journal).unwrap_err();
        reader.lay_again();
        let state = state_of(&*reader.reader, &plan, &journal, false);
        assert_eq!(state.next == Next::StartAgain, !error.touched(), "{n}: {state:?}");
        if !matches!(state.next, Next::Finish | Next::StartAgain) {
            assert_eq!(state.next, Next::Resume, "{n}");
            renewed(&*reader.reader, &state.rest, &mut journal)
                .unwrap_or_else(|error| panic!("{n}: {error}"));
        }
    }
}

/// The card is torn away at every command, before and after the card acted. Then one look and one more update bring
/// it to a proven end, or the card is as it was.
#[test]
fn torn_at_any_command_the_card_is_brought_to_a_proven_end() {
    let person = person();
    let drawer = Drawer::new(&person);
    let commands = {
        let reader = TearingReader::new(drawer.card(), Tear::Never);
        update(&reader, &plan(&person), &mut Vec::new()).unwrap();
        reader.sent.load(Ordering::SeqCst)
    };
    let points: Vec<Tear> = (1..=commands).flat_map(|n| [Tear::Before(n), Tear::After(n)]).collect();
    let workers = 2;
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let (points, drawer, person) = (&points, &drawer, &person);
            scope.spawn(move || {
                for tear in points.iter().skip(worker).step_by(workers) {
                    torn(drawer, person, *tear);
                }
            });
        }
    });
    println!("{} points of tearing, 0 failures", points.len());
}

/// The program dies at every step of the journal: the step is on disk, and nothing of it was sent.
#[test]
fn dead_at_any_step_of_the_journal_the_card_is_brought_to_a_proven_end() {
    struct Dying {
        written: Vec<JournalStep>,
        dies_at: usize,
    }
    impl Journal for Dying {
        fn step(&mut self, step: &JournalStep) -> Result<(), JournalError> {
            self.written.push(step.clone());
            if self.written.len() > self.dies_at {
                Err(JournalError("電源が切れました".into()))
            } else {
                Ok(())
            }
        }
    }
    let (person, pins) = (person(), pins());
    let drawer = Drawer::new(&person);
    let plan = plan(&person);
    let mut whole = Vec::new();
    update(&TearingReader::new(drawer.card(), Tear::Never), &plan, &mut whole).unwrap();
    for dies_at in 0..whole.len() {
        let reader = TearingReader::new(drawer.card(), Tear::Never);
        let mut journal = Dying { written: Vec::new(), dies_at };
        let order = order(&plan, &pins, &person.holder);
        let error =
            carry_out(&reader, &TrainingIssuer::default(), &order, &mut journal, &mut |_| {}).unwrap_err();
        assert!(matches!(error.cause, Cause::Journal(_)), "{dies_at}: {error}");
        let mut written = journal.written;
        let state = state_of(&reader, &plan, &written, true);
        if state.next != Next::Finish {
            update(&reader, &state.rest, &mut written).unwrap_or_else(|error| panic!("{dies_at}: {error}"));
        }
        let end = state_of(&reader, &plan, &written, true);
        assert_eq!(end.next, Next::Finish, "{dies_at}: {:?}", end.certificates);
    }
}

fn update(
    reader: &dyn Reader,
    plan: &UpdatePlan,
    journal: &mut Vec<JournalStep>,
) -> Result<UpdateOutcome, UpdateError> {
    let (person, pins) = (person(), pins());
    carry_out(reader, &TrainingIssuer::default(), &order(plan, &pins, &person.holder), journal, &mut |_| {})
}

fn torn(drawer: &Drawer, person: &CardPerson, tear: Tear) {
    let plan = plan(person);
    let reader = TearingReader::new(drawer.card(), tear);
    let mut journal = Vec::new();
    let error = update(&reader, &plan, &mut journal).unwrap_err();
    assert!(
        matches!(error.cause, Cause::Card(CardError::CardRemoved | CardError::NoCard)),
        "{tear:?}: {error}"
    );
    reader.lay_again();

    // Without the PINs nothing false is said: what may have been touched is never called old or new.
    let first = state_of(&*reader.reader, &plan, &journal, false);
    for (certificate, (kind, key)) in first.certificates.iter().zip(&error.old_keys) {
        assert_eq!(certificate.kind, *kind);
        match key {
            OldKey::Intact => assert_eq!(certificate.truth, Truth::Old, "{tear:?}"),
            OldKey::Unknown | OldKey::Gone => {
                assert!(
                    matches!(certificate.truth, Truth::NeedsPin | Truth::Lost),
                    "{tear:?}: {certificate:?}"
                );
            }
        }
    }
    assert_eq!(first.next == Next::StartAgain, !error.touched(), "{tear:?}");

    // With the PINs the whole truth comes out, and what is left is done.
    let state = state_of(&*reader.reader, &plan, &journal, true);
    assert!(!matches!(state.next, Next::AskPins { .. }));
    let mut done: Vec<_> = state.done.certificates.iter().map(|new| new.reading.serial.clone()).collect();
    if state.next == Next::StartAgain {
        // Nothing was written: the update is simply done again, which a few of these points show for all.
        assert_eq!(
            read_brief(&mut *reader.reader.connect().unwrap()).unwrap().authentication.unwrap().serial,
            OLD_AUTHENTICATION
        );
        if !matches!(tear, Tear::Before(n) | Tear::After(n) if n % 16 == 1) {
            return;
        }
    }
    if state.next != Next::Finish {
        let rest = update(&*reader.reader, &state.rest, &mut journal)
            .unwrap_or_else(|error| panic!("{tear:?}: {error}"));
        done.extend(rest.certificates.iter().map(|new| new.reading.serial.clone()));
    }
    assert_eq!(done.len(), 2, "{tear:?}");
    assert!(!done.iter().any(|serial| serial == OLD_SIGNATURE || serial == OLD_AUTHENTICATION), "{tear:?}");
    let end = state_of(&*reader.reader, &plan, &journal, true);
    assert!(end.certificates.iter().all(|certificate| certificate.truth == Truth::New), "{tear:?}: {end:?}");
    assert!(end.done.pins.0.iter().all(|state| state.full()), "{tear:?}: a try was lost");
}
