//! What one visit does with its case, one file a step: identity, application, PINs, update, hand-over.

pub mod application;
pub mod conclude;
pub mod copy;
pub mod evidence;
pub mod exits;
pub mod hand_over;
pub mod identity;
pub mod interrupted;
mod journal;
pub mod mismatch;
pub mod next_work;
pub mod note;
pub mod page;
pub mod papers;
pub mod paused;
pub mod pins;
mod plan;
pub mod recovery;
pub mod reopen;
mod settle;
pub mod update;
pub mod work;

use super::case::{self, Actor, Case, Facts, Move};
use super::decision::Decided;
use super::once;
use super::words::wrong;
use crate::error::{Refusal, Result};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::stations::{self, Reading, Station};
use crate::store::WriteTx;
use crate::store::case_events::NewEvent;
use app::components::FieldError;
use rules::case_states::{CaseEvent, CaseState};
use rules::procedure::Procedure;
use serde::Deserialize;
use std::sync::Arc;

/// What every form of a case carries.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StepForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
}

impl StepForm {
    /// What every form carries, of a form that carries more.
    pub fn new(version: i64, once: &str) -> Self {
        Self { version, once: once.to_owned() }
    }
}

/// How a step's form ended.
#[derive(Debug)]
pub enum Done {
    /// It was done; the address of the page that shows it.
    Moved(String),
    /// Something is missing; what was entered is shown again.
    Wrong(Vec<FieldError>),
}

/// A step's form, taken in: everything it does happens in one transaction.
pub(super) struct Begun {
    pub(super) tx: WriteTx,
    pub(super) case: Case,
    pub(super) actor: Actor,
    pub(super) at: String,
    route: String,
    once: String,
}

/// What became of taking a form in.
pub(super) enum Taken {
    /// It acted before; this is where it led.
    Before(String),
    /// It acts now.
    Now(Box<Begun>),
}

/// Takes a form in: the role may, the key is new, the case is the one the page showed.
pub(super) async fn take(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    step: &str,
    form: &StepForm,
) -> Result<Taken> {
    visitor.require(Act::HandleCases)?;
    take_in(office, visitor, reception, step, form).await
}

/// The same for what the back office does too: letters.
pub(super) async fn take_letters(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    step: &str,
    form: &StepForm,
) -> Result<Taken> {
    visitor.require(Act::HandleLetters)?;
    take_in(office, visitor, reception, step, form).await
}

async fn take_in(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    step: &str,
    form: &StepForm,
) -> Result<Taken> {
    let route = format!("/cases/{reception}/{step}");
    let mut tx = office.store().write().await?;
    if let Some(location) = once::answered(&mut tx, &form.once, visitor.staff_id, &route).await? {
        return Ok(Taken::Before(location));
    }
    let case = case::load_for_writing(&mut tx, reception).await?;
    guard_suppressed(office, visitor, &case).await?;
    case.still(&mut tx, form.version).await?;
    Ok(Taken::Now(Box::new(Begun {
        tx,
        case,
        actor: Actor::from(visitor),
        at: office.clock().stamp(),
        route,
        once: form.once.clone(),
    })))
}

/// Cases of people under support measures are a supervisor's.
///
/// # Errors
/// A refusal for anybody else.
pub async fn guard_suppressed(office: &Office, visitor: &Visitor, case: &Case) -> Result<()> {
    let resident = crate::store::residents::find(office.store().read(), &case.row.resident_number).await?;
    if resident.is_some_and(|resident| resident.suppressed) {
        visitor.require(Act::SeeSuppressed)?;
    }
    Ok(())
}

impl Begun {
    /// Takes the case on and ends the form.
    pub(super) async fn finish(
        self,
        event: CaseEvent,
        facts: &Facts,
        remark: Option<String>,
    ) -> Result<Done> {
        self.finish_because(event, facts, None, remark).await
    }

    /// The same into a state that needs words.
    pub(super) async fn finish_because(
        mut self,
        event: CaseEvent,
        facts: &Facts,
        reason: Option<String>,
        remark: Option<String>,
    ) -> Result<Done> {
        let step = Move { event, facts, reason, remark };
        self.case.advance(&mut self.tx, &self.at, &self.actor, step).await?;
        self.close().await
    }

    /// Adds a line to the case's history that moves nothing.
    pub(super) async fn note(&mut self, sentence: &str) -> Result<()> {
        let note = NewEvent {
            case_id: self.case.row.id,
            event: "note",
            from_state: self.case.state.code(),
            to_state: self.case.state.code(),
            staff_id: Some(self.actor.staff_id),
            at: &self.at,
            sentence,
        };
        crate::store::case_events::add(&mut self.tx, note).await
    }

    /// The days may have made a renewal into an issuance since the case was opened: the case follows.
    pub(super) async fn follow(&mut self, decided: &Decided) -> Result<()> {
        let written = |procedure| matches!(procedure, Procedure::Renewal | Procedure::Issuance);
        let now = decided.main.procedure;
        if now != self.case.procedure && written(now) && written(self.case.procedure) {
            crate::store::cases::rename(&mut self.tx, self.case.row.id, now.code()).await?;
            self.case.procedure = now;
        }
        Ok(())
    }

    /// Ends the form: from now on its key leads to the case's page.
    pub(super) async fn close(mut self) -> Result<Done> {
        let location = page_of(&self.case);
        once::remember(&mut self.tx, &self.once, self.actor.staff_id, &self.route, &location, &self.at)
            .await?;
        self.tx.commit().await?;
        Ok(Done::Moved(location))
    }
}

fn page_of(case: &Case) -> String {
    format!("/cases/{}", case.row.reception_number)
}

/// The counter at which a clerk sits.
async fn station_of(office: &Office, actor: &Actor) -> Result<(i64, Arc<dyn Station>)> {
    let Some(id) = actor.station_id else {
        let sentence = "このパソコンの窓口端末が選ばれていません。";
        return Err(Refusal::conflict(sentence, "設定の「窓口端末」で、この窓口を選んでください。").into());
    };
    Ok((id, stations::at(office, id).await?))
}

/// The reading of the case's card, which must lie on the reader now.
fn card_on_reader(case: &Case, station: &dyn Station) -> Result<Arc<Reading>> {
    let view = station.view();
    let Some(reading) = view.reading() else {
        let sentence = view.sight.sentence();
        return Err(Refusal::conflict(sentence, "受付のカードをカードリーダーに置いてください。").into());
    };
    if let Some(doubt) = &reading.doubt {
        let refusal = Refusal::conflict(doubt.sentence.clone(), doubt.what_now.clone());
        return Err(refusal.into());
    }
    if reading.card.card.card_number != case.card_number()? {
        let sentence = "カードリーダーのカードは、この受付のカードではありません。";
        return Err(Refusal::conflict(sentence, "受付のカードをカードリーダーに置いてください。").into());
    }
    Ok(Arc::clone(reading))
}

pub(super) fn missing(field: &str, sentence: impl Into<String>) -> Done {
    Done::Wrong(vec![wrong(field, sentence)])
}

/// The state refuses events by itself; this refuses work around a state that has none.
fn must_be(case: &Case, states: &[CaseState]) -> Result<()> {
    if states.contains(&case.state) {
        return Ok(());
    }
    let sentence = format!("この受付は「{}」です。", case.state.label());
    Err(Refusal::conflict(sentence, "受付の画面を開き直し、いまの段階から進めてください。").into())
}

/// The card is at the 統合端末: it was looked at here, and what is written there is still to be proven.
async fn update_is_at_terminal(office: &Office, case: &Case) -> Result<bool> {
    let read = office.store().read();
    let Some(update) = crate::store::card_updates::newest_of_case(read, case.row.id).await? else {
        return Ok(false);
    };
    let steps = crate::store::card_updates::steps(read, update.id).await?;
    Ok(update.ended_at.is_none() && steps.last().is_some_and(|step| step.step == "terminal"))
}
