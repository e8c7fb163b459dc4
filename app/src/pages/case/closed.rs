//! 完了: the reference number, what to tell the resident, what can still be printed, the next one.

use super::CasePage;
use crate::components::link_button;
use crate::dates;
use leptos::prelude::*;
use rules::NaiveDate;
use rules::kinds::CertificateKind;

/// A finished case.
#[derive(Clone, Debug, Default)]
pub struct ClosedStep {
    /// How it ended: 「更新が完了しました。」「取りやめました。」
    pub outcome: String,
    /// It ended as intended.
    pub success: bool,
    /// The new expiries, if there are any.
    pub expiries: Vec<(CertificateKind, NaiveDate)>,
    /// What was done beside certificates, a sentence each.
    pub done: Vec<String>,
    /// What to tell the resident.
    pub tell: Vec<String>,
    /// What can be printed again.
    pub prints: Vec<PrintLink>,
}

/// Something to print.
#[derive(Clone, Debug, Default)]
pub struct PrintLink {
    /// 電子証明書の写しを印刷する.
    pub label: String,
    /// `/cases/{reception}/certificate-copy.pdf`.
    pub href: String,
}

pub(super) fn view(page: &CasePage, step: &ClosedStep) -> AnyView {
    let class = if step.success { "reference" } else { "box" };
    let expiries: Vec<_> = step
        .expiries
        .iter()
        .map(|(kind, date)| view! { <p>{kind.label()}" 満了日 "<strong>{dates::plain(*date)}</strong></p> })
        .collect();
    let done: Vec<_> = step.done.iter().map(|line| view! { <p>{line.clone()}</p> }).collect();
    let title = if step.success { "完了" } else { "終了" };
    view! {
        <h2>{title}</h2>
        <div class=class>
            <p>{step.outcome.clone()}</p>
            <span class="reference__number code">{page.reception.clone()}</span>
            {expiries}
            {done}
        </div>
        {tell(&step.tell)}
        {prints(&step.prints)}
        <div class="actions case__act">
            {link_button("次の人を受け付ける", "/", true)}
            {link_button("この人の画面へ戻る", &format!("/residents/{}", page.resident.number), false)}
        </div>
    }
    .into_any()
}

/// What to tell the resident.
pub(super) fn tell(lines: &[String]) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    view! { <div class="say"><h3>"来た人に伝えること"</h3><ul>{lines}</ul></div> }.into_any()
}

/// Links to what can be printed.
pub(super) fn prints(links: &[PrintLink]) -> AnyView {
    if links.is_empty() {
        return ().into_any();
    }
    let links: Vec<_> = links
        .iter()
        .map(|link| {
            view! { <a class="button" href=link.href.clone() target="_blank" rel="noopener">{link.label.clone()}</a> }
        })
        .collect();
    view! { <div class="actions">{links}</div> }.into_any()
}
