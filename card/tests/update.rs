//! The update, whole and torn, on the virtual card with the training issuer.

mod desk;

use std::sync::atomic::Ordering;

use card::error::CardError;
use card::issuer::training::TrainingIssuer;
use card::issuer::{Issuer, IssuerError, Operation, Order, Session};
use card::read::{CardReading, read_brief};
use card::readers::Reader;
use card::trust::Trust;
use card::update::{
    Cause, Examination, JournalError, JournalStep, NewCertificate, Next, OldKey, TrueState, Truth,
    UpdateOutcome, UpdatePlan, before_terminal, check_after_terminal, examine, renew,
};
use desk::{
    Desk, Drawer, OLD_AUTHENTICATION, OLD_SIGNATURE, Tear, TearingReader, day, now, order, person, pins,
    plan, wrong_pin,
};
use rules::kinds::CertificateKind;

fn brief(reader: &dyn Reader) -> CardReading {
    read_brief(&mut *reader.connect().unwrap()).unwrap()
}

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

#[test]
fn a_renewal_puts_two_proven_certificates_on_the_card() {
    let person = person();
    let reader = Desk::with(&person);
    let (plan, pins) = (plan(&person), pins());
    let (mut journal, mut progress) = (Vec::new(), Vec::new());
    let outcome =
        renew(&reader, &TrainingIssuer, &order(&plan, &pins, &person.holder), &mut journal, &mut |report| {
            progress.push(report);
        })
        .unwrap();

    assert_eq!(outcome.certificates.len(), 2);
    for new in &outcome.certificates {
        assert!(new.proven && !new.differs());
        assert_eq!((new.reading.issued, new.reading.expires), (day("2026-11-22"), day("2032-01-10")));
        assert!(![OLD_SIGNATURE, OLD_AUTHENTICATION].contains(&new.reading.serial.as_str()));
    }
    assert_eq!(outcome.alarms(), Vec::<String>::new());
    let authentication = outcome.certificate(CertificateKind::Authentication).unwrap();
    assert_eq!(brief(&reader).authentication.as_ref(), Some(&authentication.reading), "the card says so too");

    let codes: Vec<_> = journal.iter().map(JournalStep::code).collect();
    assert_eq!(codes[..3], ["connect", "verify_pins", "open_issuer"]);
    assert_eq!(codes[codes.len() - 4..], ["read_back", "prove", "prove", "finish"]);
    assert!(progress.windows(2).all(|pair| pair[0].percent <= pair[1].percent));
    assert_eq!(progress.last().unwrap().percent, 100);
    let written = serde_json::to_string(&journal).unwrap();
    for secret in ["TRAIN123", "train123", "1111", "2222"] {
        assert!(!written.contains(secret), "the journal holds a PIN");
    }
    assert_eq!(serde_json::from_str::<Vec<JournalStep>>(&written).unwrap(), journal);
}

#[test]
fn another_card_is_refused_before_any_pin_is_presented() {
    let person = person();
    let mut other = person.clone();
    other.card_number = "999900000000025".into();
    let mut renewed_elsewhere = person.clone();
    renewed_elsewhere.certificates[1].serial = "52A1".into();
    for swapped in [other, renewed_elsewhere] {
        let reader = Desk::with(&swapped);
        let (plan, mut pins) = (plan(&person), pins());
        pins.signature = Some(wrong_pin(rules::kinds::PinKind::Signature));
        let mut journal = Vec::new();
        let error =
            renew(&reader, &TrainingIssuer, &order(&plan, &pins, &person.holder), &mut journal, &mut |_| {})
                .unwrap_err();
        assert!(matches!(error.cause, Cause::Card(CardError::OtherCard { .. })), "{error}");
        assert!(!error.touched());
        assert_eq!(journal.len(), 1);
        assert!(brief(&reader).pins.0.iter().all(|state| state.full()), "no try was spent");
    }
}

#[test]
fn a_card_swapped_between_the_reading_and_the_writing_is_refused() {
    // The swap happens after the PINs, which is when a person has time for it.
    struct Swapping<'a>(&'a dyn Fn());
    impl card::update::Journal for Swapping<'_> {
        fn step(&mut self, step: &JournalStep) -> Result<(), JournalError> {
            if matches!(step, JournalStep::OpenIssuer { .. }) {
                (self.0)();
            }
            Ok(())
        }
    }
    let person = person();
    let mut other = person.clone();
    other.card_number = "999900000000033".into();
    let (reader, other_drawer) = (Desk::with(&person), Drawer::new(&other));
    let (plan, pins) = (plan(&person), pins());
    let swap = || {
        reader.reader.lay(other_drawer.card());
    };
    let error = renew(
        &reader,
        &TrainingIssuer,
        &order(&plan, &pins, &person.holder),
        &mut Swapping(&swap),
        &mut |_| {},
    )
    .unwrap_err();
    assert_eq!(error.cause, Cause::Card(CardError::CardRemoved));
    assert!(!error.touched());
    assert_eq!(brief(&reader).authentication.unwrap().serial, OLD_AUTHENTICATION);
}

#[test]
fn a_wrong_pin_stops_everything_before_the_issuer_is_asked() {
    struct Unasked;
    impl Issuer for Unasked {
        fn open(&self, _: Order) -> Result<Box<dyn Session>, IssuerError> {
            panic!("the issuer was asked");
        }
    }
    let person = person();
    let reader = Desk::with(&person);
    let plan = plan(&person);
    for kind in pins().entered() {
        let mut pins = pins();
        let slot = match kind {
            rules::kinds::PinKind::Signature => &mut pins.signature,
            rules::kinds::PinKind::Authentication => &mut pins.authentication,
            _ => &mut pins.resident_register,
        };
        *slot = Some(wrong_pin(kind));
        let error =
            renew(&reader, &Unasked, &order(&plan, &pins, &person.holder), &mut Vec::new(), &mut |_| {})
                .unwrap_err();
        assert!(matches!(error.cause, Cause::Card(CardError::PinWrong { kind: wrong, .. }) if wrong == kind));
        assert!(!error.touched());
        assert!(error.to_string().contains("カードの中身は変わっていません"));
    }
}

#[test]
fn a_journal_that_can_not_be_written_stops_the_update_before_the_step() {
    struct Full(usize);
    impl card::update::Journal for Full {
        fn step(&mut self, _: &JournalStep) -> Result<(), JournalError> {
            self.0 = self.0.checked_sub(1).ok_or_else(|| JournalError("空き容量がありません".into()))?;
            Ok(())
        }
    }
    let person = person();
    let (plan, pins) = (plan(&person), pins());
    for steps in 0..4 {
        let reader = Desk::with(&person);
        let order = order(&plan, &pins, &person.holder);
        let error = renew(&reader, &TrainingIssuer, &order, &mut Full(steps), &mut |_| {}).unwrap_err();
        assert!(matches!(error.cause, Cause::Journal(_)));
        assert!(!error.touched());
        assert_eq!(brief(&reader).authentication.unwrap().serial, OLD_AUTHENTICATION);
    }
}

/// An issuer that gives another last day than it was asked for: the card wins, and somebody must look.
#[test]
fn another_expiry_than_predicted_is_an_alarm() {
    struct Generous;
    impl Issuer for Generous {
        fn open(&self, mut order: Order) -> Result<Box<dyn Session>, IssuerError> {
            for operation in &mut order.operations {
                if let Operation::NewCertificate { expires, .. } = operation {
                    *expires = day("2031-01-10");
                }
            }
            TrainingIssuer.open(order)
        }
    }
    let person = person();
    let reader = Desk::with(&person);
    let (plan, pins) = (plan(&person), pins());
    let order = order(&plan, &pins, &person.holder);
    let outcome = renew(&reader, &Generous, &order, &mut Vec::new(), &mut |_| {}).unwrap();
    assert!(outcome.certificates.iter().all(NewCertificate::differs));
    assert_eq!(outcome.alarms().len(), 2);
    assert!(outcome.alarms()[0].contains("令和13年1月10日"), "{:?}", outcome.alarms());
}

#[test]
fn what_the_other_terminal_wrote_is_proven_and_what_it_did_not_write_is_noticed() {
    let person = person();
    let reader = Desk::with(&person);
    let (plan, pins) = (plan(&person), pins());
    let order = order(&plan, &pins, &person.holder);
    let old = before_terminal(&reader, &order, &mut Vec::new(), &mut |_| {}).unwrap();
    assert_eq!(old.len(), 2);

    let error = check_after_terminal(&reader, &order, &old, &mut Vec::new(), &mut |_| {}).unwrap_err();
    assert_eq!(error.cause, Cause::NotWritten { kind: CertificateKind::Signature });
    assert!(error.touched(), "nobody here knows what the other terminal did");

    // The other terminal is played by the relay; what it did is found on the card alone.
    let written = renew(&reader, &TrainingIssuer, &order, &mut Vec::new(), &mut |_| {}).unwrap();
    let found = check_after_terminal(&reader, &order, &old, &mut Vec::new(), &mut |_| {}).unwrap();
    assert_eq!(found.certificates, written.certificates);
}

#[test]
fn certificates_of_the_other_mode_are_not_believed() {
    let person = person();
    let reader = Desk::with(&person);
    let (plan, pins) = (plan(&person), pins());
    let mut order = order(&plan, &pins, &person.holder);
    order.trust = Trust::Live;
    let mut journal = Vec::new();
    let error = renew(&reader, &TrainingIssuer, &order, &mut journal, &mut |_| {}).unwrap_err();
    assert!(matches!(error.cause, Cause::Trust { .. }));
    assert!(error.touched());
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

fn update(
    reader: &dyn Reader,
    plan: &UpdatePlan,
    journal: &mut Vec<JournalStep>,
) -> Result<UpdateOutcome, card::update::UpdateError> {
    let (person, pins) = (person(), pins());
    renew(reader, &TrainingIssuer, &order(plan, &pins, &person.holder), journal, &mut |_| {})
}

fn torn(drawer: &Drawer, person: &card::virtual_card::CardPerson, tear: Tear) {
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
