//! Reception: somebody stands at the counter (or calls) and a case is opened, or the rules say why not.

mod page;
mod wish;

pub use page::{page, with_errors};
pub use wish::{Wish, WishForm};

use super::case::{self, Actor, Case, Facts, Inquiry, Move, Snapshot, Visit};
use super::decision::{self, Asked, Decided};
use super::once;
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
use rules::procedure::Route;
use rules::settings::FirstProxyContact;
use rules::wareki;

/// Opens a case and returns the address of its page.
///
/// A second press leads to the case that the first one opened, and a person with an open case to that case: a second
/// request for the same person would be a second renewal (E8).
///
/// # Errors
/// A refusal with the rules' reason when nothing can be done.
pub async fn open(office: &Office, visitor: &Visitor, wish: &Wish) -> Result<String> {
    visitor.require(Act::HandleCases)?;
    let asked = Asked {
        procedure: wish.procedure,
        work: &wish.work,
        applicant: wish.applicant,
        evidence: None,
        inquiry: None,
        card_says: None,
    };
    let decided = decision::ask(office, &wish.resident_number, &asked).await?;
    if decided.resident.suppressed {
        visitor.require(Act::SeeSuppressed)?;
    }
    let route = format!("/residents/{}/cases", wish.resident_number);
    let actor = Actor::from(visitor);
    let at = office.clock().stamp();
    let mut tx = office.store().write().await?;
    if let Some(location) = once::answered(&mut tx, &wish.once, actor.staff_id, &route).await? {
        return Ok(location);
    }
    if let Some(open) = store::cases::open_for_resident(&mut *tx, &wish.resident_number).await? {
        return Ok(format!("/cases/{}?already=1", open.reception_number));
    }
    if let Some(refusal) = refused(office, wish, &decided) {
        record_refusal(&mut tx, &at, &actor, &decided.resident, &refusal).await?;
        tx.commit().await?;
        return Err(refusal.into());
    }
    let number = reception_number(&mut tx, office.clock().today()).await?;
    begin(office, &mut tx, &actor, wish, &Begun { number: &number, decided: &decided, at: &at }).await?;
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

fn refused(office: &Office, wish: &Wish, decided: &Decided) -> Option<Refusal> {
    // 松山市, 伊丹市: who is there and what a supervisor says shows only when the papers are looked at.
    let open_question = wish.applicant == Applicant::LegalRepresentative && decided.asks_supervisor();
    if decided.route() == Route::Refused && !open_question {
        let why = decided.why(Route::Refused);
        let sentence = if why.is_empty() {
            "今日この手続きは受け付けられません。".to_owned()
        } else {
            why
        };
        return Some(Refusal::conflict(sentence, "住民の画面で、今日できることを確かめてください。"));
    }
    let by_letter = matches!(wish.applicant, Applicant::Proxy | Applicant::HouseholdMember);
    let in_person = !wish.work.change.is_empty() || !wish.work.revoke.is_empty();
    if by_letter && in_person {
        let sentence = "暗証番号の変更と失効の申請は、本人か法定代理人が来庁して行います。";
        let what_now = "暗証番号がわからないときは、再設定を選ぶと照会書を送れます。";
        return Some(Refusal::conflict(sentence, what_now));
    }
    if wish.by_telephone {
        let telephone = office.rulebook().settings.first_proxy_contact == FirstProxyContact::PhoneToo;
        if !telephone || !by_letter || !decided.needs_letter() {
            let sentence = "電話では受け付けられません。";
            let what_now = "電話で受け付けるのは、設定で電話を認めている場合の、照会書を送る手続きだけです。";
            return Some(Refusal::conflict(sentence, what_now));
        }
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
    let entry = Entry::done(Kind::CaseOpened, actor, sentence).about(&resident.number);
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
    decided: &'a Decided,
    at: &'a str,
}

async fn begin(
    office: &Office,
    tx: &mut WriteTx,
    actor: &Actor,
    wish: &Wish,
    begun: &Begun<'_>,
) -> Result<()> {
    let Begun { number, decided, at } = *begun;
    let procedure = decided.main.procedure;
    let facts = Facts {
        reasons: decided.reasons(),
        work: wish.work.clone(),
        third_party: wish.third_party.clone(),
        visits: vec![Visit {
            day: office.clock().today(),
            applicant: wish.applicant,
            by_telephone: wish.by_telephone,
        }],
        ..Facts::default()
    };
    let facts_json = serde_json::to_string(&facts)?;
    let case = NewCase {
        reception_number: number,
        resident_number: &decided.resident.number,
        card_number: decided.card.as_ref().map(|card| card.number.as_str()),
        procedure: procedure.code(),
        applicant: wish.applicant.code(),
        state: CaseState::Received.code(),
        station_id: actor.station_id,
        opened_by: actor.staff_id,
        opened_at: at,
        facts: &facts_json,
    };
    let id = store::cases::add(tx, case).await?;
    let sentence = opening(wish, procedure.label());
    let received = NewEvent {
        case_id: id,
        event: "open",
        from_state: "",
        to_state: CaseState::Received.code(),
        staff_id: Some(actor.staff_id),
        at,
        sentence: &sentence,
    };
    store::case_events::add(tx, received).await?;
    let said = format!("{number}: {sentence}");
    let entry = Entry::done(Kind::CaseOpened, actor, said)
        .about(&decided.resident.number)
        .with(case::counterparty(wish.applicant, &facts))
        .in_case(id);
    audit::record(tx, at, entry).await?;
    let case = case::load_for_writing(tx, number).await?;
    if decided.route() == Route::Diverted {
        let why = Some(decided.why(Route::Diverted)).filter(|why| !why.is_empty());
        let step = Move { event: CaseEvent::Divert, facts: &facts, reason: why.clone(), remark: why };
        case.advance(tx, at, actor, step).await?;
    } else if wish.by_telephone {
        request_inquiry(tx, at, actor, &case, decided, false).await?;
    }
    Ok(())
}

/// 「任意代理人(長女)が来庁し、更新を受け付けました。」
fn opening(wish: &Wish, procedure: &str) -> String {
    let relation = wish.third_party.as_ref().map(|third| third.relation.as_str()).unwrap_or_default();
    let who = match (wish.applicant, relation.is_empty()) {
        (Applicant::Principal, _) => return format!("{procedure}を受け付けました。"),
        (applicant, true) => applicant.label().to_owned(),
        (applicant, false) => format!("{}({relation})", applicant.label()),
    };
    let how = if wish.by_telephone { "からの電話で" } else { "が来庁し、" };
    format!("{who}{how}{procedure}を受け付けました。")
}

/// Takes a case to the letter that must go to the principal, with what it will be made from.
///
/// # Errors
/// A refusal when the case can't go there.
pub async fn request_inquiry(
    tx: &mut WriteTx,
    at: &str,
    actor: &Actor,
    case: &Case,
    decided: &Decided,
    again: bool,
) -> Result<CaseState> {
    let why = decided.why_letter();
    let made_from = Snapshot::of(&decided.resident, decided.card.as_ref(), &decided.certificates);
    let mut facts = case.facts.clone();
    facts.inquiry = Some(Inquiry::new(&why, again, facts.work.reset.clone(), made_from));
    facts.application = None;
    let step = Move {
        event: CaseEvent::RequestInquiry,
        facts: &facts,
        reason: Some(why.clone()).filter(|why| !why.is_empty()),
        remark: Some(why),
    };
    case.advance(tx, at, actor, step).await
}
