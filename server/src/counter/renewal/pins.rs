//! PINs: the resident enters them at the pad; the clerk's side only learns how each one stands.

use super::{Done, StepForm, Taken, card_on_reader, must_be, station_of, take};
use crate::audit::{self, Entry, Kind, Outcome};
use crate::counter::case::{self, Actor, Case, Move};
use crate::error::Result;
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::stations::{PinRequest, PinsEnd, Reply, Station, answer};
use rules::case_states::{CaseEvent, CaseState};
use rules::kinds::PinKind;

/// Lets the resident enter the PINs at the pad of the clerk's station.
///
/// # Errors
/// A refusal when the step isn't possible or the card doesn't lie on the reader.
pub async fn ask(office: &Office, visitor: &Visitor, reception: &str, form: &StepForm) -> Result<Done> {
    let begun = match take(office, visitor, reception, "pins", form).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    must_be(&begun.case, &[CaseState::Applied, CaseState::PinsVerified, CaseState::Updating])?;
    let (_, station) = station_of(office, &begun.actor).await?;
    card_on_reader(&begun.case, &*station)?;
    let application = begun.case.application()?;
    if application.pins.is_empty() {
        let facts = begun.case.facts.clone();
        let remark = "(このカードには暗証番号がありません)".to_owned();
        return begun.finish(CaseEvent::VerifyPins, &facts, Some(remark)).await;
    }
    let end = station.ask_pins(request(&begun.case, application.pins.clone())?);
    let (office, case, actor) = (office.clone(), begun.case.clone(), begun.actor.clone());
    let done = begun.close().await?;
    tokio::spawn(async move {
        if let Err(error) = wait(&office, &case, &actor, end).await {
            tracing::warn!(%error, reception = %case.row.reception_number, "PINs were entered, and the case did not move");
        }
    });
    Ok(done)
}

/// Takes the wish for PINs back.
///
/// # Errors
/// A refusal when there is no such case.
pub async fn cancel(office: &Office, visitor: &Visitor, reception: &str, form: &StepForm) -> Result<Done> {
    let begun = match take(office, visitor, reception, "pins-cancel", form).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    let (_, station) = station_of(office, &begun.actor).await?;
    if station.view().pad.reception_number == reception {
        station.forget_pins();
    }
    begun.close().await
}

/// The wish as the pad shows it.
pub(super) fn request(case: &Case, kinds: Vec<PinKind>) -> Result<PinRequest> {
    Ok(PinRequest {
        reception_number: case.row.reception_number.clone(),
        purpose: format!("電子証明書の{}", case.procedure.label()),
        card: case.application()?.plan.card.clone(),
        kinds,
        new_kinds: Vec::new(),
        unclear_kinds: Vec::new(),
    })
}

/// Whether the station holds all PINs that the case needs.
pub(super) fn held(case: &Case, station: &dyn Station) -> bool {
    let needed = case.facts.application.as_ref().map(|application| application.pins.as_slice());
    needed.is_some_and(|needed| needed.is_empty() || holds(case, station, needed))
}

/// Whether the station holds these PINs for the case. Those that were asked for to look at a card may be fewer than
/// those that writing to it needs.
pub(super) fn holds(case: &Case, station: &dyn Station, kinds: &[PinKind]) -> bool {
    let pad = station.view().pad;
    pad.phase == crate::stations::PadPhase::Held
        && pad.reception_number == case.row.reception_number
        && kinds.iter().all(|kind| pad.pins.iter().any(|pin| pin.kind == *kind))
}

async fn wait(office: &Office, case: &Case, actor: &Actor, end: Reply<PinsEnd>) -> Result<()> {
    match answer(end).await? {
        PinsEnd::Stopped => Ok(()),
        PinsEnd::Locked(kind) => note_locked(office, case, actor, kind).await,
        PinsEnd::Verified => note_verified(office, case, actor).await,
    }
}

/// Notes that the card took the PINs. Only a case that waited for that moves; a later one stays where it is.
pub(super) async fn note_verified(office: &Office, case: &Case, actor: &Actor) -> Result<()> {
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    let now = case::load_for_writing(&mut tx, &case.row.reception_number).await?;
    if now.state == CaseState::Applied {
        let step = Move { event: CaseEvent::VerifyPins, facts: &now.facts, reason: None, remark: None };
        now.advance(&mut tx, &at, actor, step).await?;
    } else {
        let sentence = format!("{}: 暗証番号の照合が終わりました。", now.row.reception_number);
        let entry = Entry::done(Kind::PinsVerified, &actor.login, sentence).about(&now.row.resident_number);
        audit::record(&mut tx, &at, entry.in_case(now.row.id)).await?;
    }
    tx.commit().await
}

/// Notes in the trail that a PIN is locked.
pub(super) async fn note_locked(office: &Office, case: &Case, actor: &Actor, kind: PinKind) -> Result<()> {
    let mut tx = office.store().write().await?;
    let sentence = format!("{}: {}がロックされています。", case.row.reception_number, kind.label());
    let entry = Entry::done(Kind::PinsVerified, &actor.login, sentence).about(&case.row.resident_number);
    let entry = entry.in_case(case.row.id).outcome(Outcome::Failed);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}
