//! The issuer that ships with the program: its own CA, its own card keys, virtual cards only.
//!
//! The keys are public (see the training CA's README). What it does to a card is our design over ISO 7816-4 and -8
//! inside SCP03; the real issuer's commands are not public.

mod commands;
mod register;
mod session;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use rules::kinds::CertificateKind;

use super::{Issuer, IssuerError, Operation, Order, Revocation, Revoked, Session, Step};
use crate::scp03::{self, StaticKeys};
use crate::training_ca::revocation_list;
use register::Register;
use session::TrainingSession;

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

/// The training issuer: its register of sessions, certificates and revocations, in a file or in memory only.
#[derive(Clone, Default)]
pub struct TrainingIssuer {
    register: Arc<Register>,
    /// Sessions whose channel may still stand, for a counter whose connection was lost.
    live: Arc<Mutex<HashMap<String, Shared>>>,
}

type Shared = Arc<Mutex<TrainingSession>>;

impl TrainingIssuer {
    /// The issuer whose register is in that file; a new register where there is none.
    ///
    /// # Errors
    /// When the file can't be read, or isn't such a register.
    pub fn open_register(path: &Path) -> Result<Self, IssuerError> {
        Ok(Self { register: Arc::new(Register::open(path)?), live: Arc::default() })
    }

    fn live(&self) -> MutexGuard<'_, HashMap<String, Shared>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Issuer for TrainingIssuer {
    fn open(&self, order: Order) -> Result<Box<dyn Session>, IssuerError> {
        check(&order)?;
        let id = self.register.begin(&order)?;
        let session = TrainingSession::new(id.clone(), order, Arc::clone(&self.register));
        let session = Arc::new(Mutex::new(session));
        let mut live = self.live();
        // A session is alive as long as a counter holds it, or may come back for it soon.
        live.retain(|_, session| !lock(session).ended());
        live.insert(id.clone(), Arc::clone(&session));
        Ok(Box::new(Joined { id, session }))
    }

    fn rejoin(&self, session: &str) -> Result<Box<dyn Session>, IssuerError> {
        let found = self.live().get(session).cloned();
        let session_found = found.ok_or_else(|| {
            IssuerError::OrderRefused("その発行の手続きは、もう続けられません。".to_owned())
        })?;
        Ok(Box::new(Joined { id: session.to_owned(), session: session_found }))
    }

    fn revoke(&self, revocation: &Revocation) -> Result<Revoked, IssuerError> {
        self.register.revoke(revocation)
    }

    fn revocation_list(
        &self,
        kind: CertificateKind,
        at: DateTime<FixedOffset>,
    ) -> Result<Option<Vec<u8>>, IssuerError> {
        let (number, revoked) = self.register.revoked(kind);
        let next = at.checked_add_days(Days::new(1)).unwrap_or(at);
        let list = revocation_list(kind, number, at, next, &revoked);
        list.map(Some).map_err(|error| IssuerError::OrderRefused(error.to_string()))
    }
}

impl std::fmt::Debug for TrainingIssuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrainingIssuer").finish_non_exhaustive()
    }
}

/// A counter's end of a session.
struct Joined {
    id: String,
    session: Shared,
}

impl Session for Joined {
    fn id(&self) -> &str {
        &self.id
    }

    fn next(&mut self, counter: u32, answer: Option<&[u8]>) -> Result<Step, IssuerError> {
        lock(&self.session).next(counter, answer)
    }
}

fn lock(session: &Shared) -> MutexGuard<'_, TrainingSession> {
    session.lock().unwrap_or_else(PoisonError::into_inner)
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
            Operation::NewCertificate { kind, .. } | Operation::Revoke { kind, .. }
                if kinds.contains(kind) =>
            {
                return refused(format!("{}が二重に指定されています。", kind.label()));
            }
            Operation::Revoke { kind, .. } => kinds.push(*kind),
            Operation::NewCertificate { kind, expires, .. } => {
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
