//! What GET DATA answers at the level of the whole card.

use rules::kinds::CertificateKind;

use super::super::state::State;
use super::super::{atr, keys};
use super::{card_verifiable, key_identifier, parsed, surface_issuer};
use crate::issuer::pin_block;
use crate::tlv::object;
use crate::training_ca::Authority;

/// The data object of that tag, if the card has it while the card manager is current.
pub(in super::super) fn data_object(state: &State, tag: u16) -> Option<Vec<u8>> {
    let person = &state.person;
    Some(match tag {
        0x0042 => key_identifier("9000001"),
        0x0045 => person.card_number.as_bytes().to_vec(),
        // GlobalPlatform's card recognition data: its arc, version 2.3, SCP03.
        0x0066 => vec![
            0x66, 0x20, 0x73, 0x1E, 0x06, 0x07, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x01, 0x60, 0x08, 0x06,
            0x06, 0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x64, 0x09, 0x06, 0x07, 0x2A, 0x86, 0x48, 0x86, 0xFC,
            0x6B, 0x04,
        ],
        0x00F0 => person.municipality.as_bytes().to_vec(),
        0x00F2 => person.card_expires.format("%Y%m%d").to_string().into_bytes(),
        0x00F7 => key_identifier("9000002"),
        0x00F8 => {
            let authority = Authority::new(CertificateKind::Signature);
            let key = keys::public_card(&surface_issuer().ok()?);
            card_verifiable("9000001", "9000002", &key, |body| authority.sign(body))
        }
        0x7F21 => {
            let issuer = surface_issuer().ok()?;
            let key = keys::public_card(&issuer);
            card_verifiable("9000002", "9000003", &key, |body| keys::sign_sha256(&issuer, body))
        }
        0x5F51 => atr::of(person)[1..].to_vec(),
        // The key new PINs are sealed for, and the channel the next seal is good for.
        pin_block::SEALING_OBJECT => {
            let stored = state.key(super::Application::Text, super::id::TEXT_KEY)?;
            let [_, next @ ..] = (state.channels + 1).to_be_bytes();
            [keys::public_card(&parsed(&stored.pkcs8).ok()?), object(0x92, &next)].concat()
        }
        _ => return None,
    })
}
