//! An update under way: its steps, what it may have touched, and what it reads back in the end.

use rules::kinds::{CertificateKind, PinKind};

use super::error::{Cause, OldKey, UpdateError};
use super::inspect;
use super::journal::{Journal, JournalStep, OldCertificate};
use super::outcome::{NewCertificate, RevokedCertificate, UpdateOutcome};
use super::pins::UpdatePins;
use super::plan::UpdateOrder;
use super::progress::Progress;
use crate::error::CardError;
use crate::issuer::Report;
use crate::link::CardLink;
use crate::read::all_tries;
use crate::readers::Reader;

/// An update under way.
pub(super) struct Run<'a> {
    pub order: &'a UpdateOrder<'a>,
    pub journal: &'a mut dyn Journal,
    pub progress: &'a mut dyn FnMut(Progress),
    /// The last step that was written down.
    pub after: Option<JournalStep>,
    pub old_keys: Vec<(CertificateKind, OldKey)>,
    /// PINs whose value may be another now.
    pub pins: Vec<PinKind>,
    /// Certificates that may be revoked now.
    pub revoked: Vec<CertificateKind>,
    /// The certificate whose key was made last.
    pub writing: Option<CertificateKind>,
}

impl<'a> Run<'a> {
    pub fn new(
        order: &'a UpdateOrder<'a>,
        journal: &'a mut dyn Journal,
        progress: &'a mut dyn FnMut(Progress),
    ) -> Self {
        let old_keys = order.plan.certificates.iter().map(|planned| (planned.kind, OldKey::Intact)).collect();
        Self {
            order,
            journal,
            progress,
            after: None,
            old_keys,
            pins: Vec::new(),
            revoked: Vec::new(),
            writing: None,
        }
    }

    pub fn stopped(self, cause: Cause) -> UpdateError {
        UpdateError {
            cause,
            after: self.after.map(Box::new),
            old_keys: self.old_keys,
            pins: self.pins,
            revoked: self.revoked,
        }
    }

    /// For an update that was written elsewhere: nobody here knows what became of the card.
    pub fn written_elsewhere(&mut self) {
        for (_, key) in &mut self.old_keys {
            *key = OldKey::Unknown;
        }
        self.pins.clone_from(&self.order.plan.pin_resets);
        self.revoked = self.order.plan.revocations.iter().map(|planned| planned.kind).collect();
    }

    pub fn step(&mut self, step: JournalStep) -> Result<(), Cause> {
        self.journal.step(&step)?;
        (self.progress)(Progress::at(&step));
        self.after = Some(step);
        Ok(())
    }

    /// Connects, refuses another card, presents the PINs and notes the certificates that are there.
    pub fn prepare(
        &mut self,
        reader: &dyn Reader,
    ) -> Result<(Box<dyn CardLink>, Vec<OldCertificate>), Cause> {
        let (plan, pins) = (self.order.plan, self.order.pins);
        // A new key is proven with its PIN, so the PIN must be there before anything is written.
        for kind in plan.current_pins() {
            pins.of(kind)?;
        }
        self.step(JournalStep::Connect { reader: reader.name().to_owned(), card: plan.card.clone() })?;
        let mut link = reader.connect()?;
        let reading = inspect::read_same_card(&mut *link, plan)?;
        let kinds = inspect::to_present(plan, pins);
        self.step(JournalStep::VerifyPins { kinds, locked: reading.pins.locked() })?;
        let signature = inspect::present_all(&mut *link, plan, pins)?;
        let old = inspect::old_certificates(plan, &reading, signature.as_ref())?;
        Ok((link, old))
    }

    /// Reads back, checks and proves what is on the card now.
    pub fn settle(
        &mut self,
        link: &mut dyn CardLink,
        old: &[OldCertificate],
        report: &Report,
        commands: u32,
    ) -> Result<UpdateOutcome, Cause> {
        let plan = self.order.plan;
        let pins = self.order.pins.overlaid(self.order.new_pins);
        // A session that was taken up again may have written the certificate before.
        let issued = |old: &OldCertificate| report.certificates.iter().any(|new| new.serial == old.serial);
        // What stood behind a locked PIN couldn't be read before; the plan may know it.
        let planned = plan.certificates.iter().filter_map(|planned| {
            Some(OldCertificate { kind: planned.kind, serial: planned.old_serial.clone()? })
        });
        let old: Vec<_> = old.iter().cloned().chain(planned).filter(|old| !issued(old)).collect();
        self.step(JournalStep::ReadBack)?;
        inspect::still_same_card(link, plan)?;
        if !plan.pin_resets.is_empty() {
            self.step(JournalStep::ProvePins { kinds: plan.pin_resets.clone() })?;
            inspect::prove_pins(link, &plan.pin_resets, &pins)?;
        }
        let revoked = self.read_revoked(link)?;
        let mut certificates = plan
            .certificates
            .iter()
            .map(|planned| inspect::read_back(link, self.order, &pins, planned, &old))
            .collect::<Result<Vec<NewCertificate>, Cause>>()?;
        for new in certificates.iter_mut().filter(|_| !plan.face_only) {
            self.step(JournalStep::Prove { kind: new.reading.kind })?;
            inspect::prove(link, &new.reading, &pins, &self.order.entropy)?;
            new.proven = true;
        }
        let new_pins = plan.pin_resets.clone();
        Ok(UpdateOutcome { certificates, pins: all_tries(link)?, commands, new_pins, revoked })
    }

    /// What the card still holds of the certificates that shall be revoked. Whether they are, only the issuer knows.
    fn read_revoked(&self, link: &mut dyn CardLink) -> Result<Vec<RevokedCertificate>, CardError> {
        if self.order.plan.revocations.is_empty() {
            return Ok(Vec::new());
        }
        let reading = crate::read::read_brief(link)?;
        let there = |kind| match kind {
            CertificateKind::Authentication => {
                reading.authentication.is_some() || reading.damaged.contains(&kind)
            }
            CertificateKind::Signature => reading.signature_present != Some(false),
        };
        Ok(self
            .order
            .plan
            .revocations
            .iter()
            .map(|planned| RevokedCertificate {
                kind: planned.kind,
                serial: planned.serial.clone(),
                since: None,
                listed: false,
                on_card: there(planned.kind),
            })
            .collect())
    }

    pub fn finish(&mut self, outcome: UpdateOutcome) -> Result<UpdateOutcome, Cause> {
        let new = outcome
            .certificates
            .iter()
            .map(|new| OldCertificate { kind: new.reading.kind, serial: new.reading.serial.clone() })
            .collect();
        let revoked = outcome.revoked.iter().map(|revoked| revoked.kind).collect();
        self.step(JournalStep::Finish { new, pins: outcome.new_pins.clone(), revoked })?;
        Ok(outcome)
    }

    /// The resident's choice for each PIN that gets a new value: there, and in the form that the card takes.
    pub fn chosen_pins(&self) -> Result<&'a UpdatePins, CardError> {
        for kind in self.order.plan.new_pins() {
            crate::pins::check_form(kind, self.order.new_pins.of(kind)?)?;
        }
        Ok(self.order.new_pins)
    }
}
