//! The files of the card-entry application (券面事項入力補助AP).

use rsa::RsaPrivateKey;
use sha2::{Digest as _, Sha256};

use super::super::layout::Application::Text;
use super::super::state::State;
use super::super::{CardPerson, VirtualCardError, keys};
use super::{false_number, filled, key_identifier, put, surface_certificate, surface_issuer};
use crate::tlv::{group, object};
use crate::training_ca::attributes::{sex_digit, substitute};

pub(super) fn write(
    state: &mut State,
    person: &CardPerson,
    key: &RsaPrivateKey,
) -> Result<(), VirtualCardError> {
    let issuer = surface_issuer()?;

    let number = filled(object(0xFF10, false_number(person).as_bytes()), 17);
    let fields = [
        object(0xDF22, substitute(&person.holder.name).0.as_bytes()),
        object(0xDF23, substitute(&person.holder.address).0.as_bytes()),
        object(0xDF24, person.holder.birth.format("%Y%m%d").to_string().as_bytes()),
        object(0xDF25, sex_digit(person.holder.sex).as_bytes()),
    ];
    let attributes = with_offsets(0xFF20, 0xDF21, &fields);

    let digests =
        [object(0xDF31, &Sha256::digest(&number)), object(0xDF32, &Sha256::digest(fields.concat()))].concat();
    let integrity = group(0xFF30, &[digests.clone(), object(0xDF33, &keys::sign_sha256(&issuer, &digests))]);

    let basic = group(
        0xFF40,
        &[
            object(0xDF41, &[0x01, 0x03, 0x0E, 0x01]),
            object(0xDF42, &key_identifier("9000034")),
            object(0xDF43, &filled(Sha256::digest(person.card_number.as_bytes()).to_vec(), 128)),
        ],
    );
    let public = keys::public_card(key);
    let half = object(0xDF51, &public);
    let signed = group(0xFF50, &[half.clone(), object(0xDF52, &keys::sign_sha256(&issuer, &half))]);

    put(state, Text, 0x0001, number);
    put(state, Text, 0x0002, filled(attributes, 1024));
    put(state, Text, 0x0003, filled(integrity, 400));
    put(state, Text, 0x0004, filled(surface_certificate("9000033")?, 600));
    put(state, Text, 0x0005, basic);
    put(state, Text, 0x0006, filled(object(0xA1, &public), 300));
    put(state, Text, 0x0007, filled(signed, 600));
    put(state, Text, 0x0008, vec![0xFF; 16]);
    Ok(())
}

/// A file whose first object says at which offset from the start of the file each of the others begins.
pub(super) fn with_offsets(tag: u32, table_tag: u32, fields: &[Vec<u8>]) -> Vec<u8> {
    let table_length = object(table_tag, &vec![0; fields.len() * 2]).len();
    let body_length = table_length + fields.iter().map(Vec::len).sum::<usize>();
    let header_length = object(tag, &vec![0; body_length]).len() - body_length;
    let mut position = header_length + table_length;
    let mut table = Vec::new();
    for field in fields {
        table.extend_from_slice(&u16::try_from(position).unwrap_or(u16::MAX).to_be_bytes());
        position += field.len();
    }
    object(tag, &[object(table_tag, &table), fields.concat()].concat())
}
