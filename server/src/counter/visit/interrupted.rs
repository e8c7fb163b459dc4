//! After an interruption: one press goes on or gives up, whichever the card's true state allows.

use super::pins::Wanted;
use super::update::{Run, journal, open_day, way};
use super::{Done, StepForm, Taken, card_on_reader, missing, must_be, pins, settle, station_of, take};
use crate::audit::{self, Entry, Kind, Outcome};
use crate::counter::case::{self, Actor, Application, Case, Move};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::stations::{ExamineJob, PinsEnd, Station, UpdateWay, answer};
use crate::store;
use card::update::{Next, TrueState};
use rules::case_states::{CaseEvent, CaseState};
use serde::Deserialize;
use std::sync::Arc;

/// The clerk gives up, with a reason.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AbortForm {
    /// The version the page was made from.
    pub version: i64,
    /// The key that makes a second press harmless.
    pub once: String,
    /// Why.
    pub reason: String,
}

/// What the clerk wants once the card's state is known.
#[derive(Clone, Debug)]
enum Wish {
    /// Go on with what is left.
    Resume,
    /// Leave it at what is on the card, if the card can be used as it is.
    Abort(String),
}

/// Goes on where the update was interrupted. Where the card's state shows only with PINs, the resident is asked for
/// them first and the rest follows by itself.
///
/// # Errors
/// A refusal when the step isn't possible or the card doesn't lie on the reader.
pub async fn resume(office: &Office, visitor: &Visitor, reception: &str, form: &StepForm) -> Result<Done> {
    Box::pin(begin(office, visitor, reception, "resume", form, Wish::Resume)).await
}

/// Gives the update up, if the card can be used as it is.
///
/// # Errors
/// A refusal when the step isn't possible or the card doesn't lie on the reader.
pub async fn abort(office: &Office, visitor: &Visitor, reception: &str, form: &AbortForm) -> Result<Done> {
    let reason = form.reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 {
        return Ok(missing("reason", "取りやめる理由を500文字までで入力してください。"));
    }
    let step = StepForm::new(form.version, &form.once);
    Box::pin(begin(office, visitor, reception, "abort", &step, Wish::Abort(reason.to_owned()))).await
}

async fn begin(
    office: &Office,
    visitor: &Visitor,
    reception: &str,
    step: &str,
    form: &StepForm,
    wish: Wish,
) -> Result<Done> {
    visitor.require(Act::UpdateCards)?;
    let begun = match take(office, visitor, reception, step, form).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    must_be(&begun.case, &[CaseState::Interrupted])?;
    let (station_id, station) = station_of(office, &begun.actor).await?;
    card_on_reader(&begun.case, &*station)?;
    let work = Work {
        office: office.clone(),
        actor: begun.actor.clone(),
        case: begun.case.clone(),
        station,
        station_id,
        wish,
    };
    let done = begun.close().await?;
    Box::pin(work.start()).await?;
    Ok(done)
}

/// The clerk's page is long since shown when the card turns out not to allow what was wished: the case itself says so.
async fn note_refusal(office: &Office, actor: &Actor, reception: &str, refusal: &Refusal) -> Result<()> {
    let mut tx = office.store().write().await?;
    let case = case::load_for_writing(&mut tx, reception).await?;
    let mut facts = case.facts.clone();
    let Some(interruption) = facts.interruption.as_mut() else { return Ok(()) };
    interruption.what_now = refusal.to_string();
    store::cases::note_facts(&mut tx, case.row.id, &serde_json::to_string(&facts)?).await?;
    let sentence = format!("{reception}: {}", refusal.sentence);
    let entry = Entry::done(Kind::CaseMoved, actor, sentence).about(&case.row.resident_number);
    let entry = entry.with(case.counterparty()).in_case(case.row.id).outcome(Outcome::Refused);
    audit::record(&mut tx, &office.clock().stamp(), entry).await?;
    tx.commit().await
}

struct Work {
    office: Office,
    actor: Actor,
    case: Case,
    station: Arc<dyn Station>,
    station_id: i64,
    wish: Wish,
}

impl Work {
    /// Looks at the card, and asks for PINs where only they tell.
    async fn start(self) -> Result<()> {
        let state = examine(&self.office, &self.case, &*self.station).await?;
        let goes_on = matches!(self.wish, Wish::Resume) && state.next != Next::Finish;
        let wanted = match &state.next {
            // Writing wants all of them, whatever the examination needs.
            _ if goes_on => {
                let rest = Application { plan: state.rest.clone(), ..self.case.application()?.clone() };
                Wanted::of(&rest, pins::stage(&self.office, self.station_id, &self.case).await?)
            }
            Next::AskPins { kinds } => Wanted::only(kinds.clone()),
            _ => Wanted::default(),
        };
        if wanted.is_empty() || pins::holds(&self.case, &*self.station, &wanted) {
            return self.go_on(state).await;
        }
        let end = self.station.ask_pins(pins::request(&self.case, wanted)?);
        tokio::spawn(async move {
            let (office, actor) = (self.office.clone(), self.actor.clone());
            let reception = self.case.row.reception_number.clone();
            let Err(error) = self.after_pins(end).await else { return };
            tracing::warn!(error = %error.for_log(), %reception, "an interrupted update did not go on");
            if let Error::Refused(refusal) = error
                && let Err(error) = note_refusal(&office, &actor, &reception, &refusal).await
            {
                tracing::error!(error = %error.for_log(), %reception, "a refusal was not noted");
            }
        });
        Ok(())
    }

    async fn after_pins(self, end: crate::stations::Reply<PinsEnd>) -> Result<()> {
        match answer(end).await? {
            PinsEnd::Stopped => Ok(()),
            PinsEnd::Locked(kind) => pins::note_locked(&self.office, &self.case, &self.actor, kind).await,
            PinsEnd::Verified => {
                pins::note_verified(&self.office, &self.case, &self.actor).await?;
                let state = examine(&self.office, &self.case, &*self.station).await?;
                self.go_on(state).await
            }
        }
    }

    async fn go_on(self, state: TrueState) -> Result<()> {
        match (&self.wish, &state.next) {
            (_, Next::AskPins { .. }) => Err(Refusal::conflict(
                "カードの状態は、暗証番号を入力しないと分かりません。",
                "もう一度、続きから行ってください。",
            )
            .into()),
            (_, Next::Finish) | (Wish::Abort(_), Next::ResumeOrStop) => {
                self.leave_it(&state, CaseEvent::Prove).await
            }
            (Wish::Resume, _) => self.write_rest(&state).await,
            (Wish::Abort(_), Next::StartAgain) => self.leave_it(&state, CaseEvent::AbortUpdate).await,
            (Wish::Abort(_), Next::Resume) => Err(Refusal::conflict(
                "カードの電子証明書が使えない状態です。このままでは取りやめられません。",
                "続きから更新するか、責任者に再交付の案内を依頼してください。",
            )
            .into()),
        }
    }

    /// The card can be used as it is: its certificates go into the register and the case goes on without writing.
    async fn leave_it(self, state: &TrueState, event: CaseEvent) -> Result<()> {
        let at = self.office.clock().stamp();
        let mut tx = self.office.store().write().await?;
        let case = case::load_for_writing(&mut tx, &self.case.row.reception_number).await?;
        let facts = settle::note_done(&self.office, &mut tx, &case, state).await?;
        let reason = match &self.wish {
            Wish::Resume => String::new(),
            Wish::Abort(reason) => format!("理由: {reason}"),
        };
        let remark = Some(format!("{}{reason}", state.sentences().concat()));
        let step = Move { event, facts: &facts, reason: None, remark };
        case.advance(&mut tx, &at, &self.actor, step).await?;
        tx.commit().await?;
        self.station.forget_pins();
        Ok(())
    }

    /// Something is left to write: what is done is kept, the rest becomes an update of its own.
    async fn write_rest(self, state: &TrueState) -> Result<()> {
        let way = if state.rest.pin_changes.is_empty() {
            open_day(&self.office)?;
            way(&self.office, self.station_id).await?
        } else {
            UpdateWay::ChangePins
        };
        let at = self.office.clock().stamp();
        let mut tx = self.office.store().write().await?;
        let case = case::load_for_writing(&mut tx, &self.case.row.reception_number).await?;
        let mut facts = settle::note_done(&self.office, &mut tx, &case, state).await?;
        if let Some(application) = facts.application.as_mut() {
            application.plan = state.rest.clone();
        }
        let remark = Some(state.sentences().concat());
        let step = Move { event: CaseEvent::BeginUpdate, facts: &facts, reason: None, remark };
        case.advance(&mut tx, &at, &self.actor, step).await?;
        let update_id = journal(&mut tx, &case, self.station_id, &state.rest, &at).await?;
        tx.commit().await?;
        let run = Run {
            office: self.office,
            actor: self.actor,
            case,
            plan: state.rest.clone(),
            station: self.station,
            update_id,
            way,
            again: true,
        };
        run.spawn();
        Ok(())
    }
}

/// Asks the card where it stands. Without PINs it says what it can.
///
/// # Errors
/// A refusal in the card's words when it can't be examined.
pub async fn examine(office: &Office, case: &Case, station: &dyn Station) -> Result<TrueState> {
    let rows = store::card_updates::open_steps(office.store().read(), case.row.id).await?;
    let job = ExamineJob {
        reception_number: case.row.reception_number.clone(),
        plan: case.application()?.plan.clone(),
        steps: super::journal::read_steps(rows)?,
        at: office.clock().now(),
        entropy: office.rng().bytes(),
    };
    answer(station.examine(job))
        .await?
        .map_err(|error| Refusal::conflict(error.to_string(), error.what_now()).into())
}
