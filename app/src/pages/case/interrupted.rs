//! 中断: the update stopped halfway. What the card says now, and the two ways on.

use super::CasePage;
use crate::components::{Button, Mark, ProgressLine, TextArea, progress_list, state_mark};
use crate::dates;
use crate::pages::parts::{OnReader, on_reader};
use leptos::prelude::*;
use rules::NaiveDate;
use rules::kinds::CertificateKind;

/// What is known of the halted update.
#[derive(Clone, Debug)]
pub struct InterruptedStep {
    /// What happened: 「書き込みの途中でカードが外れました。」
    pub happened: String,
    /// What it means: 「署名用は新しくなりましたが、利用者証明用はまだ古いままです。」
    pub meaning: String,
    /// What to do now: 「同じカードをもう一度置き、続きから行ってください。」
    pub now: String,
    /// M-1301.
    pub code: String,
    /// How far it came.
    pub lines: Vec<ProgressLine>,
    /// What the card says now; empty when it isn't on the reader.
    pub certificates: Vec<CertificateNow>,
    /// What the reader sees.
    pub on_reader: OnReader,
    /// Going on is possible now.
    pub may_resume: bool,
    /// Giving up is possible now, and for whom: a clerk, or only a supervisor.
    pub may_abort: bool,
    /// What giving up means: 「利用者証明用電子証明書は失効したままになり、発行の手続きが要ります。」
    pub abort_means: String,
    /// What was typed as the reason, after an error.
    pub abort_reason: String,
}

/// One certificate as the card says now.
#[derive(Clone, Copy, Debug)]
pub struct CertificateNow {
    /// Which of the two.
    pub kind: CertificateKind,
    /// Its state.
    pub mark: Mark,
    /// Its last day.
    pub expires: Option<NaiveDate>,
    /// It is already the new one.
    pub renewed: bool,
}

/// Posts to `resume`, or to `abort` with a `reason`; looking again posts to `look`.
pub(super) fn view(page: &CasePage, step: &InterruptedStep) -> AnyView {
    let now: Vec<_> = step
        .certificates
        .iter()
        .map(|certificate| {
            let word = match certificate.mark {
                _ if certificate.renewed => "新しい証明書です",
                Mark::None => "いまは使えません",
                _ => "まだ古い証明書です",
            };
            view! {
                <li>
                    <span>{certificate.kind.label()}</span>
                    <span>{state_mark(certificate.mark)}" "{certificate.expires.map(dates::short)}" "<strong>{word}</strong></span>
                </li>
            }
        })
        .collect();
    let card = (!now.is_empty())
        .then(|| view! { <h3 class="section">"カードのいまの状態"</h3><ul class="pins">{now}</ul> });
    let resume = if step.may_resume {
        page.form("resume").view(Button::primary("続きから更新する").view())
    } else {
        page.form("look").view(Button::primary("カードをもう一度確かめる").view())
    };
    view! {
        <h2>"更新が途中で止まりました"</h2>
        <div class="banner banner--error" role="alert">
            <span class="banner__word"><span aria-hidden="true">"×"</span>"中断"</span>
            <div>
                <p><strong>{step.happened.clone()}</strong></p>
                <p>{step.meaning.clone()}</p>
                <p>{step.now.clone()}" "<span class="code muted">{step.code.clone()}</span></p>
            </div>
        </div>
        {on_reader(&step.on_reader)}
        {card}
        <details class="section"><summary>"どこまで進んだか見る"</summary>{progress_list(&step.lines)}</details>
        {step.may_abort.then(|| abort(page, step))}
        <div class="actions case__act">{resume}</div>
    }
    .into_any()
}

fn abort(page: &CasePage, step: &InterruptedStep) -> AnyView {
    let error = page.errors.of("reason");
    let open = error.is_some();
    let fields = view! {
        {TextArea::new("reason", "取りやめる理由", &step.abort_reason).error(error).required().view()}
        <div class="actions">{Button::caution("この更新を取りやめる").view()}</div>
    }
    .into_any();
    let form = page.form("abort").class("form").view(fields);
    view! {
        <details open=open>
            <summary>"続きを行わずに取りやめる"</summary>
            <div class="box"><p>{step.abort_means.clone()}</p>{form}</div>
        </details>
    }
    .into_any()
}
