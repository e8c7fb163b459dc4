//! Reading and PINs, on the virtual card.

mod desk;

use card::error::CardError;
use card::pins::{Consent, change, verify};
use card::prove::prove;
use card::read::{read_attributes, read_brief, read_public, read_signature_certificate};
use card::readers::Reader as _;
use card::trust::Trust;
use card::virtual_card::{Defect, PastTheEnd, TokenLabel};
use desk::{Desk, OLD_AUTHENTICATION, OLD_SIGNATURE, day, person, pin, right_pin, wrong_pin};
use rules::kinds::{CertificateKind, PinKind};

#[test]
fn a_card_says_everything_that_needs_no_pin() {
    let person = person();
    let reader = Desk::with(&person);
    let reading = read_public(&mut *reader.connect().unwrap()).unwrap();
    assert_eq!(reading.card, person.identity());
    assert_eq!(reading.token, "JPKIAPICCTOKEN2");
    assert_eq!(reading.signature_present, Some(true));
    assert_eq!(reading.authorities.len(), 2);
    for state in &reading.pins.0 {
        assert!(state.full(), "{state:?}");
    }
    let certificate = reading.authentication.as_ref().unwrap();
    assert_eq!(certificate.serial, OLD_AUTHENTICATION);
    assert_eq!((certificate.issued, certificate.expires), (day("2021-12-01"), day("2027-01-10")));
    assert_eq!(Trust::Training.check(certificate.kind, &certificate.der, day("2026-11-22")), Ok(()));

    // The short reading says the same, and both survive the way to a screen and back.
    let brief = read_brief(&mut *reader.connect().unwrap()).unwrap();
    assert_eq!(
        (&brief.card, &brief.authentication, &brief.pins),
        (&reading.card, &reading.authentication, &reading.pins)
    );
    let text = serde_json::to_string(&reading).unwrap();
    assert_eq!(serde_json::from_str::<card::read::CardReading>(&text).unwrap(), reading);
}

#[test]
fn what_needs_a_pin_is_read_with_it_and_not_without() {
    let person = person();
    let reader = Desk::with(&person);
    let mut link = reader.connect().unwrap();
    let signature =
        read_signature_certificate(&mut *link, &right_pin(PinKind::Signature), Consent::NotAsked).unwrap();
    assert_eq!(signature.serial, OLD_SIGNATURE);
    let holder = read_attributes(&mut *link, &right_pin(PinKind::CardEntry), Consent::NotAsked).unwrap();
    assert_eq!(holder, person.holder);
    assert_eq!(
        read_signature_certificate(&mut *link, &wrong_pin(PinKind::Signature), Consent::NotAsked),
        Err(CardError::PinWrong { kind: PinKind::Signature, left: 4 })
    );
}

#[test]
fn the_last_try_is_spent_only_with_consent_and_a_lock_is_told() {
    for kind in PinKind::ALL.iter().copied() {
        let reader = Desk::with(&person());
        let mut link = reader.connect().unwrap();
        let max = rules::pins::max_tries(kind);
        for left in (1..max).rev() {
            let result = verify(&mut *link, kind, &wrong_pin(kind), Consent::NotAsked);
            assert_eq!(result, Err(CardError::PinWrong { kind, left }));
        }
        let one_left = |link: &mut dyn card::link::CardLink| {
            assert_eq!(read_brief(link).unwrap().pins.of(kind).unwrap().left, Some(1));
        };
        // Neither a wrong nor a right PIN is sent without consent.
        for value in [wrong_pin(kind), right_pin(kind)] {
            assert_eq!(verify(&mut *link, kind, &value, Consent::NotAsked), Err(CardError::LastTry { kind }));
            one_left(&mut *link);
        }
        // A right one with consent sets the tries back.
        verify(&mut *link, kind, &right_pin(kind), Consent::LastTryAgreed).unwrap();
        assert!(read_brief(&mut *link).unwrap().pins.of(kind).unwrap().full());
        // And a wrong one locks, which is told as such from then on.
        for _ in 1..max {
            verify(&mut *link, kind, &wrong_pin(kind), Consent::NotAsked).unwrap_err();
        }
        for _ in 0..2 {
            let result = verify(&mut *link, kind, &wrong_pin(kind), Consent::LastTryAgreed);
            assert_eq!(result, Err(CardError::PinLocked { kind }));
        }
        assert_eq!(read_brief(&mut *link).unwrap().pins.locked(), [kind]);
    }
}

#[test]
fn a_pin_that_can_not_be_right_is_never_sent() {
    let reader = Desk::with(&person());
    let mut link = reader.connect().unwrap();
    for (kind, value) in [
        (PinKind::Signature, "ABCDEF"),
        (PinKind::Signature, "A1"),
        (PinKind::Signature, "パスワード1"),
        (PinKind::Authentication, "12345"),
        (PinKind::Authentication, "12a4"),
        (PinKind::ResidentRegister, ""),
    ] {
        let result = verify(&mut *link, kind, &pin(value), Consent::NotAsked);
        assert!(matches!(result, Err(CardError::PinMalformed { .. })), "{kind:?} {result:?}");
    }
    assert!(read_brief(&mut *link).unwrap().pins.0.iter().all(|state| state.full()));
}

#[test]
fn a_changed_pin_is_the_new_one_and_no_longer_the_old() {
    let reader = Desk::with(&person());
    for kind in PinKind::ALL.iter().copied() {
        let new = pin(if kind == PinKind::Signature { "kaeta2026" } else { "8642" });
        let mut link = reader.connect().unwrap();
        let weak = pin("XYZ");
        assert!(matches!(
            change(&mut *link, kind, &right_pin(kind), &weak, Consent::NotAsked),
            Err(CardError::PinMalformed { .. })
        ));
        change(&mut *link, kind, &right_pin(kind), &new, Consent::NotAsked).unwrap();
        drop(link);
        let mut link = reader.connect().unwrap();
        verify(&mut *link, kind, &new, Consent::NotAsked).unwrap();
        assert!(matches!(
            verify(&mut *link, kind, &right_pin(kind), Consent::NotAsked),
            Err(CardError::PinWrong { .. })
        ));
    }
}

#[test]
fn a_key_is_proven_by_its_own_certificate_only() {
    let reader = Desk::with(&person());
    let mut link = reader.connect().unwrap();
    let signature =
        read_signature_certificate(&mut *link, &right_pin(PinKind::Signature), Consent::NotAsked).unwrap();
    let authentication = read_brief(&mut *link).unwrap().authentication.unwrap();
    for (kind, own, other) in [
        (CertificateKind::Signature, &signature, &authentication),
        (CertificateKind::Authentication, &authentication, &signature),
    ] {
        let mut prove =
            |der| prove(&mut *link, kind, &right_pin(kind.pin()), Consent::NotAsked, der, &[3; 32]);
        assert_eq!(prove(&own.der), Ok(()));
        assert_eq!(prove(&other.der), Err(CardError::KeyDiffers { kind }));
    }
}

#[test]
fn what_is_not_a_my_number_card_is_called_what_it_is() {
    for (defect, token, error) in [
        (Defect::ForeignCard, TokenLabel::Card, CardError::NotMyNumberCard),
        (Defect::Unreadable, TokenLabel::Card, CardError::Unreadable),
        (Defect::None, TokenLabel::Android, CardError::NotACard),
        (Defect::None, TokenLabel::Iphone, CardError::NotACard),
    ] {
        let mut person = person();
        person.defect = defect;
        person.token = token;
        let reader = Desk::with(&person);
        assert_eq!(read_brief(&mut *reader.connect().unwrap()), Err(error));
    }
    let mut person = person();
    person.token = TokenLabel::OldCard;
    assert!(read_brief(&mut *Desk::with(&person).connect().unwrap()).is_ok());
}

#[test]
fn a_card_without_certificates_and_every_uncertain_behaviour_is_read() {
    let mut empty = person();
    empty.certificates.clear();
    let reading = read_public(&mut *Desk::with(&empty).connect().unwrap()).unwrap();
    assert_eq!((reading.authentication, reading.signature_present), (None, Some(false)));

    for past_the_end in [PastTheEnd::ShortAnswer, PastTheEnd::Warning, PastTheEnd::CorrectLength] {
        let mut person = person();
        person.switches.past_the_end = past_the_end;
        person.switches.first_command_fails = true;
        person.switches.verified_survives_reselection = false;
        person.switches.verified_survives_warm_reset = false;
        let reader = Desk::with(&person);
        let mut link = reader.connect().unwrap();
        assert_eq!(read_public(&mut *link).unwrap().authentication.unwrap().serial, OLD_AUTHENTICATION);
        let pin = right_pin(PinKind::Signature);
        assert!(read_signature_certificate(&mut *link, &pin, Consent::NotAsked).is_ok());
        assert!(read_attributes(&mut *link, &right_pin(PinKind::CardEntry), Consent::NotAsked).is_ok());
    }
}

/// A chip that answers nonsense ends in a sentence, never in a panic or an endless wait.
#[test]
fn nonsense_from_a_chip_is_an_error_in_words() {
    struct Nonsense {
        state: u64,
        status: &'static [[u8; 2]],
    }
    impl Nonsense {
        fn next(&mut self) -> u8 {
            // xorshift: the same nonsense in every run.
            self.state ^= self.state << 13;
            self.state ^= self.state >> 7;
            self.state ^= self.state << 17;
            self.state.to_le_bytes()[3]
        }
    }
    impl card::link::CardLink for Nonsense {
        fn transmit(&mut self, _: &[u8]) -> Result<Vec<u8>, CardError> {
            let length = usize::from(self.next()) % 80;
            let mut answer: Vec<u8> = (0..length).map(|_| self.next()).collect();
            // Heads that parse further: a certificate, a private record, a simple record.
            let heads: [&[u8]; 4] =
                [&[0x30, 0x82, 0x00, 0x40], &[0xFF, 0x20, 0x20], &[0x01, 0x1C], &[0x30, 0x84, 0xFF]];
            let head = heads[usize::from(self.next()) % 4];
            if answer.len() >= head.len() {
                answer[..head.len()].copy_from_slice(head);
            }
            let status = self.status[usize::from(self.next()) % self.status.len()];
            answer.extend(status);
            Ok(answer)
        }
    }
    let statuses: [&[[u8; 2]]; 4] = [
        &[[0x90, 0x00]],
        &[[0x90, 0x00], [0x90, 0x00], [0x63, 0xC3]],
        &[[0x61, 0x10]],
        &[[0x90, 0], [0x6C, 5], [0x62, 0x82]],
    ];
    for seed in 1..=400 {
        let mut link =
            Nonsense { state: seed * 0x9E37_79B9, status: statuses[usize::try_from(seed).unwrap() % 4] };
        let _ = read_public(&mut link).map_err(|error| assert!(error.to_string().ends_with('。'), "{error}"));
        for kind in PinKind::ALL.iter().copied() {
            let _ = verify(&mut link, kind, &right_pin(kind), Consent::NotAsked);
        }
        let _ = read_attributes(&mut link, &right_pin(PinKind::CardEntry), Consent::NotAsked);
        let _ = read_signature_certificate(&mut link, &right_pin(PinKind::Signature), Consent::NotAsked);
    }
}

#[test]
fn a_card_taken_from_under_a_connection_is_gone_for_good() {
    let desk = Desk::with(&person());
    let reader = &desk.reader;
    let generation = reader.sight().generation().unwrap();
    let mut link = reader.connect().unwrap();
    assert!(matches!(reader.connect(), Err(CardError::HeldByAnother)));
    let card = reader.take_away().unwrap();
    assert!(matches!(read_brief(&mut *link), Err(CardError::CardRemoved)));
    reader.lay(card);
    assert!(reader.sight().generation().unwrap() > generation);
    assert!(
        matches!(read_brief(&mut *link), Err(CardError::CardRemoved)),
        "laid again is another connection"
    );
    let mut fresh = reader.connect().unwrap();
    assert!(read_brief(&mut *fresh).is_ok());
    drop(link);
    assert!(read_brief(&mut *fresh).is_ok(), "an old link's end is none of the new one's business");
}
