//! The issuer's side of a session, with a card that answers anything.
#![no_main]

use card::issuer::training::TrainingIssuer;
use card::issuer::{Issuer as _, Operation, Order, Step};
use fuzz::{Pieces, now, person, plan};
use libfuzzer_sys::fuzz_target;
use rules::kinds::PinKind;

fuzz_target!(|data: &[u8]| {
    let person = person();
    let plan = plan(person.identity(), false);
    let mut operations = vec![Operation::ResetPin { kind: PinKind::Signature, block: vec![7; 256] }];
    operations.extend(plan.certificates.iter().map(|planned| Operation::NewCertificate {
        kind: planned.kind,
        expires: planned.expires,
        replaces: planned.old_serial.clone(),
    }));
    let order = Order {
        card: person.identity(),
        holder: person.holder,
        operations,
        at: now(),
        entropy: [5; 32],
        resumes: None,
    };
    let mut session = TrainingIssuer::default().open(order).expect("the order is in order");
    let (mut answers, mut counter) = (Pieces::new(data), 0);
    let mut step = session.next(counter, None);
    while let Ok(Step::Command { apdu, .. }) = step {
        assert!(card::apdu::Command::parse(&apdu).is_ok(), "a whole command");
        let Some(answer) = answers.next_piece() else { return };
        counter += 1;
        step = session.next(counter, Some(&answer));
    }
    assert!(step.is_err(), "without the card's keys nobody gets to the end");
});
