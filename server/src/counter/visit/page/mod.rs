//! The page of a case: its steps, the current one with what it needs, resident and card beside it.

mod actions;
mod aside;
mod evidence;
mod history;
mod inquiry;
mod middle;
mod outcome;
mod steps;
mod stopped;
mod unwritten;

use crate::counter::case::{self, Case};
use crate::counter::decision;
use crate::counter::inquiry::watch;
use crate::counter::visit::exits;
use crate::error::Result;
use crate::office::Office;
use crate::staff::permissions::Act;
use crate::staff::visitor::Visitor;
use crate::stations::{self, Station, View};
use crate::store;
use crate::store::case_events::CaseEventRow;
use app::components::{FieldError, FormErrors, Notice, Tone};
use app::pages::case::{CaseExit, CasePage};
use chrono::DateTime;
use rules::case_states::CaseState;
use rules::procedure::{Procedure, Reason};
use std::sync::Arc;

pub(super) use middle::also;
pub(super) use outcome::told;

/// What was sent and is shown again, with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Again {
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Documents that were ticked.
    pub ticked: Vec<String>,
    /// The consent box was ticked.
    pub consented: bool,
    /// A reason that was typed.
    pub reason: String,
    /// Everything else that was typed or ticked, by field.
    pub entered: Vec<(String, String)>,
    /// Somebody wanted to receive a person whose case this is.
    pub already: bool,
}

impl Again {
    /// One field that was typed.
    pub fn typed(field: &str, value: &str) -> Self {
        Self { entered: vec![(field.to_owned(), value.to_owned())], ..Self::default() }
    }

    /// What was typed into a field.
    fn of(&self, field: &str) -> String {
        self.entered
            .iter()
            .find(|(name, _)| name == field)
            .map_or_else(String::new, |(_, value)| value.clone())
    }
}

/// All that the parts of the page are made from.
struct Seen<'a> {
    office: &'a Office,
    visitor: &'a Visitor,
    case: &'a Case,
    events: Vec<CaseEventRow>,
    /// The station's row and what it shows; none when the clerk sits at none.
    station: Option<(store::stations::StationRow, Arc<dyn Station>, View)>,
    again: &'a Again,
}

impl Seen<'_> {
    fn view(&self) -> Option<&View> {
        self.station.as_ref().map(|(_, _, view)| view)
    }

    /// The pad works for this case.
    fn pad_is_ours(&self) -> bool {
        self.view().is_some_and(|view| view.pad.reception_number == self.case.row.reception_number)
    }
}

/// The page of a case.
///
/// # Errors
/// A refusal when there is no such case or this person may not see it.
pub async fn page(office: &Office, visitor: &Visitor, reception: &str, again: &Again) -> Result<CasePage> {
    visitor.require(Act::SeeResidents)?;
    let case = case::load(office, reception).await?;
    super::guard_suppressed(office, visitor, &case).await?;
    // What a file or a day has changed is on the page, not waiting behind it.
    let case =
        if watch::look(office, reception).await? { case::load(office, reception).await? } else { case };
    let read = office.store().read();
    let events = store::case_events::of_case(read, case.row.id).await?;
    let station = match visitor.station_id {
        Some(id) => {
            let station = stations::at(office, id).await?;
            let view = station.view();
            Some((stations::row(office, id).await?, station, view))
        }
        None => None,
    };
    let seen = Seen { office, visitor, case: &case, events, station, again };
    let (resident, card) = aside::brief(&seen).await?;
    let opened_by = seen.events.first().map(|event| event.staff_name.clone()).unwrap_or_default();
    Ok(CasePage {
        reception: reception.to_owned(),
        procedure: title(case.procedure),
        applicant: case.applicant.label().to_owned(),
        opened: format!("{} {opened_by}", moment(&case.row.opened_at)),
        steps: steps::list(&seen),
        errors: FormErrors(again.errors.clone()),
        notices: [notices(&seen), worth_knowing(&seen).await?].concat(),
        step: middle::step(&seen, card.as_ref()).await?,
        resident,
        card,
        papers: outcome::papers(&case),
        actions: actions::list(&seen),
        exits: exits(&seen),
        history: history::days(&seen.events),
        note: again.of("note"),
        version: case.row.version,
        once: once(office),
    })
}

pub(super) fn title(procedure: Procedure) -> String {
    match procedure {
        Procedure::Renewal => "電子証明書の更新".to_owned(),
        Procedure::Issuance => "電子証明書の発行".to_owned(),
        Procedure::Revocation => "電子証明書の失効".to_owned(),
        other => other.label().to_owned(),
    }
}

/// A fresh key for the page's forms.
pub fn once(office: &Office) -> String {
    crate::rng::hex(&office.rng().bytes::<16>())
}

/// 11月22日 14:05
fn moment(at: &str) -> String {
    DateTime::parse_from_rfc3339(at)
        .map_or_else(|_| at.to_owned(), |at| at.format("%-m月%-d日 %H:%M").to_string())
}

fn notices(seen: &Seen<'_>) -> Vec<Notice> {
    let mut notices = Vec::new();
    let open = !seen.case.state.is_final();
    if seen.again.already {
        notices.push(Notice {
            tone: Tone::Caution,
            title: "この方の受付がすでにあります。".to_owned(),
            sentence: "新しい受付はせず、この受付の続きから進めてください。".to_owned(),
        });
    }
    if open && seen.station.is_none() {
        notices.push(Notice {
            tone: Tone::Caution,
            title: "窓口端末が選ばれていません。".to_owned(),
            sentence: "設定の「窓口端末」でこの窓口を選ぶと、カードリーダーが使えます。".to_owned(),
        });
    }
    if let Some(why) = seen.case.facts.interruption.as_ref().filter(|_| seen.case.state == CaseState::Applied)
    {
        notices.push(Notice {
            tone: Tone::Caution,
            title: format!("更新を始められませんでした({})。", why.code),
            sentence: format!("{}{}{}", why.happened, why.meaning, why.what_now),
        });
    }
    if let Some(doubt) = seen.view().and_then(View::reading).and_then(|reading| reading.doubt.as_ref()) {
        notices.push(Notice {
            tone: Tone::Error,
            title: doubt.sentence.clone(),
            sentence: format!("{}({})", doubt.what_now, doubt.code),
        });
    }
    if let Some(trouble) =
        seen.view().map(|view| &view.pad).filter(|_| seen.pad_is_ours()).and_then(|pad| pad.trouble.as_ref())
    {
        notices.push(Notice {
            tone: Tone::Caution,
            title: trouble.sentence.clone(),
            sentence: format!("{}({})", trouble.what_now, trouble.code),
        });
    }
    notices
}

/// What the rules say is no obstacle, but worth knowing: another way at a convenience store, a stay that ends.
async fn worth_knowing(seen: &Seen<'_>) -> Result<Vec<Notice>> {
    let early = matches!(
        seen.case.state,
        CaseState::Received | CaseState::IdentityChecked | CaseState::Applied | CaseState::ReplyReceived
    );
    if !early {
        return Ok(Vec::new());
    }
    let reading = seen.view().and_then(View::reading).map(|reading| &reading.card);
    let same = reading.filter(|card| Some(&card.card.card_number) == seen.case.row.card_number.as_ref());
    let decided = decision::of_case(seen.office, seen.case, same).await?;
    let notice = |reason: &Reason| Notice {
        tone: Tone::Information,
        title: String::new(),
        sentence: format!("{}({})", reason.sentence, reason.source),
    };
    Ok(decided.warnings().iter().map(notice).collect())
}

fn exits(seen: &Seen<'_>) -> Vec<CaseExit> {
    exits::possible(seen.case, seen.visitor.role)
        .into_iter()
        .map(|exit| CaseExit {
            action: exit.action().to_owned(),
            label: exit.label().to_owned(),
            means: exit.means(seen.case.state).to_owned(),
            needs_reason: true,
            reason: seen.again.reason.clone(),
        })
        .collect()
}
