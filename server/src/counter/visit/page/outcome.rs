//! After the update: what the card says, and after the case: what remains to be told.

use super::Seen;
use crate::error::Result;
use app::components::{ProgressLine, StepOutcome};
use app::pages::case::{CaseStep, CertificateResult, ClosedStep, GuidanceStep, PrintLink, ResultStep};
use rules::case_states::CaseState;
use rules::procedure::Procedure;
use rules::settings::ConvenienceStore;

pub(super) fn result(seen: &Seen<'_>) -> Result<CaseStep> {
    let facts = &seen.case.facts;
    let certificate = |written: &crate::counter::case::Written| CertificateResult {
        kind: written.kind,
        predicted: written.predicted,
        read: Some(written.expires),
        serial: written.serial.clone(),
    };
    let mut proofs = vec![proof("受付のカードです", &seen.case.application()?.plan.card.card_number)];
    for written in &facts.written {
        proofs.push(proof(&format!("{}を読み直しました", written.kind.label()), &written.serial));
        proofs.push(proof(&format!("{}の鍵で署名できました", written.kind.label()), ""));
    }
    for alarm in &facts.alarms {
        proofs.push(ProgressLine {
            title: alarm.clone(),
            detail: String::new(),
            outcome: StepOutcome::Failed,
        });
    }
    Ok(CaseStep::Result(ResultStep {
        certificates: facts.written.iter().map(certificate).collect(),
        proofs,
        differs: seen.case.state == CaseState::Differs,
        reason: seen.again.reason.clone(),
        prints: vec![copy(seen)],
        tell: tell(seen),
    }))
}

fn proof(title: &str, detail: &str) -> ProgressLine {
    ProgressLine { title: title.to_owned(), detail: detail.to_owned(), outcome: StepOutcome::Done }
}

fn copy(seen: &Seen<'_>) -> PrintLink {
    PrintLink {
        label: "電子証明書の写しを印刷する".to_owned(),
        href: format!("/cases/{}/certificate-copy.pdf", seen.case.row.reception_number),
    }
}

/// What the resident should know; what differs between municipalities follows the office's settings.
fn tell(seen: &Seen<'_>) -> Vec<String> {
    let rulebook = seen.office.rulebook();
    let renewal = seen.case.procedure == Procedure::Renewal;
    let mut when = rulebook.settings.convenience_store;
    // After an expiry the new certificate takes a day to be known everywhere (前橋市).
    if !renewal && when == ConvenienceStore::OneHour {
        when = ConvenienceStore::OneDay;
    }
    let mut lines = vec![format!("コンビニ交付などのサービスは、{}から使えます。", when.label())];
    lines.push(
        "本籍地が別の市区町村の方は、戸籍のコンビニ交付の利用登録をもう一度行ってください。".to_owned(),
    );
    lines
}

pub(super) fn ended(seen: &Seen<'_>) -> CaseStep {
    let case = seen.case;
    let why = case.row.state_reason.clone().unwrap_or_default();
    if case.state == CaseState::Diverted && case.facts.application.is_none() {
        let source = case.facts.reasons.first().map(|reason| reason.source.clone()).unwrap_or_default();
        return CaseStep::Guidance(GuidanceStep {
            title: format!("{}をご案内してください", case.procedure.label()),
            sentence: why,
            lines: guidance(case.procedure),
            source: source.as_str().into(),
            way_on: Some((
                "この方の画面へ戻る".to_owned(),
                format!("/residents/{}", case.row.resident_number),
            )),
        });
    }
    let success = case.state == CaseState::Closed;
    let outcome = match case.state {
        CaseState::Closed => format!("{}が完了しました。", case.procedure.label()),
        state => format!("{}: {why}", state.label()),
    };
    CaseStep::Closed(ClosedStep {
        outcome,
        success,
        expiries: case.facts.written.iter().map(|written| (written.kind, written.expires)).collect(),
        tell: if success { tell(seen) } else { Vec::new() },
        prints: if success && !case.facts.written.is_empty() { vec![copy(seen)] } else { Vec::new() },
    })
}

fn guidance(procedure: Procedure) -> Vec<String> {
    match procedure {
        Procedure::CardRenewal => vec![
            "カードの有効期限が近いため、電子証明書だけの更新はしません。".to_owned(),
            "有効期限通知書の申請書で、カードの交付申請をするよう伝えてください。".to_owned(),
        ],
        _ => vec![format!("{}の窓口を案内してください。", procedure.label())],
    }
}
