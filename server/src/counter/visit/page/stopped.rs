//! An interrupted update: what happened, what the card says now, the ways on.

use super::{Seen, aside, middle};
use crate::counter::visit::interrupted::examine;
use crate::counter::visit::paused;
use crate::error::{Error, Result};
use app::components::Mark;
use app::pages::case::{CaseAction, CaseStep, CertificateNow, InquiryStep, InterruptedStep};
use app::pages::parts::OnReader;
use card::update::{CertificateTruth, Next, TrueState, Truth};
use rules::case_states::{CaseEvent, next};

pub(super) async fn interrupted(seen: &Seen<'_>) -> Result<CaseStep> {
    let why = seen.case.facts.interruption.clone();
    let (code, happened, meaning, what_now) = match why {
        Some(why) => (why.code, why.happened, why.meaning, why.what_now),
        None => Default::default(),
    };
    if paused::is_by_hand(seen.case) {
        return Ok(by_hand(&happened, &meaning));
    }
    let on_reader = aside::on_reader(seen, seen.case.row.card_number.as_deref().unwrap_or_default()).await?;
    let looked = look(seen, &on_reader).await?;
    let may_work =
        next(seen.case.state, CaseEvent::BeginUpdate).is_some_and(|row| row.who.contains(&seen.visitor.role));
    let (meaning, abort_means) = match &looked {
        Looked::Nothing => (meaning, String::new()),
        Looked::Trouble(words) => (format!("{meaning}{words}"), String::new()),
        Looked::State(state) => (state.sentences().concat(), giving_up(&state.next).to_owned()),
    };
    let state = match looked {
        Looked::State(state) => Some(state),
        _ => None,
    };
    Ok(CaseStep::Interrupted(InterruptedStep {
        happened,
        meaning,
        now: what_now,
        code,
        lines: middle::progress(seen).await?,
        certificates: state.as_deref().map(certificates).unwrap_or_default(),
        on_reader,
        may_resume: may_work && state.is_some(),
        may_abort: may_work && state.as_ref().is_some_and(|state| state.next != Next::Resume),
        abort_means,
        abort_reason: seen.again.reason.clone(),
    }))
}

/// Nothing was written: one press goes on.
fn by_hand(happened: &str, meaning: &str) -> CaseStep {
    CaseStep::Inquiry(InquiryStep {
        title: "中断しています".to_owned(),
        lines: vec![
            ("中断の理由".to_owned(), happened.to_owned()),
            ("カードの状態".to_owned(), meaning.to_owned()),
        ],
        next: Some(CaseAction {
            step: "go-on".to_owned(),
            label: "再開する".to_owned(),
            means: "暗証番号の入力から続けます。".to_owned(),
            fields: Vec::new(),
        }),
        ..InquiryStep::default()
    })
}

enum Looked {
    Nothing,
    Trouble(String),
    State(Box<TrueState>),
}

/// Asks the card where it stands, if it is the right one.
async fn look(seen: &Seen<'_>, on_reader: &OnReader) -> Result<Looked> {
    let (Some((_, station, _)), OnReader::Same) = (&seen.station, on_reader) else {
        return Ok(Looked::Nothing);
    };
    match examine(seen.office, seen.case, &**station).await {
        Ok(state) => Ok(Looked::State(Box::new(state))),
        Err(Error::Refused(refusal)) => Ok(Looked::Trouble(refusal.sentence)),
        Err(error) => Err(error),
    }
}

fn certificates(state: &TrueState) -> Vec<CertificateNow> {
    let now = |truth: &CertificateTruth| CertificateNow {
        kind: truth.kind,
        mark: match truth.truth {
            Truth::Lost => Mark::None,
            Truth::Old | Truth::New | Truth::NeedsPin => Mark::Valid,
        },
        expires: truth.reading.as_ref().map(|reading| reading.expires),
        renewed: truth.truth == Truth::New,
    };
    // What only a PIN can tell isn't shown as if it were known.
    state.certificates.iter().filter(|truth| truth.truth != Truth::NeedsPin).map(now).collect()
}

fn giving_up(next: &Next) -> &'static str {
    match next {
        Next::StartAgain => "カードは元のままです。取りやめると、申請を受けたところに戻ります。",
        Next::Finish | Next::ResumeOrStop => {
            "新しくなった電子証明書はそのまま使えます。残りは新しくせずに終えます。"
        }
        Next::AskPins { .. } => "暗証番号を入力してもらい、カードの状態を確かめてから取りやめます。",
        Next::Resume => "",
    }
}
