//! Whole sessions of the training issuer with a card.

use myna_card::ap::jpki::{JpkiAp, SignatureScheme};
use myna_card::certificate::Certificate;
use myna_card::{Error, Pin, Retries};
use rules::kinds::{CertificateKind, PinKind};

use super::*;
use crate::issuer::training::TrainingIssuer;
use crate::issuer::{Issuer as _, IssuerError, Operation, Order, Report, Step, pin_block};

fn order(sample: &Sample, operations: Vec<Operation>) -> Order {
    let person = sample.card.person();
    Order {
        card: person.identity(),
        holder: person.holder.clone(),
        operations,
        at: now(),
        resumes: None,
        entropy: std::array::from_fn(|at| u8::try_from(at * 7 % 251).expect("a byte")),
    }
}

fn renewal(sample: &Sample) -> Vec<Operation> {
    let expires = sample.card.person().card_expires;
    let new = |kind| Operation::NewCertificate { kind, expires, replaces: None };
    vec![new(CertificateKind::Authentication), new(CertificateKind::Signature)]
}

/// Runs a session; `tear` may take the card away before the n-th command.
fn run(sample: &mut Sample, order: Order, tear: Option<usize>) -> Result<(Report, usize), IssuerError> {
    let mut session = TrainingIssuer::default().open(order)?;
    let mut answer: Option<Vec<u8>> = None;
    for count in 0.. {
        match session.next(u32::try_from(count).expect("few"), answer.as_deref())? {
            Step::Done(report) => return Ok((report, count)),
            Step::Command { apdu, about } => {
                assert!(!about.is_empty() && apdu.len() <= 300, "{about}");
                if tear == Some(count) {
                    sample.card.power_off();
                    sample.card.power_on();
                    return Err(IssuerError::Unreachable("torn".to_owned()));
                }
                answer = Some(sample.card.transmit(&apdu));
            }
        }
    }
    unreachable!("a session ends")
}

fn read(sample: &mut Sample) -> (Certificate, Certificate) {
    sample.card.power_off();
    sample.card.power_on();
    let mut card = sample.client();
    let mut ap = JpkiAp::select(&mut card).expect("JPKI");
    ap.verify_sign_pin(&Pin::new(TRAINING_SIGNATURE_PIN).expect("a PIN")).expect("PIN");
    (ap.read_auth_certificate().expect("authentication"), ap.read_sign_certificate().expect("signature"))
}

fn prove(sample: &mut Sample) -> Result<(), Error> {
    let mut card = sample.client();
    let mut ap = JpkiAp::select(&mut card)?;
    ap.verify_sign_pin(&Pin::new(TRAINING_SIGNATURE_PIN)?)?;
    ap.verify_auth_pin(&Pin::new(TRAINING_AUTHENTICATION_PIN)?)?;
    ap.sign_with_auth_key_checked(SignatureScheme::Sha256DigestInfo, b"proof")?;
    ap.sign_with_sign_key_checked(SignatureScheme::Sha256DigestInfo, b"proof")?;
    Ok(())
}

#[test]
fn a_renewal_replaces_both_keys_and_both_certificates() {
    let mut sample = sample("renewable");
    let (old_authentication, old_signature) = read(&mut sample);
    let order = order(&sample, renewal(&sample));
    let expires = order.card.expires;
    let (report, commands) = run(&mut sample, order, None).expect("a session");
    println!("commands of a renewal of both certificates: {commands}");

    let (authentication, signature) = read(&mut sample);
    for (kind, new, old) in [
        (CertificateKind::Authentication, &authentication, &old_authentication),
        (CertificateKind::Signature, &signature, &old_signature),
    ] {
        let issued = report.certificates.iter().find(|issued| issued.kind == kind).expect("reported");
        assert_eq!(new.der(), issued.der, "the card carries what was reported");
        assert_eq!(crate::hex::serial(&new.serial_number()), issued.serial);
        assert_eq!(new.validity().1.to_string(), expires.to_string());
        assert_ne!(new.public_key().expect("key"), old.public_key().expect("key"));
        assert_ne!(new.serial_number(), old.serial_number());
    }
    prove(&mut sample).expect("the new keys belong to the new certificates");

    // The whole file was written: nothing of an older, longer certificate is left behind the new one.
    sample.send(SELECT_JPKI);
    assert!(sample.send("00B08A0004").starts_with("3082"));
    assert_eq!(sample.send("00B0070080"), format!("{}9000", "FF".repeat(128)));
}

#[test]
fn a_child_of_fifteen_gets_a_first_signature_certificate() {
    let mut sample = sample_with("minor", |_| {});
    let expires = sample.card.person().card_expires;
    let operations =
        vec![Operation::NewCertificate { kind: CertificateKind::Signature, expires, replaces: None }];
    let order = order(&sample, operations);
    run(&mut sample, order, None).expect("a session");
    let mut card = sample.client();
    let mut ap = JpkiAp::select(&mut card).expect("JPKI");
    let there = ap.read_certificate_availability().expect("availability");
    assert!(there.has_sign_certificate() && there.has_auth_certificate());
}

/// Torn before any command, the session can be run again and ends well; until then nothing pretends to work.
#[test]
fn a_torn_session_can_be_run_again_from_any_point() {
    let mut whole = sample("renewable");
    // One certificate is enough: the second one's commands are the first one's again.
    let one = |sample: &Sample| order(sample, renewal(sample)[..1].to_vec());
    let asked = one(&whole);
    let (_, commands) = run(&mut whole, asked, None).expect("a session");
    for tear in 0..commands {
        let asked = one(&whole);
        assert!(run(&mut whole, asked.clone(), Some(tear)).is_err());
        // A plain client can still talk to the card, whatever state its keys are in.
        assert_eq!(whole.status(SELECT_JPKI), "9000");
        assert_eq!(whole.status("00B08A0004"), "9000");
        run(&mut whole, asked, None).expect("again, from the start");
        prove(&mut whole).expect("whole again");
    }
}

/// No mercy: once the new key is asked for, the old certificate has no working key.
#[test]
fn generating_a_key_ends_the_old_one_at_once() {
    let mut sample = sample("renewable");
    let asked = order(&sample, renewal(&sample));
    // SELECT, INITIALIZE UPDATE, EXTERNAL AUTHENTICATE, SELECT, GENERATE; torn before what follows.
    run(&mut sample, asked, Some(5)).expect_err("torn");
    assert!(matches!(prove(&mut sample), Err(Error::SignatureInvalid(_))));
}

#[test]
fn another_card_than_the_ordered_one_is_refused_before_anything_is_written() {
    let mut sample = sample("renewable");
    let mut wrong = order(&sample, renewal(&sample));
    wrong.card.card_number = "999010000000099".to_owned();
    assert!(matches!(run(&mut sample, wrong, None), Err(IssuerError::ChannelRefused(_))));
    prove(&mut sample).expect("untouched");
}

#[test]
fn without_a_channel_nothing_can_be_administered() {
    let mut sample = sample("renewable");
    let select_manager = "00A4040C07A0000001510000";
    for before in [SELECT_JPKI, select_manager] {
        sample.send(before);
        for command in
            ["84470017000000", "84D6000001AA", "842C029B04AAAAAAAA", "84CADF0100", "84A4020C02000A"]
        {
            assert_eq!(sample.send(command), "6982", "{command}");
        }
        assert_eq!(sample.send("8482330010 00000000000000000000000000000000"), "6985");
    }
    // A host without the keys: the card answers the first step and refuses the second.
    assert!(sample.send("8050000008 0102030405060708 00").ends_with("9000"));
    assert_eq!(sample.send("8482330010 00000000000000000000000000000000"), "6982");
    assert_eq!(sample.send("8482330010 00000000000000000000000000000000"), "6985", "one try a challenge");
    prove(&mut sample).expect("untouched");
}

#[test]
fn a_wrong_mac_and_a_plain_selection_end_the_channel() {
    for disturb in ["84470017080000000000000000", SELECT_JPKI] {
        let mut sample = sample("renewable");
        let mut session =
            TrainingIssuer::default().open(order(&sample, renewal(&sample))).expect("a session");
        let mut answer: Option<Vec<u8>> = None;
        for count in 0..4 {
            let Step::Command { apdu, .. } = session.next(count, answer.as_deref()).expect("a step") else {
                panic!("the session ended")
            };
            if count == 3 {
                sample.send(disturb);
            }
            answer = Some(sample.card.transmit(&apdu));
        }
        let error = session.next(4, answer.as_deref()).expect_err("the channel is gone");
        assert!(matches!(error, IssuerError::CardRefused { status: 0x6982, .. }), "{error:?}");
        assert!(session.next(5, None).is_err(), "and so is the session");
    }
}

#[test]
fn a_sealed_pin_unlocks_only_its_own_reference_and_only_once() {
    let mut sample = sample("auth-locked");
    let object = sample.send("00CADF02000000");
    let object = crate::hex::decode(&object[..object.len() - 4]).expect("hexadecimal");
    let seal = |kind| pin_block::seal(&object, kind, "7777", [9; 16]).expect("sealed");
    let block = seal(PinKind::Authentication);
    assert!(!block.windows(4).any(|part| part == b"7777"));

    let reset = |kind, block: &[u8]| vec![Operation::ResetPin { kind, block: block.to_vec() }];
    let asked = order(&sample, reset(PinKind::Authentication, &block));
    run(&mut sample, asked, None).expect("a session");
    {
        let mut card = sample.client();
        let mut ap = JpkiAp::select(&mut card).expect("JPKI");
        assert_eq!(ap.auth_pin_retries().expect("query"), Retries::Remaining(3));
        ap.verify_auth_pin(&Pin::new("1111").expect("a PIN")).expect_err("the old one");
        ap.verify_auth_pin(&Pin::new("7777").expect("a PIN")).expect("the new one");
    }
    // The same block again, in a later channel.
    let asked = order(&sample, reset(PinKind::Authentication, &block));
    assert!(matches!(run(&mut sample, asked, None), Err(IssuerError::CardRefused { status: 0x6A80, .. })));
    // A block for one PIN doesn't fit another.
    let object = sample.send("00A4040C07A0000001510000") + &sample.send("00CADF02000000");
    let object = crate::hex::decode(&object[4..object.len() - 4]).expect("hexadecimal");
    let block = pin_block::seal(&object, PinKind::Authentication, "7777", [8; 16]).expect("sealed");
    let asked = order(&sample, reset(PinKind::CardEntry, &block));
    assert!(matches!(run(&mut sample, asked, None), Err(IssuerError::CardRefused { status: 0x6A80, .. })));
}

#[test]
fn one_resident_register_pin_is_two_references() {
    let mut sample =
        sample_with("renewable", |person| person.tries_left = vec![(PinKind::ResidentRegister, 0)]);
    let object = sample.send("00CADF02000000");
    let object = crate::hex::decode(&object[..object.len() - 4]).expect("hexadecimal");
    let block = pin_block::seal(&object, PinKind::ResidentRegister, "8888", [9; 16]).expect("sealed");
    let asked = order(&sample, vec![Operation::ResetPin { kind: PinKind::ResidentRegister, block }]);
    run(&mut sample, asked, None).expect("a session");
    for application in [SELECT_JUKI, SELECT_COMMON] {
        sample.send(application);
        assert_eq!(sample.send("0020009C0438383838"), "9000");
    }
}

#[test]
fn orders_that_make_no_sense_are_refused() {
    let sample = sample("renewable");
    let card_end = sample.card.person().card_expires;
    let new =
        |expires| Operation::NewCertificate { kind: CertificateKind::Signature, expires, replaces: None };
    for operations in [
        vec![],
        vec![new(card_end), new(card_end)],
        vec![new(card_end.succ_opt().expect("a date"))],
        vec![new(today().pred_opt().expect("a date"))],
        vec![Operation::ResetPin { kind: PinKind::Signature, block: b"TRAIN123".to_vec() }],
    ] {
        let asked = order(&sample, operations);
        assert!(matches!(TrainingIssuer::default().open(asked), Err(IssuerError::OrderRefused(_))));
    }
    let mut late = order(&sample, vec![new(card_end)]);
    late.card.expires = today().pred_opt().expect("a date");
    assert!(matches!(TrainingIssuer::default().open(late), Err(IssuerError::OrderRefused(_))));
}
