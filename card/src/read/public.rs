//! What any reader may read, without a PIN.

use chrono::NaiveDate;
use myna_card::ap::common::CommonAp;
use myna_card::ap::jpki::{self, TokenType};
use rules::kinds::{CertificateKind, PinKind};

use super::types::{AuthorityReading, CardReading, PinState, PinTries};
use super::{certificate_of, file_of};
use crate::certificate;
use crate::chip::Chip;
use crate::error::CardError;
use crate::issuer::CardIdentity;
use crate::link::CardLink;
use crate::pins;

/// The label's length at the start of the token file.
const LABEL: u32 = 32;
/// The availability file: one byte for each certificate, and one that is always zero.
const AVAILABILITY: u32 = 3;
/// Its byte for a certificate that is there.
const PRESENT: u8 = 0x8F;

/// Everything that needs no PIN, the CA certificates on the card included.
///
/// # Errors
/// [`CardError::NotMyNumberCard`], [`CardError::NotACard`], [`CardError::Unreadable`] and those of the link.
pub fn read_public(link: &mut dyn CardLink) -> Result<CardReading, CardError> {
    read(link, &[CertificateKind::Authentication, CertificateKind::Signature])
}

/// As [`read_public`] without the two CA certificates: what is needed to know whose card it is, in half the time.
///
/// # Errors
/// As [`read_public`].
pub fn read_brief(link: &mut dyn CardLink) -> Result<CardReading, CardError> {
    read(link, &[])
}

/// Each application is selected once: JPKI, those of the other PINs, and last the one with the card's record.
fn read(link: &mut dyn CardLink, authorities: &[CertificateKind]) -> Result<CardReading, CardError> {
    let chip = &mut Chip::new(link);
    recognise(chip)?;
    let token = token(chip)?;
    let signature_present = available(chip)?.map(|bytes| bytes.first() == Some(&PRESENT));
    let (authentication, damaged) = match certificate_of(chip, CertificateKind::Authentication) {
        Err(CardError::DamagedCertificate { kind }) => (None, vec![kind]),
        other => (other?, Vec::new()),
    };
    let authorities =
        authorities.iter().filter_map(|kind| authority(chip, *kind).transpose()).collect::<Result<_, _>>()?;
    let pins = tries_of_all(chip)?;
    let card = identity(chip)?;
    Ok(CardReading { token, card, authentication, damaged, signature_present, authorities, pins })
}

/// Tries left of every PIN.
///
/// # Errors
/// Those of the link.
pub fn all_tries(link: &mut dyn CardLink) -> Result<PinTries, CardError> {
    tries_of_all(&mut Chip::new(link))
}

/// Selects the application that makes a card a My Number Card.
fn recognise(chip: &mut Chip<'_>) -> Result<(), CardError> {
    match chip.application(&jpki::DF) {
        // Trouble inside the chip is not a statement about what the card is.
        Err(CardError::Refused { status, .. }) if matches!(status >> 8, 0x6F | 0x64 | 0x65) => {
            Err(CardError::Unreadable)
        }
        Err(CardError::Refused { .. }) => Err(CardError::NotMyNumberCard),
        other => other,
    }
}

fn token(chip: &mut Chip<'_>) -> Result<String, CardError> {
    let label = chip.run("トークン情報の読み取り", |card| {
        card.select_ef(jpki::ef::TOKEN_INFO)?;
        card.read_binary_chunk(0, LABEL)
    })?;
    let token = TokenType::from_bytes(&label);
    match token {
        TokenType::Android | TokenType::IPhone => Err(CardError::NotACard),
        TokenType::Absent => Err(CardError::Protocol("トークン情報が短すぎます".to_owned())),
        TokenType::Card | TokenType::Other(_) => Ok(token.name().trim_end_matches('\0').to_owned()),
    }
}

fn available(chip: &mut Chip<'_>) -> Result<Option<Vec<u8>>, CardError> {
    let read = chip.attempt(|card| {
        card.select_ef(jpki::ef::CERTIFICATE_AVAILABILITY)?;
        card.read_binary_chunk(0, AVAILABILITY)
    })?;
    // Known from one source only: a card without this file simply doesn't say.
    Ok(read.ok().filter(|bytes| !bytes.is_empty()))
}

fn authority(chip: &mut Chip<'_>, kind: CertificateKind) -> Result<Option<AuthorityReading>, CardError> {
    let file = match kind {
        CertificateKind::Signature => jpki::ef::SIGN_CA_CERTIFICATE,
        CertificateKind::Authentication => jpki::ef::AUTH_CA_CERTIFICATE,
    };
    let Some(der) = file_of(chip, file)? else { return Ok(None) };
    let parsed = certificate::parse(&der)?;
    Ok(Some(AuthorityReading {
        kind,
        subject: parsed.certificate.tbs_certificate().subject().to_string(),
        serial: parsed.serial(),
        expires: parsed.validity()?.1,
        der,
    }))
}

fn tries_of_all(chip: &mut Chip<'_>) -> Result<PinTries, CardError> {
    let mut states = Vec::with_capacity(PinKind::ALL.len());
    for kind in PinKind::ALL.iter().copied() {
        let left = match pins::tries(chip, kind) {
            Ok(left) => left,
            // A card without that application: the screen says that the card doesn't tell.
            Err(CardError::Refused { .. }) => None,
            Err(error) => return Err(error),
        };
        states.push(PinState { kind, left, max: rules::pins::max_tries(kind) });
    }
    Ok(PinTries(states))
}

/// The card's own record.
pub(crate) fn identity(chip: &mut Chip<'_>) -> Result<CardIdentity, CardError> {
    let info = chip.run("カード番号の読み取り", |card| CommonAp::select(card)?.read_card_info())?;
    let date = info.expiry;
    let expires = NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        .ok_or_else(|| CardError::Protocol("カードの有効期限が日付ではありません".to_owned()))?;
    Ok(CardIdentity { card_number: info.serial, municipality: info.municipality_code, expires })
}
