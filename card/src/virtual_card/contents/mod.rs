//! Personalisation: from a person to the files, keys and PINs of a card.

mod card_level;
mod image;
mod jpki;
mod surface;
mod text;

use chrono::{DateTime, Datelike as _, FixedOffset};
use myna_card::data::{Date, verification_code_b};
use rsa::RsaPrivateKey;
use rules::kinds::{CertificateKind, PinKind};

use super::layout::{Application, id};
use super::random::Random;
use super::state::{Content, Key, Pin, State};
use super::{CardPerson, VirtualCardError, keys};
use crate::tlv::object;
use crate::training_ca;

pub(super) use card_level::data_object;

/// Everything a new card remembers.
pub(super) fn personalise(
    person: &CardPerson,
    now: DateTime<FixedOffset>,
) -> Result<State, VirtualCardError> {
    check(person)?;
    let mut state = State::new(person.clone(), now, Random::new());
    let application_key = keys::generate();
    let key = parsed(&application_key)?;
    for (application, file) in [(Application::Text, id::TEXT_KEY), (Application::Common, id::COMMON_KEY)] {
        state.keys.push(Key { application, file, pkcs8: application_key.clone() });
    }
    jpki::write(&mut state, person)?;
    text::write(&mut state, person, &key)?;
    surface::write(&mut state, person, &key)?;
    common_and_register(&mut state, person);
    pins(&mut state, person)?;
    Ok(state)
}

fn check(person: &CardPerson) -> Result<(), VirtualCardError> {
    let digits =
        |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&person.card_number, 15) || !digits(&person.municipality, 5) {
        return Err(VirtualCardError::Person("カード番号は15桁、市区町村コードは5桁の数字です。".to_owned()));
    }
    if person.holder.name.len() > 400 || person.holder.address.len() > 800 {
        return Err(VirtualCardError::Person("氏名または住所が長すぎます。".to_owned()));
    }
    Ok(())
}

fn parsed(pkcs8: &[u8]) -> Result<RsaPrivateKey, VirtualCardError> {
    keys::parse(pkcs8).ok_or_else(|| VirtualCardError::Person("鍵を作れませんでした。".to_owned()))
}

/// The key that signs the card-face records of every virtual card.
fn surface_issuer() -> Result<RsaPrivateKey, VirtualCardError> {
    parsed(training_ca::surface_key())
}

fn put(state: &mut State, application: Application, file: u16, bytes: Vec<u8>) {
    state.files.push(Content { application, file, bytes });
}

/// Fills a file up with FF, as the card delivers it.
fn filled(mut bytes: Vec<u8>, size: usize) -> Vec<u8> {
    let size = size.max(bytes.len());
    bytes.resize(size, 0xFF);
    bytes
}

/// A sixteen-byte key identifier: seven digits, two bytes, three digits, filler. `9…` is nobody's hierarchy.
fn key_identifier(number: &str) -> Vec<u8> {
    let mut bytes = number.as_bytes().to_vec();
    bytes.extend_from_slice(&[0x08, 0x05]);
    bytes.extend_from_slice(b"001");
    bytes.resize(16, 0);
    bytes
}

/// A card-verifiable certificate's two objects, without the 7F21 around them: body and signature.
fn card_verifiable(
    issuer: &str,
    subject: &str,
    public_key: &[u8],
    sign: impl Fn(&[u8]) -> Vec<u8>,
) -> Vec<u8> {
    let body = [key_identifier(issuer), key_identifier(subject), public_key.to_vec()].concat();
    let signature = sign(&body);
    [object(0x5F4E, &body), object(0x5F37, &signature)].concat()
}

/// The certificate of the key that signs the card-face records, as EF 0004 of both applications holds it.
fn surface_certificate(root: &str) -> Result<Vec<u8>, VirtualCardError> {
    let authority = training_ca::Authority::new(CertificateKind::Signature);
    let key = keys::public_card(&surface_issuer()?);
    Ok(object(0x7F21, &card_verifiable(root, "9139991", &key, |body| authority.sign(body))))
}

/// The digits of the made-up individual number. Its check digit is wrong on purpose, so it can be nobody's.
fn false_number(person: &CardPerson) -> String {
    let base = format!("000{}", &person.card_number[7..]);
    let sum: u32 = base
        .bytes()
        .rev()
        .zip(1u32..)
        .map(|(digit, n)| u32::from(digit - b'0') * if n <= 6 { n + 1 } else { n - 5 })
        .sum();
    let right = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    format!("{base}{}", (right + 1) % 10)
}

fn security_code(person: &CardPerson) -> &str {
    &person.card_number[11..]
}

fn card_date(day: rules::NaiveDate) -> Result<Date, VirtualCardError> {
    Date::parse(day.format("%Y%m%d").to_string().as_bytes())
        .map_err(|_| VirtualCardError::Person("日付をカードに書けません。".to_owned()))
}

fn common_and_register(state: &mut State, person: &CardPerson) {
    let info =
        format!("{}{}{}", person.card_number, person.municipality, person.card_expires.format("%Y%m%d"));
    put(state, Application::Common, id::CARD_INFO, object(0x01, info.as_bytes()));
    for application in [Application::Common, Application::Juki] {
        put(state, application, id::KEY_REFERENCE, object(0x01, &key_identifier("9000001")));
    }
}

fn pins(state: &mut State, person: &CardPerson) -> Result<(), VirtualCardError> {
    let person_pin = |kind: PinKind, application, file| {
        let limit = if kind == PinKind::Signature { 5 } else { 3 };
        let certificate = match kind {
            PinKind::Signature => Some(CertificateKind::Signature),
            PinKind::Authentication => Some(CertificateKind::Authentication),
            PinKind::ResidentRegister | PinKind::CardEntry => None,
        };
        let unset = person.face_only || certificate.is_some_and(|kind| person.certificate(kind).is_none());
        let given =
            person.tries_left.iter().find(|(other, _)| *other == kind).map_or(limit, |&(_, tries)| tries);
        // A PIN that was never set can't be presented: the reference is locked from the start.
        let tries = if unset { 0 } else { given.min(limit) };
        let value = if unset { String::new() } else { person.pins.value(kind).to_owned() };
        Pin { application, file, value, tries, limit }
    };
    state.pins = vec![
        person_pin(PinKind::Signature, Application::Jpki, id::SIGNATURE_PIN),
        person_pin(PinKind::Authentication, Application::Jpki, id::AUTHENTICATION_PIN),
        person_pin(PinKind::ResidentRegister, Application::Juki, id::RESIDENT_REGISTER_PIN),
        person_pin(PinKind::ResidentRegister, Application::Common, id::RESIDENT_REGISTER_PIN),
        person_pin(PinKind::CardEntry, Application::Text, id::TEXT_PIN),
    ];

    let birth = card_date(person.holder.birth)?;
    let year = u16::try_from(person.card_expires.year()).unwrap_or(0);
    let code_b = verification_code_b(birth, year, security_code(person).as_bytes())
        .map_err(|_| VirtualCardError::Person("生年月日から照合番号Bを作れません。".to_owned()))?;
    let code_b = String::from_utf8_lossy(code_b.as_bytes()).into_owned();
    let number = false_number(person);
    let limit = person.switches.verification_code_tries;
    let printed = |application, file, value: &str| Pin {
        application,
        file,
        value: value.to_owned(),
        tries: limit,
        limit,
    };
    state.pins.extend([
        printed(Application::Text, id::TEXT_CODE_A, &number),
        printed(Application::Text, id::TEXT_CODE_B, &code_b),
        printed(Application::Surface, id::SURFACE_BIRTH, &code_b[..6]),
        printed(Application::Surface, id::SURFACE_CODE_A, &number),
        printed(Application::Surface, id::SURFACE_CODE_B, &code_b),
        Pin {
            application: Application::Text,
            file: id::TEXT_BLOCKED,
            value: String::new(),
            tries: 0,
            limit: 0,
        },
    ]);
    Ok(())
}
