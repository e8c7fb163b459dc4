//! The update itself: begun by a click, carried out in the background, ended by what the card says.

use super::journal::StoreJournal;
use super::settle;
use super::{Done, StepForm, Taken, card_on_reader, must_be, pins, station_of, take};
use crate::counter::case::{Actor, Case, Move};
use crate::counter::facts::holder;
use crate::error::{Error, Refusal, Result};
use crate::office::Office;
use crate::staff::four_eyes::Kind as FourEyes;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::stations::{self, Station, UpdateDone, UpdateJob, UpdateWay, answer};
use crate::store::{self, WriteTx};
use card::update::{JournalStep, OldCertificate, UpdatePlan};
use rules::case_states::{CaseEvent, CaseState};
use rules::kinds::Applicant;
use rules::wareki;
use std::sync::Arc;

/// Begins the update, or after the 統合端末 has written, the proof of what it wrote.
///
/// # Errors
/// A refusal when the step isn't possible, the card or its PINs aren't there, or another update of the card runs.
pub async fn begin(office: &Office, visitor: &Visitor, reception: &str, form: &StepForm) -> Result<Done> {
    visitor.require(Act::UpdateCards)?;
    visitor.require_fresh(office)?;
    let mut begun = match take(office, visitor, reception, "update", form).await? {
        Taken::Before(location) => return Ok(Done::Moved(location)),
        Taken::Now(begun) => begun,
    };
    must_be(&begun.case, &[CaseState::PinsVerified, CaseState::Updating])?;
    let (station_id, station) = station_of(office, &begun.actor).await?;
    card_on_reader(&begun.case, &*station)?;
    if !pins::held(&begun.case, &*station, pins::stage(office, station_id, &begun.case).await?) {
        let sentence = "暗証番号が入力されていないか、入力から時間がたっています。";
        return Err(Refusal::conflict(sentence, "もう一度、暗証番号を入力してもらってください。").into());
    }
    let mut run = Run {
        office: office.clone(),
        actor: begun.actor.clone(),
        case: begun.case.clone(),
        plan: begun.case.application()?.plan.clone(),
        station,
        update_id: 0,
        way: UpdateWay::BeforeTerminal,
        again: false,
    };
    if begun.case.state == CaseState::Updating {
        let (update_id, old) = waiting_for_terminal(&mut begun.tx, &begun.case).await?;
        (run.update_id, run.way) = (update_id, UpdateWay::AfterTerminal { old });
        let done = begun.close().await?;
        run.spawn();
        return Ok(done);
    }
    run.way = if run.plan.pin_changes.is_empty() {
        open_day(office)?;
        way(office, station_id).await?
    } else {
        // Between the card and its reader: neither an issuer nor the national systems are asked.
        UpdateWay::ChangePins
    };
    let absent = begun.case.applicant != Applicant::Principal && !begun.case.facts.evidence.principal_present;
    if absent && !run.plan.pin_resets.is_empty() {
        visitor.require_second(office, FourEyes::ProxyPinReset)?;
    }
    let mut facts = begun.case.facts.clone();
    facts.interruption = None;
    let remark = Some(visitor.confirmed_by()).filter(|words| !words.is_empty());
    let step = Move { event: CaseEvent::BeginUpdate, facts: &facts, reason: None, remark };
    begun.case.advance(&mut begun.tx, &begun.at, &begun.actor, step).await?;
    run.update_id = journal(&mut begun.tx, &begun.case, station_id, &run.plan, &begun.at).await?;
    let done = begun.close().await?;
    run.spawn();
    Ok(done)
}

/// The national systems work today.
pub(super) fn open_day(office: &Office) -> Result<()> {
    let (rulebook, today) = (office.rulebook(), office.clock().today());
    let day = rulebook.calendar.day(today);
    if day.card_work {
        return Ok(());
    }
    let next = rulebook
        .calendar
        .next_card_work(today)
        .map_or_else(String::new, |day| format!("次に書き込めるのは{}です。", wareki::long_weekday(day)));
    let why = if day.open { "全国のシステムの保守" } else { "閉庁日" };
    let sentence = format!("今日は{why}のため、カードの書き込みができません。");
    Err(Refusal::conflict(sentence, format!("{next}受付は残っています。")).into())
}

/// Who writes cards at this counter. The training issuer works in training only.
pub(super) async fn way(office: &Office, station_id: i64) -> Result<UpdateWay> {
    let row = stations::row(office, station_id).await?;
    if row.update_path == "terminal" {
        return Ok(UpdateWay::BeforeTerminal);
    }
    if let Some(issuer) = stations::issuer(office)? {
        return Ok(UpdateWay::Relay(issuer));
    }
    let sentence = "この窓口端末は、発行側のシステムにつながっていません。";
    let what_now = "設定の「窓口端末」で、書き込みを「統合端末」にしてください。";
    Err(Refusal::conflict(sentence, what_now).into())
}

/// Opens the journal of an update. A card has one open journal at most.
pub(super) async fn journal(
    tx: &mut WriteTx,
    case: &Case,
    station_id: i64,
    plan: &UpdatePlan,
    at: &str,
) -> Result<i64> {
    let plan = serde_json::to_string(plan)?;
    match store::card_updates::begin(tx, case.row.id, case.card_number()?, station_id, &plan, at).await {
        Err(error) if store::is_unique_violation(&error) => {
            let sentence = "このカードは、ほかの窓口で更新しています。";
            Err(Refusal::conflict(sentence, "その更新が終わるのを待ってください。").into())
        }
        other => other.map_err(Error::from),
    }
}

/// The open journal of a card that is at the 統合端末, with the certificates that were on it before.
async fn waiting_for_terminal(tx: &mut WriteTx, case: &Case) -> Result<(i64, Vec<OldCertificate>)> {
    let running = || -> Error {
        Refusal::conflict("カードの更新は、もう始まっています。", "受付の画面で進み具合を確かめてください。")
            .into()
    };
    let update = store::card_updates::newest_of_case(&mut **tx, case.row.id).await?.ok_or_else(running)?;
    let steps = super::journal::read_steps(store::card_updates::steps(&mut **tx, update.id).await?)?;
    match steps.last() {
        Some(JournalStep::Terminal { old }) if update.ended_at.is_none() => Ok((update.id, old.clone())),
        _ => Err(running()),
    }
}

/// An update to be carried out in the background.
pub(super) struct Run {
    pub office: Office,
    pub actor: Actor,
    /// The case as it was before the update began.
    pub case: Case,
    pub plan: UpdatePlan,
    pub station: Arc<dyn Station>,
    pub update_id: i64,
    pub way: UpdateWay,
    /// It goes on where another one was interrupted: giving up isn't harmless.
    pub again: bool,
}

impl Run {
    /// Goes on after the clerk's page has been answered.
    pub fn spawn(self) {
        tokio::spawn(async move {
            let reception = self.case.row.reception_number.clone();
            if let Err(error) = self.carry_out().await {
                tracing::error!(error = %error.for_log(), %reception, "a card update ended, and its end could not be recorded");
            }
        });
    }

    async fn carry_out(self) -> Result<()> {
        let (resident, _, _) =
            crate::counter::reception::person(&self.office, &self.case.row.resident_number).await?;
        let job = UpdateJob {
            reception_number: self.case.row.reception_number.clone(),
            plan: self.plan.clone(),
            holder: holder(&resident),
            at: self.office.clock().now(),
            entropy: self.office.rng().bytes(),
            journal: Box::new(StoreJournal::new(&self.office, self.update_id)),
            way: self.way.clone(),
        };
        let end = settle::End {
            office: &self.office,
            actor: &self.actor,
            reception: &self.case.row.reception_number,
            update_id: self.update_id,
        };
        match answer(self.station.update(job)).await {
            Ok(Ok(UpdateDone::Proven(outcome))) => settle::proven(&end, &outcome).await,
            // The journal says so already; the page follows it.
            Ok(Ok(UpdateDone::ReadyForTerminal(_))) => Ok(()),
            Ok(Err(error)) if error.touched() || self.again => settle::interrupted(&end, &error).await,
            Ok(Err(error)) => settle::given_up(&end, &error).await,
            Err(_) => settle::left_behind(&end).await,
        }
    }
}
