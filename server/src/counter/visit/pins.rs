//! PINs: the resident enters them at the pad; the clerk's side only learns how each one stands.

use super::{Done, StepForm, Taken, card_on_reader, mismatch, must_be, station_of, take};
use crate::audit::{self, Entry, Kind, Outcome};
use crate::counter::case::{self, Actor, Application, Case, Move};
use crate::error::Result;
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::stations::{PadPhase, PinRequest, PinStatus, PinsEnd, Reply, Station, answer};
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
    let (station_id, station) = station_of(office, &begun.actor).await?;
    card_on_reader(&begun.case, &*station)?;
    let application = begun.case.application()?;
    if !application.plan.pin_resets.is_empty() {
        // Before the resident chooses: what they entered doesn't wait while the clerk proves to be there.
        visitor.require_fresh(office)?;
    }
    let wanted = Wanted::of(application, stage(office, station_id, &begun.case).await?);
    if wanted.is_empty() {
        let facts = begun.case.facts.clone();
        return begun.finish(CaseEvent::PassOverPins, &facts, None).await;
    }
    let end = station.ask_pins(request(&begun.case, wanted)?);
    let (office, case, actor) = (office.clone(), begun.case.clone(), begun.actor.clone());
    let done = begun.close().await?;
    tokio::spawn(async move {
        if let Err(error) = wait(&office, &case, &actor, end).await {
            tracing::warn!(error = %error.for_log(), reception = %case.row.reception_number, "PINs were entered, and the case did not move");
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
    let pad = station.view().pad;
    if pad.reception_number != reception {
        return begun.close().await;
    }
    let wrong: Vec<PinKind> =
        pad.pins.iter().filter(|pin| is_mismatch(&pin.status)).map(|pin| pin.kind).collect();
    station.forget_pins();
    if wrong.is_empty() || !mismatch::asks_by_letter(&begun.case) {
        return begun.close().await;
    }
    // 大村市: what the principal wrote isn't what the card has. The same day nothing more is possible.
    mismatch::ask_again(office, *begun, &wrong).await
}

fn is_mismatch(status: &PinStatus) -> bool {
    matches!(status, PinStatus::Wrong | PinStatus::WantsConsent | PinStatus::Locked)
}

/// Where the case stands with whoever writes to the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The new PINs go to the card from here.
    Ours,
    /// The 統合端末 is going to write, new PINs included: only known ones are asked for.
    BeforeTerminal,
    /// It has written: what was set there is shown to the card as a proof.
    AfterTerminal,
}

/// Which stage a case is at, at this station.
pub(super) async fn stage(office: &Office, station_id: i64, case: &Case) -> Result<Stage> {
    let terminal = crate::stations::row(office, station_id).await?.update_path == "terminal";
    Ok(stage_of(terminal, case))
}

/// The same when the station is known.
pub(super) fn stage_of(terminal: bool, case: &Case) -> Stage {
    let changes = case.facts.application.as_ref().is_some_and(|given| !given.plan.pin_changes.is_empty());
    match (terminal && !changes, case.state) {
        (false, _) => Stage::Ours,
        (true, CaseState::Updating) => Stage::AfterTerminal,
        (true, _) => Stage::BeforeTerminal,
    }
}

/// The PINs that are wanted at the pad.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Present values.
    pub kinds: Vec<PinKind>,
    /// New values, entered twice.
    pub new_kinds: Vec<PinKind>,
    /// Those whose change was interrupted.
    pub unclear: Vec<PinKind>,
}

impl Wanted {
    /// What the application's plan wants, and what the office asks for beside it.
    pub fn of(application: &Application, stage: Stage) -> Self {
        let plan = &application.plan;
        let current = plan.current_pins();
        let (new_kinds, after) = match stage {
            Stage::Ours => (plan.new_pins(), Vec::new()),
            Stage::BeforeTerminal => (Vec::new(), Vec::new()),
            Stage::AfterTerminal => (Vec::new(), plan.pin_resets.clone()),
        };
        let asked = |kind: &PinKind| {
            let present = application.pins.contains(kind) || current.contains(kind);
            (present && !plan.pin_resets.contains(kind)) || after.contains(kind)
        };
        let kinds = PinKind::ALL.iter().copied().filter(asked).collect();
        Self { kinds, new_kinds, unclear: plan.unclear_pins.clone() }
    }

    /// Present values only, to look at a card.
    pub fn only(kinds: Vec<PinKind>) -> Self {
        Self { kinds, ..Self::default() }
    }

    /// Nothing is wanted.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.new_kinds.is_empty()
    }

    /// All of them, each once.
    pub fn all(&self) -> Vec<PinKind> {
        let wanted = |kind: &PinKind| self.kinds.contains(kind) || self.new_kinds.contains(kind);
        PinKind::ALL.iter().copied().filter(wanted).collect()
    }
}

/// The wish as the pad shows it.
pub(super) fn request(case: &Case, wanted: Wanted) -> Result<PinRequest> {
    Ok(PinRequest {
        reception_number: case.row.reception_number.clone(),
        purpose: super::page::title(case.procedure),
        card: case.application()?.plan.card.clone(),
        kinds: wanted.kinds,
        new_kinds: wanted.new_kinds,
        unclear_kinds: wanted.unclear,
    })
}

/// Whether the station holds all PINs that the case needs.
pub(super) fn held(case: &Case, station: &dyn Station, stage: Stage) -> bool {
    let Some(application) = &case.facts.application else { return false };
    let wanted = Wanted::of(application, stage);
    wanted.is_empty() || holds(case, station, &wanted)
}

/// Whether the station holds these PINs for the case. Those that were asked for to look at a card may be fewer than
/// those that writing to it needs.
pub(super) fn holds(case: &Case, station: &dyn Station, wanted: &Wanted) -> bool {
    let pad = station.view().pad;
    let entered =
        |kind: &PinKind| pad.pins.iter().any(|pin| pin.kind == *kind && pin.status == PinStatus::Verified);
    let chosen = |kind: &PinKind| pad.pins.iter().any(|pin| pin.kind == *kind && pin.new.is_some());
    pad.phase == PadPhase::Held
        && pad.reception_number == case.row.reception_number
        && wanted.kinds.iter().all(entered)
        && wanted.new_kinds.iter().all(chosen)
}

async fn wait(office: &Office, case: &Case, actor: &Actor, end: Reply<PinsEnd>) -> Result<()> {
    match answer(end).await? {
        PinsEnd::Stopped => Ok(()),
        PinsEnd::Locked(kind) => {
            note_locked(office, case, actor, kind).await?;
            mismatch::after_lock(office, case, actor, kind).await
        }
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
        let entry = Entry::done(Kind::PinsVerified, actor, sentence).about(&now.row.resident_number);
        audit::record(&mut tx, &at, entry.with(now.counterparty()).in_case(now.row.id)).await?;
    }
    tx.commit().await
}

/// Notes in the trail that a PIN is locked.
pub(super) async fn note_locked(office: &Office, case: &Case, actor: &Actor, kind: PinKind) -> Result<()> {
    let mut tx = office.store().write().await?;
    let sentence = format!("{}: {}がロックされています。", case.row.reception_number, kind.label());
    let entry = Entry::done(Kind::PinsVerified, actor, sentence).about(&case.row.resident_number);
    let entry = entry.with(case.counterparty()).in_case(case.row.id).outcome(Outcome::Failed);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}
