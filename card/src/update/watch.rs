//! What an update makes of each command that it passes on: a step of the journal, or a refusal.

use rules::kinds::{CertificateKind, PinKind};

use super::error::OldKey;
use super::journal::JournalStep;
use super::progress::Progress;
use super::run::Run;
use crate::error::CardError;
use crate::relay::{Passed, RelayError, Watch};

impl Watch for Run<'_> {
    fn before(&mut self, passed: &Passed<'_>) -> Result<(), RelayError> {
        self.refuse_unplanned(passed)?;
        let generates = passed.generates_key();
        let pin = self.pin_of(passed);
        let revokes = self.may_revoke(passed);
        // A step that resets a PIN is that one command: what follows may touch something else.
        let same_step = matches!(
            &self.after,
            Some(JournalStep::Write { about, pin: None, .. }) if about == passed.about
        );
        if generates || pin.is_some() || !same_step {
            if generates {
                self.writing = self.key_of(passed);
            }
            let step = JournalStep::Write {
                kind: self.writing,
                about: passed.about.to_owned(),
                irreversible: passed.changes_card(),
                commands: passed.before,
                pin,
                revokes,
            };
            self.journal.step(&step)?;
            (self.progress)(Progress::at(&step));
            self.after = Some(step);
        }
        if generates && let Some(key) = self.writing.and_then(|kind| self.old_key(kind)) {
            *key = OldKey::Unknown;
        }
        if passed.changes_card() && !generates && pin.is_none() && self.writing.is_none() {
            self.rewrites();
        }
        if let Some(kind) = pin
            && !self.pins.contains(&kind)
        {
            self.pins.push(kind);
        }
        if revokes {
            self.revoked = self.order.plan.revocations.iter().map(|planned| planned.kind).collect();
        }
        Ok(())
    }

    fn after(&mut self, passed: &Passed<'_>, status: u16) {
        const DONE: u16 = 0x9000;
        if passed.generates_key()
            && status == DONE
            && let Some(key) = self.writing.and_then(|kind| self.old_key(kind))
        {
            *key = OldKey::Gone;
        }
    }
}

impl Run<'_> {
    /// What changes the card must be something that the plan asks for.
    fn refuse_unplanned(&self, passed: &Passed<'_>) -> Result<(), CardError> {
        let plan = self.order.plan;
        let refused = |what: &str| Err(CardError::NotAllowed(what.to_owned()));
        if passed.generates_key() {
            if self.key_of(passed).is_none() {
                return refused("予定にない鍵の生成");
            }
        } else if passed.resets_pin() {
            if self.pin_of(passed).is_none() {
                return refused("予定にない暗証番号の再設定");
            }
        } else if passed.changes_card() && plan.certificates.is_empty() && plan.revocations.is_empty() {
            return refused("予定にない書き込み");
        }
        Ok(())
    }

    /// The certificate whose key this command makes: the one it names, or else the next of the plan.
    fn key_of(&self, passed: &Passed<'_>) -> Option<CertificateKind> {
        let planned = |kind: &CertificateKind| self.old_keys.iter().any(|(planned, _)| planned == kind);
        if let Some(kind) = passed.key() {
            return Some(kind).filter(planned);
        }
        let first = |wanted| self.old_keys.iter().find(|(_, key)| *key == wanted);
        first(OldKey::Intact).or_else(|| first(OldKey::Unknown)).map(|(kind, _)| *kind)
    }

    /// The PIN that this command sets anew: the one it names, or else the next of the plan.
    fn pin_of(&self, passed: &Passed<'_>) -> Option<PinKind> {
        if !passed.resets_pin() {
            return None;
        }
        let planned = &self.order.plan.pin_resets;
        match passed.pin() {
            Some(kind) => planned.contains(&kind).then_some(kind),
            None => planned.iter().copied().find(|kind| !self.pins.contains(kind)),
        }
    }

    /// Something is written before a key was made: a certificate for the key of an earlier session, or, where the plan
    /// revokes as well, the end of another certificate. The head doesn't tell which, so the worse is assumed.
    fn rewrites(&mut self) {
        for (_, key) in self.old_keys.iter_mut().filter(|(_, key)| *key == OldKey::Intact) {
            *key = OldKey::Unknown;
        }
    }

    /// The issuer revokes once the card has accepted it, never before.
    fn may_revoke(&self, passed: &Passed<'_>) -> bool {
        !self.order.plan.revocations.is_empty() && passed.is_secured()
    }

    fn old_key(&mut self, kind: CertificateKind) -> Option<&mut OldKey> {
        self.old_keys.iter_mut().find(|(planned, _)| *planned == kind).map(|(_, key)| key)
    }
}
