//! Looking at the card before and after a writing; shared by every kind of update.

use myna_card::Command;
use myna_card::ap::jpki;
use myna_card::data::sha256;
use rules::kinds::{CertificateKind, PinKind};

use super::error::Cause;
use super::journal::OldCertificate;
use super::outcome::NewCertificate;
use super::pins::UpdatePins;
use super::plan::{PlannedCertificate, UpdateOrder, UpdatePlan};
use crate::certificate::day_of;
use crate::chip::Chip;
use crate::error::CardError;
use crate::issuer::pin_block::{SEALING_OBJECT, seal};
use crate::issuer::{CardIdentity, Operation};
use crate::link::CardLink;
use crate::pins::present;
use crate::prove::prove_key;
use crate::read::{CardReading, CertificateReading, certificate_of, identity, read_brief};

/// The order in which PINs are presented: the JPKI application comes last, because leaving it closes it again.
const ORDER: [PinKind; 4] =
    [PinKind::ResidentRegister, PinKind::CardEntry, PinKind::Authentication, PinKind::Signature];

/// Reads the card and refuses any other than the plan's.
pub(super) fn read_same_card(link: &mut dyn CardLink, plan: &UpdatePlan) -> Result<CardReading, CardError> {
    let reading = read_brief(link)?;
    same(&reading.card, plan)?;
    if let (Some(expected), Some(found)) = (&plan.authentication_serial, &reading.authentication)
        && *expected != found.serial
    {
        return Err(CardError::OtherCard {
            difference: "利用者証明用電子証明書のシリアル番号が違います。".to_owned(),
        });
    }
    Ok(reading)
}

/// Asks the card for its number once more, right before something is written.
pub(super) fn still_same_card(link: &mut dyn CardLink, plan: &UpdatePlan) -> Result<(), CardError> {
    same(&identity(&mut Chip::new(link))?, plan)
}

/// Compares the card's own record with the plan's.
pub(super) fn same(card: &CardIdentity, plan: &UpdatePlan) -> Result<(), CardError> {
    let difference = if card.card_number != plan.card.card_number {
        "カード番号が違います。"
    } else if card.municipality != plan.card.municipality {
        "市区町村コードが違います。"
    } else if card.expires != plan.card.expires {
        "カードの有効期限が違います。"
    } else {
        return Ok(());
    };
    Err(CardError::OtherCard { difference: difference.to_owned() })
}

/// The PINs that were entered, in the order in which they are presented. One that is about to be reset isn't.
pub(super) fn to_present(plan: &UpdatePlan, pins: &UpdatePins) -> Vec<PinKind> {
    ORDER.into_iter().filter(|kind| pins.of(*kind).is_ok() && !plan.pin_resets.contains(kind)).collect()
}

/// Presents every PIN that was entered. The signature certificate is read on the way, while its PIN opens it.
pub(super) fn present_all(
    link: &mut dyn CardLink,
    plan: &UpdatePlan,
    pins: &UpdatePins,
) -> Result<Option<CertificateReading>, CardError> {
    let chip = &mut Chip::new(link);
    let mut signature = None;
    for kind in to_present(plan, pins) {
        present(chip, kind, pins.of(kind)?, pins.consent)?;
        if kind == PinKind::Signature {
            signature = match certificate_of(chip, CertificateKind::Signature) {
                // About to be replaced, or none of this update's business.
                Err(CardError::DamagedCertificate { .. }) => None,
                other => other?,
            };
        }
    }
    Ok(signature)
}

/// The certificates on the card before the writing, checked against what the plan says of them.
pub(super) fn old_certificates(
    plan: &UpdatePlan,
    reading: &CardReading,
    signature: Option<&CertificateReading>,
) -> Result<Vec<OldCertificate>, CardError> {
    let old: Vec<_> = signature
        .into_iter()
        .chain(reading.authentication.as_ref())
        .map(|found| OldCertificate { kind: found.kind, serial: found.serial.clone() })
        .collect();
    let replaced = plan.certificates.iter().filter_map(|p| Some((p.kind, p.old_serial.as_ref()?)));
    for (kind, expected) in replaced.chain(plan.revocations.iter().map(|p| (p.kind, &p.serial))) {
        if old.iter().any(|old| old.kind == kind && old.serial != *expected) {
            return Err(CardError::OtherCard {
                difference: format!("{}のシリアル番号が違います。", kind.label()),
            });
        }
    }
    Ok(old)
}

/// Reads a certificate, presenting its PIN where the card asks for one.
pub(super) fn read_certificate(
    link: &mut dyn CardLink,
    kind: CertificateKind,
    pins: &UpdatePins,
) -> Result<Option<CertificateReading>, CardError> {
    let chip = &mut Chip::new(link);
    present(chip, kind.pin(), pins.of(kind.pin())?, pins.consent)?;
    certificate_of(chip, kind)
}

/// Reads a certificate that the card shows to anybody.
pub(super) fn read_unlocked(
    link: &mut dyn CardLink,
    kind: CertificateKind,
) -> Result<Option<CertificateReading>, CardError> {
    let chip = &mut Chip::new(link);
    chip.application(&jpki::DF)?;
    certificate_of(chip, kind)
}

/// Reads back one planned certificate and compares it with what was on the card before and with the trusted CAs.
pub(super) fn read_back(
    link: &mut dyn CardLink,
    order: &UpdateOrder<'_>,
    pins: &UpdatePins,
    planned: &PlannedCertificate,
    old: &[OldCertificate],
) -> Result<NewCertificate, Cause> {
    let kind = planned.kind;
    let reading =
        if order.plan.face_only { read_unlocked(link, kind) } else { read_certificate(link, kind, pins) };
    let reading = reading?.ok_or(CardError::NoCertificate { kind })?;
    if old.iter().any(|old| old.kind == kind && old.serial == reading.serial) {
        return Err(Cause::NotWritten { kind });
    }
    order.trust.check(kind, &reading.der, day_of(order.at)).map_err(|error| Cause::Trust { kind, error })?;
    Ok(NewCertificate { reading, predicted: planned.expires, proven: false })
}

/// Lets a key sign something that never was before.
pub(super) fn prove(
    link: &mut dyn CardLink,
    certificate: &CertificateReading,
    pins: &UpdatePins,
    entropy: &[u8; 32],
) -> Result<(), CardError> {
    let kind = certificate.kind;
    let challenge = sha256(&[b"madoguchi proof ", kind.code().as_bytes(), entropy].concat());
    let chip = &mut Chip::new(link);
    present(chip, kind.pin(), pins.of(kind.pin())?, pins.consent)?;
    prove_key(chip, kind, &certificate.der, &challenge)
}

/// Presents the new PINs. The card's own word is the only proof that a PIN is what the resident chose.
pub(super) fn prove_pins(
    link: &mut dyn CardLink,
    kinds: &[PinKind],
    pins: &UpdatePins,
) -> Result<(), CardError> {
    let chip = &mut Chip::new(link);
    kinds.iter().try_for_each(|kind| present(chip, *kind, pins.of(*kind)?, pins.consent))
}

/// The PIN resets of a plan with the new values sealed for this very card, so that nobody on the way can read them.
pub(super) fn sealed_pins(
    link: &mut dyn CardLink,
    plan: &UpdatePlan,
    new_pins: &UpdatePins,
    entropy: &[u8; 32],
) -> Result<Vec<Operation>, CardError> {
    if plan.pin_resets.is_empty() {
        return Ok(Vec::new());
    }
    let chip = &mut Chip::new(link);
    let object = sealing_object(chip)?;
    let sealed = |kind: PinKind| {
        let value = new_pins.of(kind)?.for_card(kind);
        let mut seed = [0; 16];
        seed.copy_from_slice(&sha256(&[b"madoguchi seal ", kind.code().as_bytes(), entropy].concat())[..16]);
        let block =
            seal(&object, kind, &value, seed).map_err(|error| CardError::Protocol(error.to_string()))?;
        Ok(Operation::ResetPin { kind, block })
    };
    plan.pin_resets.iter().map(|kind| sealed(*kind)).collect()
}

/// The key and the channel number that a new PIN is sealed for, from the card manager.
fn sealing_object(chip: &mut Chip<'_>) -> Result<Vec<u8>, CardError> {
    const CARD_MANAGER: [u8; 7] = [0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00];
    const GET_DATA: u8 = 0xCA;
    const MOST: u32 = 65_536;
    chip.application(&CARD_MANAGER)?;
    let [p1, p2] = SEALING_OBJECT.to_be_bytes();
    chip.run("封印用の鍵の読み取り", |card| {
        card.call_ok(&Command::with_le(0x00, GET_DATA, p1, p2, MOST))
    })
}
