//! What the fuzz targets share: a card or an issuer that says what the fuzzer wants, and one made-up resident.

pub mod written;

use std::sync::Arc;

use card::error::CardError;
use card::issuer::CardIdentity;
use card::link::CardLink;
use card::pins::{Consent, PinValue};
use card::readers::{Board, Reader, Sight};
use card::update::{PlannedCertificate, UpdatePins, UpdatePlan};
use card::virtual_card::{CardPerson, profiles};
use chrono::{DateTime, FixedOffset, NaiveDate};
use rules::kinds::CertificateKind;

/// Bytes that are taken piece by piece: two bytes of length, little end first, then as much as is there.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    bytes: Vec<u8>,
    at: usize,
}

impl Pieces {
    /// All of them.
    pub fn new(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), at: 0 }
    }

    /// The next piece; `None` at the end.
    pub fn next_piece(&mut self) -> Option<Vec<u8>> {
        let rest = self.bytes.get(self.at..)?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_le_bytes(*length)).min(rest.len());
        self.at += 2 + length;
        Some(rest[..length].to_vec())
    }

    /// Writes a piece as [`Self::next_piece`] reads it.
    pub fn write(into: &mut Vec<u8>, piece: &[u8]) {
        let length = u16::try_from(piece.len()).unwrap_or(u16::MAX);
        into.extend(length.to_le_bytes());
        into.extend(&piece[..usize::from(length)]);
    }
}

/// A card that answers with one piece after the other and is gone after the last.
impl CardLink for Pieces {
    fn transmit(&mut self, _: &[u8]) -> Result<Vec<u8>, CardError> {
        self.next_piece().filter(|answer| answer.len() >= 2).ok_or(CardError::CardRemoved)
    }
}

/// A reader on which that card lies.
pub struct Desk(pub Pieces);

impl Reader for Desk {
    fn name(&self) -> &str {
        "fuzz"
    }

    fn sight(&self) -> Sight {
        Sight::Empty
    }

    fn connect(&self) -> Result<Box<dyn CardLink>, CardError> {
        Ok(Box::new(self.0.clone()))
    }

    fn changes(&self) -> Arc<Board> {
        Arc::default()
    }
}

/// A day on which the sample people's cards are renewed.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default()
}

/// Ten o'clock of that day.
pub fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-24T10:00:00+09:00").unwrap_or_default()
}

/// The sample person whose card is renewed.
pub fn person() -> CardPerson {
    profiles::find("renewable", today()).expect("a sample person").person
}

/// The renewal of both of the person's certificates, with the authentication PIN reset when `resets`.
pub fn plan(card: CardIdentity, resets: bool) -> UpdatePlan {
    let person = person();
    let serial = |kind| person.certificate(kind).map(|certificate| certificate.serial.clone());
    UpdatePlan {
        certificates: CertificateKind::ALL
            .iter()
            .map(|kind| PlannedCertificate {
                kind: *kind,
                old_serial: serial(*kind),
                expires: NaiveDate::from_ymd_opt(2031, 11, 1).unwrap_or_default(),
            })
            .collect(),
        pin_resets: if resets { vec![rules::kinds::PinKind::Authentication] } else { Vec::new() },
        ..UpdatePlan::for_card(card, serial(CertificateKind::Authentication))
    }
}

/// The training PINs.
pub fn pins() -> UpdatePins {
    let pin = |value: &str| Some(PinValue::new(value.to_owned()));
    UpdatePins {
        signature: pin("TRAIN123"),
        authentication: pin("1111"),
        resident_register: pin("2222"),
        card_entry: pin("3333"),
        consent: Consent::NotAsked,
    }
}
