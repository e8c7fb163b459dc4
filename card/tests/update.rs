//! The update, whole and torn, on the virtual card with the training issuer.

mod desk;

use card::error::CardError;
use card::issuer::training::TrainingIssuer;
use card::issuer::{Issuer, IssuerError, Operation, Order, Revocation, Revoked, Session, Step};
use card::pins::Consent;
use card::read::{CardReading, read_brief};
use card::readers::Reader;
use card::trust::Trust;
use card::update::{
    Cause, JournalError, JournalStep, NewCertificate, before_terminal, carry_out, check_after_terminal,
};
use chrono::{DateTime, FixedOffset};
use desk::{
    Desk, Drawer, OLD_AUTHENTICATION, OLD_SIGNATURE, Opening, day, order, person, pins, plan, wrong_pin,
};
use rules::kinds::{CertificateKind, PinKind};

fn brief(reader: &dyn Reader) -> CardReading {
    read_brief(&mut *reader.connect().unwrap()).unwrap()
}

#[test]
fn a_renewal_puts_two_proven_certificates_on_the_card() {
    let person = person();
    let reader = Desk::with(&person);
    let (plan, pins) = (plan(&person), pins());
    let (mut journal, mut progress) = (Vec::new(), Vec::new());
    let outcome = carry_out(
        &reader,
        &TrainingIssuer::default(),
        &order(&plan, &pins, &person.holder),
        &mut journal,
        &mut |report| {
            progress.push(report);
        },
    )
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
        pins.signature = Some(wrong_pin(PinKind::Signature));
        let mut journal = Vec::new();
        let error = carry_out(
            &reader,
            &TrainingIssuer::default(),
            &order(&plan, &pins, &person.holder),
            &mut journal,
            &mut |_| {},
        )
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
    let error = carry_out(
        &reader,
        &TrainingIssuer::default(),
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
    let unasked =
        Opening(TrainingIssuer::default(), |_: &TrainingIssuer, _: Order| panic!("the issuer was asked"));
    let person = person();
    let reader = Desk::with(&person);
    let plan = plan(&person);
    for kind in pins().entered() {
        let mut pins = pins();
        let slot = match kind {
            PinKind::Signature => &mut pins.signature,
            PinKind::Authentication => &mut pins.authentication,
            _ => &mut pins.resident_register,
        };
        *slot = Some(wrong_pin(kind));
        let error =
            carry_out(&reader, &unasked, &order(&plan, &pins, &person.holder), &mut Vec::new(), &mut |_| {})
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
        let error = carry_out(&reader, &TrainingIssuer::default(), &order, &mut Full(steps), &mut |_| {})
            .unwrap_err();
        assert!(matches!(error.cause, Cause::Journal(_)));
        assert!(!error.touched());
        assert_eq!(brief(&reader).authentication.unwrap().serial, OLD_AUTHENTICATION);
    }
}

#[test]
fn a_last_try_is_asked_for_before_anything_else_happens() {
    let mut person = person();
    person.tries_left = vec![(PinKind::Signature, 1)];
    let reader = Desk::with(&person);
    let (plan, mut pins) = (plan(&person), pins());
    let error = carry_out(
        &reader,
        &TrainingIssuer::default(),
        &order(&plan, &pins, &person.holder),
        &mut Vec::new(),
        &mut |_| {},
    )
    .unwrap_err();
    assert_eq!(error.cause, Cause::Card(CardError::LastTry { kind: PinKind::Signature }));
    assert!(!error.touched());
    pins.consent = Consent::LastTryAgreed;
    let order = order(&plan, &pins, &person.holder);
    assert!(carry_out(&reader, &TrainingIssuer::default(), &order, &mut Vec::new(), &mut |_| {}).is_ok());
}

/// An issuer that gives another last day than it was asked for: the card wins, and somebody must look.
#[test]
fn another_expiry_than_predicted_is_an_alarm() {
    let generous = Opening(TrainingIssuer::default(), |issuer: &TrainingIssuer, mut order: Order| {
        for operation in &mut order.operations {
            if let Operation::NewCertificate { expires, .. } = operation {
                *expires = day("2031-01-10");
            }
        }
        issuer.open(order)
    });
    let person = person();
    let reader = Desk::with(&person);
    let (plan, pins) = (plan(&person), pins());
    let order = order(&plan, &pins, &person.holder);
    let outcome = carry_out(&reader, &generous, &order, &mut Vec::new(), &mut |_| {}).unwrap();
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
    let written =
        carry_out(&reader, &TrainingIssuer::default(), &order, &mut Vec::new(), &mut |_| {}).unwrap();
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
    let error =
        carry_out(&reader, &TrainingIssuer::default(), &order, &mut journal, &mut |_| {}).unwrap_err();
    assert!(matches!(error.cause, Cause::Trust { .. }));
    assert!(error.touched());
}

/// An issuer on a bad line: the first message of each connection is lost, or its answer, and every other one after it.
struct BadLine {
    issuer: TrainingIssuer,
    /// The issuer hears the message and only its answer is lost.
    heard: bool,
}

struct Lossy {
    session: Box<dyn Session>,
    heard: bool,
    loses: bool,
}

impl Session for Lossy {
    fn id(&self) -> &str {
        self.session.id()
    }

    fn next(&mut self, counter: u32, answer: Option<&[u8]>) -> Result<Step, IssuerError> {
        self.loses = !self.loses;
        if self.loses {
            return self.session.next(counter, answer);
        }
        if self.heard {
            self.session.next(counter, answer)?;
        }
        Err(IssuerError::Unreachable("回線が切れました。".into()))
    }
}

impl Issuer for BadLine {
    fn open(&self, order: Order) -> Result<Box<dyn Session>, IssuerError> {
        Ok(Box::new(Lossy { session: self.issuer.open(order)?, heard: self.heard, loses: true }))
    }

    fn rejoin(&self, session: &str) -> Result<Box<dyn Session>, IssuerError> {
        Ok(Box::new(Lossy { session: self.issuer.rejoin(session)?, heard: self.heard, loses: false }))
    }

    fn revoke(&self, revocation: &Revocation) -> Result<Revoked, IssuerError> {
        self.issuer.revoke(revocation)
    }

    fn revocation_list(
        &self,
        kind: CertificateKind,
        at: DateTime<FixedOffset>,
    ) -> Result<Option<Vec<u8>>, IssuerError> {
        self.issuer.revocation_list(kind, at)
    }
}

#[test]
fn messages_that_are_lost_are_sent_once_more_and_nothing_happens_twice() {
    for heard in [false, true] {
        let person = person();
        let (plan, pins) = (plan(&person), pins());
        let reader = Desk::with(&person);
        let order = order(&plan, &pins, &person.holder);
        let quiet =
            carry_out(&Desk::with(&person), &TrainingIssuer::default(), &order, &mut Vec::new(), &mut |_| {});
        let issuer = BadLine { issuer: TrainingIssuer::default(), heard };
        let outcome = carry_out(&reader, &issuer, &order, &mut Vec::new(), &mut |_| {}).unwrap();
        assert!(outcome.certificates.iter().all(|new| new.proven), "heard: {heard}");
        assert_eq!(outcome.commands, quiet.unwrap().commands, "heard: {heard}");
    }
}
