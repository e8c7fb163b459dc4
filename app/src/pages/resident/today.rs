//! What can be done today and what can't, each with its reason.

use crate::components::{Button, Source, describe_source, post_form};
use leptos::prelude::*;

/// Something that can be done today. Pressing it opens a case.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// 更新する, 暗証番号を再設定する: a verb.
    pub label: String,
    /// What comes of it: 「新しい満了日 令和12年10月10日」, or a caution.
    pub detail: String,
    /// Where the form goes: `/residents/{number}/cases`.
    pub action: String,
    /// What the form carries: procedure, applicant.
    pub fields: Vec<(String, String)>,
    /// The most likely one, drawn as the main action. At most one.
    pub primary: bool,
    /// Makes a second press harmless.
    pub once: String,
}

/// Something that can't be done today.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    /// 署名用電子証明書の発行.
    pub label: String,
    /// Why, in a sentence.
    pub sentence: String,
    /// Where that comes from.
    pub source: Source,
}

pub(super) fn view(offers: &[Offer], refusals: &[Refusal]) -> AnyView {
    let buttons: Vec<_> = offers.iter().map(offer).collect();
    let nothing = offers.is_empty().then(
        || view! { <p class="empty">"今日この窓口でできる手続きはありません。理由は下のとおりです。"</p> },
    );
    let reasons: Vec<_> = refusals
        .iter()
        .map(|refusal| {
            view! {
                <li>
                    <span class="refusals__what">{refusal.label.clone()}</span>
                    <span>{refusal.sentence.clone()}</span>
                    {describe_source(&refusal.source)}
                </li>
            }
        })
        .collect();
    let cannot = (!refusals.is_empty()).then(|| {
        view! { <section class="section"><h2>"できないこと"</h2><ul class="refusals">{reasons}</ul></section> }
    });
    view! {
        <section class="section no-print">
            <h2>"今日できること"</h2>
            {nothing}
            <div class="offers">{buttons}</div>
        </section>
        {cannot}
    }
    .into_any()
}

fn offer(offer: &Offer) -> AnyView {
    let detail = (!offer.detail.is_empty()).then(|| offer.detail.clone());
    let button = if offer.primary { Button::primary(&offer.label) } else { Button::secondary(&offer.label) };
    post_form(&offer.action)
        .class("offer")
        .hidden_all(&offer.fields)
        .once(&offer.once)
        .view(button.detail(detail).view())
}
