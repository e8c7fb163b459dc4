//! What the training issuer remembers: sessions that were begun, certificates that were issued, and those revoked.
//!
//! A change is on disk before anybody is told of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, FixedOffset};
use rules::kinds::CertificateKind;
use serde::{Deserialize, Serialize};

use super::super::{IssuerError, Operation, Order, Revocation, RevocationReason, Revoked};
use crate::safe_file;
use crate::training_ca::RevokedCertificate;

const NOTE: &str = "TRAINING. The register of an issuer of made-up certificates; nothing in it is anybody's.";

/// The register.
#[derive(Debug, Default)]
pub(super) struct Register {
    path: Option<PathBuf>,
    state: Mutex<State>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct State {
    note: String,
    /// Rises with each change that a list of revoked certificates shows.
    list_number: u32,
    sessions: Vec<Kept>,
    issued: Vec<Entry>,
}

/// A session as it is remembered.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    id: String,
    card_number: String,
    begun: DateTime<FixedOffset>,
    done: bool,
    /// What its certificates replace, as the first order said. A later order of the same session may not know it any
    /// more, when the card has lost it.
    #[serde(default)]
    replaces: Vec<(CertificateKind, String)>,
}

/// One certificate that was issued.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The session in which it was made.
    session: String,
    card_number: String,
    /// Which of the two.
    pub kind: CertificateKind,
    /// Serial number.
    pub serial: String,
    /// The key it was made for, PKCS #1.
    #[serde(with = "crate::hex")]
    pub public_key: Vec<u8>,
    /// The certificate.
    #[serde(with = "crate::hex")]
    pub der: Vec<u8>,
    revoked: Option<(DateTime<FixedOffset>, RevocationReason)>,
}

impl Register {
    /// Reads the register, or begins one.
    pub fn open(path: &Path) -> Result<Self, IssuerError> {
        let state = match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| unreadable(path, &error))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => State::default(),
            Err(error) => return Err(unreadable(path, &error)),
        };
        Ok(Self { path: Some(path.to_owned()), state: Mutex::new(state) })
    }

    /// Begins a session, or finds the one that an order goes on with; returns its number.
    pub fn begin(&self, order: &Order) -> Result<String, IssuerError> {
        let known = |state: &State, id: &str| {
            state.sessions.iter().any(|kept| kept.id == id && kept.card_number == order.card.card_number)
        };
        if let Some(id) = order.resumes.as_ref().filter(|id| known(&self.state(), id)) {
            return Ok(id.clone());
        }
        let id = crate::hex::encode(&order.entropy[..12]);
        let replaces = order.operations.iter().filter_map(|operation| match operation {
            Operation::NewCertificate { kind, replaces: Some(old), .. } => Some((*kind, old.clone())),
            _ => None,
        });
        let replaces = replaces.collect();
        self.change(|state| {
            state.sessions.push(Kept {
                id: id.clone(),
                card_number: order.card.card_number.clone(),
                begun: order.at,
                done: false,
                replaces,
            });
        })?;
        Ok(id)
    }

    /// The certificate of one kind that a session has issued already.
    pub fn of_session(&self, session: &str, kind: CertificateKind) -> Option<Entry> {
        let state = self.state();
        state.issued.iter().rev().find(|entry| entry.session == session && entry.kind == kind).cloned()
    }

    /// Enters a new certificate. One that the same session issued for another key never came into use and is revoked.
    pub fn issue(
        &self,
        session: &str,
        order: &Order,
        kind: CertificateKind,
        serial: &str,
        public_key: &[u8],
        der: &[u8],
    ) -> Result<(), IssuerError> {
        let entry = Entry {
            session: session.to_owned(),
            card_number: order.card.card_number.clone(),
            kind,
            serial: serial.to_owned(),
            public_key: public_key.to_vec(),
            der: der.to_vec(),
            revoked: None,
        };
        self.change(|state| {
            let stillborn = |other: &&mut Entry| other.session == session && other.kind == kind;
            for other in state.issued.iter_mut().filter(stillborn) {
                other.revoked.get_or_insert((order.at, RevocationReason::Superseded));
            }
            state.list_number += 1;
            state.issued.push(entry);
        })
    }

    /// The serial of the certificate that a session's new one replaces, as its first order said.
    pub fn replaced_in(&self, session: &str, kind: CertificateKind) -> Option<String> {
        let state = self.state();
        let kept = state.sessions.iter().find(|kept| kept.id == session)?;
        kept.replaces.iter().find(|(replaced, _)| *replaced == kind).map(|(_, serial)| serial.clone())
    }

    /// Ends a session.
    pub fn done(&self, session: &str) -> Result<(), IssuerError> {
        self.change(|state| {
            for kept in state.sessions.iter_mut().filter(|kept| kept.id == session) {
                kept.done = true;
            }
        })
    }

    /// Revokes a certificate. One that the card was born with isn't in the register yet and is entered.
    pub fn revoke(&self, wanted: &Revocation) -> Result<Revoked, IssuerError> {
        let mut since = wanted.at;
        self.change(|state| {
            let same = |entry: &&mut Entry| entry.kind == wanted.kind && entry.serial == wanted.serial;
            if let Some(entry) = state.issued.iter_mut().find(same) {
                if let Some((before, _)) = entry.revoked {
                    since = before;
                    return;
                }
                entry.revoked = Some((wanted.at, wanted.reason));
            } else {
                state.issued.push(Entry {
                    session: String::new(),
                    card_number: wanted.card_number.clone(),
                    kind: wanted.kind,
                    serial: wanted.serial.clone(),
                    public_key: Vec::new(),
                    der: Vec::new(),
                    revoked: Some((wanted.at, wanted.reason)),
                });
            }
            state.list_number += 1;
        })?;
        Ok(Revoked { kind: wanted.kind, serial: wanted.serial.clone(), since })
    }

    /// The number of the next list of revoked certificates, and who stands on it.
    pub fn revoked(&self, kind: CertificateKind) -> (u32, Vec<RevokedCertificate>) {
        let state = self.state();
        let revoked = state.issued.iter().filter(|entry| entry.kind == kind).filter_map(|entry| {
            let (since, reason) = entry.revoked?;
            Some(RevokedCertificate { serial: entry.serial.clone(), since, reason: reason.code() })
        });
        (state.list_number, revoked.collect())
    }

    fn change(&self, change: impl FnOnce(&mut State)) -> Result<(), IssuerError> {
        let mut state = self.state();
        let mut changed = state.clone();
        NOTE.clone_into(&mut changed.note);
        change(&mut changed);
        if let Some(path) = &self.path {
            let bytes = serde_json::to_vec(&changed).map_err(|error| unreadable(path, &error))?;
            safe_file::replace(path, &bytes).map_err(|error| unreadable(path, &error))?;
        }
        *state = changed;
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The value is replaced whole, so a panic elsewhere leaves no half of one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> IssuerError {
    IssuerError::Unreachable(format!("訓練用の発行機関の台帳「{}」を扱えません({error})。", path.display()))
}
