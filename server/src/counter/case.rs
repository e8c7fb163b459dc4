//! A case: read it, take it one step on. Every step names the version it read; one clerk wins, the other sees who did.

use crate::audit::{self, Entry, Kind};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::visitor::Visitor;
use crate::store::{self, WriteTx, case_events::NewEvent, cases::Advance, cases::CaseRow};
use card::update::UpdatePlan;
use chrono::NaiveDate;
use rules::case_states::{CaseEvent, CaseState, Role, Transition, next};
use rules::identity::Document;
use rules::kinds::{Applicant, CertificateKind, PinKind, Sex};
use rules::procedure::{PlannedCertificate, Procedure, Reason, ShorterValidity};
use serde::{Deserialize, Serialize};

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

/// What a renewal has gathered, step by step. Never a PIN.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// What the rules said when the case was opened.
    pub reasons: Vec<Reason>,
    /// The identity documents that were seen.
    pub documents: Vec<Document>,
    /// The application as it was read back.
    pub application: Option<Application>,
    /// Why the update stopped, while it is interrupted.
    pub interruption: Option<Interruption>,
    /// The certificates that are proven to be on the card.
    pub written: Vec<Written>,
    /// What somebody must look at although the card is in order.
    pub alarms: Vec<String>,
}

/// The application as it was read back to the applicant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Application {
    /// The day.
    pub date: NaiveDate,
    /// As registered.
    pub name: String,
    /// As registered, building included.
    pub address: String,
    /// Birthday.
    pub birth: NaiveDate,
    /// As registered.
    pub sex: Sex,
    /// What will be written, predicted before anything is.
    pub certificates: Vec<PlannedCertificate>,
    /// What is lost by coming early.
    pub shorter: Vec<ShorterValidity>,
    /// The applicant agreed to the loss.
    pub consented: bool,
    /// The PINs that are asked for.
    pub pins: Vec<PinKind>,
    /// What the card must be and become.
    pub plan: UpdatePlan,
}

/// Why an update stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interruption {
    /// M-1205.
    pub code: String,
    /// What happened.
    pub happened: String,
    /// What it means for the card.
    pub meaning: String,
    /// What to do.
    pub what_now: String,
    /// The certificates whose old key may be gone.
    pub touched: Vec<CertificateKind>,
}

/// A certificate that was read back from the card and proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Which.
    pub kind: CertificateKind,
    /// Its serial number.
    pub serial: String,
    /// First day.
    pub issued: NaiveDate,
    /// Last day, as the card says.
    pub expires: NaiveDate,
    /// Last day, as predicted.
    pub predicted: NaiveDate,
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

    /// Where the event leads, if it can happen here and this person may do it.
    ///
    /// # Errors
    /// A refusal that says what isn't possible.
    pub fn transition(&self, event: CaseEvent, role: Role) -> Result<&'static Transition> {
        let Some(transition) = next(self.state, event) else {
            let sentence = format!(
                "この受付は「{}」です。ここでは「{}」ことはできません。",
                self.state.label(),
                event.label()
            );
            return Err(
                Refusal::conflict(sentence, "受付の画面を開き直し、いまの段階から進めてください。").into()
            );
        };
        if transition.who.contains(&role) {
            return Ok(transition);
        }
        let sentence = format!("{}の役割では、「{}」ことはできません。", role.label(), event.label());
        Err(Refusal::not_allowed(sentence).into())
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
        let facts = serde_json::to_string(step.facts)?;
        let closed = transition.to.is_final().then_some(at);
        let change = Advance {
            state: transition.to.code(),
            reason: step.reason.as_deref(),
            facts: &facts,
            station_id: actor.station_id,
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
            staff_id: actor.staff_id,
            at,
            sentence: &sentence,
        };
        store::case_events::add(tx, event).await?;
        let kind = if closed.is_some() { Kind::CaseClosed } else { kind_of(step.event) };
        let said = format!("{}: {sentence}", self.row.reception_number);
        let entry =
            Entry::done(kind, &actor.login, said).about(&self.row.resident_number).in_case(self.row.id);
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
