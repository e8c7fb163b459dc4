//! Reception: somebody stands at the counter and a case is opened, or the rules say why not.

use super::case::{Actor, Facts};
use super::{facts, once};
use crate::audit::{self, Entry, Kind, Outcome};
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::store::cards::Card;
use crate::store::certificates::Certificate;
use crate::store::residents::Resident;
use crate::store::{self, WriteTx, case_events::NewEvent, cases::NewCase};
use chrono::NaiveDate;
use rules::case_states::{CaseEvent, CaseState};
use rules::kinds::Applicant;
use rules::procedure::{self, Decision, Procedure, Reason, Route};
use rules::wareki;

/// What the clerk asked for.
#[derive(Clone, Debug)]
pub struct Wish {
    /// 宛名番号.
    pub resident_number: String,
    /// What is to be done.
    pub procedure: Procedure,
    /// Who came.
    pub applicant: Applicant,
    /// The form's key.
    pub once: String,
}

/// Opens a case and returns the address of its page.
///
/// A second press leads to the case that the first one opened, and an open case for the same card to that case.
///
/// # Errors
/// A refusal with the rules' reason when nothing can be done today.
pub async fn open(office: &Office, visitor: &Visitor, wish: &Wish) -> Result<String> {
    visitor.require(Act::HandleCases)?;
    let (resident, card, certificates) = person(office, &wish.resident_number).await?;
    if resident.suppressed {
        visitor.require(Act::SeeSuppressed)?;
    }
    let decision = decide(office, wish, &resident, card.as_ref(), &certificates);
    let route = format!("/residents/{}/cases", wish.resident_number);
    let actor = Actor::from(visitor);
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    if let Some(location) = once::answered(&mut tx, &wish.once, actor.staff_id, &route).await? {
        return Ok(location);
    }
    if let Some(card) = &card
        && let Some(open) = store::cases::open_for_card(&mut *tx, &card.number).await?
    {
        return Ok(format!("/cases/{}", open.reception_number));
    }
    if let Some(refusal) = refused(&decision, wish.applicant) {
        record_refusal(&mut tx, &at, &actor, &resident, &refusal).await?;
        tx.commit().await?;
        return Err(refusal.into());
    }
    let number = reception_number(&mut tx, office.clock().today()).await?;
    let begun =
        Begun { number: &number, resident: &resident, card: card.as_ref(), decision: &decision, at: &at };
    begin(&mut tx, &actor, wish.applicant, begun).await?;
    let location = format!("/cases/{number}");
    once::remember(&mut tx, &wish.once, actor.staff_id, &route, &location, &at).await?;
    tx.commit().await?;
    Ok(location)
}

/// A resident with the card in use and its certificates.
///
/// # Errors
/// A refusal when there is no such resident.
pub async fn person(office: &Office, number: &str) -> Result<(Resident, Option<Card>, Vec<Certificate>)> {
    let read = office.store().read();
    let resident = store::residents::find(read, number).await?;
    let resident =
        resident.ok_or_else(|| Refusal::not_found(format!("宛名番号{number}の方は登録されていません。")))?;
    let card = store::cards::current_of_resident(read, number).await?;
    let certificates = match &card {
        Some(card) => store::certificates::of_card(read, &card.number).await?,
        None => Vec::new(),
    };
    Ok((resident, card, certificates))
}

fn decide(
    office: &Office,
    wish: &Wish,
    resident: &Resident,
    card: Option<&Card>,
    certificates: &[Certificate],
) -> Decision {
    let mut facts = facts::counter_facts(office.clock().today(), resident, card, certificates, None);
    facts.applicant = wish.applicant;
    facts.principal_present = wish.applicant == Applicant::Principal;
    // Renewal and issuance follow from the dates, whichever button was pressed.
    let written = matches!(wish.procedure, Procedure::Renewal | Procedure::Issuance);
    facts.wanted = (!written).then_some(wish.procedure);
    let rulebook = office.rulebook();
    let decision = procedure::decide(&facts, &rulebook.settings, &rulebook.calendar);
    if written && decision.procedure == Procedure::Nothing {
        // Nothing is due: who wants a renewal all the same loses time, and must agree to that.
        facts.wanted = Some(wish.procedure);
        return procedure::decide(&facts, &rulebook.settings, &rulebook.calendar);
    }
    decision
}

fn refused(decision: &Decision, applicant: Applicant) -> Option<Refusal> {
    let because =
        |reasons: &[Reason]| reasons.iter().map(|reason| reason.sentence.as_str()).collect::<String>();
    let known = matches!(
        decision.procedure,
        Procedure::Renewal | Procedure::Issuance | Procedure::CardRenewal | Procedure::CardReissue
    );
    if decision.route == Route::Refused || (!known && decision.route != Route::Diverted) {
        let why = because(&decision.reasons);
        let sentence = if why.is_empty() {
            "今日この手続きは受け付けられません。".to_owned()
        } else {
            why
        };
        return Some(Refusal::conflict(sentence, "住民の画面で、今日できることを確かめてください。"));
    }
    if applicant != Applicant::Principal {
        let sentence = format!("{}による手続きは、この画面では受け付けられません。", applicant.label());
        return Some(Refusal::conflict(sentence, "本人の来庁を案内してください。"));
    }
    None
}

async fn record_refusal(
    tx: &mut WriteTx,
    at: &str,
    actor: &Actor,
    resident: &Resident,
    refusal: &Refusal,
) -> Result<()> {
    let sentence = format!("受付できません。{}", refusal.sentence);
    let entry = Entry::done(Kind::CaseOpened, &actor.login, sentence).about(&resident.number);
    audit::record(tx, at, entry.outcome(Outcome::Refused)).await
}

/// The next reception number of the year: R8-000123.
async fn reception_number(tx: &mut WriteTx, today: NaiveDate) -> Result<String> {
    let (era, year) = wareki::era_year(today).ok_or_else(|| Error::internal("today has no era"))?;
    let name = format!("{}{year}", era.code());
    let number = store::counters::next(tx, &format!("reception:{name}")).await?;
    Ok(format!("{name}-{number:06}"))
}

struct Begun<'a> {
    number: &'a str,
    resident: &'a Resident,
    card: Option<&'a Card>,
    decision: &'a Decision,
    at: &'a str,
}

async fn begin(tx: &mut WriteTx, actor: &Actor, applicant: Applicant, begun: Begun<'_>) -> Result<()> {
    let Begun { number, resident, card, decision, at } = begun;
    let facts = Facts { reasons: decision.reasons.clone(), ..Facts::default() };
    let facts_json = serde_json::to_string(&facts)?;
    let case = NewCase {
        reception_number: number,
        resident_number: &resident.number,
        card_number: card.map(|card| card.number.as_str()),
        procedure: decision.procedure.code(),
        applicant: applicant.code(),
        state: CaseState::Received.code(),
        station_id: actor.station_id,
        opened_by: actor.staff_id,
        opened_at: at,
        facts: &facts_json,
    };
    let id = store::cases::add(tx, case).await?;
    let sentence = format!("{}を受け付けました。", decision.procedure.label());
    let received = NewEvent {
        case_id: id,
        event: "open",
        from_state: "",
        to_state: CaseState::Received.code(),
        staff_id: actor.staff_id,
        at,
        sentence: &sentence,
    };
    store::case_events::add(tx, received).await?;
    let said = format!("{number}: {sentence}");
    let entry = Entry::done(Kind::CaseOpened, &actor.login, said).about(&resident.number).in_case(id);
    audit::record(tx, at, entry).await?;
    if decision.route == Route::Diverted {
        let case = super::case::load_for_writing(tx, number).await?;
        let why = decision.reasons.first().map(|reason| reason.sentence.clone());
        let step =
            super::case::Move { event: CaseEvent::Divert, facts: &facts, reason: why.clone(), remark: why };
        case.advance(tx, at, actor, step).await?;
    }
    Ok(())
}
