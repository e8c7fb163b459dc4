//! Reading a card: what it is, what it holds, how many tries are left.
//!
//! A card is recognised by its application, never by its answer to reset: readers make that up for contactless
//! chips. Nothing here presents a PIN unless one is handed in.

mod attributes;
mod public;
mod types;

pub use attributes::read_attributes;
pub(crate) use public::identity;
pub use public::{all_tries, read_brief, read_public};
pub use types::{AuthorityReading, CardReading, CertificateReading, PinState, PinTries};

use myna_card::ap::jpki;
use myna_card::tlv::ber;
use rules::kinds::{CertificateKind, PinKind};

use crate::certificate;
use crate::chip::Chip;
use crate::error::CardError;
use crate::link::CardLink;
use crate::pins::{Consent, PinValue, present};

/// The signature certificate, which the card shows only to who knows its PIN.
///
/// # Errors
/// Those of [`crate::pins::verify`]; [`CardError::NoCertificate`] when the card holds none.
pub fn read_signature_certificate(
    link: &mut dyn CardLink,
    pin: &PinValue,
    consent: Consent,
) -> Result<CertificateReading, CardError> {
    let chip = &mut Chip::new(link);
    present(chip, PinKind::Signature, pin, consent)?;
    certificate_of(chip, CertificateKind::Signature)?
        .ok_or(CardError::NoCertificate { kind: CertificateKind::Signature })
}

/// Reads a certificate of the application that is selected; `None` when the file is empty or missing.
pub(crate) fn certificate_of(
    chip: &mut Chip<'_>,
    kind: CertificateKind,
) -> Result<Option<CertificateReading>, CardError> {
    let file = match kind {
        CertificateKind::Signature => jpki::ef::SIGN_CERTIFICATE,
        CertificateKind::Authentication => jpki::ef::AUTH_CERTIFICATE,
    };
    match file_of(chip, file)? {
        Some(der) => match certificate::reading(kind, &der) {
            Err(CardError::Protocol(_)) => Err(CardError::DamagedCertificate { kind }),
            other => other.map(Some),
        },
        None => Ok(None),
    }
}

/// The DER object in a file of the selected application; `None` when the file is missing or holds only filler.
fn file_of(chip: &mut Chip<'_>, file: u16) -> Result<Option<Vec<u8>>, CardError> {
    const FILE_NOT_FOUND: u16 = 0x6A82;
    const DER_SEQUENCE: u8 = 0x30;
    match object(chip, file, "電子証明書の読み取り") {
        // An empty file is all filler (FF, or 00 on a chip that erases to zero).
        Ok(bytes) => Ok((bytes.first() == Some(&DER_SEQUENCE)).then_some(bytes)),
        Err(CardError::Refused { status: FILE_NOT_FOUND, .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The first object in a file: its head tells how long it is, and no more is read than that.
///
/// Files are longer than what is in them, and chips differ in what they answer to a read past the end.
/// A file of filler gives its first bytes only.
pub(crate) fn object(chip: &mut Chip<'_>, file: u16, about: &'static str) -> Result<Vec<u8>, CardError> {
    /// Enough for a two-byte tag and a length of two bytes.
    const HEAD: u32 = 5;
    /// The most that a short command reads.
    const MOST: usize = 256;
    let mut bytes = chip.run(about, |card| {
        card.select_ef(file)?;
        card.read_binary_chunk(0, HEAD)
    })?;
    let total = match ber::parse_header(&bytes) {
        Ok(header) if bytes.first_chunk() != Some(&FILLER) => header.total_len(),
        _ => bytes.len(),
    };
    if total > usize::from(u16::MAX >> 1) {
        return Err(CardError::Protocol("ファイルの長さが範囲外です".to_owned()));
    }
    while bytes.len() < total {
        let want = u32::try_from((total - bytes.len()).min(MOST)).unwrap_or(1);
        let offset = bytes.len();
        let more = chip.run(about, |card| card.read_binary_chunk(offset, want))?;
        if more.is_empty() {
            return Err(CardError::Protocol("ファイルが途中で終わっています".to_owned()));
        }
        bytes.extend_from_slice(&more);
    }
    bytes.truncate(total);
    Ok(bytes)
}

/// How an erased file begins. One such byte alone can be the start of a private tag.
const FILLER: [u8; 2] = [0xFF, 0xFF];
