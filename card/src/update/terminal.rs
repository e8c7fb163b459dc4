//! The update that the clerk writes on the 統合端末: we look before, and prove after.

use super::error::UpdateError;
use super::inspect;
use super::journal::{Journal, JournalStep, OldCertificate};
use super::outcome::UpdateOutcome;
use super::plan::UpdateOrder;
use super::progress::Progress;
use super::run::Run;
use crate::issuer::Report;
use crate::readers::Reader;

/// Reads the card before the clerk takes it to the 統合端末: the right card, the PINs right, the old serials noted.
///
/// The card is powered off at the end, so that the other terminal finds it untouched.
///
/// # Errors
/// As [`super::carry_out`]; the card was not touched.
pub fn before_terminal(
    reader: &dyn Reader,
    order: &UpdateOrder<'_>,
    journal: &mut dyn Journal,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<OldCertificate>, UpdateError> {
    let mut run = Run::new(order, journal, progress);
    let checked = order.plan.check().map_err(Into::into);
    let prepared = checked.and_then(|()| run.prepare(reader)).and_then(|(link, old)| {
        drop(link);
        run.step(JournalStep::Terminal { old: old.clone() })?;
        Ok(old)
    });
    prepared.map_err(|cause| run.stopped(cause))
}

/// Reads the card back after the 統合端末 wrote it, and proves it like [`super::carry_out`] does.
///
/// `old` is what [`before_terminal`] found: a certificate that is still one of those was not written.
///
/// # Errors
/// What isn't as planned. The card must not go back before it is.
pub fn check_after_terminal(
    reader: &dyn Reader,
    order: &UpdateOrder<'_>,
    old: &[OldCertificate],
    journal: &mut dyn Journal,
    progress: &mut dyn FnMut(Progress),
) -> Result<UpdateOutcome, UpdateError> {
    let mut run = Run::new(order, journal, progress);
    run.written_elsewhere();
    let settled = (|| {
        // What was set there is shown here: the new PINs as well as those that guard the new keys.
        for kind in order.plan.pin_resets.iter().copied().chain(order.plan.current_pins()) {
            order.new_pins.of(kind).or_else(|_| order.pins.of(kind))?;
        }
        run.step(JournalStep::Connect { reader: reader.name().to_owned(), card: order.plan.card.clone() })?;
        let mut link = reader.connect()?;
        inspect::still_same_card(&mut *link, order.plan)?;
        let outcome = run.settle(&mut *link, old, &Report::default(), 0)?;
        run.finish(outcome)
    })();
    settled.map_err(|cause| run.stopped(cause))
}
