//! The update through the counter's own reader, with an issuer behind it.

use myna_card::data::sha256;
use rules::kinds::CertificateKind;

use super::error::{Cause, OldKey, UpdateError};
use super::inspect;
use super::journal::{Journal, JournalStep, OldCertificate};
use super::outcome::{NewCertificate, UpdateOutcome};
use super::plan::UpdateOrder;
use super::progress::Progress;
use crate::error::CardError;
use crate::issuer::{self, Issuer, Operation, Report};
use crate::link::CardLink;
use crate::read::all_tries;
use crate::readers::Reader;
use crate::relay::{Passed, RelayError, Watch, relay};

/// Makes the planned certificates on the card that lies on `reader`, and proves them.
///
/// Every way out takes the card's power away. Each step is in the journal before its first command.
///
/// # Errors
/// What stopped it, and whether the card was touched; then [`super::examine`] says where the card stands.
pub fn renew(
    reader: &dyn Reader,
    issuer: &dyn Issuer,
    order: &UpdateOrder<'_>,
    journal: &mut dyn Journal,
    progress: &mut dyn FnMut(Progress),
) -> Result<UpdateOutcome, UpdateError> {
    let mut run = Run::new(order, journal, progress);
    run.whole(reader, issuer).map_err(|cause| run.stopped(cause))
}

/// An update under way.
pub(super) struct Run<'a> {
    order: &'a UpdateOrder<'a>,
    journal: &'a mut dyn Journal,
    progress: &'a mut dyn FnMut(Progress),
    after: Option<JournalStep>,
    old_keys: Vec<(CertificateKind, OldKey)>,
    /// The certificate whose key was made last.
    writing: Option<CertificateKind>,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        order: &'a UpdateOrder<'a>,
        journal: &'a mut dyn Journal,
        progress: &'a mut dyn FnMut(Progress),
    ) -> Self {
        let old_keys = order.plan.certificates.iter().map(|planned| (planned.kind, OldKey::Intact)).collect();
        Self { order, journal, progress, after: None, old_keys, writing: None }
    }

    pub(super) fn stopped(self, cause: Cause) -> UpdateError {
        UpdateError { cause, after: self.after.map(Box::new), old_keys: self.old_keys }
    }

    /// For an update that was written elsewhere: nobody here knows what became of the keys.
    pub(super) fn written_elsewhere(&mut self) {
        for (_, key) in &mut self.old_keys {
            *key = OldKey::Unknown;
        }
    }

    pub(super) fn step(&mut self, step: JournalStep) -> Result<(), Cause> {
        self.journal.step(&step)?;
        (self.progress)(Progress::at(&step));
        self.after = Some(step);
        Ok(())
    }

    fn whole(&mut self, reader: &dyn Reader, issuer: &dyn Issuer) -> Result<UpdateOutcome, Cause> {
        let (mut link, old) = self.prepare(reader)?;
        self.step(JournalStep::OpenIssuer { old: old.clone() })?;
        let (report, commands) = self.write(&mut *link, issuer)?;
        let outcome = self.settle(&mut *link, &old, commands)?;
        Self::compare(&report, &outcome)?;
        self.finish(outcome)
    }

    /// Connects, refuses another card, presents the PINs and notes the certificates that are there.
    pub(super) fn prepare(
        &mut self,
        reader: &dyn Reader,
    ) -> Result<(Box<dyn CardLink>, Vec<OldCertificate>), Cause> {
        let (plan, pins) = (self.order.plan, self.order.pins);
        self.needs_pins()?;
        self.step(JournalStep::Connect { reader: reader.name().to_owned(), card: plan.card.clone() })?;
        let mut link = reader.connect()?;
        let reading = inspect::read_same_card(&mut *link, plan)?;
        self.step(JournalStep::VerifyPins { kinds: pins.entered() })?;
        let signature = inspect::present_all(&mut *link, pins)?;
        let old = inspect::old_certificates(plan, &reading, signature.as_ref())?;
        Ok((link, old))
    }

    fn write(&mut self, link: &mut dyn CardLink, issuer: &dyn Issuer) -> Result<(Report, u32), Cause> {
        inspect::still_same_card(link, self.order.plan)?;
        let mut session = issuer.open(self.for_issuer())?;
        relay(link, &mut *session, self).map_err(|error| match error {
            RelayError::Card(error) => Cause::Card(error),
            RelayError::Issuer(error) => Cause::Issuer(error),
            RelayError::Journal(error) => Cause::Journal(error),
        })
    }

    fn for_issuer(&self) -> issuer::Order {
        let order = self.order;
        issuer::Order {
            card: order.plan.card.clone(),
            holder: order.holder.clone(),
            operations: order
                .plan
                .certificates
                .iter()
                .map(|planned| Operation::NewCertificate { kind: planned.kind, expires: planned.expires })
                .collect(),
            at: order.at,
            // Not the bytes of our own proofs: the issuer must not know what the card will be asked to sign.
            entropy: sha256(&[b"madoguchi issuer ", &order.entropy[..]].concat()),
        }
    }

    /// Reads back, checks and proves what is on the card now.
    pub(super) fn settle(
        &mut self,
        link: &mut dyn CardLink,
        old: &[OldCertificate],
        commands: u32,
    ) -> Result<UpdateOutcome, Cause> {
        let order = self.order;
        self.step(JournalStep::ReadBack)?;
        inspect::still_same_card(link, order.plan)?;
        let mut certificates = order
            .plan
            .certificates
            .iter()
            .map(|planned| inspect::read_back(link, order, planned, old))
            .collect::<Result<Vec<NewCertificate>, Cause>>()?;
        for new in certificates.iter_mut().filter(|_| !order.plan.face_only) {
            self.step(JournalStep::Prove { kind: new.reading.kind })?;
            inspect::prove(link, &new.reading, order.pins, &order.entropy)?;
            new.proven = true;
        }
        Ok(UpdateOutcome { certificates, pins: all_tries(link)?, commands })
    }

    /// A new key is proven with its PIN, so the PIN must be there before anything is written.
    pub(super) fn needs_pins(&self) -> Result<(), CardError> {
        let plan = self.order.plan;
        let mut wanted = plan.certificates.iter().filter(|_| !plan.face_only);
        wanted.try_for_each(|planned| self.order.pins.of(planned.kind.pin()).map(drop))
    }

    /// The card is believed; an issuer that says something else is reported.
    fn compare(report: &Report, outcome: &UpdateOutcome) -> Result<(), Cause> {
        for new in &outcome.certificates {
            let kind = new.reading.kind;
            let reported = report.certificates.iter().find(|issued| issued.kind == kind);
            if reported.is_some_and(|issued| issued.der != new.reading.der) {
                return Err(Cause::NotAsReported { kind });
            }
        }
        Ok(())
    }

    pub(super) fn finish(&mut self, outcome: UpdateOutcome) -> Result<UpdateOutcome, Cause> {
        let new = outcome
            .certificates
            .iter()
            .map(|new| OldCertificate { kind: new.reading.kind, serial: new.reading.serial.clone() })
            .collect();
        self.step(JournalStep::Finish { new })?;
        Ok(outcome)
    }

    fn old_key(&mut self, kind: CertificateKind) -> Option<&mut OldKey> {
        self.old_keys.iter_mut().find(|(planned, _)| *planned == kind).map(|(_, key)| key)
    }

    /// The certificate whose key this command makes: the one it names, or else the next of the plan.
    fn key_of(&self, passed: &Passed) -> Option<CertificateKind> {
        let planned = |kind: &CertificateKind| self.old_keys.iter().any(|(planned, _)| planned == kind);
        match passed.key() {
            Some(kind) => Some(kind).filter(planned),
            None => self.old_keys.iter().find(|(_, key)| *key == OldKey::Intact).map(|(kind, _)| *kind),
        }
    }
}

impl Watch for Run<'_> {
    fn before(&mut self, passed: &Passed) -> Result<(), RelayError> {
        let generates = passed.generates_key();
        if generates {
            self.writing = self.key_of(passed);
            if self.writing.is_none() {
                return Err(CardError::NotAllowed("予定にない鍵の生成".to_owned()).into());
            }
        }
        let same_step =
            matches!(&self.after, Some(JournalStep::Write { about, .. }) if about == passed.about);
        if generates || !same_step {
            let step = JournalStep::Write {
                kind: self.writing,
                about: passed.about.to_owned(),
                irreversible: passed.changes_card(),
                commands: passed.before,
            };
            self.journal.step(&step)?;
            (self.progress)(Progress::at(&step));
            self.after = Some(step);
        }
        if generates && let Some(key) = self.writing.and_then(|kind| self.old_key(kind)) {
            *key = OldKey::Unknown;
        }
        Ok(())
    }

    fn after(&mut self, passed: &Passed, status: u16) {
        const DONE: u16 = 0x9000;
        if passed.generates_key()
            && status == DONE
            && let Some(key) = self.writing.and_then(|kind| self.old_key(kind))
        {
            *key = OldKey::Gone;
        }
    }
}
