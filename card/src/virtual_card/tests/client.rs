//! Everything myna-card can do with a card, done with ours.

use myna_card::ap::common::CommonAp;
use myna_card::ap::jpki::{JpkiAp, SignatureScheme, TokenType};
use myna_card::ap::juki::JukiAp;
use myna_card::ap::surface::{self, SurfaceAp};
use myna_card::ap::text::{self, TextAp};
use myna_card::certificate::Certificate;
use myna_card::data::{Date, ImageFormat, sha256, verification_code_b};
use myna_card::{Card, Error, MasterFile, Pin, Retries};
use rules::kinds::CertificateKind;

use super::*;
use crate::training_ca::ca_certificate;

fn pin(value: &str) -> Pin {
    Pin::new(value).expect("a PIN")
}

const SCHEMES: [SignatureScheme; 6] = [
    SignatureScheme::Verbatim,
    SignatureScheme::Sha256Bare,
    SignatureScheme::PreHashedDigestInfo,
    SignatureScheme::Sha256DigestInfo,
    SignatureScheme::PreHashedPss,
    SignatureScheme::Sha256Pss,
];

#[test]
fn the_card_says_what_it_is() {
    let mut sample = sample("renewable");
    let person = sample.card.person().clone();
    let mut card = sample.client();
    let mut ap = JpkiAp::select(&mut card).expect("JPKI");
    assert_eq!(ap.read_token_type().expect("token"), TokenType::Card);
    let info = ap.read_token_info().expect("token information");
    assert_eq!((info.max_pin_len, info.min_pin_len, info.flags), (16, 6, 0x40D));
    assert!(info.manufacturer_id.contains("NOT J-LIS"));
    let there = ap.read_certificate_availability().expect("availability");
    assert!(there.has_auth_certificate() && there.has_sign_certificate());

    let info = CommonAp::select(&mut card).expect("common").read_card_info().expect("record");
    assert_eq!((info.serial, info.municipality_code), (person.card_number.clone(), person.municipality));
    assert_eq!(info.expiry.to_string(), person.card_expires.to_string());

    let mut whole = MasterFile::select(&mut card).expect("card manager");
    assert_eq!(whole.data_object(0x0045).expect("card id"), person.card_number.as_bytes());
    let chain = whole.certificate_chain().expect("chain");
    assert_eq!(chain.len(), 2);
    let root = Certificate::parse(ca_certificate(CertificateKind::Signature))
        .expect("CA")
        .public_key()
        .expect("key");
    chain[0].verify_with(&root).expect("the root signed the first");
    chain[1].verify_with(&chain[0].public_key).expect("the first signed the second");
    assert_eq!(card.contact_atr().expect("ATR"), sample.card.atr());
}

#[test]
fn certificates_are_the_persons_and_the_keys_sign_for_them() {
    let mut sample = sample("renewable");
    let person = sample.card.person().clone();
    let mut card = sample.client();
    let mut ap = JpkiAp::select(&mut card).expect("JPKI");

    let authentication = ap.read_auth_certificate().expect("free to read");
    let ca = ap.read_auth_ca_certificate().expect("free to read");
    assert_eq!(ca.der(), ca_certificate(CertificateKind::Authentication));
    authentication.verify_signature(&ca).expect("chain");
    assert!(matches!(ap.read_sign_certificate(), Err(Error::Status(status)) if status.value() == 0x6982));
    ap.verify_sign_pin(&pin(TRAINING_SIGNATURE_PIN)).expect("the training PIN");
    let signature = ap.read_sign_certificate().expect("after the PIN");
    signature.verify_signature(&ap.read_sign_ca_certificate().expect("CA")).expect("chain");
    for (kind, certificate) in
        [(CertificateKind::Signature, &signature), (CertificateKind::Authentication, &authentication)]
    {
        let expected = person.certificate(kind).expect("on the card");
        assert_eq!(crate::hex::serial(&certificate.serial_number()), expected.serial);
        assert_eq!(certificate.validity().1.to_string(), expected.expires.to_string());
    }

    ap.verify_auth_pin(&pin(TRAINING_AUTHENTICATION_PIN)).expect("the training PIN");
    for scheme in SCHEMES {
        let data = sha256(b"a message");
        let made = ap.sign_with_auth_key_checked(scheme, &data).expect("authentication key");
        assert_eq!(made.len(), 256);
        ap.sign_with_sign_key_checked(scheme, &data).expect("signature key");
        let wrong = signature.public_key().expect("key");
        assert!(scheme.verify(&wrong, &data, &made).is_err(), "the other key must not fit");
    }
    let pss =
        |ap: &mut JpkiAp<'_, Wire<'_>>| ap.sign_with_auth_key(SignatureScheme::Sha256Pss, b"x").expect("PSS");
    assert_ne!(pss(&mut ap), pss(&mut ap), "the salt is never the same");
}

#[test]
fn wrong_pins_count_down_lock_and_stay_locked() {
    let mut sample = sample("renewable");
    {
        let mut card = sample.client();
        let mut ap = JpkiAp::select(&mut card).expect("JPKI");
        assert_eq!(ap.auth_pin_retries().expect("query"), Retries::Remaining(3));
        for left in [2, 1] {
            let error = ap.verify_auth_pin(&pin("9999")).expect_err("wrong");
            assert!(matches!(error, Error::PinIncorrect { retries: Some(tries) } if tries == left));
        }
        // A success sets the counter back; a query spends nothing.
        ap.verify_auth_pin(&pin("1111")).expect("right");
        assert_eq!(ap.auth_pin_retries().expect("query"), Retries::Remaining(3));
        for _ in 0..3 {
            ap.verify_auth_pin(&pin("9999")).expect_err("wrong");
        }
        assert_eq!(ap.auth_pin_retries().expect("query"), Retries::Blocked);
        assert!(matches!(ap.verify_auth_pin(&pin("1111")), Err(Error::PinBlocked)));
        assert_eq!(
            ap.sign_pin_retries().expect("query"),
            Retries::Remaining(5),
            "the other PIN is untouched"
        );
    }
    let mut again = VirtualCard::open(&sample.path).expect("the file");
    again.power_on();
    let mut card = Card::new(Wire(&mut again));
    let mut ap = JpkiAp::select(&mut card).expect("JPKI");
    assert!(matches!(ap.verify_auth_pin(&pin("1111")), Err(Error::PinBlocked)));
}

#[test]
fn each_pin_can_be_changed_and_only_with_the_old_one() {
    let mut sample = sample("renewable");
    let mut card = sample.client();
    let mut ap = JpkiAp::select(&mut card).expect("JPKI");
    ap.change_auth_pin(&pin("1111"), &pin("4444")).expect("changed");
    ap.verify_auth_pin(&pin("1111")).expect_err("the old one is gone");
    ap.verify_auth_pin(&pin("4444")).expect("the new one");
    ap.change_sign_pin(&pin("TRAIN123"), &pin("NEWPASS9")).expect("changed");
    ap.verify_sign_pin(&pin("NEWPASS9")).expect("the new one");
    assert!(ap.change_sign_pin(&pin("NEWPASS9"), &pin("SHORT")).is_err(), "five characters are too few");

    let mut ap = TextAp::select(&mut card).expect("text");
    ap.change_pin(&pin("3333"), &pin("5555")).expect("changed");
    ap.verify_pin(&pin("5555")).expect("the new one");
    let mut ap = JukiAp::select(&mut card).expect("juki");
    ap.change_pin(&pin("2222"), &pin("6666")).expect("changed");
    ap.verify_pin(&pin("6666")).expect("the new one");
    // Two references in the chip: the common application still has the old value.
    let mut ap = CommonAp::select(&mut card).expect("common");
    ap.verify_pin(&pin("2222")).expect("its own value");
    ap.change_pin(&pin("2222"), &pin("6666")).expect("changed");
}

#[test]
fn the_card_entry_files_open_to_the_right_references_and_are_signed() {
    let mut sample = sample("renewable");
    let person = sample.card.person().clone();
    let mut card = sample.client();
    let mut ap = TextAp::select(&mut card).expect("text");
    let refused = |error: Error| matches!(error, Error::Status(status) if status.value() == 0x6982);
    assert!(refused(ap.read_attributes().expect_err("closed")));
    assert!(refused(ap.read_my_number().expect_err("closed")));
    assert_eq!(ap.retries(text::ef::BLOCKED_0012).expect("query"), Retries::Blocked);
    assert_eq!(ap.retries(text::ef::CODE_A).expect("query"), Retries::Remaining(10));

    ap.verify_pin(&pin(TRAINING_CARD_ENTRY_PIN)).expect("the training PIN");
    let attributes = ap.read_attributes().expect("open");
    assert_eq!((attributes.name, attributes.address), (person.holder.name, person.holder.address));
    assert_eq!(attributes.birth_date.to_string(), person.holder.birth.to_string());
    let number = ap.read_my_number().expect("open");
    let integrity = ap.read_integrity_record().expect("open");
    let issuer = ap.read_certificate().expect("free").public_key;
    integrity.verify(&issuer).expect("signed");
    assert!(integrity.matches_my_number_file(&ap.read_my_number_file().expect("file")));
    let file = ap.read_ef(text::ef::ATTRIBUTES).expect("file");
    assert!(integrity.matches_attributes_file(&file).expect("shape"));
    let key = ap.read_signed_public_key().expect("open");
    key.verify(&issuer).expect("signed");
    let made = ap.sign(b"a challenge").expect("no PIN needed");
    key.public_key.verify_pkcs1_sha256(b"a challenge", &made).expect("the card is present");
    ap.read_ap_basic_data().expect("free");
    ap.read_session_key_public_key().expect("open");

    // Number A opens the number and not the attributes, B the attributes and not the number.
    let birth = Date::parse(person.holder.birth.format("%Y%m%d").to_string().as_bytes()).expect("a date");
    let year = person.card_expires.format("%Y").to_string().parse().expect("a year");
    let code_b = verification_code_b(birth, year, &person.card_number.as_bytes()[11..]).expect("B");
    CommonAp::select(&mut card).expect("another application closes this one");
    let mut ap = TextAp::select(&mut card).expect("text");
    ap.verify_code_a(&number.as_verification_code_a().expect("A")).expect("A");
    ap.read_my_number().expect("A opens it");
    assert!(refused(ap.read_attributes().expect_err("A doesn't open it")));
    CommonAp::select(&mut card).expect("another application closes this one");
    let mut ap = TextAp::select(&mut card).expect("text");
    ap.verify_code_b(&code_b).expect("B");
    ap.read_attributes().expect("B opens it");
    assert!(refused(ap.read_my_number().expect_err("B doesn't open it")));

    let mut ap = SurfaceAp::select(&mut card).expect("surface");
    assert_eq!(ap.read_ap_basic_data().expect("free").municipality_code, person.municipality);
    let issuer = ap.read_certificate().expect("free").public_key;
    ap.verify_birth_date(&pin(&String::from_utf8_lossy(&code_b.as_bytes()[..6]))).expect("birth");
    ap.read_age_record().expect("open").verify(&issuer).expect("signed");
    assert!(refused(ap.read_card_face().expect_err("closed")));
    ap.verify_code_b(&code_b).expect("B");
    let face = ap.read_card_face().expect("open");
    face.verify(&issuer).expect("signed");
    assert_eq!((face.name_image.format, face.photo.format), (ImageFormat::Png, ImageFormat::Jpeg2000));
    assert_eq!(face.expiry.to_string(), person.card_expires.to_string());
    assert!(refused(ap.read_my_number_image().expect_err("B doesn't open it")));
    ap.verify_code_a(&number.as_verification_code_a().expect("A")).expect("A");
    ap.read_my_number_image().expect("A opens it").verify(&issuer).expect("signed");
    assert_eq!(ap.retries(surface::ef::CODE_A).expect("query"), Retries::Remaining(10));
}

#[test]
fn the_made_up_number_can_be_nobodys() {
    let mut sample = sample("renewable");
    let mut card = sample.client();
    let mut ap = TextAp::select(&mut card).expect("text");
    ap.verify_pin(&pin(TRAINING_CARD_ENTRY_PIN)).expect("the training PIN");
    let number = ap.read_my_number().expect("open").as_str().to_owned();
    let digits: Vec<u32> = number.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    let right = if sum % 11 <= 1 { 0 } else { 11 - sum % 11 };
    assert_ne!(digits[11], right, "its check digit must be wrong");
}

#[test]
fn cards_without_a_signature_certificate_have_no_working_signature_pin() {
    for profile in ["minor", "face-only", "adult-ward"] {
        let mut sample = sample(profile);
        let mut card = sample.client();
        let mut ap = JpkiAp::select(&mut card).expect("JPKI");
        let there = ap.read_certificate_availability().expect("availability");
        assert!(!there.has_sign_certificate() && there.has_auth_certificate(), "{profile}");
        assert_eq!(ap.sign_pin_retries().expect("query"), Retries::Blocked, "{profile}");
        ap.read_auth_certificate().expect("free");
        let locked = ap.auth_pin_retries().expect("query") == Retries::Blocked;
        assert_eq!(locked, profile == "face-only", "{profile}");
    }
}

#[test]
fn defects_answer_as_broken_chips_and_other_cards_do() {
    let mut broken = sample("unreadable");
    assert_eq!(broken.status(SELECT_JPKI), "6F00");
    assert_eq!(broken.status(SELECT_JPKI), "6F00");
    let mut other = sample("other-card");
    for select in [SELECT_JPKI, SELECT_TEXT, SELECT_COMMON] {
        assert_eq!(other.status(select), "6A82");
    }
    let mut old = sample("old-token");
    assert!(matches!(
        JpkiAp::select(&mut old.client()).expect("JPKI").read_token_type().expect("token"),
        TokenType::Other(_)
    ));
}

/// A name the card can't write: the substitutes are in the file and the certificate marks them.
#[test]
fn characters_outside_the_cards_set_are_replaced() {
    let mut sample = sample("variation-selectors");
    let mut card = sample.client();
    let mut ap = TextAp::select(&mut card).expect("text");
    ap.verify_pin(&pin(TRAINING_CARD_ENTRY_PIN)).expect("the training PIN");
    assert_eq!(ap.read_attributes().expect("open").name, "渡邉\u{3000}吉之助");
    let mut ap = JpkiAp::select(&mut card).expect("JPKI");
    ap.verify_sign_pin(&pin(TRAINING_SIGNATURE_PIN)).expect("the training PIN");
    let der = ap.read_sign_certificate_der().expect("open");
    assert!(der.windows(8).any(|part| part == b"\x0C\x06110100"), "one flag for each of the six characters");
}
