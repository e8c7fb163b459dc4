//! After the update: what the card says, and after the case: what remains to be told.

use super::Seen;
use crate::counter::case::{Case, Facts};
use crate::counter::visit::hand_over;
use crate::counter::visit::papers::CasePaper;
use crate::error::Result;
use crate::office::Office;
use app::components::{ProgressLine, StepOutcome};
use app::pages::case::{CaseStep, CertificateResult, ClosedStep, GuidanceStep, PrintLink, ResultStep};
use rules::case_states::CaseState;
use rules::kinds::CertificateKind;
use rules::procedure::Procedure;

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
    proofs.extend(done(facts).iter().map(|line| proof(line, "")));
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
        done: done(facts),
        face: hand_over::face_is_written(seen.office, seen.case),
        left: facts.changes_left().iter().map(|kind| format!("{}の変更", kind.label())).collect(),
        prints: copies(seen),
        tell: told(seen.office, seen.case),
    }))
}

/// What was done beside certificates.
fn done(facts: &Facts) -> Vec<String> {
    let pins = facts.set_pins.iter().map(|kind| format!("{}を新しくしました。", kind.label()));
    let revoked = facts.revoked.iter().map(|kind| format!("{}を失効させました。", kind.label()));
    pins.chain(revoked).collect()
}

/// The papers that the case has at this step.
pub(super) fn papers(case: &Case) -> Vec<PrintLink> {
    let link = |paper: CasePaper| PrintLink {
        label: paper.label().to_owned(),
        href: format!("/cases/{}/{}.pdf", case.row.reception_number, paper.name()),
    };
    CasePaper::ALL.into_iter().filter(|paper| paper.has(case)).map(link).collect()
}

fn copies(seen: &Seen<'_>) -> Vec<PrintLink> {
    if seen.case.facts.written.is_empty() { Vec::new() } else { vec![copy(seen)] }
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
pub(in crate::counter::visit) fn told(office: &Office, case: &Case) -> Vec<String> {
    let facts = &case.facts;
    let mut lines = Vec::new();
    if !facts.written.is_empty() {
        let rulebook = office.rulebook();
        let renewal = case.procedure == Procedure::Renewal;
        lines.push(rulebook.settings.convenience_store_sentence(renewal).to_owned());
        let after_move = !renewal && facts.written.iter().all(|one| one.kind == CertificateKind::Signature);
        if after_move {
            // 平塚市: a move, and the address on the card's face.
            lines.push(
                "引っ越しのあとは、カードの住所を書き換えた日の翌日から、コンビニ交付を使えます。".to_owned(),
            );
        }
        lines.push(
            "本籍地が別の市区町村の方は、戸籍のコンビニ交付の利用登録をもう一度行ってください。".to_owned(),
        );
    }
    if !facts.set_pins.is_empty() {
        lines.push(
            "新しい暗証番号は、ほかの人に教えないでください。窓口でも番号は記録していません。".to_owned(),
        );
    }
    if !facts.revoked.is_empty() {
        lines.push(
            "失効した電子証明書は、元に戻せません。また使うときは、窓口で発行を申請してください。".to_owned(),
        );
    }
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
        CaseState::Closed => format!("{}が完了しました。", super::title(case.procedure)),
        state => format!("{}: {why}", state.label()),
    };
    CaseStep::Closed(ClosedStep {
        outcome,
        success,
        expiries: case.facts.written.iter().map(|written| (written.kind, written.expires)).collect(),
        done: done(&case.facts),
        tell: if success { told(seen.office, case) } else { Vec::new() },
        prints: if success { copies(seen) } else { Vec::new() },
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
