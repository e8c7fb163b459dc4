//! 結果の確認: what the card says after the update, next to what was predicted; then it is handed over.

use super::{CasePage, PrintLink, closed};
use crate::components::{Button, CheckboxGroup, Notice, ProgressLine, TextArea, Tone, progress_list};
use crate::dates;
use leptos::prelude::*;
use rules::NaiveDate;
use rules::kinds::CertificateKind;

/// What the card says.
#[derive(Clone, Debug)]
pub struct ResultStep {
    /// Both certificates, prediction and card side by side.
    pub certificates: Vec<CertificateResult>,
    /// What was proven: the right card, new serials, each key's signature, full tries.
    pub proofs: Vec<ProgressLine>,
    /// Something differs: the card may go back only with a reason.
    pub differs: bool,
    /// What was typed as the reason, after an error.
    pub reason: String,
    /// What was done beside certificates, a sentence each.
    pub done: Vec<String>,
    /// The last day goes on the card's face.
    pub face: bool,
    /// What of the visit isn't done yet.
    pub left: Vec<String>,
    /// What to print before the card goes back.
    pub prints: Vec<PrintLink>,
    /// What to tell the resident.
    pub tell: Vec<String>,
}

/// One certificate, predicted and read.
#[derive(Clone, Debug)]
pub struct CertificateResult {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Predicted before anything was written.
    pub predicted: NaiveDate,
    /// What the card says; `None` when it couldn't be read.
    pub read: Option<NaiveDate>,
    /// The serial on the card now.
    pub serial: String,
}

/// Posts to `hand-over` with `copy_given=yes`, `card_returned=yes` and, when something differs, `reason`.
pub(super) fn view(page: &CasePage, step: &ResultStep) -> AnyView {
    let notice = if step.differs {
        Notice {
            tone: Tone::Error,
            title: "予定と違う結果です。".to_owned(),
            sentence: "カードの内容が予定と一致しません。カードを返す前に責任者に知らせてください。"
                .to_owned(),
        }
    } else {
        Notice {
            tone: Tone::Success,
            title: "予定どおりにできました。".to_owned(),
            sentence: "カードを読み直し、結果を確かめました。".to_owned(),
        }
    };
    let written = !step.certificates.is_empty();
    let table = written.then(|| compared(&step.certificates));
    let also: Vec<_> = step.done.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    let also = (!also.is_empty()).then(|| view! { <ul class="also">{also}</ul> });
    let tick =
        |name: &str, label: &str| CheckboxGroup::single(name, "yes", label, false, page.errors.of(name));
    let copy = written.then(|| tick("copy_given", "電子証明書の写しを渡した"));
    let face = step.face.then(|| tick("face_written", "券面に有効期限を記入した"));
    let rest = (!step.left.is_empty()).then(|| {
        tick("rest_skipped", &format!("まだ行っていない手続き({})は行わない", step.left.join("、")))
    });
    let reason = step.differs.then(|| {
        TextArea::new("reason", "このまま返す理由(責任者の判断)", &step.reason)
            .error(page.errors.of("reason"))
            .required()
            .view()
    });
    let inside = view! {
        <h2>"結果の確認"</h2>
        {notice.view()}
        {table}
        {also}
        <details open=step.differs><summary>"確かめたこと"</summary>{progress_list(&step.proofs)}</details>
        <h3 class="section">"お渡し"</h3>
        {closed::prints(&step.prints)}
        {closed::tell(&step.tell)}
        {copy}
        {face}
        {rest}
        {CheckboxGroup::single("card_returned", "yes", "カードを返した", false, page.errors.of("card_returned"))}
        {reason}
        <div class="actions case__act">{Button::primary("受付を完了する").view()}</div>
    }
    .into_any();
    page.form("hand-over").view(inside)
}

fn compared(certificates: &[CertificateResult]) -> AnyView {
    let rows: Vec<_> = certificates
        .iter()
        .map(|certificate| {
            let same = certificate.read == Some(certificate.predicted);
            let class = if same { "new" } else { "differs" };
            let word = match (same, certificate.read) {
                (true, _) => "✓ 予定どおり",
                (false, Some(_)) => "× 予定と違います",
                (false, None) => "× 読み取れません",
            };
            view! {
                <tr>
                    <th scope="row">{certificate.kind.label()}<small>"番号 "<span class="code">{certificate.serial.clone()}</span></small></th>
                    <td>{dates::plain(certificate.predicted)}</td>
                    <td class=class>{certificate.read.map(dates::plain)}<small>{word}</small></td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="changes">
            <caption class="sr">"予定した満了日とカードの満了日"</caption>
            <thead><tr><th scope="col">"証明書"</th><th scope="col">"予定した満了日"</th><th scope="col">"カードから読んだ満了日"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
