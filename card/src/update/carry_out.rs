//! The update through the counter's own reader, with an issuer behind it.

use myna_card::data::sha256;

use super::error::{Cause, UpdateError};
use super::inspect;
use super::journal::{Journal, JournalStep};
use super::outcome::UpdateOutcome;
use super::plan::{PlanError, UpdateOrder};
use super::progress::Progress;
use super::run::Run;
use crate::issuer::{self, Issuer, Lasting, Operation, Report, Session as _};
use crate::link::CardLink;
use crate::readers::Reader;
use crate::relay::{RelayError, relay};

/// Does to the card that lies on `reader` what is planned, and proves it: PIN resets, revocations, new certificates.
///
/// Every way out takes the card's power away. Each step is in the journal before its first command.
///
/// # Errors
/// What stopped it, and whether the card was touched; then [`super::examine`] says where the card stands.
pub fn carry_out(
    reader: &dyn Reader,
    issuer: &dyn Issuer,
    order: &UpdateOrder<'_>,
    journal: &mut dyn Journal,
    progress: &mut dyn FnMut(Progress),
) -> Result<UpdateOutcome, UpdateError> {
    let mut run = Run::new(order, journal, progress);
    run.whole(reader, issuer).map_err(|cause| run.stopped(cause))
}

impl Run<'_> {
    fn whole(&mut self, reader: &dyn Reader, issuer: &dyn Issuer) -> Result<UpdateOutcome, Cause> {
        self.order.plan.check()?;
        if !self.order.plan.pin_changes.is_empty() {
            return Err(PlanError::ChangeBesideOthers.into());
        }
        self.chosen_pins()?;
        let (mut link, old) = self.prepare(reader)?;
        self.step(JournalStep::OpenIssuer { old: old.clone() })?;
        let (report, commands) = self.write(&mut *link, issuer)?;
        let mut outcome = self.settle(&mut *link, &old, &report, commands)?;
        Self::compare(&report, &outcome)?;
        self.confirm_revocations(issuer, &report, &mut outcome)?;
        self.finish(outcome)
    }

    fn write(&mut self, link: &mut dyn CardLink, issuer: &dyn Issuer) -> Result<(Report, u32), Cause> {
        inspect::still_same_card(link, self.order.plan)?;
        let order = self.for_issuer(link)?;
        let mut session = Lasting::new(issuer, issuer.open(order)?);
        self.step(JournalStep::Session { id: session.id().to_owned() })?;
        relay(link, &mut session, self).map_err(|error| match error {
            RelayError::Card(error) => Cause::Card(error),
            RelayError::Issuer(error) => Cause::Issuer(error),
            RelayError::Journal(error) => Cause::Journal(error),
        })
    }

    fn for_issuer(&self, link: &mut dyn CardLink) -> Result<issuer::Order, Cause> {
        let (order, plan) = (self.order, self.order.plan);
        let mut operations = inspect::sealed_pins(link, plan, order.new_pins, &order.entropy)?;
        operations.extend(plan.revocations.iter().map(|planned| Operation::Revoke {
            kind: planned.kind,
            serial: planned.serial.clone(),
            reason: planned.reason,
        }));
        operations.extend(plan.certificates.iter().map(|planned| Operation::NewCertificate {
            kind: planned.kind,
            expires: planned.expires,
            replaces: planned.old_serial.clone(),
        }));
        Ok(issuer::Order {
            card: plan.card.clone(),
            holder: order.holder.clone(),
            operations,
            at: order.at,
            // Not the bytes of our own proofs: the issuer must not know what the card will be asked to sign.
            entropy: sha256(&[b"madoguchi issuer ", &order.entropy[..]].concat()),
            resumes: plan.issuer_session.clone(),
        })
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

    /// A revocation isn't on the card but with the issuer: it must be reported, and where the issuer publishes a list,
    /// the list must name it.
    fn confirm_revocations(
        &self,
        issuer: &dyn Issuer,
        report: &Report,
        outcome: &mut UpdateOutcome,
    ) -> Result<(), Cause> {
        for revoked in &mut outcome.revoked {
            let kind = revoked.kind;
            let same =
                |reported: &&issuer::Revoked| reported.kind == kind && reported.serial == revoked.serial;
            let reported = report.revoked.iter().find(same).ok_or(Cause::NotRevoked { kind })?;
            revoked.since = Some(reported.since);
            if let Some(list) = issuer.revocation_list(kind, self.order.at)? {
                let listed = self.order.trust.revoked(kind, &list, &revoked.serial);
                revoked.listed = listed.map_err(|error| Cause::Trust { kind, error })?;
                if !revoked.listed {
                    return Err(Cause::NotRevoked { kind });
                }
            }
        }
        Ok(())
    }
}
