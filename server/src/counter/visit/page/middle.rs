//! The step in the middle.

use super::{Seen, aside, evidence, inquiry, outcome, stopped, unwritten};
use crate::counter::case::Work;
use crate::counter::decision;
use crate::counter::facts::full_address;
use crate::counter::visit::pins::{Stage, Wanted};
use crate::counter::visit::{conclude, identity, pins, update_is_at_terminal};
use crate::error::Result;
use crate::stations::{PadPhase, PinStatus, View};
use crate::store;
use app::components::{Choice, ProgressLine, StepOutcome};
use app::pages::case::{
    ApplicationStep, CardBrief, CaseStep, CertificateChange, IdentityStep, OneYearShorter, PadState,
    PinRequest, PinState, PinsStep, UpdatePath, UpdateProgress, UpdateStep,
};
use app::pages::parts::{OnReader, Tries};
use rules::case_states::CaseState;
use rules::identity::{Class, Document};
use rules::kinds::{Applicant, PinKind};
use rules::pins::max_tries;
use rules::procedure::{PlannedCertificate, ShorterValidity};

pub(super) async fn step(seen: &Seen<'_>, card: Option<&CardBrief>) -> Result<CaseStep> {
    match seen.case.state {
        CaseState::Received | CaseState::ReplyReceived if seen.case.applicant == Applicant::Principal => {
            Ok(identity_step(seen))
        }
        CaseState::Received | CaseState::ReplyReceived => evidence::step(seen).await,
        CaseState::IdentityChecked if conclude::is_unwritten(seen.case) => {
            Ok(unwritten::step(seen, card, false))
        }
        CaseState::IdentityChecked if conclude::lifts_only(seen.office, seen.case).await? => {
            Ok(unwritten::step(seen, card, true))
        }
        CaseState::IdentityChecked => application_step(seen).await,
        CaseState::Applied => pins_step(seen).await,
        CaseState::PinsVerified => update_step(seen, UpdateNow::Begin).await,
        CaseState::Updating => updating(seen).await,
        CaseState::Interrupted if asking(seen) => pins_step(seen).await,
        CaseState::Interrupted => stopped::interrupted(seen).await,
        CaseState::Updated | CaseState::Differs => outcome::result(seen),
        state if state.is_inquiry() => Ok(inquiry::step(seen)),
        _ => Ok(outcome::ended(seen)),
    }
}

fn identity_step(seen: &Seen<'_>) -> CaseStep {
    let choice = |document: &&Document| Choice::new(document.code(), document.label());
    let of = |class: Class| Document::ALL.iter().filter(move |document| document.class() == class);
    CaseStep::Identity(IdentityStep {
        sentence: "カードの顔写真と来た人を見比べ、確認した書類を選んでください。".to_owned(),
        documents_a: of(Class::A).map(|document| choice(&document)).collect(),
        documents_b: of(Class::B).chain(of(Class::FacePhoto)).map(|document| choice(&document)).collect(),
        ticked: if seen.again.ticked.is_empty() {
            seen.case.facts.evidence.principal.iter().map(|shown| shown.document.code().to_owned()).collect()
        } else {
            seen.again.ticked.clone()
        },
        rule: identity::REQUIREMENT.label().to_owned(),
    })
}

async fn application_step(seen: &Seen<'_>) -> Result<CaseStep> {
    let reading = seen.view().and_then(View::reading);
    let decided = decision::of_case(seen.office, seen.case, reading.map(|reading| &reading.card)).await?;
    let resident = &decided.resident;
    let fees = &seen.office.rulebook().settings.fees;
    let fee = if seen.case.procedure == rules::procedure::Procedure::Renewal {
        fees.renewal
    } else {
        fees.issuance
    };
    Ok(CaseStep::Application(ApplicationStep {
        date: seen.office.clock().today(),
        name: resident.name.clone(),
        birth: resident.birth,
        sex: resident.sex,
        address: full_address(resident),
        procedure: format!("{}({})", seen.case.procedure.label(), seen.case.applicant.label()),
        changes: changes(seen, &decided.main.certificates),
        also: also(&seen.case.facts.work),
        one_year_shorter: decided.main.shorter.first().map(shorter),
        consented: seen.again.consented,
        fee: if fee == 0 { "かかりません".to_owned() } else { format!("{fee}円") },
    }))
}

/// What is done beside the certificates.
pub(in crate::counter::visit) fn also(work: &Work) -> Vec<String> {
    let mut lines: Vec<String> =
        work.reset.iter().map(|kind| format!("{}を再設定します。", kind.label())).collect();
    lines.extend(work.change.iter().map(|kind| format!("{}を変更します。", kind.label())));
    lines.extend(
        work.revoke.iter().map(|kind| format!("{}を失効させます。元に戻すことはできません。", kind.label())),
    );
    if work.card_face {
        lines.push("券面に電子証明書の有効期限を記入します。".to_owned());
    }
    lines
}

fn shorter(shorter: &ShorterValidity) -> OneYearShorter {
    OneYearShorter { today: shorter.today, in_period: shorter.in_period, period_from: shorter.from }
}

fn changes(seen: &Seen<'_>, certificates: &[PlannedCertificate]) -> Vec<CertificateChange> {
    let today = seen.office.clock().today();
    certificates
        .iter()
        .map(|planned| CertificateChange {
            kind: planned.kind,
            old_expires: planned.old_expiry,
            old_note: match planned.old_expiry {
                None => String::new(),
                Some(expiry) if expiry < today => "期間満了".to_owned(),
                Some(_) => "書き込みと同時に失効します".to_owned(),
            },
            new_expires: planned.new_expiry,
            basis: planned.basis.label().to_owned(),
        })
        .collect()
}

fn stage(seen: &Seen<'_>) -> Stage {
    let terminal = seen.station.as_ref().is_some_and(|(row, _, _)| row.update_path == "terminal");
    pins::stage_of(terminal, seen.case)
}

fn asking(seen: &Seen<'_>) -> bool {
    let phase = seen.view().map(|view| view.pad.phase);
    seen.pad_is_ours() && matches!(phase, Some(PadPhase::Asking | PadPhase::Verifying | PadPhase::Locked))
}

async fn pins_step(seen: &Seen<'_>) -> Result<CaseStep> {
    let application = seen.case.application()?;
    let view = seen.view();
    let pad = view.map(|view| &view.pad).filter(|_| seen.pad_is_ours());
    let kinds: Vec<PinKind> = match pad {
        Some(pad) => pad.pins.iter().map(|pin| pin.kind).collect(),
        None => Wanted::of(application, stage(seen)).all(),
    };
    let on_card = view.and_then(View::reading).map(|reading| &reading.card.pins);
    let request = |kind: PinKind| {
        let entered = pad.and_then(|pad| pad.pins.iter().find(|pin| pin.kind == kind));
        let left = entered.and_then(|pin| pin.left).or_else(|| on_card?.of(kind)?.left);
        let locked = left == Some(0);
        PinRequest {
            kind,
            state: match entered.map(|pin| &pin.status) {
                Some(PinStatus::Verified) => PinState::Matched,
                Some(PinStatus::Wrong | PinStatus::WantsConsent) => PinState::Wrong,
                Some(PinStatus::Locked) => PinState::Locked,
                None if locked => PinState::Locked,
                _ => PinState::Waiting,
            },
            tries: left.map(|left| Tries { left, of: max_tries(kind) }),
        }
    };
    let station_id = seen.station.as_ref().map(|(row, _, _)| row.id);
    let connected = match station_id {
        Some(id) => store::pads::pads_of(seen.office.store().read(), id).await? > 0,
        None => false,
    };
    Ok(CaseStep::Pins(PinsStep {
        pins: kinds.into_iter().map(request).collect(),
        pad: match pad.map(|pad| pad.phase) {
            Some(PadPhase::Asking | PadPhase::Verifying) => PadState::Entering,
            Some(PadPhase::Locked) => PadState::Stopped,
            _ if connected => PadState::Ready,
            _ => PadState::NotConnected,
        },
        on_reader: card_here(seen).await?,
        same_computer: station_id.is_some(),
    }))
}

async fn card_here(seen: &Seen<'_>) -> Result<OnReader> {
    aside::on_reader(seen, seen.case.row.card_number.as_deref().unwrap_or_default()).await
}

/// What the update's button does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum UpdateNow {
    Begin,
    CheckWritten,
}

async fn update_step(seen: &Seen<'_>, now: UpdateNow) -> Result<CaseStep> {
    let application = seen.case.application()?;
    let held =
        seen.station.as_ref().is_some_and(|(_, station, _)| pins::held(seen.case, &**station, stage(seen)));
    if !held {
        // The PINs were right and are gone again: the card was taken away, or five minutes are over.
        return pins_step(seen).await;
    }
    let relay = seen.station.as_ref().is_some_and(|(row, _, _)| row.update_path == "relay");
    let mut checked = vec![format!("{}さんのカードです", application.name)];
    if application.pins.is_empty() {
        checked.push("このカードには暗証番号がありません".to_owned());
    } else {
        checked.push(format!("{}つの暗証番号が一致しました", application.pins.len()));
    }
    if application.consented && !application.shorter.is_empty() {
        checked.push("有効期間が短くなることに同意がありました".to_owned());
    }
    Ok(CaseStep::Update(UpdateStep {
        path: match (relay, now) {
            (true, _) => UpdatePath::Relay,
            (false, UpdateNow::Begin) => UpdatePath::BeforeTerminal,
            (false, UpdateNow::CheckWritten) => UpdatePath::Terminal,
        },
        changes: changes(seen, &application.certificates),
        checked,
        on_reader: card_here(seen).await?,
    }))
}

async fn updating(seen: &Seen<'_>) -> Result<CaseStep> {
    let running = seen.view().and_then(|view| view.update.as_ref());
    let ours = running.filter(|update| update.reception_number == seen.case.row.reception_number);
    if ours.is_none() && update_is_at_terminal(seen.office, seen.case).await? {
        return update_step(seen, UpdateNow::CheckWritten).await;
    }
    Ok(CaseStep::Progress(UpdateProgress {
        percent: ours.map_or(0, |update| update.progress.percent),
        lines: progress(seen).await?,
    }))
}

/// The journal as lines: all but the last are done.
pub(super) async fn progress(seen: &Seen<'_>) -> Result<Vec<ProgressLine>> {
    let steps = store::card_updates::open_steps(seen.office.store().read(), seen.case.row.id).await?;
    let steps = crate::counter::visit::journal::read_steps(steps)?;
    let last = steps.len().saturating_sub(1);
    let halted = seen.case.state == CaseState::Interrupted;
    let line = |(index, step): (usize, &card::update::JournalStep)| ProgressLine {
        title: step.sentence(),
        detail: String::new(),
        outcome: match index == last {
            true if halted => StepOutcome::Failed,
            true => StepOutcome::Running,
            false => StepOutcome::Done,
        },
    };
    Ok(steps.iter().enumerate().map(line).collect())
}
