//! The files of the card-face application (券面事項確認AP).

use myna_card::data::sha256_digest_info;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest as _, Sha256};

use super::super::layout::Application::Surface;
use super::super::state::State;
use super::super::{CardPerson, VirtualCardError, keys};
use super::text::with_offsets;
use super::{filled, image, key_identifier, put, surface_certificate, surface_issuer};
use crate::tlv::{group, object};
use crate::training_ca::attributes::sex_digit;

pub(super) fn write(
    state: &mut State,
    person: &CardPerson,
    key: &RsaPrivateKey,
) -> Result<(), VirtualCardError> {
    let issuer = surface_issuer()?;
    let public = keys::public_card(key);
    let birth = person.holder.birth.format("%Y%m%d").to_string();

    let record = [object(0xDF11, birth.as_bytes()), object(0xDF12, &public)].concat();
    let age = group(0xFF10, &[record.clone(), object(0xDF13, &keys::sign_sha256(&issuer, &record))]);

    let mut fields = vec![
        object(0xDF22, birth.as_bytes()),
        object(0xDF23, sex_digit(person.holder.sex).as_bytes()),
        object(0xDF24, &public),
        object(0xDF25, &image::blank_png(160, 24)),
        object(0xDF26, &image::blank_png(160, 48)),
        object(0xDF27, &image::empty_jpeg_2000()),
    ];
    // Three digests in one DigestInfo: text, images, photograph.
    let digests: Vec<u8> = [&fields[..3], &fields[3..5], &fields[5..6]]
        .iter()
        .flat_map(|part| Sha256::digest(part.concat()))
        .collect();
    let signature = issuer
        .sign(Pkcs1v15Sign::new_unprefixed(), &sha256_digest_info(&digests))
        .map_err(|_| VirtualCardError::Person("券面情報に署名できません。".to_owned()))?;
    fields.push(object(0xDF28, &signature));
    fields.push(object(0xDF29, person.card_expires.format("%Y%m%d").to_string().as_bytes()));
    fields.push(object(0xDF2A, &image::blank_png(24, 12)));
    let face = with_offsets(0xFF20, 0xDF21, &fields);

    let basic = group(
        0xFF30,
        &[
            object(0xDF31, &[0x06, 0x03, 0x0E, 0x01]),
            object(0xDF32, &key_identifier("9000024")),
            object(0xDF33, &[0x01]),
            object(0xDF34, person.municipality.as_bytes()),
            object(0xDF35, &filled(key_identifier("9000025"), 272)),
        ],
    );
    let picture = [object(0xDF41, &image::blank_png(72, 12)), object(0xDF42, &public)].concat();
    let number = group(0xFF40, &[picture.clone(), object(0xDF43, &keys::sign_sha256(&issuer, &picture))]);

    put(state, Surface, 0x0001, filled(age, 600));
    put(state, Surface, 0x0002, filled(face, 4096));
    put(state, Surface, 0x0003, filled(basic, 360));
    put(state, Surface, 0x0004, filled(surface_certificate("9000023")?, 600));
    put(state, Surface, 0x0005, filled(number, 1024));
    put(state, Surface, 0x0006, vec![0xFF; 16]);
    Ok(())
}
