//! The issuer that ships with the program: its own CA, its own card keys, virtual cards only.
//!
//! The keys are public (see the training CA's README). What it does to a card is our design over ISO 7816-4 and -8
//! inside SCP03; the real issuer's commands are not public.

mod session;

use chrono::NaiveDate;

use super::{Issuer, IssuerError, Operation, Order, Session};
use crate::scp03::{self, StaticKeys};

/// Version of the key set that virtual cards carry.
pub const KEY_VERSION: u8 = 0x4D;
/// The tag of the object in which a card says where it stands, inside the channel.
pub const STATE_OBJECT: u16 = 0xDF01;
/// Size of a certificate file of the JPKI application; what the certificate leaves is filled with FF.
pub const CERTIFICATE_FILE: usize = 2048;
/// The byte of EF 0008 that says a certificate is there.
pub const CERTIFICATE_PRESENT: u8 = 0x8F;

/// The master key every training card's keys are derived from. Public, like everything of the training issuer.
const MASTER: &[u8; 16] = b"MADOGUCHI-KUNREN";

/// A training card's static keys.
pub fn card_keys(card_number: &str) -> StaticKeys {
    scp03::card_keys(MASTER, card_number.as_bytes())
}

/// The ten bytes in which a card tells the issuer its number: 15 digits in packed form, filler, two letters.
pub fn diversification(card_number: &str) -> [u8; 10] {
    let mut bytes = [0xFF; 10];
    for (at, digit) in card_number.bytes().filter(u8::is_ascii_digit).take(15).enumerate() {
        let value = digit - b'0';
        let byte = &mut bytes[at / 2];
        *byte = if at % 2 == 0 { value << 4 | 0x0F } else { *byte & 0xF0 | value };
    }
    bytes[8..].copy_from_slice(b"TR");
    bytes
}

/// The training issuer. It keeps nothing: an order carries all it needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct TrainingIssuer;

impl Issuer for TrainingIssuer {
    fn open(&self, order: Order) -> Result<Box<dyn Session>, IssuerError> {
        check(&order)?;
        Ok(Box::new(session::TrainingSession::new(order)))
    }
}

fn check(order: &Order) -> Result<(), IssuerError> {
    let refused = |reason: String| Err(IssuerError::OrderRefused(reason));
    let digits =
        |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&order.card.card_number, 15) || !digits(&order.card.municipality, 5) {
        return refused("カード番号または市区町村コードの形が違います。".to_owned());
    }
    if order.operations.is_empty() {
        return refused("行うことがありません。".to_owned());
    }
    let today: NaiveDate = order.at.date_naive();
    if order.card.expires < today {
        return refused("カードの有効期間が過ぎています。".to_owned());
    }
    let mut kinds = Vec::new();
    for operation in &order.operations {
        match operation {
            Operation::NewCertificate { kind, expires } => {
                if kinds.contains(kind) {
                    return refused(format!("{}が二重に指定されています。", kind.label()));
                }
                if *expires < today || *expires > order.card.expires {
                    return refused(format!("{}の有効期限が正しくありません。", kind.label()));
                }
                kinds.push(*kind);
            }
            Operation::ResetPin { block, .. } if block.len() != 256 => {
                return refused("新しい暗証番号が封印されていません。".to_owned());
            }
            Operation::ResetPin { .. } => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_can_be_read_in_the_diversification_data() {
        let bytes = diversification("139990000001234");
        assert_eq!(bytes, [0x13, 0x99, 0x90, 0x00, 0x00, 0x01, 0x23, 0x4F, b'T', b'R']);
    }

    #[test]
    fn every_card_has_its_own_keys() {
        let one = card_keys("139990000001234");
        let other = card_keys("139990000001235");
        assert_ne!(one.enc, other.enc);
        assert_ne!(one.enc, one.mac);
    }
}
