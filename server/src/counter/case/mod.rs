//! A case: read it, take it one step on. Every step names the version it read; one clerk wins, the other sees who did.

mod gathered;
mod inquiry;

pub use gathered::{Application, Evidence, Facts, Interruption, ThirdParty, Visit, Work, Written};
pub use inquiry::{Inquiry, Snapshot};

use crate::audit::{self, Counterparty, CounterpartyRole, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::store::{self, WriteTx, case_events::NewEvent, cases::Advance, cases::CaseRow};
use rules::case_states::{CaseEvent, CaseState, Role, Transition, next};
use rules::kinds::Applicant;
use rules::procedure::Procedure;

/// Who does something: a member of staff, also when the work goes on after their click.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Their number.
    pub staff_id: i64,
    /// Their login.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// The counter they sit at.
    pub station_id: Option<i64>,
}

impl From<&Visitor> for Actor {
    fn from(visitor: &Visitor) -> Self {
        Self {
            staff_id: visitor.staff_id,
            login: visitor.login.clone(),
            name: visitor.name.clone(),
            role: visitor.role,
            station_id: visitor.station_id,
        }
    }
}

impl<'a> From<&'a Actor> for audit::Actor<'a> {
    fn from(actor: &'a Actor) -> Self {
        audit::Actor::from(&actor.login).at(actor.station_id)
    }
}

/// A case with its codes read.
#[derive(Clone, Debug)]
pub struct Case {
    /// As stored.
    pub row: CaseRow,
    /// Where it stands.
    pub state: CaseState,
    /// What it is about.
    pub procedure: Procedure,
    /// Who came.
    pub applicant: Applicant,
    /// What has been gathered.
    pub facts: Facts,
}

/// The case with this reception number.
///
/// # Errors
/// A refusal when there is none.
pub async fn load(office: &Office, reception_number: &str) -> Result<Case> {
    let row = store::cases::by_reception(office.store().read(), reception_number).await?;
    row.ok_or_else(|| no_such(reception_number)).and_then(read)
}

/// The same inside a writing transaction, so that nothing can change under it.
///
/// # Errors
/// A refusal when there is none.
pub async fn load_for_writing(tx: &mut WriteTx, reception_number: &str) -> Result<Case> {
    let row = store::cases::by_reception(&mut **tx, reception_number).await?;
    row.ok_or_else(|| no_such(reception_number)).and_then(read)
}

fn no_such(reception_number: &str) -> Error {
    Refusal::not_found(format!("受付番号{reception_number}の受付はありません。")).into()
}

fn read(row: CaseRow) -> Result<Case> {
    let code = |column, code: &str| {
        Error::internal(format!("cases.{column} of {} holds {code}", row.reception_number))
    };
    Ok(Case {
        state: CaseState::from_code(&row.state).ok_or_else(|| code("state", &row.state))?,
        procedure: Procedure::from_code(&row.procedure).ok_or_else(|| code("procedure", &row.procedure))?,
        applicant: Applicant::from_code(&row.applicant).ok_or_else(|| code("applicant", &row.applicant))?,
        facts: serde_json::from_str(&row.facts)?,
        row,
    })
}

/// One step of a case.
#[derive(Clone, Debug)]
pub struct Move<'a> {
    /// What happens.
    pub event: CaseEvent,
    /// What is known from now on.
    pub facts: &'a Facts,
    /// Why, where the state needs words.
    pub reason: Option<String>,
    /// More for the history, after the transition's own sentence.
    pub remark: Option<String>,
}

/// In whose name a case moves.
#[derive(Clone, Copy)]
struct Who<'a> {
    staff_id: Option<i64>,
    login: &'a str,
    station_id: Option<i64>,
}

impl Case {
    /// The facts of the application.
    ///
    /// # Errors
    /// When there is none: no state after it can be reached without.
    pub fn application(&self) -> Result<&Application> {
        self.facts.application.as_ref().ok_or_else(|| {
            Refusal::conflict("申請の内容がまだ確かめられていません。", "受付の画面から順に進めてください。")
                .into()
        })
    }

    /// The card the case is about.
    ///
    /// # Errors
    /// A refusal when the case has none.
    pub fn card_number(&self) -> Result<&str> {
        self.row.card_number.as_deref().ok_or_else(|| {
            Refusal::conflict(
                "この受付にはカードがありません。",
                "カードの情報を取り込んでから受け付けてください。",
            )
            .into()
        })
    }

    /// Who came for the principal, as the trail names them; none when the principal came.
    pub fn counterparty(&self) -> Option<Counterparty<'_>> {
        counterparty(self.applicant, &self.facts)
    }

    /// Where the event leads, if it can happen here and this person may do it.
    ///
    /// # Errors
    /// A refusal that says what isn't possible.
    pub fn transition(&self, event: CaseEvent, role: Role) -> Result<&'static Transition> {
        let Some(transition) = next(self.state, event) else { return Err(self.not_here(event)) };
        if transition.who.contains(&role) {
            return Ok(transition);
        }
        let sentence = format!("{}の役割では、「{}」ことはできません。", role.label(), event.label());
        Err(Refusal::not_allowed(sentence).into())
    }

    fn not_here(&self, event: CaseEvent) -> Error {
        let sentence = format!(
            "この受付は「{}」です。ここでは「{}」ことはできません。",
            self.state.label(),
            event.label()
        );
        Refusal::conflict(sentence, "受付の画面を開き直し、いまの段階から進めてください。").into()
    }

    /// Takes the case one step on, with its history and the trail, inside the caller's transaction.
    ///
    /// # Errors
    /// A refusal when the step isn't allowed here or somebody was quicker.
    pub async fn advance(
        &self,
        tx: &mut WriteTx,
        at: &str,
        actor: &Actor,
        step: Move<'_>,
    ) -> Result<CaseState> {
        let transition = self.transition(step.event, actor.role)?;
        let who = Who { staff_id: Some(actor.staff_id), login: &actor.login, station_id: actor.station_id };
        self.go(tx, at, who, transition, step).await
    }

    /// The same in nobody's name: a file or a day brought it.
    ///
    /// # Errors
    /// A refusal when the step isn't possible here, or is one that only people take.
    pub async fn advance_by_itself(&self, tx: &mut WriteTx, at: &str, step: Move<'_>) -> Result<CaseState> {
        let Some(transition) = next(self.state, step.event).filter(|row| row.event.happens_by_itself())
        else {
            return Err(self.not_here(step.event));
        };
        let who = Who { staff_id: None, login: audit::SYSTEM, station_id: None };
        self.go(tx, at, who, transition, step).await
    }

    async fn go(
        &self,
        tx: &mut WriteTx,
        at: &str,
        who: Who<'_>,
        transition: &'static Transition,
        step: Move<'_>,
    ) -> Result<CaseState> {
        let facts = serde_json::to_string(step.facts)?;
        let closed = transition.to.is_final().then_some(at);
        let change = Advance {
            state: transition.to.code(),
            reason: step.reason.as_deref(),
            facts: &facts,
            station_id: who.station_id,
            closed_at: closed,
        };
        if !store::cases::advance(tx, self.row.id, self.row.version, change).await? {
            return Err(lost_race(tx, self.row.id).await?);
        }
        let mut sentence = transition.sentence.to_owned();
        if let Some(remark) = &step.remark {
            sentence.push_str(remark);
        }
        let event = NewEvent {
            case_id: self.row.id,
            event: step.event.code(),
            from_state: self.state.code(),
            to_state: transition.to.code(),
            staff_id: who.staff_id,
            at,
            sentence: &sentence,
        };
        store::case_events::add(tx, event).await?;
        let kind = if closed.is_some() { Kind::CaseClosed } else { kind_of(step.event) };
        let said = format!("{}: {sentence}", self.row.reception_number);
        let entry = Entry::done(kind, audit::Actor::from(who.login).at(who.station_id), said)
            .about(&self.row.resident_number)
            .with(counterparty(self.applicant, step.facts))
            .in_case(self.row.id);
        audit::record(tx, at, entry).await?;
        Ok(transition.to)
    }

    /// Refuses a form that was made from an older version of the case.
    ///
    /// # Errors
    /// A refusal that names who changed the case since, and how.
    pub async fn still(&self, tx: &mut WriteTx, version: i64) -> Result<()> {
        if self.row.version == version { Ok(()) } else { Err(lost_race(tx, self.row.id).await?) }
    }
}

/// Who came for the principal, by the facts as they are known now.
pub fn counterparty(applicant: Applicant, facts: &Facts) -> Option<Counterparty<'_>> {
    let role = match applicant {
        Applicant::Principal => return None,
        Applicant::LegalRepresentative => CounterpartyRole::LegalRepresentative,
        Applicant::Proxy => CounterpartyRole::Proxy,
        Applicant::HouseholdMember => CounterpartyRole::HouseholdMember,
    };
    let name = facts.third_party.as_ref().map(|person| person.name.as_str()).filter(|name| !name.is_empty());
    Some(Counterparty { role, name })
}

fn kind_of(event: CaseEvent) -> Kind {
    match event {
        CaseEvent::VerifyPins => Kind::PinsVerified,
        CaseEvent::BeginUpdate => Kind::CardUpdateBegun,
        CaseEvent::Prove | CaseEvent::Interrupt | CaseEvent::AbortUpdate | CaseEvent::FindDifference => {
            Kind::CardUpdateEnded
        }
        CaseEvent::AcceptDifference => Kind::Overridden,
        _ => Kind::CaseMoved,
    }
}

async fn lost_race(tx: &mut WriteTx, case_id: i64) -> Result<Error> {
    let last = store::case_events::of_case(&mut **tx, case_id).await?.pop();
    let sentence = match last {
        Some(event) => {
            let time = event.at.get(11..16).unwrap_or_default();
            format!("この受付は、{}さんが{time}に先に進めました(「{}」)。", event.staff_name, event.sentence)
        }
        None => "この受付は、ほかの職員が先に進めました。".to_owned(),
    };
    Ok(Refusal::conflict(sentence, "受付の画面を開き直し、いまの内容を確かめてください。").into())
}
